using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>One connection that reads, with its prepared statements. One caller has it at a time; after an exception it is thrown away.</summary>
sealed class SqliteReader : IDisposable
{
    public const string LastEvent = "SELECT sequence, record_time FROM event ORDER BY sequence DESC LIMIT 1";
    public const string LastEntity = "SELECT number FROM entity ORDER BY number DESC LIMIT 1";

    const string EventColumns = "e.sequence, e.record_time, e.event_id, e.declares_error, e.cbv_hash, e.event_hash, e.json";
    const string KeyColumns = "sequence, event_id, declares_error, cbv_hash";

    readonly SqliteConnection connection;
    readonly Dictionary<string, Statement> statements = [];

    public SqliteReader(string path) => connection = SqliteFile.OpenReader(path);

    /// <summary>Runs a query over one snapshot of the ledger: statements inside it agree with each other, whatever is appended meanwhile.</summary>
    public T Snapshot<T>(Func<SqliteReader, T> query)
    {
        Prepared("BEGIN").Run();
        var answer = query(this);
        Prepared("COMMIT").Run();
        return answer;
    }

    public LedgerHead ReadHead() => ReadHead(Prepared(LastEvent), Prepared(LastEntity));

    public static LedgerHead ReadHead(Statement lastEvent, Statement lastEntity)
    {
        var entity = (int)lastEntity.Scalar();
        if (!lastEvent.Step())
            return new LedgerHead(0, entity, default);
        var head = new LedgerHead(lastEvent.Int64(0), entity, Time(lastEvent.Int64(1)));
        lastEvent.Reset();
        return head;
    }

    public int[] FindEntities(IReadOnlyList<string> codes, CancellationToken stop)
    {
        var find = Prepared("SELECT number FROM entity WHERE code = ?1");
        var numbers = new int[codes.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            numbers[i] = BatchRules.IsText(codes[i]) ? (int)find.Bind(1, codes[i]).Scalar() : 0;
        }

        return numbers;
    }

    public string[] ReadCodes(IReadOnlyList<int> entities, CancellationToken stop)
    {
        var read = Prepared("SELECT code FROM entity WHERE number = ?1");
        var codes = new string[entities.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (!read.Bind(1, entities[i]).Step())
                throw new KeyNotFoundException($"there is no entity {entities[i]} in the ledger");
            codes[i] = read.Text(0);
            read.Reset();
        }

        return codes;
    }

