using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Grains.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>Writes counted impact out in codes, each list most first and ties in the order of names.</summary>
/// <param name="ledger">Knows the codes.</param>
/// <param name="districtsOf">The districts of parties and places as master data gave them by a ledger sequence.</param>
/// <param name="eyes">For whom it is written; null for somebody who sees everything. What an enterprise may not hear of is counted without a name; rows of others are left out where rows are.</param>
sealed class PreviewWriter(ILedger ledger, Func<string[], long, Task<string?[]>> districtsOf, Viewer? eyes)
{
    readonly Names names = new(ledger);

    public async ValueTask<PreviewAnswer> Write(Impact impact, int inScope, int reached, long bound)
    {
        var standings = impact.Counts.GroupBy(count => count.Standing).ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        var holders = await names.Groups(standings);
        await names.Load(impact.Held.Select(held => held.Account).Concat(impact.Gaps.Found.SelectMany(gap => new[] { gap.Holder, gap.Consignee })));
        var (districts, kept) = (await Districts(standings.Keys, bound), await KeptBack(impact.Counts));
        return new()
        {
            AsOfSequence = bound, InScope = inScope, Reached = reached, Holders = holders, Fates = Fates(impact.Counts), OriginUnchecked = impact.Gaps.Unchecked,
            Products = Groups(impact.Counts, count => count.Product is { } product && !kept.Contains(product) ? product : null),
            // Words of the standard are everybody's, those of somebody's own are not.
            Dispositions = Groups(impact.Counts, count => IsForEnterprise && count.Standing.Disposition < 0 ? null : names.Disposition(count.Standing.Disposition)),
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
        string[] codes = [.. numbers.Select(number => names[number]!)];
        var (found, seen) = (await districtsOf(codes, bound), IsForEnterprise ? await eyes!.SeesParties(codes) : [.. codes.Select(_ => true)]);
        return numbers.Zip(found, seen).ToDictionary(one => one.First, one => one.Third ? one.Second : null);
    }

    bool IsForEnterprise => eyes is { Reach: Reach.Own };

    /// <summary>Products of which an enterprise may not hear.</summary>
    async ValueTask<HashSet<string>> KeptBack(IEnumerable<ImpactCount> counts)
    {
        if (!IsForEnterprise) return [];
        string[] products = [.. counts.Select(count => count.Product).OfType<string>().Distinct(StringComparer.Ordinal)];
        return [.. products.Zip(await eyes!.SeesThings(products)).Where(pair => !pair.Second).Select(pair => pair.First)];
    }

    static ImpactGroup[] Groups(IEnumerable<ImpactCount> counts, Func<ImpactCount, string?> nameOf) =>
        [.. counts.GroupBy(nameOf).Select(group => new ImpactGroup { Name = group.Key, Count = group.Sum(count => count.Count), Fates = Fates(group) })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Name, StringComparer.Ordinal)];

    static FateCount[] Fates(IEnumerable<ImpactCount> counts) =>
        [.. counts.GroupBy(count => Domain.Recalls.Previews.Fates.Of(count.Standing)).OrderBy(group => group.Key).Select(group => new FateCount(group.Key, group.Sum(count => count.Count)))];
}
