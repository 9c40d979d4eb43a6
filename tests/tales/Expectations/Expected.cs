using System.Text.Json;
using TraceGrains.Tales.Tests.Script;
using TraceGrains.Tales.Tests.Steps;

namespace TraceGrains.Tales.Tests.Expectations;

/// <summary>
/// What a story expects, and what the silo says to that. Both sides are put into the same words and compared, so that a failure reads like the story. Notices go out by themselves, so an expectation may
/// come true a little later.
/// </summary>
sealed partial class Expected(Silo silo, Cast cast, CaseStep cases, IReadOnlyDictionary<string, string> eventIds)
{
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <summary>What is otherwise, "expected …, found …"; null when it is so, or becomes so while there is patience.</summary>
    public async Task<string?> Check(IReadOnlyList<string> words, TimeSpan patience)
    {
        for (var began = DateTimeOffset.UtcNow; ; await Task.Delay(pause))
        {
            var (wanted, found) = await Compare(words);
            if (wanted.SequenceEqual(found)) return null;
            if (DateTimeOffset.UtcNow - began >= patience) return $"expected: {Said(wanted.Except(found), wanted)}\n  found:    {Said(found.Except(wanted), found)}";
        }
    }

    /// <summary>What differs, or all of it where only the order does.</summary>
    static string Said(IEnumerable<string> differing, List<string> all) => string.Join(", ", differing.Take(20)) is { Length: > 0 } said ? said : all.Count == 0 ? "nothing" : string.Join(", ", all.Take(20));

    async Task<(List<string> Wanted, List<string> Found)> Compare(IReadOnlyList<string> words)
    {
        var colon = words.Count(word => word == ":") == 0 ? words.Count : words.ToList().IndexOf(":");
        var about = words.Take(colon).ToList();
        IReadOnlyList<string> rest = [.. words.Skip(colon + 1)];
        return about switch
        {
            ["recalled"] => await AreRecalled(rest, true),
            ["not", "recalled"] => await AreRecalled(rest, false),
            ["held", "by", var party] => await Each(rest, $"with {party}", "holder", at => at.GetProperty("consignee").ValueKind == JsonValueKind.Null ? $"with {Name(at, "holder")}" : "on the way"),
            ["on", "the", "way", "to", var party] => await Each(rest, $"on the way to {party}", "consignee", at => $"on the way to {Name(at, "consignee")}"),
            ["inside", var container] => await Each(rest, $"inside {container}", "container", at => $"inside {Name(at, "container")}"),
            ["state", "of", var thing] when cast.TryOne(thing) is not null => await Each([thing], string.Join(' ', rest), "disposition", at => at.GetProperty("disposition").GetString() ?? "nothing"),
            ["amount", "of", var lot] => await Amounts(cast.One(lot, Sort.Lot), rest),
            ["amount", "of", var lot, "with", var party] => await Amounts(cast.One(lot, Sort.Lot), [party, .. rest], cast.One(party, Sort.Party)),
            ["traced", "back", "from", var thing] => await Traced(cast.One(thing), "BACKWARD", rest),
            ["traced", "forward", "from", var thing] => await Traced(cast.One(thing), "FORWARD", rest),
            ["path", "from", var from, "to", var to] => await Path(cast.One(from), cast.One(to), rest),
            ["chain", "of", var thing, "verifies"] => await Verifies(cast.One(thing)),
            ["on", "paper", var paper] => await OnPaper(cast.One(paper, Sort.Paper), rest),
            ["sources", "of", ..] => await Sources([.. about.Skip(2)], rest),
            ["dry", "run", "of", ..] => await DryRun([.. about.Skip(3)], rest),
            ["state", "of", var name] => ([string.Join(' ', rest)], [(await Case(name, "state")).GetProperty("state").GetString()!.ToLowerInvariant()]),
            ["reached", "by", var name] => ([string.Join(' ', rest)], [(await Case(name, "recall { reached }")).GetProperty("recall").GetProperty("reached").ToString()]),
            ["told", var name] => await Told(name, rest),
            ["left", "to", "answer", var name] => await Left(name, rest),
            ["answered", var name] => await Answered(name, rest),
            ["scope", "of", var name] => await Versions(name, rest),
            ["inbox", "of", var party] => await Inbox(cast.One(party, Sort.Party), rest),
            _ => throw new StoryException($"nobody knows this step or expectation: {string.Join(' ', about)}"),
        };
    }

    string Name(JsonElement of, string field) => cast.NameOf(of.GetProperty(field).GetString());

    static List<string> Sorted(IEnumerable<string> all) => [.. all.Order(StringComparer.Ordinal)];

    /// <summary>The parts of a list "a 1, b 2", as they are written.</summary>
    static List<string> Items(IReadOnlyList<string> words) => words is ["nobody" or "nothing"] ? [] : [.. Words.Split(words, ",").Select(part => string.Join(' ', part))];

    async Task<JsonElement> Case(string name, string fields) => (await silo.Graph($"{{ recallCase(id: \"{cases.Case(name)}\") {{ {fields} }} }}")).GetProperty("recallCase");
}
