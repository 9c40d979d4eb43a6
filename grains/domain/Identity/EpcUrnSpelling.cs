using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TraceGrains.Domain.Identity;

/// <summary>
/// Spells a canonical code as EPC URN (EPC Tag Data Standard, 6). A Digital Link does not say how many of its digits are the company prefix, so whoever asks has to
/// know; GS1 publishes no table of lengths that could be kept here.
/// </summary>
public static class EpcUrnSpelling
{
    static readonly EpcScheme[] Schemes =
    [
        EpcScheme.Sgtin, EpcScheme.Lgtin, EpcScheme.Upui, EpcScheme.Itip, EpcScheme.Cpi, EpcScheme.Sscc, EpcScheme.Sgln, EpcScheme.Pgln, EpcScheme.Grai, EpcScheme.Giai,
        EpcScheme.Gdti, EpcScheme.Sgcn, EpcScheme.Gsrn, EpcScheme.Gsrnp, EpcScheme.Gsin, EpcScheme.Ginc,
    ];

    /// <summary>The URN of a code; false where the code is no GS1 key, has no EPC scheme, or has no company prefix of that length.</summary>
    /// <param name="code">A canonical code (<see cref="Identification.Code"/>).</param>
    /// <param name="companyPrefixDigits">Digits of the company prefix, 6 to 12.</param>
    /// <param name="urn"><c>urn:epc:id:…</c> for one thing, <c>urn:epc:class:…</c> for a lot, <c>urn:epc:idpat:…</c> for a class.</param>
    public static bool TrySpell(string code, int companyPrefixDigits, [NotNullWhen(true)] out string? urn)
    {
        urn = null;
        if (companyPrefixDigits is < 6 or > 12 || !code.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal))
            return false;
        var parts = code[Identifier.CanonicalStart.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length is not (2 or 4))
            return false;
        foreach (var scheme in Schemes)
            if (scheme.Key.Ai == parts[0] && Spell(scheme, parts[1], parts.Length == 4 ? parts[2] : null, parts.Length == 4 ? parts[3] : null, companyPrefixDigits) is { } spelt
                // The reading of URNs has the last word on what a URN says.
                && Identifier.TryIdentify(spelt, out var identified, out _) && identified.Code == code)
            {
                urn = spelt;
                return true;
            }
        return false;
    }

    static string? Spell(EpcScheme scheme, string key, string? qualifierAi, string? qualifier, int prefixDigits)
    {
        if (qualifierAi is not null && scheme.LastPart?.Ai != qualifierAi)
            return null;
        var start = ReferenceEquals(scheme, EpcScheme.Lgtin) ? Identifier.ClassStart : Identifier.IdStart;
        string prefix, reference, rest = "";
        if (scheme.Digits == 0)
        {
            if (key.Length <= prefixDigits)
                return null;
            (prefix, reference) = (key[..prefixDigits], Escape(key[prefixDigits..]));
        }
        else
        {
            // The digits without what the key has of its own: the leading zero of a GRAI, the check digit, and what follows it.
            var first = ReferenceEquals(scheme, EpcScheme.Grai) ? 1 : 0;
            if (key.Length < first + scheme.Digits + 1)
                return null;
            var digits = key.Substring(first, scheme.Digits);
            rest = key[(first + scheme.Digits + (HasCheckDigit(scheme) ? 1 : 0))..];
            var lead = scheme.FirstDigitLeads ? digits[..1] : "";
            digits = digits[lead.Length..];
            if (digits.Length < prefixDigits)
                return null;
            (prefix, reference) = (digits[..prefixDigits], lead + digits[prefixDigits..]);
        }
        var last = Last(scheme, rest, qualifier);
        if (last == "*")
            start = Identifier.PatternStart;
        return $"{start}{scheme.Name}:{prefix}.{reference}{(last is null ? "" : "." + last)}";
    }

    static string? Last(EpcScheme scheme, string rest, string? qualifier)
    {
        if (!scheme.HasLastPart)
            return null;
        if (ReferenceEquals(scheme, EpcScheme.Itip) && rest.Length == 4)
            return $"{rest[..2]}.{rest[2..]}.{(qualifier is null ? "*" : Escape(qualifier))}";
        if (scheme.LastPart is null)
            return rest.Length == 0 ? "*" : Escape(rest);
        return qualifier is not null ? Escape(qualifier) : ReferenceEquals(scheme, EpcScheme.Sgln) ? "0" : "*";
    }

    static bool HasCheckDigit(EpcScheme scheme) => scheme.Digits > 0;

    // What the reading wants escaped, and nothing that it reads as it is.
    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
            if (letter is '"' or '#' or '%' or '&' or '/' or '<' or '>' or '?')
                escaped.Append('%').Append(((int)letter).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                escaped.Append(letter);
        return escaped.ToString();
    }
}
