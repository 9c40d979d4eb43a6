using Npgsql;
using NpgsqlTypes;

namespace TraceGrains.Ledger.Index;

/// <summary>What changes an index in PostgreSQL. Every method is one transaction.</summary>
sealed class PostgresIndexWriter(NpgsqlDataSource source)
{
    public async Task<bool> Add(IndexBatch batch, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // The lock on the row makes feeders take turns, so that the cursor that was checked is the cursor that is followed.
        await using (var cursor = new NpgsqlCommand("SELECT sequence FROM cursor FOR UPDATE", connection))
            if ((long)(await cursor.ExecuteScalarAsync(stop))! != batch.AfterSequence) return false;
        await CopyEvents(connection, batch, stop);
        await CopyPostings(connection, batch, stop);
        await Insert(connection, batch, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    public async Task Clear(int rulesVersion, CancellationToken stop)
    {
        await using var command = source.CreateCommand("TRUNCATE posting, event, word, master, master_attribute; UPDATE cursor SET rules_version = $1, sequence = 0, event_hash = ''".Replace("$1", $"{rulesVersion}", StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync(stop);
    }

    static async Task CopyEvents(NpgsqlConnection connection, IndexBatch batch, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY event(sequence, event_time) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var e in batch.Events)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(e.Entry.Sequence, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(e.Entry.EventTime, NpgsqlDbType.Bigint, stop);
        }
        await copy.CompleteAsync(stop);
    }

    static async Task CopyPostings(NpgsqlConnection connection, IndexBatch batch, CancellationToken stop)
    {
        // In the order of the key: neighbours share a page of its index.
        var postings = batch.Events.SelectMany(e => e.Keys, (e, key) => (Key: key, e.Entry.EventTime, e.Entry.Sequence)).ToArray();
        Array.Sort(postings);
        await using var copy = await connection.BeginBinaryImportAsync("COPY posting(key, event_time, sequence) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var (key, eventTime, sequence) in postings)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(key, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(eventTime, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(sequence, NpgsqlDbType.Bigint, stop);
        }
        await copy.CompleteAsync(stop);
    }

    static async Task Insert(NpgsqlConnection connection, IndexBatch batch, CancellationToken stop)
    {
        await using var insert = new NpgsqlBatch(connection);
        var words = batch.Events.SelectMany(e => e.Words).Distinct().ToArray();
        Add(insert, "INSERT INTO word(kind, text) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING", words.Select(word => (int)word.Kind).ToArray(), words.Select(word => PostgresEventIndex.Text(word.Text)).ToArray());
        // The last word on one thing in one document counts.
        var masters = batch.Masters.GroupBy(master => (master.Id, master.Vocabulary, master.Sequence)).Select(group => group.Last()).ToArray();
        Add(insert, "INSERT INTO master(id, vocabulary, sequence, said) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            masters.Select(master => master.Id).ToArray(), masters.Select(master => master.Vocabulary).ToArray(), masters.Select(master => master.Sequence).ToArray(), masters.Select(MasterText.Write).ToArray());
        var attributes = batch.Masters.SelectMany(master => master.Attributes, (master, attribute) => (attribute.Key, Value: PostgresEventIndex.Text(attribute.Value), master.Id)).Distinct().ToArray();
        Add(insert, "INSERT INTO master_attribute(attribute, value, id) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING",
            attributes.Select(one => one.Key).ToArray(), attributes.Select(one => one.Value).ToArray(), attributes.Select(one => one.Id).ToArray());
        Add(insert, "UPDATE cursor SET sequence = $1, event_hash = $2", batch.ThroughSequence, batch.EventHash);
        await insert.ExecuteNonQueryAsync(stop);
    }

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
