using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>Writes counted impact out in codes, each list most first and ties in the order of names.</summary>
/// <param name="ledger">Knows the codes.</param>
/// <param name="districtsOf">The districts of parties and places as master data gave them by a ledger sequence.</param>
sealed class PreviewWriter(ILedger ledger, Func<string[], long, Task<string?[]>> districtsOf)
{
    readonly Names names = new(ledger);

    public async ValueTask<PreviewAnswer> Write(Impact impact, int inScope, int reached, long bound)
    {
        var standings = impact.Counts.GroupBy(count => count.Standing).ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        var holders = await names.Groups(standings);
        await names.Load(impact.Held.Select(held => held.Account).Concat(impact.Gaps.Found.SelectMany(gap => new[] { gap.Holder, gap.Consignee })));
        var districts = await Districts(standings.Keys, bound);
        return new()
        {
            AsOfSequence = bound, InScope = inScope, Reached = reached, Holders = holders, Fates = Fates(impact.Counts), OriginUnchecked = impact.Gaps.Unchecked,
            Products = Groups(impact.Counts, count => count.Product),
            Dispositions = Groups(impact.Counts, count => names.Disposition(count.Standing.Disposition)),
            Districts = Groups(impact.Counts, count => districts.GetValueOrDefault(count.Standing.Holder) ?? districts.GetValueOrDefault(count.Standing.Place)),
            Amounts = [.. impact.Held.Select(held => new HeldImpactView
            {
                Account = names[held.Account], Kind = held.Kind, Quantity = held.Quantity, Uom = held.Uom.Length == 0 ? null : held.Uom, Lots = held.Lots,
            }).OrderBy(held => held.Kind).ThenBy(held => held.Account, StringComparer.Ordinal).ThenBy(held => held.Uom, StringComparer.Ordinal)],
            Gaps = [.. impact.Gaps.Found.Select(gap => new GapView { Kind = gap.Kind, Holder = names[gap.Holder], Consignee = names[gap.Consignee], Count = gap.Count })
                .OrderByDescending(gap => gap.Count).ThenBy(gap => gap.Kind).ThenBy(gap => gap.Holder, StringComparer.Ordinal).ThenBy(gap => gap.Consignee, StringComparer.Ordinal)],
        };
    }

    async ValueTask<Dictionary<int, string?>> Districts(IEnumerable<Standing> standings, long bound)
    {
        var numbers = standings.SelectMany(standing => new[] { standing.Holder, standing.Place }).Where(number => number != 0).Distinct().ToArray();
        if (numbers.Length == 0) return [];
        var found = await districtsOf([.. numbers.Select(number => names[number]!)], bound);
        return numbers.Zip(found).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    static ImpactGroup[] Groups(IEnumerable<ImpactCount> counts, Func<ImpactCount, string?> nameOf) =>
        [.. counts.GroupBy(nameOf).Select(group => new ImpactGroup { Name = group.Key, Count = group.Sum(count => count.Count), Fates = Fates(group) })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Name, StringComparer.Ordinal)];

    static FateCount[] Fates(IEnumerable<ImpactCount> counts) =>
        [.. counts.GroupBy(count => Domain.Recalls.Previews.Fates.Of(count.Standing)).OrderBy(group => group.Key).Select(group => new FateCount(group.Key, group.Sum(count => count.Count)))];
}
