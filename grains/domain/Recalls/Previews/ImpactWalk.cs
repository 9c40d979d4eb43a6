using System.Runtime.InteropServices;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Recalls.Previews;

/// <summary>Counts what a recall would reach: who has it, what became of it, how much of each lot is where, and what nobody can tell.</summary>
public static class ImpactWalk
{
    /// <summary>Things that are looked at together.</summary>
    const int Chunk = 20_000;

    /// <summary>The impact on some things, as on record up to a ledger sequence.</summary>
    public static async ValueTask<Impact> Of(IScopeLedger ledger, ILineageShards shards, NodeSet things, long bound)
    {
        var (orphans, notChecked) = await OriginWalk.Find(ledger, things, bound);
        var orphaned = orphans.ToHashSet();
        var counts = new Dictionary<(string Product, Standing Standing), int>();
        var gaps = new Dictionary<(GapKind, int, int), int>();
        var held = new Dictionary<(int, AccountKind, string), (decimal Sum, bool IsKnown, int Lots)>();
        foreach (var chunk in things.Ascending().Chunk(Chunk))
        {
            var codes = await ledger.Codes(chunk);
            var standings = await StandingWalk.Of(shards, chunk, bound);
            for (var i = 0; i < chunk.Length; i++)
            {
                var standing = standings[i].Standing;
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (ProductCode.Of(codes[i]) ?? "", standing), out _)++;
                if (Fates.Of(standing) == Fate.InTransit) Add(GapKind.ShippedNotReceived, standing.Holder, standing.Consignee);
                if (standing.Holder == 0) Add(GapKind.HolderUnknown, 0, 0);
                if (orphaned.Contains(chunk[i])) Add(GapKind.NeverCommissioned, standing.Holder, 0);
            }
            var lots = chunk.Where((_, i) => (standings[i].Line.Roles & Roles.Class) != 0).ToList();
            foreach (var holding in (await HoldingWalk.Of(shards, lots, bound)).Values.SelectMany(holdings => holdings))
            {
                var key = (holding.Account, holding.Kind, holding.Uom);
                var (sum, isKnown, of) = held.GetValueOrDefault(key, (0, true, 0));
                held[key] = (sum + (holding.Quantity ?? 0), isKnown && holding.Quantity is not null, of + 1);
            }
        }
        return new(
            [.. counts.Select(pair => new ImpactCount(pair.Key.Product.Length == 0 ? null : pair.Key.Product, pair.Key.Standing, pair.Value))],
            [.. held.Select(pair => new HeldImpact(pair.Key.Item1, pair.Key.Item2, pair.Key.Item3, pair.Value.IsKnown ? pair.Value.Sum : null, pair.Value.Lots))],
            new([.. gaps.Select(pair => new Gap(pair.Key.Item1, pair.Key.Item2, pair.Key.Item3, pair.Value))], notChecked));

        void Add(GapKind kind, int holder, int consignee) => CollectionsMarshal.GetValueRefOrAddDefault(gaps, (kind, holder, consignee), out _)++;
    }
}
