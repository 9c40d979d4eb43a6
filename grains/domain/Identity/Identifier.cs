using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Identity.Chinese;

namespace TraceGrains.Domain.Identity;

/// <summary>The one way from a spelling to an identity: EPC URN, EPC class or pattern URN, GS1 Digital Link URI, URN of a Chinese code, or any other absolute URI.</summary>
/// <remarks>
/// A code that claims to be GS1's (under <c>urn:epc:id</c>, <c>class</c>, <c>idpat</c>, or on the host <c>id.gs1.org</c>) must be right, and so must one under <c>urn:tracegrains:cn:</c>.
/// Elsewhere a web address that is no Digital Link is simply a name of its own. No input makes it throw.
/// </remarks>
public static class Identifier
{
    /// <summary>The longest spelling taken, in characters.</summary>
    public const int LengthMax = 2000;

    internal const string CanonicalStart = "https://id.gs1.org/";
    internal const string IdStart = "urn:epc:id:";
    internal const string ClassStart = "urn:epc:class:";
    internal const string PatternStart = "urn:epc:idpat:";

    const string CanonicalHost = "id.gs1.org";

    static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Answers what <paramref name="text"/> names, or says in <paramref name="error"/> what is wrong with it and what was expected.</summary>
    public static bool TryIdentify(string text, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        if (string.IsNullOrEmpty(text))
            return Fail("empty: expected a code, such as urn:epc:id:sgtin:0614141.112345.400 or https://id.gs1.org/01/09520123456788/21/12345", out error);
        if (text.Length > LengthMax)
            return Fail($"too long: expected at most {LengthMax} characters, found {text.Length}", out error);
        if (FirstForbidden(text) is >= 0 and var bad)
            return Fail($"the character U+{(int)text[bad]:X4} at position {bad + 1}: expected a URI, in which white space, control characters and <>\"{{}}|\\^` are escaped", out error);

        if (text.StartsWith(CanonicalStart, StringComparison.Ordinal))
            return LinkIdentity.TryIdentify(text, PathOf(text.AsSpan(CanonicalStart.Length - 1)), out identified, out error) || Explain(text, ref error);
        if (text.StartsWith(IdStart, StringComparison.OrdinalIgnoreCase))
            return EpcUrn.TryIdentify(text, IdStart, out identified, out error);
        if (text.StartsWith(ClassStart, StringComparison.OrdinalIgnoreCase))
            return EpcUrn.TryIdentify(text, ClassStart, out identified, out error);
        if (text.StartsWith(PatternStart, StringComparison.OrdinalIgnoreCase))
            return EpcUrn.TryIdentify(text, PatternStart, out identified, out error);

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == text.Length - 1 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters))
            return Fail($"{LinkPath.Shorten(text)}: expected an absolute URI, a scheme and a colon first, such as urn: or https:", out error);
        if (colon is 4 or 5 && text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && (colon == 4 || text[4] is 's' or 'S'))
            return TryIdentifyWebAddress(text, colon, out identified, out error);
        if (colon == 3 && text.StartsWith("urn", StringComparison.OrdinalIgnoreCase))
            return TryIdentifyUrn(text, out identified, out error);
        identified = new Identification(LowerStart(text, colon), CodeKind.Other);
        error = null;
        return true;
    }

    static bool TryIdentifyWebAddress(string text, int colon, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        var hostAt = colon + 3;
        var rest = text.AsSpan(Math.Min(hostAt, text.Length));
        var length = rest.IndexOfAny('/', '?', '#');
        var authority = length < 0 ? rest : rest[..length];
        if (text.AsSpan(colon + 1) is not ['/', '/', ..] || authority.IsEmpty)
            return Fail($"{LinkPath.Shorten(text)}: expected {text.AsSpan(0, colon)}://, a host and a path", out error);
        hostAt += authority.IndexOf('@') + 1;
        authority = authority[(authority.IndexOf('@') + 1)..];

        if (LinkIdentity.TryIdentify(text, PathOf(length < 0 ? default : rest[length..]), out identified, out error))
            return true;
        if (IsCanonicalHost(authority))
            return Explain(text, ref error);
        var canonical = LowerStart(text, colon);
        if (authority.ContainsAnyInRange('A', 'Z'))
            canonical = string.Concat(canonical.AsSpan(0, hostAt), authority.ToString().ToLowerInvariant(), canonical.AsSpan(hostAt + authority.Length));
        identified = new Identification(canonical, CodeKind.Other);
        error = null;
        return true;
    }

    static bool TryIdentifyUrn(string text, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        if (text.StartsWith(ChineseCodes.Start, StringComparison.OrdinalIgnoreCase))
            return ChineseCodes.TryIdentify(text, out identified, out error);
        identified = null;
        var nid = text.AsSpan(4).IndexOf(':') + 4;
        if (nid < 6 || nid == text.Length - 1)
            return Fail($"{LinkPath.Shorten(text)}: expected urn:, a namespace, a colon and a name, such as urn:uuid:…", out error);
        var isUuid = text.AsSpan(4, nid - 4).Equals("uuid", StringComparison.OrdinalIgnoreCase);
        identified = new Identification(isUuid ? text.ToLowerInvariant() : LowerStart(text, nid), CodeKind.Other);
        error = null;
        return true;
    }

    /// <summary>The path alone, without query string and fragment.</summary>
    static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('?', '#');
        return end < 0 ? text : text[..end];
    }

    static bool IsCanonicalHost(ReadOnlySpan<char> authority)
    {
        var port = authority.LastIndexOf(':');
        var host = (port < 0 ? authority : authority[..port]).TrimEnd('.');
        return host.Equals(CanonicalHost, StringComparison.OrdinalIgnoreCase);
    }

    static string LowerStart(string text, int length) => text.AsSpan(0, length).ContainsAnyInRange('A', 'Z')
        ? string.Concat(text[..length].ToLowerInvariant(), text.AsSpan(length))
        : text;

    /// <summary>Letters beyond ASCII may stand in an internationalised URI; white space, control characters and half a surrogate pair may not.</summary>
    static int FirstForbidden(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(UriCharacters);
        if (at < 0)
            return -1;
        for (; at < text.Length; at++)
        {
            var character = text[at];
            if (char.IsAscii(character) ? !UriCharacters.Contains(character) : char.IsWhiteSpace(character) || char.IsControl(character))
                return at;
            if (!char.IsSurrogate(character))
                continue;
            // Half a pair has no form in UTF-8: two different names would be stored as one.
            if (at + 1 == text.Length || !char.IsSurrogatePair(character, text[at + 1]))
                return at;
            at++;
        }
        return -1;
    }

    static bool Explain(string text, [NotNullWhen(false)] ref string? error) => Fail($"{LinkPath.Shorten(text)}: {error}", out error);

    static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