    public List<NewEntity> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop)
    {
        if (!BatchRules.IsText(prefix)) return [];
        // A cursor from before the prefix (or none) starts at the prefix, which is itself a match if it is a code.
        var (from, start) = afterCode is null || CodePrefix.IsBefore(afterCode, prefix) ? (">=", prefix) : (">", afterCode);
        var end = CodePrefix.End(prefix);
        var find = Prepared($"SELECT number, code FROM entity WHERE code {from} ?1 {(end is null ? "" : "AND code < ?3")} ORDER BY code LIMIT ?2").Bind(1, start).Bind(2, max);
        if (end is not null)
            find.Bind(3, end);

        var found = new List<NewEntity>();
        while (find.Step())
        {
            stop.ThrowIfCancellationRequested();
            found.Add(new NewEntity(find.Int32(0), find.Text(1)));
        }

        return found;
    }

    public ChainHead[] ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop)
    {
        var read = Prepared("SELECT position, hash, sequence FROM chain WHERE entity = ?1 ORDER BY position DESC LIMIT 1");
        var heads = new ChainHead[entities.Count];
        for (var i = 0; i < heads.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            heads[i] = read.Bind(1, entities[i]).Step() ? new ChainHead(read.Int32(0), read.Bytes(1), read.Int64(2)) : ChainHead.None;
            read.Reset();
        }

        return heads;
    }

    public List<ChainEntry> ReadChain(int entity, int afterPosition, int max, CancellationToken stop)
    {
        var read = Prepared(
            $"""
            SELECT {EventColumns}, c.position, c.sequence, c.hash FROM chain c LEFT JOIN event e ON e.sequence = c.sequence
            WHERE c.entity = ?1 AND c.position > ?2 ORDER BY c.position LIMIT ?3
            """).Bind(1, entity).Bind(2, afterPosition).Bind(3, max);
        var chain = new List<ChainEntry>();
        while (read.Step())
        {
            stop.ThrowIfCancellationRequested();
            chain.Add(new ChainEntry(new ChainLink(entity, read.Int32(7), read.Int64(8), read.Bytes(9)), read.IsNull(0) ? null : Event(read)));
        }

        return chain;
    }

    public long[][] ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop)
    {
        var read = Prepared("SELECT sequence FROM chain WHERE entity = ?1 ORDER BY position LIMIT ?2");
        var chains = new long[entities.Count][];
        var chain = new List<long>();
        for (var i = 0; i < chains.Length; i++)
        {
            read.Bind(1, entities[i]).Bind(2, max);
            chain.Clear();
            while (read.Step())
            {
                stop.ThrowIfCancellationRequested();
                chain.Add(read.Int64(0));
            }

            chains[i] = [.. chain];
        }

        return chains;
    }

    public List<LedgerEvent> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop)
    {
        var events = new List<LedgerEvent>(sequences.Count);
        foreach (var sequence in sequences.Distinct().Order())
        {
            stop.ThrowIfCancellationRequested();
            if (ReadEvent(sequence) is { } found)
                events.Add(found);
        }

        return events;
    }

    public LedgerEvent? ReadEvent(long sequence)
    {
        var read = Prepared($"SELECT {EventColumns} FROM event e WHERE e.sequence = ?1").Bind(1, sequence);
        var found = read.Step() ? Event(read) : null;
        read.Reset();
        return found;
    }

    public List<LedgerEvent> ReadEvents(long afterSequence, int max, CancellationToken stop)
    {
        var read = Prepared($"SELECT {EventColumns} FROM event e WHERE e.sequence > ?1 ORDER BY e.sequence LIMIT ?2").Bind(1, afterSequence).Bind(2, max);
        var events = new List<LedgerEvent>();
        while (read.Step())
        {
            stop.ThrowIfCancellationRequested();
            events.Add(Event(read));
        }

        return events;
    }

    public List<EventDigest> ReadEventHashes(long afterSequence, int max, CancellationToken stop)
    {
        var read = Prepared("SELECT sequence, event_hash FROM event WHERE sequence > ?1 ORDER BY sequence LIMIT ?2").Bind(1, afterSequence).Bind(2, max);
        var hashes = new List<EventDigest>();
        while (read.Step())
        {
            stop.ThrowIfCancellationRequested();
            hashes.Add(new EventDigest(read.Int64(0), read.Bytes(1)));
        }

        return hashes;
    }

    public List<EventKey> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop)
    {
        var find = Prepared($"SELECT {KeyColumns} FROM event WHERE event_id = ?1");
        var found = new List<EventKey>();
        foreach (var id in eventIds.Where(BatchRules.IsText))
            CollectKeys(find.Bind(1, id), found, stop);
        return InLedgerOrder(found);
    }

    public List<EventKey> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop)
    {
        var find = Prepared($"SELECT {KeyColumns} FROM event WHERE substr(cbv_hash, 1, 8) = substr(?1, 1, 8) AND cbv_hash = ?1");
        var found = new List<EventKey>();
        foreach (var hash in hashes)
            CollectKeys(find.Bind(1, hash), found, stop);
        return InLedgerOrder(found);
    }

    /// <summary>Record times never decrease, so the primary key is an index over them: a search by halves needs no other.</summary>
    public long SequenceAt(DateTimeOffset recordTime)
    {
        var time = recordTime.ToUnixTimeMilliseconds();
        var timeOf = Prepared("SELECT record_time FROM event WHERE sequence = ?1");
        long atOrBefore = 0, after = ReadHead().Sequence + 1;
        while (after - atOrBefore > 1)
        {
            var middle = atOrBefore + (after - atOrBefore) / 2;
            if (timeOf.Bind(1, middle).Scalar() <= time)
                atOrBefore = middle;
            else
                after = middle;
        }

        return atOrBefore;
    }

    public List<ShardRow> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop)
    {
        // Both halves come in the order of the primary key and SQLite merges them; no sort. One row more than asked tells where the page ends.
        var read = Prepared(shard == ShardRow.EveryShard
            ? "SELECT shard, sequence, facts FROM shard_row WHERE shard = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3"
            : $"""
              SELECT shard, sequence, facts FROM shard_row WHERE shard = {ShardRow.EveryShard} AND sequence > ?2
              UNION ALL
              SELECT shard, sequence, facts FROM shard_row WHERE shard = ?1 AND sequence > ?2
              ORDER BY sequence, shard LIMIT ?3
              """).Bind(1, shard).Bind(2, afterSequence).Bind(3, max + 1L);
        var rows = new List<ShardRow>();
        while (max > 0 && read.Step())
        {
            stop.ThrowIfCancellationRequested();
            var sequence = read.Int64(1);
            if (rows.Count < max || rows[^1].Sequence == sequence)
                rows.Add(new ShardRow(read.Int32(0), sequence, read.Bytes(2)));
        }

        return rows;
    }

    public long[] ReadLastShardSequences(int shardCount)
    {
        var read = Prepared("SELECT sequence FROM shard_row WHERE shard = ?1 ORDER BY sequence DESC LIMIT 1");
        var last = new long[shardCount];
        for (var shard = 0; shard < shardCount; shard++)
            last[shard] = read.Bind(1, shard).Scalar();
        return last;
    }

    static void CollectKeys(Statement find, List<EventKey> found, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        while (find.Step())
            found.Add(new EventKey(find.Int64(0), find.Text(1), find.Int64(2) != 0, find.Bytes(3)));
    }

    // A key may have been asked for twice; the event is there once.
    static List<EventKey> InLedgerOrder(List<EventKey> found) => [.. found.DistinctBy(key => key.Sequence).OrderBy(key => key.Sequence)];

    static LedgerEvent Event(Statement row) =>
        new(row.Int64(0), Time(row.Int64(1)), row.Text(2), row.Int64(3) != 0, row.Bytes(4), row.Bytes(5), row.Bytes(6));

    static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    Statement Prepared(string sql)
    {
        ref var statement = ref CollectionsMarshal.GetValueRefOrAddDefault(statements, sql, out _);
        return statement ??= new Statement(connection, sql);
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement?.Dispose();
        connection.Dispose();
    }
}
