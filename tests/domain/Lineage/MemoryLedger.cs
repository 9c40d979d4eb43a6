using TraceGrains.Ledger;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>A ledger in lists, for tests that are about what stands beside the events, not about storage. Every answer is there at once, so nothing here ever waits.</summary>
sealed class MemoryLedger(int shardCount) : ILedger
{
    readonly List<LedgerEvent> events = [];
    readonly List<string> codes = [];
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly Dictionary<int, List<ChainLink>> chains = [];
    readonly List<ShardRow> rows = [];

    public LedgerConstants Constants { get; } = new(shardCount, 1);

    public IReadOnlyList<ShardRow> Rows => rows;

    public ValueTask<LedgerHead> ReadHead(CancellationToken stop = default) =>
        new(new LedgerHead(events.Count, codes.Count, events.Count == 0 ? default : events[^1].RecordTime));

    public Task Append(LedgerBatch batch, CancellationToken stop = default)
    {
        foreach (var recorded in batch.Events)
        {
            Assert.Equal(events.Count + 1, recorded.Sequence);
            events.Add(recorded);
        }
        return AppendProjection(batch with { Events = [] }, stop);
    }

    public Task AppendProjection(LedgerBatch batch, CancellationToken stop = default)
    {
        Assert.Empty(batch.Events);
        foreach (var entity in batch.Entities)
        {
            codes.Add(entity.Code);
            Assert.Equal(codes.Count, entity.Number);
            numbers.Add(entity.Code, entity.Number);
        }
        foreach (var link in batch.Links)
        {
            if (!chains.TryGetValue(link.Entity, out var chain)) chains.Add(link.Entity, chain = []);
            Assert.Equal(chain.Count + 1, link.Position);
            chain.Add(link);
        }
        rows.AddRange(batch.Rows);
        return Task.CompletedTask;
    }

    public ValueTask<int[]> FindEntities(IReadOnlyList<string> asked, CancellationToken stop = default) => new([.. asked.Select(code => numbers.GetValueOrDefault(code))]);

    public ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default) => new([.. entities.Select(number => codes[number - 1])]);

    public ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default) =>
        new([.. numbers.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && (afterCode is null || string.CompareOrdinal(pair.Key, afterCode) > 0))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(max).Select(pair => new NewEntity(pair.Value, pair.Key))]);

    public ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default) =>
        new([.. entities.Select(entity => chains.TryGetValue(entity, out var chain) ? new ChainHead(chain.Count, chain[^1].Hash, chain[^1].Sequence) : ChainHead.None)]);

    public ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default) =>
        new([.. chains.GetValueOrDefault(entity, []).Skip(afterPosition).Take(max).Select(link => new ChainEntry(link, events[(int)link.Sequence - 1]))]);

    public ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default) =>
        new([.. entities.Select(entity => chains.GetValueOrDefault(entity, []).Take(max).Select(link => link.Sequence).ToArray())]);

    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default) =>
        new([.. sequences.Distinct().Order().Where(sequence => sequence >= 1 && sequence <= events.Count).Select(sequence => events[(int)sequence - 1])]);

    public ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default) => new(sequence >= 1 && sequence <= events.Count ? events[(int)sequence - 1] : null);

    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default) => new([.. events.Skip((int)afterSequence).Take(max)]);

    public ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default) =>
        new([.. events.Skip((int)afterSequence).Take(max).Select(recorded => new EventDigest(recorded.Sequence, recorded.EventHash))]);

    public ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default) => new(KeysOf(recorded => eventIds.Contains(recorded.EventId)));

    public ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default) =>
        new(KeysOf(recorded => hashes.Any(hash => hash.AsSpan().SequenceEqual(recorded.CbvHash))));

    public ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default) => new(events.Count(recorded => recorded.RecordTime <= recordTime));

    public ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default) =>
        new([.. rows.Where(row => row.Sequence > afterSequence && (row.Shard == shard || row.Shard == ShardRow.EveryShard)).OrderBy(row => (row.Sequence, row.Shard))]);

    public ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default) =>
        new([.. Enumerable.Range(0, shardCount).Select(shard => rows.LastOrDefault(row => row.Shard == shard).Sequence)]);

    public Task DropProjections(CancellationToken stop = default)
    {
        codes.Clear();
        numbers.Clear();
        chains.Clear();
        rows.Clear();
        return Task.CompletedTask;
    }

    public Task SetProjectionVersion(int version, CancellationToken stop = default) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;

    IReadOnlyList<EventKey> KeysOf(Func<LedgerEvent, bool> match) =>
        [.. events.Where(match).Select(recorded => new EventKey(recorded.Sequence, recorded.EventId, recorded.DeclaresError, recorded.CbvHash))];
}
