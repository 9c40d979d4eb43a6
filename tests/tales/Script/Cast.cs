using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace TraceGrains.Tales.Tests.Script;

/// <summary>What a name of a story stands for.</summary>
enum Sort { Party, Place, Product, Lot, Unit, Paper }

/// <summary>A thing of a story: its name and its code.</summary>
sealed record Named(string Name, string Code, Sort Sort);

/// <summary>
/// The names of a story with their codes. A series such as <c>unit tins[200] 01/…/21/T{001}</c> is 200 things: the number in braces is that of the first and counts up; a question mark stands for the GS1
/// check digit of the digits before it.
/// </summary>
sealed partial class Cast
{
    readonly Dictionary<string, List<Named>> named = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> paperTypes = new(StringComparer.Ordinal);

    public static Sort? SortOf(string word) => word switch
    {
        "party" => Sort.Party, "place" => Sort.Place, "product" => Sort.Product, "lot" => Sort.Lot, "unit" or "container" => Sort.Unit, "paper" => Sort.Paper, _ => null,
    };

    /// <summary>Takes a declaration: sort, name, for a paper its type, code, and what a reader may want to know.</summary>
    public void Declare(Sort sort, IReadOnlyList<string> words)
    {
        var at = sort == Sort.Paper ? 2 : 1;
        if (words.Count <= at) throw new StoryException("expected a name and a code");
        var (name, count) = SeriesName().Match(words[0]) is { Success: true } series ? (series.Groups[1].Value, int.Parse(series.Groups[2].Value, CultureInfo.InvariantCulture)) : (words[0], 0);
        List<Named> things = count == 0 ? [new(name, Code(words[at]), sort)] : [.. Enumerable.Range(0, count).Select(i => new Named($"{name}[{i + 1}]", Code(Counted(words[at], i)), sort))];
        if (!named.TryAdd(name, things)) throw new StoryException($"expected each name once; {name} is taken");
        foreach (var thing in things) if (!names.TryAdd(thing.Code, thing.Name)) throw new StoryException($"expected each code once; {thing.Name} has that of {names[thing.Code]}");
        if (sort == Sort.Paper) paperTypes[name] = words[1];
    }

    static string Code(string written)
    {
        var code = written;
        for (var at = code.IndexOf('?', StringComparison.Ordinal); at >= 0; at = code.IndexOf('?', StringComparison.Ordinal))
        {
            var start = at;
            while (start > 0 && char.IsAsciiDigit(code[start - 1])) start--;
            var sum = 0;
            for (var i = 1; i <= at - start; i++) sum += (code[at - i] - '0') * (i % 2 == 1 ? 3 : 1);
            code = $"{code[..at]}{(10 - sum % 10) % 10}{code[(at + 1)..]}";
        }
        return char.IsAsciiDigit(code[0]) ? "https://id.gs1.org/" + code : code;
    }

    static string Counted(string template, int i) => Counter().IsMatch(template)
        ? Counter().Replace(template, first => (BigInteger.Parse(first.Groups[1].Value, CultureInfo.InvariantCulture) + i).ToString("D" + first.Groups[1].Length, CultureInfo.InvariantCulture))
        : throw new StoryException($"expected the first number of the series in braces; found {template}");

    /// <summary>The one thing of a name, or of a place in a series.</summary>
    public Named One(string word, params Sort[] sorts)
    {
        var thing = Many(word) is [var one] ? one : throw new StoryException($"expected one thing; found {word}");
        return sorts.Length == 0 || sorts.Contains(thing.Sort) ? thing : throw new StoryException($"expected a {string.Join(" or ", sorts).ToLowerInvariant()}; {word} is a {thing.Sort.ToString().ToLowerInvariant()}");
    }

    /// <summary>The one thing of a name; null when nothing was introduced by it.</summary>
    public Named? TryOne(string word) => named.ContainsKey(word.Split('[')[0]) ? One(word) : null;

    /// <summary>The things of a name, a place in a series, or a run of a series.</summary>
    public IReadOnlyList<Named> Many(string word)
    {
        var range = Run().Match(word);
        var name = range.Success ? range.Groups[1].Value : word;
        if (!named.TryGetValue(name, out var things)) throw new StoryException($"nobody and nothing was introduced as {name}");
        if (!range.Success) return things;
        var from = int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
        var to = range.Groups[3].Success ? int.Parse(range.Groups[3].Value, CultureInfo.InvariantCulture) : from;
        return from >= 1 && from <= to && to <= things.Count ? things[(from - 1)..to] : throw new StoryException($"expected a run within {name}[1-{things.Count}]; found {word}");
    }

    public string PaperType(string name) => paperTypes[name];

    /// <summary>Whether the story has a name for a code.</summary>
    public bool Knows(string? code) => code is not null && names.ContainsKey(code);

    /// <summary>The name of a code, or the code itself, where the story has no name for it.</summary>
    public string NameOf(string? code) => code is null ? "nobody" : names.GetValueOrDefault(code, code);

    /// <summary>The share of a run that is the <paramref name="share"/>th of <paramref name="of"/>: a block of a long run, and a member of a short one, which then serves several shares.</summary>
    public static string ShareOf(string word, int share, int of)
    {
        if (Run().Match(word) is not { Success: true } range || !range.Groups[3].Success) return word;
        long from = int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture), length = int.Parse(range.Groups[3].Value, CultureInfo.InvariantCulture) - from + 1;
        return $"{range.Groups[1].Value}[{from + length * share / of}-{Math.Max(from + length * share / of, from + length * (share + 1) / of - 1)}]";
    }

    [GeneratedRegex(@"^(.+)\[(\d+)\]$")]
    private static partial Regex SeriesName();

    [GeneratedRegex(@"^(.+)\[(\d+)(?:-(\d+))?\]$")]
    private static partial Regex Run();

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Counter();
}
