using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Access;

/// <summary>What is registered to an enterprise: what it reports for, and which codes are its own.</summary>
/// <param name="Party">Its canonical code.</param>
/// <param name="Keys">
/// GS1 company prefixes (4 to 12 digits), and canonical beginnings of codes of other issuers, such as those of a drug's or pesticide's registration number. One that was delegated by its owner counts
/// as the enterprise's own for capture.
/// </param>
public sealed record Registration(string Party, IReadOnlyList<string> Keys)
{
    /// <summary>What keys look like, for messages.</summary>
    public const string KeyExpected = "a GS1 company prefix of 4 to 12 digits, or the beginning of a code of another issuer (an absolute URI, 12 to 200 characters)";

    /// <summary>Longest list of keys.</summary>
    public const int KeysMax = 100;

    const int FamilyDigits = 6, FamilyLetters = 12;

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsKey(string text) => text.Length is >= 4 and <= 12 && text.All(char.IsAsciiDigit)
        || text.Length is >= FamilyLetters and <= 200 && text.Contains(':', StringComparison.Ordinal) && !MeetsGs1(text);

    /// <summary>What GS1 codes begin with, or a beginning of that, would be everybody's.</summary>
    static bool MeetsGs1(string text) => text.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal) || Identifier.CanonicalStart.StartsWith(text, StringComparison.Ordinal);

    /// <summary>Whether a canonical code is the enterprise's own: it itself, or under one of its keys.</summary>
    public bool Owns(string code) => code == Party || Keys.Any(key => IsUnder(code, key));

    /// <summary>
    /// Families (<see cref="FamilyOf"/>) that every code of the enterprise is in, besides codes of others; null where a key is too short to name any. It says where to look, and <see cref="Owns"/> decides.
    /// </summary>
    public IReadOnlyCollection<string>? Families()
    {
        var families = new HashSet<string>(StringComparer.Ordinal) { FamilyOf(Party) };
        foreach (var key in Keys)
        {
            var length = char.IsAsciiDigit(key[0]) ? FamilyDigits : FamilyLetters;
            if (key.Length < length || MeetsGs1(key)) return null;
            families.Add(key[..length]);
        }
        return families;
    }

    /// <summary>The family of a canonical code: the first digits of the company prefix of a GS1 key, the first letters of any other code.</summary>
    public static string FamilyOf(string code)
    {
        var company = CompanyIn(code);
        return company.Length >= FamilyDigits ? company[..FamilyDigits].ToString() : code.Length < FamilyLetters || MeetsGs1(code) ? code : code[..FamilyLetters];
    }

    static bool IsUnder(string code, string key) => char.IsAsciiDigit(key[0]) ? CompanyIn(code).StartsWith(key, StringComparison.Ordinal) : code.StartsWith(key, StringComparison.Ordinal);

    /// <summary>A GS1 key from its company prefix on; empty for codes that have none.</summary>
    static ReadOnlySpan<char> CompanyIn(string code)
    {
        if (!code.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal)) return default;
        var path = code.AsSpan(Identifier.CanonicalStart.Length);
        var slash = path.IndexOf('/');
        if (slash < 0) return default;
        // Where the digits of the company prefix begin: behind the indicator of a GTIN, the extension digit of an SSCC, the leading zero of a GRAI and the indicator of an ITIP.
        var start = path[..slash] switch { "01" or "00" or "8003" or "8006" => 1, "253" or "254" or "255" or "401" or "402" or "414" or "417" or "8004" or "8010" or "8013" or "8017" or "8018" => 0, _ => -1 };
        var value = path[(slash + 1)..];
        return start >= 0 && value.Length > start ? value[start..] : default;
    }
}
