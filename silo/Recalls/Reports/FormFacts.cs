using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>A product of a form.</summary>
sealed record FormProduct(string Code, PublicName? Name, GoodsAmount Amount, IReadOnlyList<string> Lots, int LotsInAll);

/// <summary>What the Chinese forms are filled in with.</summary>
sealed record FormFacts(CaseReport Report, GoodsCounts Counts, PartyCounts Parties, IReadOnlyList<FormProduct> Products, string? Firm, PublicName? FirmName, IReadOnlyList<(string Zh, string En, int Parties)> Districts,
    IReadOnlyDictionary<string, string> PartyNames)
{
    const int ProductsMax = 20, LotsMax = 20;

    public static async Task<FormFacts> Read(CaseReport report, ReportDesk desk, IPublicDirectory directory, CancellationToken stop)
    {
        var (counts, names) = (await desk.Count(report, stop), new ReportNames(directory, report.Parties));
        var lots = (await desk.Codes([.. counts.Lots])).GroupBy(lot => ProductCode.Of(lot) ?? "").ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToList());
        var products = new List<FormProduct>();
        foreach (var (code, fates) in counts.ByProduct.OrderBy(pair => pair.Key, StringComparer.Ordinal).Take(ProductsMax))
        {
            var of = lots.GetValueOrDefault(code) ?? [];
            products.Add(new(code, await names.Of(code), GoodsAmount.Sum(fates.Values), [.. of.Take(LotsMax)], of.Count));
        }
        var firm = report.Acts.LastOrDefault(act => act.Entry is CaseEntry.Issued or CaseEntry.Opened && act.By.Party is not null)?.By.Party;
        var districts = new Dictionary<(string, string), int>();
        foreach (var party in report.Parties)
            if (await names.Of(party.Party) is { DistrictZh: { } zh, DistrictEn: { } en }) districts[(zh, en)] = districts.GetValueOrDefault((zh, en)) + 1;
        var partyNames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in report.Parties.Select(party => party.Party).Concat(report.Destructions.Select(destroyed => destroyed.Party)).OfType<string>())
            partyNames[code] = (await names.Of(code))?.Zh ?? code;
        return new(report, counts, new(report.Parties), products, firm, await names.Of(firm), [.. districts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))], partyNames);
    }

    public GoodsAmount Of(params Fate[] fates) => GoodsAmount.Sum(fates.Select(fate => Counts.ByFate.GetValueOrDefault(fate)).OfType<GoodsAmount>());
}
