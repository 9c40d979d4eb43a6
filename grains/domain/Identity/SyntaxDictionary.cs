using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Identity;

/// <summary>Every GS1 Application Identifier, as the GS1 Barcode Syntax Dictionary (Apache-2.0, beside this file) describes it.</summary>
/// <remarks>A new GS1 release is a new text file; the code changes only when the file names a content rule that it lacks.</remarks>
public static class SyntaxDictionary
{
    const string FlagCharacters = "*!?\"$%&'()+,-./:;<=>@[\\]^_`{|}~";

    static readonly FrozenDictionary<string, ApplicationIdentifier> ByDigits = Load();
    static readonly FrozenDictionary<string, ApplicationIdentifier>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByDigits.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All identifiers, in no particular order.</summary>
    public static IReadOnlyCollection<ApplicationIdentifier> All => ByDigits.Values;

    /// <summary>The identifier with these digits, if GS1 has given them a meaning.</summary>
    public static bool TryFind(ReadOnlySpan<char> digits, [NotNullWhen(true)] out ApplicationIdentifier? found) =>
        BySpan.TryGetValue(digits, out found);

    /// <summary>The identifier that <paramref name="text"/> starts with: no identifier's digits start another's.</summary>
    internal static bool TryFindAtStart(ReadOnlySpan<char> text, [NotNullWhen(true)] out ApplicationIdentifier? found)
    {
        for (var length = 2; length <= 4 && length <= text.Length; length++)
            if (TryFind(text[..length], out found))
                return true;
        found = null;
        return false;
    }

    internal static ApplicationIdentifier Get(string digits) => ByDigits[digits];

    static FrozenDictionary<string, ApplicationIdentifier> Load()
    {
        using var stream = typeof(SyntaxDictionary).Assembly.GetManifestResourceStream("gs1-syntax-dictionary.txt")
            ?? throw new InvalidOperationException("the GS1 syntax dictionary is not embedded in the assembly");
        using var reader = new StreamReader(stream);
        var all = new Dictionary<string, ApplicationIdentifier>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && char.IsAsciiDigit(line[0]))
                foreach (var identifier in ParseLine(line))
                    all.Add(identifier.Ai, identifier);
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>One line: digits or a range of them, flags, components, attributes, then # and the title.</summary>
    static IEnumerable<ApplicationIdentifier> ParseLine(string line)
    {
        var hash = line.IndexOf('#', StringComparison.Ordinal);
        var title = hash < 0 ? "" : line[(hash + 1)..].Trim();
        var words = (hash < 0 ? line : line[..hash]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var flags = words[1].All(FlagCharacters.Contains) ? words[1] : "";
        var description = words.Skip(flags.Length > 0 ? 2 : 1).ToList();
        var components = description.Where(IsComponent).Select(ParseComponent).ToArray();
        var attributes = description.Where(word => !IsComponent(word)).ToList();

        var keys = attributes.Where(word => word == "dlpkey" || word.StartsWith("dlpkey=", StringComparison.Ordinal)).ToList();
        var qualifiers = keys.Count == 0 ? null : keys
            .SelectMany(word => word == "dlpkey" ? [""] : word["dlpkey=".Length..].Split('|'))
            .Select(way => way.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        if (qualifiers?.Length > QualifierOrder.WaysMax)
            throw new InvalidDataException($"the GS1 syntax dictionary gives ({words[0]}) more than {QualifierOrder.WaysMax} ways of qualifiers");
        var requires = ValuesOf(attributes, "req=")
            .Select(value => (IReadOnlyList<IReadOnlyList<string>>)value.Split(',').Select(group => (IReadOnlyList<string>)group.Split('+')).ToArray())
            .ToArray();
        var excludes = ValuesOf(attributes, "ex=").SelectMany(value => value.Split(',')).ToArray();

        return Expand(words[0]).Select(digits =>
            new ApplicationIdentifier(digits, title, flags.Contains('*', StringComparison.Ordinal), flags.Contains('?', StringComparison.Ordinal), components)
            {
                Ways = qualifiers,
                Requires = requires,
                Excludes = excludes,
            });
    }

    static bool IsComponent(string word) => word[0] is 'N' or 'X' or 'Y' or 'Z' or '[';

    static IEnumerable<string> ValuesOf(IEnumerable<string> attributes, string name) =>
        attributes.Where(word => word.StartsWith(name, StringComparison.Ordinal)).Select(word => word[name.Length..]);

    static AiComponent ParseComponent(string word)
    {
        var parts = word.Split(',');
        var isOptional = parts[0][0] == '[';
        var shape = parts[0].Trim('[', ']');
        var isVariable = shape[1..].StartsWith("..", StringComparison.Ordinal);
        var length = int.Parse(shape.AsSpan(isVariable ? 3 : 1), System.Globalization.CultureInfo.InvariantCulture);
        return new AiComponent(shape[0], isVariable ? 1 : length, length, isOptional, [.. parts.Skip(1).Select(Linters.Named)]);
    }

    static IEnumerable<string> Expand(string digits)
    {
        var dash = digits.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return [digits];
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var first = int.Parse(digits.AsSpan(0, dash), culture);
        var last = int.Parse(digits.AsSpan(dash + 1), culture);
        return Enumerable.Range(first, last - first + 1).Select(number => number.ToString(culture).PadLeft(dash, '0'));
    }
}
