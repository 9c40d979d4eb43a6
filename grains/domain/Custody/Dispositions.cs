namespace TraceGrains.Domain.Custody;

/// <summary>The dispositions of CBV 2.0 (section 7.2), numbered for the lineage index. Numbers are stored in projections: only append.</summary>
public static class Dispositions
{
    static readonly string[] Words =
    [
        "active", "available", "completeness_inferred", "completeness_verified", "conformant", "container_closed", "container_open", "damaged",
        "destroyed", "dispensed", "disposed", "encoded", "expired", "in_progress", "in_transit", "inactive", "mismatch_class", "mismatch_instance",
        "mismatch_quantity", "needs_replacement", "no_pedigree_match", "non_conformant", "non_sellable_other", "partially_dispensed", "recalled",
        "reserved", "retail_sold", "returned", "sellable_accessible", "sellable_not_accessible", "stolen", "unavailable", "unknown",
    ];

    static readonly Dictionary<string, int> Numbers = Words.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => pair.i + 1);

    /// <summary>The number of a CBV disposition, from 1; 0 for any other term and for none.</summary>
    public static int IndexOf(string? disposition) => disposition is not null && Numbers.TryGetValue(disposition, out var number) ? number : 0;

    /// <summary>The CBV disposition of a number that <see cref="IndexOf"/> gave.</summary>
    public static string WordOf(int number) => Words[number - 1];
}
