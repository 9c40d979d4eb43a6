using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>What changes the ledger. Every method is one transaction: it has happened when the method returns, and not at all when it throws.</summary>
/// <remarks>
/// Writers of all processes take turns by an advisory lock, so the head that was checked is the head that is followed; the primary keys would refuse the second one
/// without it too. Rows travel as one array per column.
/// </remarks>
sealed class PostgresWriter(NpgsqlDataSource source, EventPartitions partitions)
{
    /// <summary>Bytes of events in one statement; PostgreSQL takes a message of 1 GB at most.</summary>
    const int MaxBytesPerStatement = 64 * 1024 * 1024;

    const string LongTexts =
        $"""
        SELECT EXISTS (SELECT FROM unnest($1) AS n(code) JOIN entity e ON left(e.code, 300) = left(n.code, 300) AND e.code = n.code)
            OR EXISTS (SELECT FROM unnest($2) AS n(id) JOIN event_key k ON left(k.event_id, 300) = left(n.id, 300) AND k.event_id = n.id AND NOT k.declares_error)
        """;

    const string UnfollowedLinks =
        """
        SELECT n.entity FROM unnest($1, $2, $3) AS n(entity, position, sequence) LEFT JOIN chain c ON c.entity = n.entity AND c.position = n.position
        WHERE c.sequence IS NULL OR c.sequence >= n.sequence LIMIT 1
        """;

    public async Task Append(LedgerBatch batch)
    {
        if (batch.Events.Count > 0) await partitions.MakeRoom(batch.Events[^1].Sequence);
        await Transact(async connection =>
        {
            var before = ChainRules.Predecessors(batch.Links);
            await using (var check = new NpgsqlBatch(connection))
            {
                Add(check, LedgerSchema.Versions.LockStatement);
                Add(check, PostgresReader.Head);
                Add(check, UnfollowedLinks, before.Select(link => link.Entity).ToArray(), before.Select(link => link.Position).ToArray(), before.Select(link => link.Sequence).ToArray());
                await using var rows = await check.ExecuteReaderAsync();
                await rows.NextResultAsync();
                await rows.ReadAsync();
                BatchRules.CheckFollows(batch, PostgresReader.HeadOf(rows));
                await rows.NextResultAsync();
                if (await rows.ReadAsync()) throw ChainRules.NotFollowing(rows.GetInt32(0));
            }

            await CheckLongTexts(connection, batch);
            await using var insert = new NpgsqlBatch(connection);
            AddEvents(insert, batch.Events);
            AddDerived(insert, batch);
            if (insert.BatchCommands.Count > 0) await insert.ExecuteNonQueryAsync();
        });
    }

    /// <summary>Empties the derived tables.</summary>
    public Task DropProjections() => Transact(async connection =>
    {
        await Execute(connection, LedgerSchema.Versions.LockStatement);
        await using (var first = new NpgsqlCommand("SELECT coalesce((SELECT sequence FROM event ORDER BY sequence LIMIT 1), 1)", connection))
            if ((long)(await first.ExecuteScalarAsync())! is var sequence and not 1)
                throw new LedgerUnavailableException($"events 1 to {sequence - 1} are archived; what is derived can only be derived anew from all of them: attach their partitions first");
        await Execute(connection, "TRUNCATE shard_row, chain, entity; UPDATE constant SET value = 0 WHERE name = 'projection_version'");
    });

    public Task SetProjectionVersion(int version) => Transact(connection => Execute(connection, $"UPDATE constant SET value = {version} WHERE name = 'projection_version'"));

    static async Task CheckLongTexts(NpgsqlConnection connection, LedgerBatch batch)
    {
        // Shorter ones are unique by their index.
        var codes = batch.Entities.Select(entity => entity.Code).Where(IsLong).ToArray();
        var ids = batch.Events.Where(recorded => !recorded.DeclaresError).Select(recorded => recorded.EventId).Where(IsLong).ToArray();
        if (codes.Length + ids.Length == 0) return;
        await using var check = new NpgsqlCommand(LongTexts, connection) { Parameters = { new() { Value = codes }, new() { Value = ids } } };
        if (codes.Distinct(StringComparer.Ordinal).Count() < codes.Length || ids.Distinct(StringComparer.Ordinal).Count() < ids.Length || await check.ExecuteScalarAsync() is true)
            throw new LedgerFencedException("the batch uses what has been used before: a code or an event id");
    }

    // In UTF-16 units never fewer than in characters, so none is missed.
    static bool IsLong(string text) => text.Length > LedgerSchema.IndexedCharacters;

    static void AddEvents(NpgsqlBatch insert, IReadOnlyList<LedgerEvent> events)
    {
        for (int start = 0, end; start < events.Count; start = end)
        {
            long bytes = 0;
            for (end = start; end < events.Count && (end == start || bytes + events[end].Json.Length <= MaxBytesPerStatement); end++) bytes += events[end].Json.Length;
            var some = events.Skip(start).Take(end - start).ToList();
            var (sequences, declare) = (some.Select(e => e.Sequence).ToArray(), some.Select(e => e.DeclaresError).ToArray());
            var (hashes, ids) = (some.Select(e => e.CbvHash).ToArray(), some.Select(e => e.EventId).ToArray());
            Add(insert, "INSERT INTO event(sequence, record_time, declares_error, cbv_hash, event_hash, event_id, json) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)",
                sequences, some.Select(e => e.RecordTime.ToUnixTimeMilliseconds()).ToArray(), declare, hashes, some.Select(e => e.EventHash).ToArray(), ids, some.Select(e => e.Json).ToArray());
            Add(insert, "INSERT INTO event_key(sequence, declares_error, cbv_hash, event_id) SELECT * FROM unnest($1, $2, $3, $4)", sequences, declare, hashes, ids);
        }
    }

    static void AddDerived(NpgsqlBatch insert, LedgerBatch batch)
    {
        if (batch.Entities.Count > 0)
            Add(insert, "INSERT INTO entity(number, code) SELECT * FROM unnest($1, $2)", batch.Entities.Select(e => e.Number).ToArray(), batch.Entities.Select(e => e.Code).ToArray());
        if (batch.Links.Count > 0)
            Add(insert, "INSERT INTO chain(entity, position, sequence, hash) SELECT * FROM unnest($1, $2, $3, $4)",
                batch.Links.Select(l => l.Entity).ToArray(), batch.Links.Select(l => l.Position).ToArray(), batch.Links.Select(l => l.Sequence).ToArray(), batch.Links.Select(l => l.Hash).ToArray());
        if (batch.Rows.Count > 0)
            Add(insert, "INSERT INTO shard_row(shard, sequence, facts) SELECT * FROM unnest($1, $2, $3)",
                batch.Rows.Select(r => r.Shard).ToArray(), batch.Rows.Select(r => r.Sequence).ToArray(), batch.Rows.Select(r => r.Facts).ToArray());
    }

    static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        batch.BatchCommands.Add(command);
    }

    static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    async Task Transact(Func<NpgsqlConnection, Task> write)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await write(connection);
        await transaction.CommitAsync();
    }
}
