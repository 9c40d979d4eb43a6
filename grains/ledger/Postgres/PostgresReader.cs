using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>The questions. Each is one statement, so each sees one snapshot of the ledger.</summary>
sealed class PostgresReader(NpgsqlDataSource source, string where)
{
    const string EventColumns = "e.sequence, e.record_time, e.event_id, e.declares_error, e.cbv_hash, e.event_hash, e.json";
    const string KeyColumns = "k.sequence, k.event_id, k.declares_error, k.cbv_hash";

    public const string Head =
        """
        SELECT coalesce(e.sequence, 0), coalesce(e.record_time, 0), coalesce((SELECT max(number) FROM entity), 0)
        FROM (VALUES (1)) AS one LEFT JOIN (SELECT sequence, record_time FROM event ORDER BY sequence DESC LIMIT 1) e ON true
        """;

    static readonly TimeSpan[] pauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    public static LedgerHead HeadOf(NpgsqlDataReader row) =>
        row.GetInt64(0) == 0 ? new(0, row.GetInt32(2), default) : new(row.GetInt64(0), row.GetInt32(2), Time(row.GetInt64(1)));

    public async ValueTask<LedgerHead> ReadHead(CancellationToken stop) => (await Ask(Head, [], HeadOf, stop))[0];

    public async ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop)
    {
        var asked = codes.Select(Findable).ToArray();
        return [.. await Ask(
            $"""
            SELECT coalesce(e.number, 0) FROM unnest($1) WITH ORDINALITY AS k(code, i)
            LEFT JOIN entity e ON left(e.code, {LedgerSchema.IndexedCharacters}) = left(k.code, {LedgerSchema.IndexedCharacters}) AND e.code = k.code ORDER BY k.i
            """, [asked], row => row.GetInt32(0), stop)];
    }

    public async ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop)
    {
        var asked = entities.ToArray();
        var codes = await Ask("SELECT e.code FROM unnest($1) WITH ORDINALITY AS k(number, i) LEFT JOIN entity e ON e.number = k.number ORDER BY k.i",
            [asked], row => row.IsDBNull(0) ? null : row.GetString(0), stop);
        return [.. codes.Select((code, i) => code ?? throw new KeyNotFoundException($"there is no entity {asked[i]} in the ledger"))];
    }

    public async ValueTask<List<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop)
    {
        if (!BatchRules.IsText(prefix)) return [];
        // The index holds beginnings; cutting both sides keeps the order. Ranges over it are exact once the whole code is compared too.
        var end = CodePrefix.End(prefix);
        // No code contains U+0000, so what comes after "a\0b" is what comes after "a".
        var cursor = afterCode?.Split('\0')[0];
        var isAfter = cursor is not null && !CodePrefix.IsBefore(cursor, prefix);
        return await Ask(
            $"""
            SELECT number, code FROM entity WHERE left(code, {LedgerSchema.IndexedCharacters}) >= left($1, {LedgerSchema.IndexedCharacters}) AND code {(isAfter ? ">" : ">=")} $1
            {(end is null ? "" : $"AND left(code, {LedgerSchema.IndexedCharacters}) <= left($3, {LedgerSchema.IndexedCharacters}) AND code < $3")}
            ORDER BY left(code, {LedgerSchema.IndexedCharacters}), code LIMIT $2
            """, end is null ? [isAfter ? cursor! : prefix, (long)max] : [isAfter ? cursor! : prefix, (long)max, end], row => new NewEntity(row.GetInt32(0), row.GetString(1)), stop);
    }

    public async ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop) =>
        [.. await Ask(
            """
            SELECT c.position, c.hash, c.sequence FROM unnest($1) WITH ORDINALITY AS k(entity, i)
            LEFT JOIN LATERAL (SELECT position, hash, sequence FROM chain WHERE entity = k.entity ORDER BY position DESC LIMIT 1) c ON true ORDER BY k.i
            """, [entities.ToArray()], row => row.IsDBNull(0) ? ChainHead.None : new(row.GetInt32(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2)), stop)];

    public async ValueTask<List<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop) => await Ask(
        $"""
        SELECT {EventColumns}, c.position, c.sequence, c.hash FROM
            (SELECT position, sequence, hash FROM chain WHERE entity = $1 AND position > $2 ORDER BY position LIMIT $3) c
        LEFT JOIN event e ON e.sequence = c.sequence ORDER BY c.position
        """, [entity, afterPosition, (long)max],
        row => new ChainEntry(new(entity, row.GetInt32(7), row.GetInt64(8), row.GetFieldValue<byte[]>(9)), row.IsDBNull(0) ? null : Event(row)), stop);

    public async ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop)
    {
        var rows = await Ask(
            """
            SELECT k.i::int, c.sequence FROM unnest($1) WITH ORDINALITY AS k(entity, i)
            CROSS JOIN LATERAL (SELECT position, sequence FROM chain WHERE entity = k.entity ORDER BY position LIMIT $2) c ORDER BY k.i, c.position
            """, [entities.ToArray(), (long)max], row => (Place: row.GetInt32(0) - 1, Sequence: row.GetInt64(1)), stop);
        var chains = rows.ToLookup(row => row.Place, row => row.Sequence);
        return [.. entities.Select((_, place) => chains[place].ToArray())];
    }

    public async ValueTask<List<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop) =>
        await Ask($"SELECT {EventColumns} FROM event e WHERE e.sequence = ANY($1) ORDER BY e.sequence", [sequences.ToArray()], Event, stop);

    public async ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop) =>
        (await Ask($"SELECT {EventColumns} FROM event e WHERE e.sequence = $1", [sequence], Event, stop)).FirstOrDefault();

    public async ValueTask<List<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop) =>
        await Ask($"SELECT {EventColumns} FROM event e WHERE e.sequence > $1 ORDER BY e.sequence LIMIT $2", [afterSequence, (long)max], Event, stop);

    public async ValueTask<List<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop) =>
        await Ask("SELECT sequence, event_hash FROM event WHERE sequence > $1 ORDER BY sequence LIMIT $2", [afterSequence, (long)max], row => new EventDigest(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), stop);

    public async ValueTask<List<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop)
    {
        var asked = eventIds.Where(BatchRules.IsText).Distinct(StringComparer.Ordinal).ToArray();
        return await Ask(
            $"""
            SELECT {KeyColumns} FROM unnest($1) AS a(id)
            JOIN event_key k ON left(k.event_id, {LedgerSchema.IndexedCharacters}) = left(a.id, {LedgerSchema.IndexedCharacters}) AND k.event_id = a.id ORDER BY k.sequence
            """, [asked], Key, stop);
    }

    public async ValueTask<List<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop)
    {
        var asked = hashes.DistinctBy(Convert.ToHexString).ToArray();
        return await Ask(
            $"SELECT {KeyColumns} FROM unnest($1) AS a(hash) JOIN event_key k ON substr(k.cbv_hash, 1, 8) = substr(a.hash, 1, 8) AND k.cbv_hash = a.hash ORDER BY k.sequence",
            [asked], Key, stop);
    }

    /// <summary>Halves the order: record times never decrease along it. What has been archived counts as earlier than everything that is there.</summary>
    public async ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop) => (await Ask(
        """
        WITH RECURSIVE halving(low, high) AS
        (
            SELECT 0::bigint, coalesce((SELECT max(sequence) FROM event), 0) + 1
            UNION ALL
            SELECT CASE WHEN t.by_then THEN h.middle ELSE h.low END, CASE WHEN t.by_then THEN h.high ELSE h.middle END
            FROM (SELECT low, high, low + (high - low) / 2 AS middle FROM halving WHERE high - low > 1) h
            CROSS JOIN LATERAL (SELECT coalesce((SELECT record_time FROM event WHERE sequence = h.middle) <= $1, true) AS by_then) t
        )
        SELECT low FROM halving WHERE high - low <= 1
        """, [recordTime.ToUnixTimeMilliseconds()], row => row.GetInt64(0), stop))[0];

    public async ValueTask<List<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop)
    {
        if (max == 0) return [];
        // One row more than asked tells whether the page would end between the two rows of one event.
        const string own = "(SELECT shard, sequence, facts FROM shard_row WHERE shard = $1 AND sequence > $2 ORDER BY sequence LIMIT $3)";
        var all = $"(SELECT shard, sequence, facts FROM shard_row WHERE shard = {ShardRow.EveryShard} AND sequence > $2 ORDER BY sequence LIMIT $3)";
        var rows = await Ask(shard == ShardRow.EveryShard ? own : $"{all} UNION ALL {own} ORDER BY sequence, shard LIMIT $3", [shard, afterSequence, max + 1L],
            row => new ShardRow(row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), stop);
        if (rows.Count > max && rows[^1].Sequence != rows[^2].Sequence) rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    public async ValueTask<long[]> ReadLastShardSequences(int shardCount, CancellationToken stop) =>
        [.. await Ask("SELECT coalesce((SELECT max(sequence) FROM shard_row WHERE shard = s), 0) FROM generate_series(0, $1 - 1) AS s ORDER BY s", [shardCount], row => row.GetInt64(0), stop)];

    public async Task<Dictionary<string, long>> ReadConstants(CancellationToken stop) =>
        (await Ask("SELECT name, value FROM constant", [], row => (row.GetString(0), row.GetInt64(1)), stop)).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>Asks, and asks again while the server restarts or hands over: a question changes nothing.</summary>
    async Task<List<T>> Ask<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                stop.ThrowIfCancellationRequested();
                return await Task.Run(() => AskOnce(sql, parameters, read, stop), CancellationToken.None);
            }
            catch (Exception e) when (attempt < pauses.Length && PostgresFailure.IsPassing(e))
            {
                await Task.Delay(pauses[attempt], stop);
            }
            catch (NpgsqlException e)
            {
                throw PostgresFailure.Translate(e, where);
            }
    }

    // Away from a grain's scheduler, where every row would be a turn of its own.
    async Task<List<T>> AskOnce<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var answer = new List<T>();
        while (await rows.ReadAsync(stop)) answer.Add(read(rows));
        return answer;
    }

    static LedgerEvent Event(NpgsqlDataReader row) =>
        new(row.GetInt64(0), Time(row.GetInt64(1)), row.GetString(2), row.GetBoolean(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6));

    static EventKey Key(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetFieldValue<byte[]>(3));

    static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    // What could never be stored is looked up as the empty text, which is nobody's code.
    static string Findable(string text) => BatchRules.IsText(text) ? text : "";
}
