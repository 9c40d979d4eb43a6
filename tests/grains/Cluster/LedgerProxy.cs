using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>A real ledger behind a door: a test may watch appends, hold them back, or let them fail before or after they were made durable.</summary>
sealed class LedgerProxy(ILedger inner) : ILedger
{
    int appends;

    /// <summary>Runs before an append reaches the ledger; the batch is what it would record.</summary>
    public Func<LedgerBatch, Task>? Before { get; set; }

    /// <summary>Runs after an append was made durable, before the caller hears.</summary>
    public Func<LedgerBatch, Task>? After { get; set; }

    /// <summary>Runs before codes are looked up and before a page of a chain is read, with what stops that.</summary>
    public Func<CancellationToken, Task>? BeforeRead { get; set; }

    public int Appends => appends;

    public LedgerConstants Constants => inner.Constants;

    public async Task Append(LedgerBatch batch, CancellationToken stop = default)
    {
        if (Before is { } before) await before(batch);
        await inner.Append(batch, stop);
        Interlocked.Increment(ref appends);
        if (After is { } after) await after(batch);
    }

    public ValueTask<LedgerHead> ReadHead(CancellationToken stop = default) => inner.ReadHead(stop);

    public async ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop = default)
    {
        if (BeforeRead is { } before) await before(stop);
        return await inner.FindEntities(codes, stop);
    }

    public ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default) => inner.ReadCodes(entities, stop);

    public ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default) =>
        inner.FindByPrefix(prefix, afterCode, max, stop);

    public ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default) => inner.ReadChainHeads(entities, stop);

    public async ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default)
    {
        if (BeforeRead is { } before) await before(stop);
        return await inner.ReadChain(entity, afterPosition, max, stop);
    }

    public ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default) => inner.ReadChainSequences(entities, max, stop);

    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default) => inner.ReadEventsAt(sequences, stop);

    public ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default) => inner.ReadEvent(sequence, stop);

    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default) => inner.ReadEvents(afterSequence, max, stop);

    public ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default) => inner.ReadEventHashes(afterSequence, max, stop);

    public ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default) => inner.FindByEventIds(eventIds, stop);

    public ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default) => inner.FindByCbvHashes(hashes, stop);

    public ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default) => inner.SequenceAt(recordTime, stop);

    public ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default) =>
        inner.ReadShardRows(shard, afterSequence, max, stop);

    public ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default) => inner.ReadLastShardSequences(stop);

    public Task DropProjections(CancellationToken stop = default) => inner.DropProjections(stop);

    public Task AppendProjection(LedgerBatch batch, CancellationToken stop = default) => inner.AppendProjection(batch, stop);

    public Task SetProjectionVersion(int version, CancellationToken stop = default) => inner.SetProjectionVersion(version, stop);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
