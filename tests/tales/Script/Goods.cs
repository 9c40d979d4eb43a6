using System.Globalization;

namespace TraceGrains.Tales.Tests.Script;

/// <summary>So much of a lot, in the words of the story and as UN/ECE Recommendation 20 has it; no unit of measure counts pieces.</summary>
sealed record Portion(Named Lot, decimal? Quantity, string? Uom);

/// <summary>Goods of a step: things one by one and portions of lots, as in "tins[1-20], pallet-1, WHEY 500 kg".</summary>
sealed record Goods(IReadOnlyList<Named> Things, IReadOnlyList<Portion> Portions)
{
    static readonly Dictionary<string, string?> units = new() { ["kg"] = "KGM", ["g"] = "GRM", ["t"] = "TNE", ["l"] = "LTR", ["ml"] = "MLT", ["pieces"] = null };

    public static Goods Of(Cast cast, IReadOnlyList<string> words)
    {
        var (things, portions) = (new List<Named>(), new List<Portion>());
        foreach (var part in Words.Split(words, ","))
        {
            if (part.Count == 0) throw new StoryException("expected goods between commas");
            var (quantity, uom) = part switch
            {
                [_] => ((decimal?)null, (string?)null),
                [_, var number, var unit] when decimal.TryParse(number, CultureInfo.InvariantCulture, out var q) && units.ContainsKey(unit) => (q, units[unit]),
                _ => throw new StoryException($"expected a name, or a name with an amount such as 20 kg; found {string.Join(' ', part)}"),
            };
            foreach (var one in cast.Many(part[0]))
                if (one.Sort is Sort.Lot or Sort.Product) portions.Add(new(one, quantity, uom));
                else things.Add(quantity is null ? one : throw new StoryException($"expected an amount of lots only; {one.Name} is one thing"));
        }
        return new(things, portions);
    }

    /// <summary>All of them, whatever the amount.</summary>
    public IEnumerable<Named> All => Things.Concat(Portions.Select(portion => portion.Lot));

    /// <summary>How a unit of measure is said in a story.</summary>
    public static string Said(string? uom) => units.First(pair => pair.Value == uom).Key;
}
