using Microsoft.Data.Sqlite;
using SQLitePCL;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Index;

/// <summary>The connection that files events. Every method is one transaction.</summary>
sealed class SqliteIndexWriter : IDisposable
{
    readonly SqliteConnection connection;
    readonly List<Statement> statements = [];
    readonly Statement readSequence, moveCursor, insertEvent, insertPosting, insertWord, insertMaster, insertAttribute;

    public SqliteIndexWriter(string path)
    {
        connection = SqliteIndexFile.OpenWriter(path);
        readSequence = Prepare("SELECT sequence FROM cursor");
        moveCursor = Prepare("UPDATE cursor SET sequence = ?1, event_hash = ?2");
        insertEvent = Prepare("INSERT INTO event(sequence, event_time) VALUES (?1, ?2)");
        insertPosting = Prepare("INSERT INTO posting(key, event_time, sequence) VALUES (?1, ?2, ?3)");
        insertWord = Prepare("INSERT INTO word(kind, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        insertMaster = Prepare("INSERT INTO master(id, vocabulary, sequence, said) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET said = excluded.said");
        insertAttribute = Prepare("INSERT INTO master_attribute(attribute, value, id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    }

    public bool Add(IndexBatch batch)
    {
        // In the order of the table: neighbours share a page, which is then touched once. Most of the time goes here.
        var postings = new List<(long Key, long EventTime, long Sequence)>(batch.Events.Count * 16);
        foreach (var e in batch.Events)
            foreach (var key in e.Keys)
                postings.Add((key, e.Entry.EventTime, e.Entry.Sequence));
        postings.Sort();
        return Transact(() =>
        {
            if (readSequence.Scalar() != batch.AfterSequence)
                return false;
            foreach (var e in batch.Events)
                insertEvent.Bind(1, e.Entry.Sequence).Bind(2, e.Entry.EventTime).Run();
            foreach (var (key, eventTime, sequence) in postings)
                insertPosting.Bind(1, key).Bind(2, eventTime).Bind(3, sequence).Run();
            foreach (var (kind, text) in batch.Events.SelectMany(e => e.Words).Distinct())
                insertWord.Bind(1, (long)kind).Bind(2, text).Run();
            foreach (var master in batch.Masters)
                Insert(master);
            moveCursor.Bind(1, batch.ThroughSequence).Bind(2, batch.EventHash).Run();
            return true;
        });
    }

    public bool Clear(int rulesVersion) => Transact(() =>
    {
        SqliteFile.Execute(connection, $"""
            DELETE FROM posting; DELETE FROM event; DELETE FROM word; DELETE FROM master; DELETE FROM master_attribute;
            UPDATE cursor SET rules_version = {rulesVersion}, sequence = 0, event_hash = x''
            """);
        return true;
    });

    void Insert(MasterRecord master)
    {
        insertMaster.Bind(1, master.Id).Bind(2, master.Vocabulary).Bind(3, master.Sequence).Bind(4, MasterText.Write(master)).Run();
        foreach (var (attribute, value) in master.Attributes)
            insertAttribute.Bind(1, attribute).Bind(2, value).Bind(3, master.Id).Run();
    }

    bool Transact(Func<bool> write)
    {
        SqliteFile.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            var done = write();
            SqliteFile.Execute(connection, "COMMIT");
            return done;
        }
        catch
        {
            foreach (var statement in statements)
                statement.Reset();
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                SqliteFile.Execute(connection, "ROLLBACK");
            throw;
        }
    }

    Statement Prepare(string sql)
    {
        var statement = new Statement(connection, sql);
        statements.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in statements)
            statement.Dispose();
        connection.Dispose();
    }
}
