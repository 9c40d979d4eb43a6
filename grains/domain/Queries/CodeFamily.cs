using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Queries;

/// <summary>Which wider code a code lies under: the product of a serialised item or a lot, the location of a place inside it, the type of an asset.</summary>
static class CodeFamily
{
    /// <summary>The code one level up; null where there is none. Works on canonical codes.</summary>
    public static string? ParentOf(string code)
    {
        if (!TrySplit(code, out var ai, out var value, out var hasQualifier))
            return null;
        if (hasQualifier)
            return code[..(Identifier.CanonicalStart.Length + ai.Length + 1 + value.Length)];
        var length = ai switch { "8003" => 14, "253" or "255" => 13, _ => int.MaxValue };
        return value.Length > length ? code[..(Identifier.CanonicalStart.Length + ai.Length + 1 + length)] : null;
    }

    /// <summary>The start of the company prefix that a GS1 key begins with, six digits (no prefix is shorter), with the key's identifier; null for other codes.</summary>
    public static string? CompanyOf(string code)
    {
        if (!TrySplit(code, out var ai, out var value, out _))
            return null;
        var start = LeadingDigits(ai);
        return value.Length >= start + 6 ? CompanyKey(ai, value.Slice(start, 6)) : null;
    }

    /// <summary>See <see cref="CompanyOf"/>.</summary>
    public static string CompanyKey(ReadOnlySpan<char> ai, ReadOnlySpan<char> sixDigits) => $"{ai}:{sixDigits}";

    /// <summary>How many digits stand before the company prefix: the indicator of a GTIN, the extension digit of an SSCC, the zero of a GRAI.</summary>
    public static int LeadingDigits(ReadOnlySpan<char> ai) => ai is "01" or "00" or "8006" or "8003" ? 1 : 0;

    static bool TrySplit(string code, out ReadOnlySpan<char> ai, out ReadOnlySpan<char> value, out bool hasQualifier)
    {
        ai = value = default;
        hasQualifier = false;
        if (!code.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal))
            return false;
        var path = code.AsSpan(Identifier.CanonicalStart.Length);
        var slash = path.IndexOf('/');
        if (slash <= 0)
            return false;
        ai = path[..slash];
        value = path[(slash + 1)..];
        var end = value.IndexOf('/');
        hasQualifier = end >= 0;
        if (hasQualifier)
            value = value[..end];
        return true;
    }
}
