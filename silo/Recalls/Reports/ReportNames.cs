using TraceGrains.Domain.Recalls;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Names for one report: each is looked up once.</summary>
sealed class ReportNames(IPublicDirectory directory)
{
    const int Kept = 200_000;

    readonly Dictionary<string, PublicName?> names = new(StringComparer.Ordinal);

    /// <summary>The name of a party, place or product; null when there is none.</summary>
    public async ValueTask<PublicName?> Of(string? code)
    {
        if (string.IsNullOrEmpty(code)) return null;
        if (names.TryGetValue(code, out var known)) return known;
        if (names.Count >= Kept) names.Clear();
        return names[code] = await directory.Find(code);
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
