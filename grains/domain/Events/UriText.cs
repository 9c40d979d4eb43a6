using System.Buffers;

namespace TraceGrains.Domain.Events;

/// <summary>What counts as a URI in a document: a scheme, a colon and something after it. Letters beyond ASCII are welcome (IRI), because JSON-LD allows them.</summary>
static class UriText
{
    static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    static readonly SearchValues<char> Forbidden = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x21).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)) + "\"<>\\^`{}|\u2028\u2029\u3000");

    public static bool IsUri(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || colon == text.Length - 1 || !char.IsAsciiLetter(text[0]) || text[..colon].ContainsAnyExcept(SchemeCharacters) || text.ContainsAny(Forbidden))
            return false;
        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                return false;
            var next = text[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }
        return true;
    }
}
