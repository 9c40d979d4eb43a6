using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Balances;

/// <summary>Who has how much of some lots. What was packed is with whoever has the container now, wherever the shards of lots and containers live.</summary>
public static class HoldingWalk
{
    /// <summary>Amounts of some lots or classes by account, as on record up to a ledger sequence. Lots that never were in a container are added up in their shards.</summary>
    public static async ValueTask<Dictionary<int, Holding[]>> Of(ILineageShards shards, IReadOnlyCollection<int> lots, long bound)
    {
        var held = new Dictionary<int, Holding[]>(lots.Count);
        var packed = new List<int>();
        foreach (var (_, asked, answer) in await shards.Ask(lots, lot => lot, (shard, mine) => shards.Held(shard, mine, bound)))
            for (var i = 0; i < asked.Length; i++)
                if (answer[i] is { } holdings) held[asked[i]] = holdings;
                else packed.Add(asked[i]);
        if (packed.Count == 0) return held;
        var lines = new Dictionary<int, GoodsLine>(packed.Count);
        foreach (var (_, asked, answer) in await shards.Ask(packed, lot => lot, (shard, mine) => shards.Goods(shard, mine, bound)))
            for (var i = 0; i < asked.Length; i++) lines[asked[i]] = answer[i];
        var during = await StandingWalk.Resolve(shards, lines.Values.SelectMany(line => line.Packed ?? []).Select(part => part.Stay), bound);
        foreach (var (lot, line) in lines) held[lot] = LotCarriage.Held(line.Flows ?? [], line.Packed ?? [], stay => during.GetValueOrDefault(stay));
        return held;
    }
}
