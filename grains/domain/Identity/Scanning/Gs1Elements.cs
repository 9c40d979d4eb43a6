namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>Element strings: what GS1 barcodes with Application Identifiers hold, printed with brackets or scanned with FNC1.</summary>
static class Gs1Elements
{
    public const string Scheme = "gs1:element-string";
    const string Title = "GS1 element string";

    public static CodeCandidate Bracketed(string text) =>
        ElementString.TryParseBracketed(text, out var elements, out var error) ? Of(elements, CodeCandidate.Declared, "printed with brackets") : Wrong(error);

    /// <param name="text">Elements with FNC1 in front.</param>
    public static CodeCandidate Scanned(string text) =>
        ElementString.TryParseScanned(text, out var elements, out var error) ? Of(elements, CodeCandidate.Declared, "scanned with FNC1") : Wrong(error);

    /// <summary>Some scanners are set to drop FNC1: then only an element string that is right in all its parts, with a key in front, is taken for one.</summary>
    public static CodeCandidate? WithoutFnc1(string text) =>
        text.Length >= 16 && ElementString.TryParseScanned(ElementString.Separator + text, out var elements, out _)
            && SyntaxDictionary.TryFind(elements[0].Ai, out var first) && first.IsLinkKey
            && Of(elements, OneInWithoutFnc1, "starts with a GS1 Application Identifier, and every value fits its rules, though FNC1 is missing") is { IsValid: true } right
            ? right : null;

    /// <summary>A two-digit identifier (1 in 100) in front of a value whose check digit is right (1 in 10).</summary>
    const int OneInWithoutFnc1 = 1_000;

    /// <summary>The elements of a code in words.</summary>
    public static IReadOnlyList<CodePart> Parts(IEnumerable<Element> elements) =>
        [.. elements.Select(element => new CodePart(SyntaxDictionary.TryFind(element.Ai, out var identifier) ? identifier.ToString() : $"({element.Ai})", element.Value))];

    static CodeCandidate Of(IReadOnlyList<Element> elements, int oneIn, string why)
    {
        var candidate = new CodeCandidate
        {
            Scheme = Scheme, Title = Title, Kind = CodeKind.Other, OneIn = oneIn, Why = why, Source = Sources.Elements, Parts = Parts(elements),
        };
        if (!ElementAssociations.TryCheck(elements, out var conflict))
            return candidate with { Problem = new("elements", "elements that may stand together", conflict) };
        // Attributes such as expiry dates say something about the thing; they do not name it.
        var key = elements.Select(element => SyntaxDictionary.TryFind(element.Ai, out var identifier) && identifier.IsLinkKey ? identifier : null).FirstOrDefault(identifier => identifier is not null);
        if (key is null)
            return candidate with { Problem = new("elements", "a GS1 key, such as (01) or (00)", "attributes only") };
        var naming = elements.Where(element => element.Ai == key.Ai || key.Qualifiers!.Any(way => way.Contains(element.Ai))).Distinct().ToList();
        if (!DigitalLink.TryGenerate(naming, null, out var link, out var error) || !Identifier.TryIdentify(link, out var identified, out error))
            return candidate with { Problem = CodeProblem.OfSentence(error) };
        return candidate with { Kind = identified.Kind, Code = identified.Code, LotCode = identified.LotCode };
    }

    static CodeCandidate Wrong(string error) => new()
    {
        Scheme = Scheme, Title = Title, Kind = CodeKind.Other, OneIn = CodeCandidate.Declared, Why = "written as an element string", Source = Sources.Elements, Problem = CodeProblem.OfSentence(error),
    };
}
