using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>The words that GS1 Digital Link 1.1 allowed in a path in place of Application Identifiers. Later versions dropped them.</summary>
static class ConvenienceNames
{
    static readonly FrozenDictionary<string, string> Digits = new Dictionary<string, string>
    {
        ["gtin"] = "01", ["itip"] = "8006", ["gmn"] = "8013", ["cpid"] = "8010", ["gln"] = "414", ["payTo"] = "415", ["party"] = "417",
        ["gsrnp"] = "8017", ["gsrn"] = "8018", ["gcn"] = "255", ["sscc"] = "00", ["gdti"] = "253", ["ginc"] = "401", ["gsin"] = "402",
        ["grai"] = "8003", ["giai"] = "8004",
        ["cpv"] = "22", ["lot"] = "10", ["ser"] = "21", ["cpsn"] = "8011", ["glnx"] = "254", ["refno"] = "8020", ["srin"] = "8019",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out ApplicationIdentifier? identifier)
    {
        identifier = Digits.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var digits) ? SyntaxDictionary.Get(digits) : null;
        return identifier is not null;
    }
}
