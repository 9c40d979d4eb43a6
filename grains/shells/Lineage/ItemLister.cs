using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Lineage;

/// <summary>Lists things one by one, with where each stands.</summary>
sealed class ItemLister(ILedger ledger, GrainShards shards)
{
    readonly Names names = new(ledger);

    public async ValueTask<TracedItem[]> List(IReadOnlyList<int> nodes, long bound, Func<Standing, bool>? filter)
    {
        var standings = await StandingWalk.Of(shards, nodes, bound);
        var listed = nodes.Zip(standings).Where(pair => filter?.Invoke(pair.Second.Standing) ?? true).ToList();
        await names.Load(listed.SelectMany(pair => new[]
        {
            pair.First, pair.Second.Standing.Holder, pair.Second.Standing.Consignee, pair.Second.Standing.Place, -pair.Second.Standing.Disposition,
        }.Concat(pair.Second.Line.Recalls ?? [])));
        return [.. listed.Select(pair => new TracedItem
        {
            Code = names[pair.First]!, Cursor = Cursor.Write(pair.First),
            Holder = names[pair.Second.Standing.Holder], Consignee = names[pair.Second.Standing.Consignee],
            Location = names[pair.Second.Standing.Place], Disposition = names.Disposition(pair.Second.Standing.Disposition),
            Recalls = [.. (pair.Second.Line.Recalls ?? []).Select(recall => names[recall]!)],
        })];
    }
}
