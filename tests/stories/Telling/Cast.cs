using System.Globalization;
using System.Text.RegularExpressions;
using TraceGrains.Stories.Tests.Designs;

namespace TraceGrains.Stories.Tests.Telling;

/// <summary>
/// The names of a story and their codes. <c>case[5] 01/…/21/3200</c> is five things, whose last number counts up; a question mark stands for the GS1 check digit of the digits before it; a code that is no
/// URI is a GS1 Digital Link.
/// </summary>
sealed partial class Cast
{
    readonly Dictionary<string, List<string>> codes = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Codes of whoever and whatever was introduced.</summary>
    public IEnumerable<string> All => names.Keys;

    /// <summary>Takes a line such as <c>call case[5] 01/…</c>.</summary>
    public void Introduce(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["call", var name, var code]) throw new StoryException("expected: call NAME CODE");
        var series = Index().Match(name);
        var full = Full(code);
        var count = series.Success ? int.Parse(series.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
        var list = Enumerable.Range(0, count).Select(i => i == 0 ? full : Last().Replace(full, last => (long.Parse(last.Value, CultureInfo.InvariantCulture) + i).ToString(CultureInfo.InvariantCulture))).ToList();
        if (!codes.TryAdd(series.Success ? series.Groups[1].Value : name, list)) throw new StoryException($"{name} was introduced before");
        for (var i = 0; i < count; i++)
            if (!names.TryAdd(list[i], series.Success ? $"{series.Groups[1].Value}[{i + 1}]" : name)) throw new StoryException($"{name} has the code of {names[list[i]]}");
    }

    /// <summary>Codes of a name, of one place in a series, or of a run such as <c>case[2-4]</c>.</summary>
    public IReadOnlyList<string> CodesOf(string word)
    {
        var part = Index().Match(word);
        var name = part.Success ? part.Groups[1].Value : word;
        if (!codes.TryGetValue(name, out var all)) throw new StoryException($"nobody and nothing was introduced as {word}");
        if (!part.Success) return all;
        var from = int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture);
        var to = part.Groups[3].Success ? int.Parse(part.Groups[3].Value, CultureInfo.InvariantCulture) : from;
        return from >= 1 && from <= to && to <= all.Count ? all[(from - 1)..to] : throw new StoryException($"expected a run within {name}[1-{all.Count}]; found {word}");
    }

    /// <summary>A list of names, as in "pallet, case[1-2]"; none for "nothing" and "nobody".</summary>
    public IReadOnlyList<string> ListOf(string words) => words is "nothing" or "nobody" or "nowhere" ? [] : [.. words.Split(',', StringSplitOptions.TrimEntries).SelectMany(CodesOf)];

    /// <summary>The name of a code, or the code itself, where the story has no name for it.</summary>
    public string NameOf(string? code) => code is null ? "nobody" : names.GetValueOrDefault(code, code);

    /// <summary>Names of codes in the order given, runs of a series drawn together.</summary>
    public string NamesOf(IEnumerable<string> list)
    {
        var said = new List<(string Name, int From, int To)>();
        foreach (var code in list)
        {
            var name = NameOf(code);
            var part = Index().Match(name);
            var at = part.Success ? int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
            if (part.Success && said is [.., var last] && last.Name == part.Groups[1].Value && last.To + 1 == at) said[^1] = last with { To = at };
            else said.Add((part.Success ? part.Groups[1].Value : name, at, at));
        }
        return said.Count == 0 ? "nothing" : string.Join(", ", said.Select(run => run.From == 0 ? run.Name : run.From == run.To ? $"{run.Name}[{run.From}]" : $"{run.Name}[{run.From}-{run.To}]"));
    }

    static string Full(string code)
    {
        var mark = code.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0)
        {
            var digits = code[..mark];
            digits = digits[(digits.LastIndexOfAny([.. "/:"]) + 1)..];
            // A GRAI has a filler before its 13 digits.
            code = code.StartsWith("8003/0", StringComparison.Ordinal) ? $"8003/0{Numbering.Checked(digits[1..])}{code[(mark + 1)..]}" : $"{code[..(mark - digits.Length)]}{Numbering.Checked(digits)}{code[(mark + 1)..]}";
        }
        return code.Contains(':', StringComparison.Ordinal) ? code : "https://id.gs1.org/" + code;
    }

    [GeneratedRegex(@"^(.+)\[(\d+)(?:-(\d+))?\]$")]
    private static partial Regex Index();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Last();
}
