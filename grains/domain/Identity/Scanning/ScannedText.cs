using TraceGrains.Domain.Identity.Chinese;

namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>
/// The one way from what a scanner delivers or a person types to an identity. Unlike <see cref="Identifier"/>, which takes canonical spellings, this takes bare
/// digits too, and where several schemes fit it answers all of them, ranked.
/// </summary>
public static class ScannedText
{
    /// <summary>The longest text taken, in characters: more than any QR code holds of digits.</summary>
    public const int LengthMax = 8_000;

    const char GroupSeparator = '\u001d';

    /// <summary>AIM symbology identifiers (ISO/IEC 15424) of barcodes that begin with FNC1, that is, hold element strings.</summary>
    static readonly string[] ElementSymbologies = ["]C1", "]e0", "]d2", "]Q3", "]J1"];

    /// <summary>AIM's letter for EAN and UPC.</summary>
    const char RetailSymbology = 'E';

    /// <summary>Answers what <paramref name="text"/> is. No input makes it throw.</summary>
    public static CodeReading Identify(string? text)
    {
        var trimmed = (text ?? "").Trim(' ', '\t', '\r', '\n', '\0', '\ufeff', '\u3000');
        if (trimmed.Length == 0)
            return None("", "a code: digits, an element string, a URI or the text of a label", "nothing");
        if (trimmed.Length > LengthMax)
            return None(trimmed[..60] + "…", $"at most {LengthMax} characters", $"{trimmed.Length}");
        var candidates = Read(trimmed)
            .OrderByDescending(candidate => candidate.IsValid).ThenByDescending(candidate => candidate.Rank).ToList();
        return candidates.Count == 0
            ? None(trimmed, "a code of a known scheme: 8, 12, 13, 14, 17 or 18 digits (GS1), 20 (drug, equipment registration), 24 (veterinary drug), 32 (pesticide), 13 with a letter (detonator), 18 characters (social credit code), an element string, or a URI", Describe(trimmed))
            : new CodeReading(trimmed, candidates, candidates[0].Problem);
    }

    static IEnumerable<CodeCandidate> Read(string text)
    {
        if (text.Length > 3 && text[0] == ']')
        {
            var symbology = text[..3];
            text = text[3..];
            if (ElementSymbologies.Contains(symbology))
                return [Gs1Elements.Scanned(text[0] is GroupSeparator or ElementString.Separator ? text : ElementString.Separator + text)];
            if (symbology[1] == RetailSymbology)
                return BareKeys.ReadRetail(text);
        }
        if (text[0] == '(')
            return [Gs1Elements.Bracketed(text)];
        if (text[0] is GroupSeparator or ElementString.Separator)
            return [Gs1Elements.Scanned(text)];
        if (text.Contains(GroupSeparator, StringComparison.Ordinal))
            return [Gs1Elements.Scanned(ElementString.Separator + text)];
        if (text.AsSpan().ContainsAny('\r', '\n'))
            return SeedCode.Read(text) is { } seed ? [seed] : Tokens(text);
        if (Uris.IsUri(text))
            return Uris.Read(text);
        if (text.AsSpan().ContainsAny(" \t：，；,;"))
            return Compact(text) is { } compact ? Bare(compact) : Tokens(text);
        return Bare(Compact(text) ?? text);
    }

    static IEnumerable<CodeCandidate> Bare(string text)
    {
        var candidates = BareKeys.Read(text).Concat(ChineseCodes.Read(text));
        return Gs1Elements.WithoutFnc1(text) is { } elements ? candidates.Append(elements) : candidates;
    }

    /// <summary>Numbers are printed and typed in groups, with spaces or hyphens between them. Null where there is more than that.</summary>
    static string? Compact(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return compact.Length > 0 && compact.All(char.IsAsciiLetterOrDigit) && compact.Any(char.IsAsciiDigit) ? compact : null;
    }

    /// <summary>A label's text with words in it (追溯码：…): whatever among the words is a right code, with long numbers and addresses only, because short numbers may be anything.</summary>
    static IEnumerable<CodeCandidate> Tokens(string text) => text
        .Split([' ', '\t', '\r', '\n', '：', '，', '；', ',', ';', '\u3000'], StringSplitOptions.RemoveEmptyEntries)
        .Select(token => token.Length > 40 || Uris.IsUri(token) ? token : token[(token.LastIndexOf(':') + 1)..])
        .Where(token => token.Length is 20 or 24 or 32 && token.All(char.IsAsciiDigit) || token.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        .Distinct(StringComparer.Ordinal)
        .Take(20)
        .OrderBy(Uris.IsUri)
        // A label's text names its address beside its code: the code is what identifies.
        .SelectMany(token => Uris.IsUri(token) ? Uris.Read(token).Select(candidate => candidate.Scheme == "uri" ? candidate with { OneIn = 1 } : candidate) : ChineseCodes.Read(token))
        .Where(candidate => candidate.IsValid)
        .DistinctBy(candidate => candidate.Code)
        .Select(candidate => candidate with { Why = $"stands in the label's text; {candidate.Why}" });

    static string Describe(string text) =>
        text.All(char.IsAsciiDigit) ? $"{text.Length} digits" : text.All(char.IsAsciiLetterOrDigit) ? $"{text.Length} letters and digits" : LinkPath.Shorten(text);

    static CodeReading None(string text, string expected, string found) => new(text, [], new("text", expected, found));
}
