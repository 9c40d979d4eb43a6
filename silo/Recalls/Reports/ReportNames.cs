using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Names for one report: each is looked up once. A party that the directory does not know has the name by which somebody passed goods on to it.</summary>
sealed class ReportNames(IPublicDirectory directory, IEnumerable<CasePartyView> parties)
{
    const int Kept = 200_000;

    readonly Dictionary<string, PublicName?> names = new(StringComparer.Ordinal);

    readonly Dictionary<string, string> told = parties.Where(party => party is { Party: not null, Name: not null }).ToDictionary(party => party.Party!, party => party.Name!, StringComparer.Ordinal);

    /// <summary>The name of a party, place or product; null when there is none.</summary>
    public async ValueTask<PublicName?> Of(string? code)
    {
        if (string.IsNullOrEmpty(code)) return null;
        if (names.TryGetValue(code, out var known)) return known;
        if (names.Count >= Kept) names.Clear();
        return names[code] = await directory.Find(code) ?? (told.TryGetValue(code, out var name) ? new(name, name) : null);
    }

    /// <summary>A name that was looked up before; null when there is none, or it was not.</summary>
    public PublicName? this[string? code] => code is null ? null : names.GetValueOrDefault(code);

    public async ValueTask Load(IEnumerable<string?> codes)
    {
        foreach (var code in codes) await Of(code);
    }

    /// <summary>The name of the product that a thing or lot is of; null when there is none.</summary>
    public ValueTask<PublicName?> OfProduct(string code) => Of(ProductCode.Of(code) ?? code);
}
