using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>The one connection that writes. Every method is one transaction: it has happened when the method returns, and not at all when it throws.</summary>
/// <remarks>
/// One-row statements prepared once, not inserts of many rows: those were slower here (FORMAT.md, "Measured"), and every number of rows would be a statement of its own.
/// </remarks>
sealed class SqliteWriter : IDisposable
{
    readonly SqliteConnection connection;
    readonly List<Statement> statements = [];
    readonly Statement begin, commit, rollback;
    readonly Statement readLastEvent, readLastEntity;
    readonly Statement insertEvent, insertEntity, insertLink, readLinkSequence, insertRow;
    readonly Statement setProjectionVersion;

    public SqliteWriter(string path)
    {
        connection = SqliteFile.OpenWriter(path);
        // IMMEDIATE takes the write lock at once, so that the head that was checked is the head that is followed.
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        rollback = Prepare("ROLLBACK");
        readLastEvent = Prepare(SqliteReader.LastEvent);
        readLastEntity = Prepare(SqliteReader.LastEntity);
        insertEvent = Prepare("INSERT INTO event(sequence, record_time, declares_error, cbv_hash, event_hash, event_id, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        insertEntity = Prepare("INSERT INTO entity(number, code) VALUES (?1, ?2)");
        insertLink = Prepare("INSERT INTO chain(entity, position, sequence, hash) VALUES (?1, ?2, ?3, ?4)");
        readLinkSequence = Prepare("SELECT sequence FROM chain WHERE entity = ?1 AND position = ?2");
        insertRow = Prepare("INSERT INTO shard_row(shard, sequence, facts) VALUES (?1, ?2, ?3)");
        setProjectionVersion = Prepare("UPDATE constant SET value = ?1 WHERE name = 'projection_version'");
    }

    /// <summary>Set when not even a rollback succeeded: the connection must be replaced.</summary>
    public bool IsBroken { get; private set; }

    public void Append(LedgerBatch batch) => Transact(() =>
    {
        BatchRules.CheckFollows(batch, ReadHead());
        foreach (var recorded in batch.Events)
            insertEvent.Bind(1, recorded.Sequence).Bind(2, recorded.RecordTime.ToUnixTimeMilliseconds()).Bind(3, recorded.DeclaresError ? 1 : 0)
                .Bind(4, recorded.CbvHash).Bind(5, recorded.EventHash).Bind(6, recorded.EventId).Bind(7, recorded.Json).Run();
        foreach (var entity in batch.Entities)
            insertEntity.Bind(1, entity.Number).Bind(2, entity.Code).Run();
        foreach (var link in batch.Links)
            InsertLink(link);
        foreach (var row in batch.Rows)
            insertRow.Bind(1, row.Shard).Bind(2, row.Sequence).Bind(3, row.Facts).Run();
    });

    /// <summary>Empties the derived tables. Without a condition SQLite frees whole pages instead of deleting row by row.</summary>
    public void DropProjections() => Transact(() =>
    {
        SqliteFile.Execute(connection, "DELETE FROM shard_row; DELETE FROM chain; DELETE FROM entity");
        setProjectionVersion.Bind(1, 0).Run();
    });

    public void SetProjectionVersion(int version) => Transact(() => setProjectionVersion.Bind(1, version).Run());

    /// <summary>For tests: a setting of this connection.</summary>
    internal string Pragma(string name)
    {
        using var statement = new Statement(connection, "PRAGMA " + name);
        return statement.Step() ? statement.Text(0) : "";
    }

    void InsertLink(ChainLink link)
    {
        // The primary key refuses a position used twice, the look at the link before it a gap. As one statement (INSERT … SELECT … WHERE EXISTS)
        // it would be four times slower: reading the table it writes, SQLite goes through a temporary one.
        if (link.Position != 1)
        {
            var before = readLinkSequence.Bind(1, link.Entity).Bind(2, link.Position - 1).Scalar();
            if (before == 0 || before >= link.Sequence)
                throw new LedgerFencedException($"link {link.Position} of entity {link.Entity} to event {link.Sequence} does not follow the end of its chain");
        }

        insertLink.Bind(1, link.Entity).Bind(2, link.Position).Bind(3, link.Sequence).Bind(4, link.Hash).Run();
    }

    LedgerHead ReadHead() => SqliteReader.ReadHead(readLastEvent, readLastEntity);

    void Transact(Action write)
    {
        try
        {
            begin.Run();
            write();
            commit.Run();
        }
        catch (Exception e)
        {
            RollBack();
            if (e is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT })
                throw new LedgerFencedException($"the batch uses what has been used before: {e.Message}", e);
            throw;
        }
    }

    void RollBack()
    {
        try
        {
            foreach (var statement in statements)
                statement.Reset();
            // After some errors (disk full among them) SQLite has rolled back by itself.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                rollback.Run();
        }
        catch (SqliteException)
        {
            IsBroken = true;
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
