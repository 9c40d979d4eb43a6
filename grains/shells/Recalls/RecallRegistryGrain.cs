using Orleans.Concurrency;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>Knows the recalls of the ledger from the rows that every shard reads; keeps nothing that they do not say.</summary>
[Reentrant]
[KeepAlive]
sealed class RecallRegistryGrain(ILedger ledger) : Grain, IRecallRegistryGrain
{
    readonly Dictionary<int, bool> isActive = [];
    readonly List<int> inOrder = [];
    long readThrough;
    bool hasReleased;
    Task<RecallWatch[]>? running, queued;

    public async Task<string[]> All()
    {
        await ReadOn();
        return [.. (await ledger.ReadCodes(inOrder)).Reverse()];
    }

    /// <summary>Many shards ask at once when a silo starts; whoever asks while one run is under way shares the next.</summary>
    public Task<RecallWatch[]> ReworkAll()
    {
        if (running is null or { IsCompleted: true }) return running = Run();
        return queued ??= RunAfter(running);
    }

    async Task<RecallWatch[]> RunAfter(Task before)
    {
        await before.ContinueWith(_ => { }, TaskScheduler.Current);
        queued = null;
        return await (running = Run());
    }

    async Task<RecallWatch[]> Run()
    {
        await ReadOn();
        var codes = await ledger.ReadCodes(inOrder);
        var recalls = inOrder.Zip(codes).Select(pair => (IsActive: isActive[pair.First], Grain: GrainFactory.GetGrain<IRecallGrain>(pair.Second))).ToList();
        var watches = new List<RecallWatch>();
        foreach (var chunk in recalls.Where(recall => recall.IsActive).Chunk(4)) watches.AddRange((await Task.WhenAll(chunk.Select(recall => recall.Grain.Rework()))).OfType<RecallWatch>());
        if (hasReleased) return [.. watches];
        // A crash may have cut short the releasing notices of a withdrawn recall.
        foreach (var recall in recalls.Where(recall => !recall.IsActive)) await recall.Grain.PutOnRecord();
        hasReleased = true;
        return [.. watches];
    }

    public async Task Spread(string[] recalls)
    {
        foreach (var recall in recalls) await GrainFactory.GetGrain<IRecallGrain>(recall).PutOnRecord();
    }

    async Task ReadOn()
    {
        while (true)
        {
            var after = readThrough;
            var rows = await ledger.ReadShardRows(ShardRow.EveryShard, after, 1_000);
            if (rows.Count == 0) return;
            if (after != readThrough) continue;
            foreach (var row in rows) Learn(row.Facts);
            readThrough = rows[^1].Sequence;
        }
    }

    void Learn(byte[] facts)
    {
        var reader = new FactCodec.Reader(facts);
        while (reader.Next() is { } fact)
            if (fact is Fact.RecallStatus status)
            {
                if (!isActive.ContainsKey(status.Node)) inOrder.Add(status.Node);
                isActive[status.Node] = status.Active;
            }
    }
}
