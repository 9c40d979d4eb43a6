using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>The part of a URI's path that is about a thing: <c>/01/…/10/…/21/…</c>, key first, then its qualifiers; whatever is before it is the stem.</summary>
ref struct LinkPath
{
    /// <summary>An escape takes three characters and no GS1 value has more than 90.</summary>
    public const int RawLengthMax = 270;

    ReadOnlySpan<char> rest;

    LinkPath(ReadOnlySpan<char> rest, ApplicationIdentifier key)
    {
        this.rest = rest;
        Key = key;
    }

    /// <summary>What the link is about.</summary>
    public ApplicationIdentifier Key { get; }

    /// <summary>Finds the last key in <paramref name="path"/>, reading names and values in pairs from the end.</summary>
    public static bool TryFind(ReadOnlySpan<char> path, bool convenienceNames, out LinkPath found, [NotNullWhen(false)] out string? error)
    {
        var end = path.Length;
        while (end > 0)
        {
            var value = path[..end].LastIndexOf('/');
            var name = value <= 0 ? -1 : path[..value].LastIndexOf('/');
            if (name < 0)
                break;
            var digits = path[(name + 1)..value];
            if (!TryResolve(digits, convenienceNames, out var identifier))
            {
                found = default;
                error = $"'{Shorten(digits)}' in the path is no GS1 Application Identifier: expected a key and its value, such as /01/09520123456788";
                return false;
            }
            if (identifier.IsLinkKey)
            {
                found = new LinkPath(path[name..], identifier);
                error = null;
                return true;
            }
            end = name;
        }
        found = default;
        error = "the path has no GS1 key: expected a key and its value, such as /01/09520123456788";
        return false;
    }

    /// <summary>The next pair of the path; the value still has its escapes. The key comes first.</summary>
    public bool MoveNext(bool convenienceNames, [NotNullWhen(true)] out ApplicationIdentifier? identifier, out ReadOnlySpan<char> rawValue)
    {
        if (rest.IsEmpty)
        {
            identifier = null;
            rawValue = default;
            return false;
        }
        var value = rest[1..].IndexOf('/') + 1;
        if (!TryResolve(rest[1..value], convenienceNames, out identifier))
            throw new InvalidOperationException("a path that was found has only known identifiers");
        rest = rest[(value + 1)..];
        var next = rest.IndexOf('/');
        rawValue = next < 0 ? rest : rest[..next];
        rest = next < 0 ? default : rest[next..];
        return true;
    }

    /// <summary>Whether a raw value, its escapes undone, is what the identifier holds.</summary>
    public static bool Accepts(ApplicationIdentifier identifier, ReadOnlySpan<char> raw, [NotNullWhen(false)] out string? error)
    {
        if (!raw.Contains('%'))
            return identifier.Accepts(raw, out error);
        if (raw.Length > RawLengthMax)
        {
            error = $"{identifier} is too long";
            return false;
        }
        Span<char> decoded = stackalloc char[raw.Length];
        var length = PercentEncoding.Decode(raw, decoded);
        if (length >= 0)
            return identifier.Accepts(decoded[..length], out error);
        error = $"{identifier} {Shorten(raw)}: expected two hexadecimal digits after every %";
        return false;
    }

    public static string Shorten(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : string.Concat(text[..60], "…");

    static bool TryResolve(ReadOnlySpan<char> name, bool convenienceNames, [NotNullWhen(true)] out ApplicationIdentifier? identifier)
    {
        if (name.Length <= 4 && SyntaxDictionary.TryFind(name, out identifier))
            return true;
        if (convenienceNames && ConvenienceNames.TryFind(name, out identifier))
            return true;
        identifier = null;
        return false;
    }
}
