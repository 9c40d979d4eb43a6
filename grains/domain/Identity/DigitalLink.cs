using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TraceGrains.Domain.Identity;

/// <summary>GS1 Digital Link URIs in their uncompressed form, strictly by the standard: the elements in a link, and a link for elements.</summary>
/// <remarks>
/// This is the form to print and to check links with. What a link <em>names</em> is <see cref="Identifier"/>'s question; it forgives
/// more, because a doubtful attribute does not change which thing is meant.
/// </remarks>
public static class DigitalLink
{
    /// <summary>The resolver that GS1 runs for everyone, and the host of every canonical code.</summary>
    public const string CanonicalStem = "https://id.gs1.org";

    static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    /// <summary>Reads every element of a link, path first, then query, in the order they stand there.</summary>
    /// <remarks>The scheme is http or https, all in small or all in capital letters, as GS1's own parser has it.</remarks>
    public static bool TryParse(string uri, [NotNullWhen(true)] out IReadOnlyList<Element>? elements, [NotNullWhen(false)] out string? error, DigitalLinkOptions? options = null)
    {
        options ??= DigitalLinkOptions.Standard;
        elements = null;
        if (!TrySplit(uri, out var path, out var query, out error)
            || !LinkPath.TryFind(path, options.PermitConvenienceNames, out var link, out error))
            return false;

        var found = new List<Element>();
        var order = new QualifierOrder(link.Key);
        while (link.MoveNext(options.PermitConvenienceNames, out var identifier, out var raw))
        {
            if (found.Count > 0 && !order.TryNext(identifier.Ai))
                return Fail($"{identifier} is out of place in the path: after {link.Key} expected {order.Describe()}", out error);
            if (!TryAdd(found, identifier, identifier.Ai, raw, plusIsSpace: false, options, out error))
                return false;
        }

        var pathLength = found.Count;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            // Words are the application's own business; GS1 keeps names of digits only to itself.
            if (equals < 0 || name.IsEmpty || name.ContainsAnyExceptInRange('0', '9'))
                continue;
            if (!ElementString.TryDescribe(name, options.PermitUnknownIdentifiers, out var identifier, out error))
                return false;
            var isUnknown = ReferenceEquals(identifier, ElementString.Unknown);
            if (isUnknown ? !options.PermitUnknownAttributes : !identifier.IsLinkAttribute)
                return Fail($"({name}) must not stand in the query string", out error);
            if (BelongsInPath(link.Key, found, pathLength, identifier.Ai))
                return Fail($"{identifier} must stand in the path behind {link.Key}, not in the query string", out error);
            if (!TryAdd(found, identifier, isUnknown ? name.ToString() : identifier.Ai, pair[(equals + 1)..], plusIsSpace: true, options, out error))
                return false;
        }
        elements = found;
        return true;
    }

    /// <summary>Writes a link for these elements. The first key among them is what it is about; its qualifiers follow it in the path, the rest stands in the query string.</summary>
    /// <param name="elements">Elements in any order; said twice with the same value counts once.</param>
    /// <param name="stem">Scheme, host and any path to put in front; nothing means GS1's own resolver.</param>
    /// <param name="uri">The link.</param>
    /// <param name="error">What is wrong with the elements or the stem.</param>
    /// <param name="options">What to let pass beyond the standard.</param>
    public static bool TryGenerate(IReadOnlyList<Element> elements, string? stem, [NotNullWhen(true)] out string? uri, [NotNullWhen(false)] out string? error, DigitalLinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(elements);
        options ??= DigitalLinkOptions.Standard;
        uri = null;
        stem = string.IsNullOrEmpty(stem) ? CanonicalStem : stem.TrimEnd('/');
        if (!TrySplit(stem, out _, out _, out error))
            return false;
        if (stem.AsSpan().ContainsAny('?', '#'))
            return Fail("expected a stem without query string and fragment", out error);
        if (ElementAssociations.Repeats(elements) is { } repeated)
            return Fail(repeated, out error);

        var rest = elements.Distinct().ToList();
        foreach (var (ai, value) in rest)
            if (!ElementString.TryDescribe(ai, options.PermitUnknownIdentifiers, out var identifier, out error) || !identifier.Accepts(value, out error))
                return false;

        var keyAt = rest.FindIndex(element => SyntaxDictionary.TryFind(element.Ai, out var identifier) && identifier.IsLinkKey);
        if (keyAt < 0)
            return Fail("expected at least one GS1 key, such as (01) or (00)", out error);
        var key = rest[keyAt];
        var way = SyntaxDictionary.Get(key.Ai).Ways!.MaxBy(candidate => candidate.Count(ai => rest.Any(element => element.Ai == ai)))!;

        var text = new StringBuilder(stem);
        AppendPair(text, '/', '/', key);
        rest.RemoveAt(keyAt);
        foreach (var ai in way)
        {
            var at = rest.FindIndex(element => element.Ai == ai);
            if (at < 0)
                continue;
            AppendPair(text, '/', '/', rest[at]);
            rest.RemoveAt(at);
        }

        var lead = '?';
        // Values of fixed length first, as in a barcode, where this saves separators.
        foreach (var element in rest.OrderBy(element => !(SyntaxDictionary.TryFind(element.Ai, out var identifier) && identifier.IsFixedLength)))
        {
            var permitted = SyntaxDictionary.TryFind(element.Ai, out var identifier) ? identifier.IsLinkAttribute : options.PermitUnknownAttributes;
            if (!permitted)
                return Fail($"({element.Ai}) must not stand in the query string and does not belong in the path behind ({key.Ai})", out error);
            AppendPair(text, lead, '=', element);
            lead = '&';
        }
        uri = text.ToString();
        error = null;
        return true;
    }

    static bool TrySplit(string? uri, out ReadOnlySpan<char> path, out ReadOnlySpan<char> query, [NotNullWhen(false)] out string? error)
    {
        path = query = default;
        var text = uri.AsSpan();
        var bad = text.IndexOfAnyExcept(UriCharacters);
        if (bad >= 0)
            return Fail($"the character U+{(int)text[bad]:X4} at position {bad + 1} must be escaped in a URI", out error);
        var scheme = text.IndexOf("://");
        if (scheme < 0 || text[..scheme] is not ("http" or "https" or "HTTP" or "HTTPS"))
            return Fail("expected a URI that starts with http:// or https://", out error);
        text = text[(scheme + 3)..];
        var fragment = text.IndexOf('#');
        if (fragment >= 0)
            text = text[..fragment];
        var mark = text.IndexOf('?');
        if (mark >= 0)
        {
            query = text[(mark + 1)..];
            text = text[..mark];
        }
        var slash = text.IndexOf('/');
        var host = slash < 0 ? text : text[..slash];
        if (host.IsEmpty || host.ContainsAnyExcept(HostCharacters))
            return Fail("expected a host name or address after ://", out error);
        path = slash < 0 ? default : text[slash..];
        error = null;
        return true;
    }

    static bool TryAdd(List<Element> found, ApplicationIdentifier identifier, string ai, ReadOnlySpan<char> raw, bool plusIsSpace, DigitalLinkOptions options, [NotNullWhen(false)] out string? error)
    {
        if (raw.Length > LinkPath.RawLengthMax)
            return Fail($"({ai}) is too long", out error);
        Span<char> decoded = stackalloc char[raw.Length];
        var length = PercentEncoding.Decode(raw, decoded, plusIsSpace);
        if (length < 0)
            return Fail($"({ai}) {raw}: expected two hexadecimal digits after every %", out error);
        var value = decoded[..length].ToString();
        if (options.PermitShortGtins && ai == "01" && value.Length is 8 or 12 or 13)
            value = value.PadLeft(14, '0');
        if (!identifier.Accepts(value, out error))
            return false;
        if (found.Any(element => element.Ai == ai))
            return Fail($"({ai}) stands twice in the link", out error);
        found.Add(new Element(ai, value));
        return true;
    }

    /// <summary>Whether an attribute could have been a qualifier of the path as it is: then it has to be.</summary>
    static bool BelongsInPath(ApplicationIdentifier key, List<Element> found, int pathLength, string ai) =>
        key.Ways!.Any(way => way.Contains(ai) && found.Take(pathLength).Skip(1).All(element => way.Contains(element.Ai)));

    static void AppendPair(StringBuilder text, char lead, char between, Element element) =>
        text.Append(lead).Append(element.Ai).Append(between).Append(PercentEncoding.Encode(element.Value));

    static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
