using TraceGrains.Domain.Identity.Chinese;

namespace TraceGrains.Domain.Identity.Scanning;

/// <summary>Texts that are URIs: Digital Links, EPC URNs, the URNs of Chinese codes, web addresses that carry a Chinese code, anything else.</summary>
static class Uris
{
    public static bool IsUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && char.IsAsciiLetter(text[0]) && text.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0;
    }

    static readonly System.Buffers.SearchValues<char> SchemeCharacters = System.Buffers.SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static IEnumerable<CodeCandidate> Read(string text)
    {
        var (scheme, title, source) = Sort(text);
        if (!Identifier.TryIdentify(text, out var identified, out var error))
            return [new() { Scheme = scheme, Title = title, Kind = CodeKind.Other, OneIn = CodeCandidate.Declared, Why = "written as a URI", Source = source, Problem = CodeProblem.OfSentence(error) }];
        if (ChineseCodes.Describe(identified.Code) is { } chinese)
            return [chinese with { OneIn = CodeCandidate.Declared, Why = "the URN of such a code" }];
        var isKey = identified.Code.StartsWith(Identifier.CanonicalStart, StringComparison.Ordinal);
        if (isKey && scheme == "uri")
            (scheme, title, source) = ("gs1:digital-link", "GS1 Digital Link", Sources.DigitalLink);
        var whole = new CodeCandidate
        {
            Scheme = scheme, Title = title, Kind = identified.Kind, Code = identified.Code, LotCode = identified.LotCode, Source = source,
            OneIn = isKey ? CodeCandidate.Declared : WebAddress, Why = isKey ? "a GS1 key as a URI" : "a URI that names itself",
            Parts = isKey && DigitalLink.TryParse(identified.Code, out var elements, out _) ? Gs1Elements.Parts(elements) : [new("address", identified.Code)],
        };
        return isKey ? [whole] : [whole, .. ChineseCodes.InAddress(identified.Code)];
    }

    /// <summary>Labels often hold the address of the maker's page with the code at its end. Such a code comes before the address where its rules leave little room for chance.</summary>
    const int WebAddress = 50;

    static (string Scheme, string Title, string Source) Sort(string text) =>
        text.StartsWith("urn:epc:", StringComparison.OrdinalIgnoreCase) ? ("epc:urn", "EPC URN", Sources.EpcUrn)
        : text.StartsWith(ChineseCodes.Start, StringComparison.OrdinalIgnoreCase) ? ("cn:urn", "URN of a Chinese code", ChineseCodes.UrnSource)
        : text.StartsWith(Identifier.CanonicalStart, StringComparison.OrdinalIgnoreCase) ? ("gs1:digital-link", "GS1 Digital Link", Sources.DigitalLink)
        : ("uri", "URI", Sources.Uri);
}
