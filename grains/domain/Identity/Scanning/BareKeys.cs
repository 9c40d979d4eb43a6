namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>GS1 keys that barcodes hold as digits alone: EAN-8, UPC-A, EAN-13, ITF-14, and the keys that people type without their Application Identifier.</summary>
static class BareKeys
{
    /// <summary>A wrong digit passes the modulo-10 check one time in ten.</summary>
    const int OneIn = 10;

    /// <summary>Almost everything sold carries thirteen digits; a detonator whose feature number is no letter is scanned by few.</summary>
    const int Everywhere = 100;

    sealed record Key(int Length, string Scheme, string Title, string Ai, CodeKind Kind, string Usage, int Commonness = 1);

    /// <summary>Where two keys have one length, the one that labels carry more often comes first.</summary>
    static readonly Key[] Keys =
    [
        new(8, "gs1:gtin-8", "GTIN-8", "01", CodeKind.Product, "small retail goods"),
        new(12, "gs1:gtin-12", "GTIN-12 (UPC-A)", "01", CodeKind.Product, "retail goods of North America"),
        new(13, "gs1:gtin-13", "GTIN-13 (EAN-13)", "01", CodeKind.Product, "retail goods", Everywhere),
        new(13, "gs1:gln-party", "GLN of a party", "417", CodeKind.Party, "companies", Everywhere),
        new(13, "gs1:gln", "GLN of a place", "414", CodeKind.Location, "sites", Everywhere),
        new(14, "gs1:gtin-14", "GTIN-14", "01", CodeKind.Product, "trade units such as cases"),
        new(17, "gs1:gsin", "GSIN", "402", CodeKind.Document, "shipments"),
        new(18, "gs1:sscc", "SSCC", "00", CodeKind.LogisticUnit, "pallets and parcels"),
        new(18, "gs1:gsrn", "GSRN", "8018", CodeKind.Document, "service relations"),
    ];

    public static IEnumerable<CodeCandidate> Read(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            yield break;
        foreach (var key in Keys)
            if (key.Length == text.Length)
                yield return Read(text, key);
    }

    /// <summary>What a retail barcode (EAN, UPC) holds is a product and nothing else.</summary>
    public static IEnumerable<CodeCandidate> ReadRetail(string text) => Read(text).Where(candidate => candidate.Kind == CodeKind.Product);

    static CodeCandidate Read(string text, Key key)
    {
        var expected = CheckDigit.For(text.AsSpan(0, text.Length - 1));
        var value = key.Ai == "01" ? text.PadLeft(14, '0') : text;
        string? code = null;
        CodeProblem? problem = null;
        if (expected != text[^1])
            problem = new("check digit", expected.ToString(), text[^1].ToString());
        else if (Identifier.TryIdentify($"{Identifier.CanonicalStart}{key.Ai}/{value}", out var identified, out var error))
            code = identified.Code;
        else
            problem = CodeProblem.OfSentence(error);
        return new()
        {
            Scheme = key.Scheme, Title = key.Title, Kind = key.Kind, Code = code, Problem = problem, OneIn = OneIn, Commonness = key.Commonness, Source = Sources.CheckDigit,
            Why = problem is null ? $"{text.Length} digits whose last is the right check digit; the key of {key.Usage}" : $"{text.Length} digits, as {key.Title} has them, but the check digit is wrong",
            Parts = [new($"({key.Ai}) {key.Title}", text[..^1]), new("check digit", text[^1..], problem is null ? "right" : $"should be {expected}")],
        };
    }
}
