using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Queries;

/// <summary>What a <c>MATCH_</c> parameter asks for: one code with everything under it, or every code of a company (EPCIS 2.0, 8.2.7.1.1).</summary>
/// <remarks>
/// A product class finds its lots and serialised items, whether it is written <c>https://id.gs1.org/01/…</c> or <c>urn:epc:idpat:sgtin:….*</c>. A pattern whose
/// reference is open as well (<c>urn:epc:idpat:sgtin:0614141.*.*</c>) finds everything with that company prefix.
/// </remarks>
sealed record CodePattern
{
    const string Star = "*";

    /// <summary>The canonical code, when the pattern names one.</summary>
    public string? Code { get; private init; }

    /// <summary>The key's identifier, when the pattern is a company's.</summary>
    public string Ai { get; private init; } = "";

    /// <summary>Company prefix digits; empty when every company is meant.</summary>
    public string Company { get; private init; } = "";

    /// <summary>One canonical code with what lies under it.</summary>
    public static CodePattern Of(string code) => new() { Code = code };

    public bool Matches(string code) => Code is not null ? code == Code : MatchesCompany(code);

    bool MatchesCompany(string code)
    {
        var path = code.AsSpan();
        if (!path.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal) || !path[Identifier.CanonicalStart.Length..].StartsWith(Ai, StringComparison.Ordinal))
            return false;
        path = path[(Identifier.CanonicalStart.Length + Ai.Length)..];
        return path.Length > 0 && path[0] == '/' && path.Length > 1 + CodeFamily.LeadingDigits(Ai)
            && path[(1 + CodeFamily.LeadingDigits(Ai))..].StartsWith(Company, StringComparison.Ordinal);
    }

    public static bool TryRead(string text, [NotNullWhen(true)] out CodePattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        if (Identifier.TryIdentify(text, out var identified, out error))
        {
            pattern = new() { Code = identified.Code };
            return true;
        }
        if (!text.StartsWith(Identifier.PatternStart, StringComparison.OrdinalIgnoreCase))
        {
            // As in the other parameters: a code that cannot be on record finds nothing.
            pattern = UriText.IsUri(text) ? Of(text) : null;
            return pattern is not null;
        }
        var rest = text[Identifier.PatternStart.Length..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : rest[..colon].ToLowerInvariant();
        var scheme = name == "lgtin" ? EpcScheme.Lgtin : EpcScheme.Find(name);
        if (scheme is null)
            return false;
        var parts = rest[(colon + 1)..].Split('.');
        var open = Array.IndexOf(parts, Star);
        // Stars end a pattern: nothing closed may follow an open part.
        if (open < 0 || parts.Skip(open).Any(part => part != Star))
            return false;
        if (open == parts.Length - 1 && open > 1)
            return OneClass(name, parts, out pattern, out error);
        if (open > 1 || open == 1 && (parts[0].Length is < 6 or > 12 || parts[0].Any(digit => !char.IsAsciiDigit(digit))))
            return false;
        pattern = new() { Ai = scheme.Key.Ai, Company = open == 0 ? "" : parts[0] };
        return true;
    }

    // The wider code under which the open part lies: a location's places, a lot's product.
    static bool OneClass(string name, string[] parts, [NotNullWhen(true)] out CodePattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        var wider = name switch
        {
            "sgln" => $"{Identifier.IdStart}sgln:{parts[0]}.{parts[1]}.0",
            "lgtin" => $"{Identifier.PatternStart}sgtin:{parts[0]}.{parts[1]}.*",
            _ => null,
        };
        if (wider is null || !Identifier.TryIdentify(wider, out var identified, out error))
        {
            error = $"{text(name, parts)}: expected a pattern of one class, such as {Identifier.PatternStart}sgtin:0614141.112345.*";
            return false;
        }
        pattern = new() { Code = identified.Code };
        return true;

        static string text(string name, string[] parts) => $"{Identifier.PatternStart}{name}:{string.Join('.', parts)}";
    }
}
