using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>Which elements need and which exclude each other on one object: a lot (10) says nothing without the product it is a lot of.</summary>
public static class ElementAssociations
{
    /// <summary>Whether these elements make sense together; if not, the first reason found.</summary>
    public static bool TryCheck(IReadOnlyList<Element> elements, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(elements);
        error = Repeats(elements) ?? Exclusions(elements) ?? Requirements(elements) ?? DigitalSignature(elements);
        return error is null;
    }

    /// <summary>An element may be said twice, but not with two values.</summary>
    internal static string? Repeats(IReadOnlyList<Element> elements)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (ai, value) in elements)
            if (!values.TryAdd(ai, value) && values[ai] != value)
                return $"({ai}) has two values: {values[ai]} and {value}";
        return null;
    }

    internal static string? Exclusions(IReadOnlyList<Element> elements)
    {
        foreach (var (ai, _) in elements)
            if (SyntaxDictionary.TryFind(ai, out var identifier))
                foreach (var pattern in identifier.Excludes)
                    foreach (var (other, _) in elements)
                        if (other != ai && Matches(other, pattern))
                            return $"({ai}) must not stand beside ({other})";
        return null;
    }

    internal static string? Requirements(IReadOnlyList<Element> elements)
    {
        foreach (var (ai, _) in elements)
            if (SyntaxDictionary.TryFind(ai, out var identifier))
                foreach (var groups in identifier.Requires)
                    if (!groups.Any(group => group.All(pattern => elements.Any(other => other.Ai != ai && Matches(other.Ai, pattern)))))
                        return $"({ai}) needs {string.Join(" or ", groups.Select(group => string.Join(" with ", group)))} beside it";
        return null;
    }

    /// <summary>A signature (8030) vouches for one thing: a document, coupon or asset type without its serial is not one thing.</summary>
    internal static string? DigitalSignature(IReadOnlyList<Element> elements)
    {
        if (!elements.Any(element => element.Ai == "8030"))
            return null;
        foreach (var (ai, value) in elements)
            if (ai is "253" or "255" && value.Length == 13 || ai is "8003" && value.Length == 14)
                return $"(8030) needs the serial number in ({ai})";
        return null;
    }

    static bool Matches(string ai, string pattern)
    {
        if (ai.Length != pattern.Length)
            return false;
        for (var i = 0; i < ai.Length; i++)
            if (pattern[i] != 'n' && pattern[i] != ai[i])
                return false;
        return true;
    }
}
