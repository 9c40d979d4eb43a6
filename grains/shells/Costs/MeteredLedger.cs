using TraceGrains.Contracts.Costs;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Costs;

/// <summary>A ledger that says how many rows are read from it, for the operation they are read for. What shards load and what is written is nobody's cost.</summary>
public sealed class MeteredLedger(ILedger inner) : ILedger
{
    /// <inheritdoc/>
    public LedgerConstants Constants => inner.Constants;

    /// <inheritdoc/>
    public ValueTask<LedgerHead> ReadHead(CancellationToken stop = default) => inner.ReadHead(stop);

    /// <inheritdoc/>
    public Task Append(LedgerBatch batch, CancellationToken stop = default) => inner.Append(batch, stop);

    /// <inheritdoc/>
    public ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop = default)
    {
        Metering.Rows(codes.Count);
        return inner.FindEntities(codes, stop);
    }

    /// <inheritdoc/>
    public ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default)
    {
        Metering.Rows(entities.Count);
        return inner.ReadCodes(entities, stop);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default) => Counted(inner.FindByPrefix(prefix, afterCode, max, stop));

    /// <inheritdoc/>
    public ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default)
    {
        Metering.Rows(entities.Count);
        return inner.ReadChainHeads(entities, stop);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default) => Counted(inner.ReadChain(entity, afterPosition, max, stop));

    /// <inheritdoc/>
    public async ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default)
    {
        var chains = await inner.ReadChainSequences(entities, max, stop);
        Metering.Rows(chains.Sum(chain => (long)chain.Length));
        return chains;
    }

    /// <inheritdoc/>
    public ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default)
    {
        Metering.Rows(1);
        return inner.ReadEvent(sequence, stop);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default) => Counted(inner.ReadEvents(afterSequence, max, stop));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default) => Counted(inner.ReadEventsAt(sequences, stop));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default) => Counted(inner.ReadEventHashes(afterSequence, max, stop));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default) => Counted(inner.FindByEventIds(eventIds, stop));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default) => Counted(inner.FindByCbvHashes(hashes, stop));

    /// <inheritdoc/>
    public ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default) => inner.SequenceAt(recordTime, stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default) => inner.ReadShardRows(shard, afterSequence, max, stop);

    /// <inheritdoc/>
    public ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default) => inner.ReadLastShardSequences(stop);

    /// <inheritdoc/>
    public Task DropProjections(CancellationToken stop = default) => inner.DropProjections(stop);

    /// <inheritdoc/>
    public Task AppendProjection(LedgerBatch batch, CancellationToken stop = default) => inner.AppendProjection(batch, stop);

    /// <inheritdoc/>
    public Task SetProjectionVersion(int version, CancellationToken stop = default) => inner.SetProjectionVersion(version, stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    static async ValueTask<IReadOnlyList<T>> Counted<T>(ValueTask<IReadOnlyList<T>> reading)
    {
        var read = await reading;
        Metering.Rows(read.Count);
        return read;
    }
}
