using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>One GS1 Application Identifier, the two to four digits in front of a value that say what the value is: (01) a GTIN, (10) a lot.</summary>
public sealed class ApplicationIdentifier
{
    readonly AiComponent[] components;

    internal ApplicationIdentifier(string ai, string title, bool isFixedLength, bool isLinkAttribute, AiComponent[] components)
    {
        (Ai, Title, IsFixedLength, IsLinkAttribute) = (ai, title, isFixedLength, isLinkAttribute);
        this.components = components;
    }

    /// <summary>The identifier's digits, such as <c>01</c> or <c>8003</c>.</summary>
    public string Ai { get; }

    /// <summary>What GS1 prints beside the value, such as <c>BATCH/LOT</c>.</summary>
    public string Title { get; }

    /// <summary>Whether scanners know the length, so that no separator (FNC1) follows the value in a barcode.</summary>
    public bool IsFixedLength { get; }

    internal int LengthMax => components.Sum(component => component.LengthMax);

    /// <summary>Whether the value may stand in the query string of a GS1 Digital Link.</summary>
    public bool IsLinkAttribute { get; }

    /// <summary>Whether the value can be what a GS1 Digital Link is about.</summary>
    public bool IsLinkKey => Ways is not null;

    /// <summary>Of a key: the ordered identifiers that may follow it in a link's path, one list for each way; null where this is no key.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Qualifiers => Ways;

    internal string[][]? Ways { get; init; }

    /// <summary>Groups of identifiers of which the same object must carry one group whole, one list of groups for each requirement. A letter n stands for any digit.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Requires { get; internal init; } = [];

    /// <summary>Identifiers that the same object must not carry. A letter n stands for any digit.</summary>
    public IReadOnlyList<string> Excludes { get; internal init; } = [];

    /// <summary>Whether <paramref name="value"/>, without escapes, has the form and content that GS1 prescribes; if not, what was expected.</summary>
    public bool Accepts(ReadOnlySpan<char> value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var rest = value;
        foreach (var component in components)
        {
            if (rest.IsEmpty && component.IsOptional)
                break;
            if (rest.Length < component.LengthMin)
            {
                error = $"({Ai}) {Title} is too short: expected {DescribeLength()}, found {value.Length}";
                return false;
            }
            var part = rest[..Math.Min(component.LengthMax, rest.Length)];
            var outside = Charsets.FirstOutside(component.Type, part);
            if (outside >= 0)
            {
                error = $"({Ai}) {Title} has {Describe(part[outside])} at position {value.Length - rest.Length + outside + 1}: expected {Charsets.Describe(component.Type)}";
                return false;
            }
            foreach (var linter in component.Linters)
                if (linter(part) is { } expected)
                {
                    error = $"({Ai}) {Title} {value}: expected {expected}";
                    return false;
                }
            rest = rest[part.Length..];
        }
        if (!rest.IsEmpty)
            error = $"({Ai}) {Title} is too long: expected {DescribeLength()}, found {value.Length}";
        return error is null;
    }

    /// <summary>The identifier in brackets with its title.</summary>
    public override string ToString() => $"({Ai}) {Title}";

    string DescribeLength()
    {
        var least = components.Where(component => !component.IsOptional).Sum(component => component.LengthMin);
        var most = LengthMax;
        return least == most ? $"{most} characters" : $"{least} to {most} characters";
    }

    static string Describe(char character) =>
        character is > ' ' and < (char)127 ? $"'{character}'" : $"the character U+{(int)character:X4}";
}
