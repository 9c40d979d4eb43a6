using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TraceGrains.Domain.Identity;

/// <summary>GS1 elements in a row: as printed, with brackets, and as scanned, where <c>^</c> stands for the separator FNC1.</summary>
public static class ElementString
{
    /// <summary>The separator as it is written in documents; scanners send the control character U+001D for it.</summary>
    public const char Separator = '^';

    const char GroupSeparator = '\u001d';

    /// <summary>What an identifier that GS1 has not described may hold, where the caller lets it pass.</summary>
    internal static readonly ApplicationIdentifier Unknown = new("nn", "unknown identifier", false, false, [new AiComponent('X', 1, 90, false, [])]);

    /// <summary>Reads the printed form <c>(01)09520123456788(21)A1</c> and checks every value.</summary>
    public static bool TryParseBracketed(string text, [NotNullWhen(true)] out IReadOnlyList<Element>? elements, [NotNullWhen(false)] out string? error, bool permitUnknown = false)
    {
        elements = null;
        if (string.IsNullOrEmpty(text) || text[0] != '(')
            return Fail("expected an element string that starts with a bracket, such as (01)09520123456788", out error);
        var found = new List<Element>();
        var at = 0;
        while (at < text.Length)
        {
            var close = text.IndexOf(')', at);
            if (close < 0)
                return Fail($"the bracket at position {at + 1} is not closed", out error);
            var digits = text[(at + 1)..close];
            if (!TryDescribe(digits, permitUnknown, out var identifier, out error))
                return false;
            var value = new StringBuilder();
            for (at = close + 1; at < text.Length && text[at] != '('; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '(')
                    at++;
                value.Append(text[at]);
            }
            var element = new Element(digits, value.ToString());
            if (!identifier.Accepts(element.Value, out error))
                return false;
            found.Add(element);
        }
        elements = found;
        error = null;
        return true;
    }

    /// <summary>Reads what a scanner sends: FNC1 (<c>^</c> or U+001D) in front, and behind every value of variable length that is not the last. Checks every value.</summary>
    public static bool TryParseScanned(string text, [NotNullWhen(true)] out IReadOnlyList<Element>? elements, [NotNullWhen(false)] out string? error)
    {
        elements = null;
        if (text is null || text.Length < 2 || !IsSeparator(text[0]))
            return Fail("expected FNC1 (^) and then at least one element, such as ^0109520123456788", out error);
        var found = new List<Element>();
        var rest = text.AsSpan(1);
        while (!rest.IsEmpty)
        {
            if (!SyntaxDictionary.TryFindAtStart(rest, out var identifier))
                return Fail($"expected a GS1 Application Identifier at position {text.Length - rest.Length + 1}, found {rest[..Math.Min(4, rest.Length)]}", out error);
            rest = rest[identifier.Ai.Length..];
            var separator = rest.IndexOfAny(Separator, GroupSeparator);
            var length = separator < 0 ? rest.Length : separator;
            if (identifier.IsFixedLength)
                length = Math.Min(length, identifier.LengthMax);
            var value = rest[..length];
            if (!identifier.Accepts(value, out error))
                return false;
            found.Add(new Element(identifier.Ai, value.ToString()));
            rest = rest[length..];
            if (!rest.IsEmpty && IsSeparator(rest[0]))
                rest = rest[1..];
        }
        elements = found;
        error = null;
        return true;
    }

    /// <summary>What a barcode with these elements holds: FNC1 (<c>^</c>) in front, and after a value only where its length is not fixed.</summary>
    public static string Format(IEnumerable<Element> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var text = new StringBuilder();
        var separate = true;
        foreach (var (ai, value) in elements)
        {
            if (separate)
                text.Append(Separator);
            text.Append(ai).Append(value);
            separate = !(SyntaxDictionary.TryFind(ai, out var identifier) && identifier.IsFixedLength);
        }
        return text.ToString();
    }

    /// <summary>What is printed below a barcode: every identifier in brackets.</summary>
    public static string FormatBracketed(IEnumerable<Element> elements) => string.Concat(elements);

    /// <summary>The rules for one identifier, or those for unknown ones where these may pass.</summary>
    internal static bool TryDescribe(ReadOnlySpan<char> digits, bool permitUnknown, [NotNullWhen(true)] out ApplicationIdentifier? identifier, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (SyntaxDictionary.TryFind(digits, out identifier))
            return true;
        if (permitUnknown && digits.Length is >= 2 and <= 4 && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            identifier = Unknown;
            return true;
        }
        return Fail($"({digits}) is no GS1 Application Identifier", out error);
    }

    static bool IsSeparator(char character) => character is Separator or GroupSeparator;

    static bool Fail(string reason, out string error)
    {
        error = reason;
        return false;
    }
}
