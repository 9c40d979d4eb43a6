namespace TraceGrains.Domain.Custody;

/// <summary>Units of measure that differ only by a factor, brought to one base unit, so that 500 GRM and 0.5 KGM add up.</summary>
public static class Measure
{
    /// <summary>The amount in its base unit. Codes are UN/ECE Recommendation 20; a code without a known factor is its own base. No code counts pieces.</summary>
    public static (decimal? Quantity, string Uom) ToBase(decimal? quantity, string? uom)
    {
        if (uom is null) return (quantity, "");
        if (!Factors.TryGetValue(uom, out var unit)) return (quantity, uom);
        // A product beyond the range of decimal stays in its own unit: an odd unit beats a lost event.
        return quantity is { } q && Math.Abs(q) > decimal.MaxValue / Math.Max(unit.Factor, 1m) ? (quantity, uom) : (quantity * unit.Factor, unit.Base);
    }

    static readonly Dictionary<string, (string Base, decimal Factor)> Factors = new()
    {
        ["KGM"] = ("KGM", 1m), ["GRM"] = ("KGM", 0.001m), ["MGM"] = ("KGM", 0.000001m), ["TNE"] = ("KGM", 1000m), ["DTN"] = ("KGM", 100m),
        ["LBR"] = ("KGM", 0.45359237m), ["ONZ"] = ("KGM", 0.028349523125m),
        ["LTR"] = ("LTR", 1m), ["MLT"] = ("LTR", 0.001m), ["HLT"] = ("LTR", 100m), ["MTQ"] = ("LTR", 1000m),
        ["MTR"] = ("MTR", 1m), ["CMT"] = ("MTR", 0.01m), ["MMT"] = ("MTR", 0.001m), ["KMT"] = ("MTR", 1000m),
        ["MTK"] = ("MTK", 1m), ["CMK"] = ("MTK", 0.0001m),
    };
}
