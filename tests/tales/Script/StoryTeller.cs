using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TraceGrains.Tales.Tests.Expectations;
using TraceGrains.Tales.Tests.Steps;

namespace TraceGrains.Tales.Tests.Script;

/// <summary>Tells a story to a silo, line by line, and compares what the silo knows with what the story expects.</summary>
sealed class StoryTeller
{
    const int EventsAtOnce = 2_000;

    static readonly TimeSpan usualPatience = TimeSpan.FromMinutes(1);

    readonly Silo silo;
    readonly string title;
    readonly TimeSpan patience;
    readonly Cast cast = new();
    readonly StoryClock clock = new();
    readonly Dictionary<string, string> eventIds = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<JsonObject>> told = new(StringComparer.Ordinal);
    readonly CaseStep cases;
    readonly Expected expected;
    readonly List<string> failures = [];

    StoryTeller(Silo silo, string title, TimeSpan patience)
    {
        (this.silo, this.title, this.patience) = (silo, title, patience);
        cases = new(silo, cast, eventIds);
        expected = new(silo, cast, cases, eventIds);
    }

    /// <summary>Tells it to the end. What was found otherwise than expected: story, line, expected, found. After the first such thing nothing is waited for any more.</summary>
    public static async Task<IReadOnlyList<string>> Tell(Silo silo, string title, IEnumerable<string> lines, TimeSpan? patience = null)
    {
        var teller = new StoryTeller(silo, title, patience ?? usualPatience);
        foreach (var (number, line) in Joined(lines))
            try
            {
                await teller.Say(number, line);
            }
            catch (StoryException failure)
            {
                teller.failures.Add($"{title}, line {number}: {line}\n  {failure.Message}");
                break;
            }
        return teller.failures;
    }

    /// <summary>A line that begins with two spaces goes on with the one before.</summary>
    static List<(int Number, string Line)> Joined(IEnumerable<string> lines)
    {
        var all = new List<(int Number, string Line)>();
        foreach (var (i, line) in lines.Index())
            if (line.StartsWith("  ", StringComparison.Ordinal) && line.Trim() is [not '#', ..] && all.Count > 0) all[^1] = (all[^1].Number, $"{all[^1].Line} {line.Trim()}");
            else all.Add((i + 1, line));
        return all;
    }

    async Task Say(int number, string line)
    {
        var words = Words.Of(line);
        if (words.Count == 0) return;
        if (words is ["day", ..]) clock.Set(words);
        else if (words is ["now"]) clock.SetNow();
        else if (Cast.SortOf(words[0]) is { } sort) cast.Declare(sort, [.. words.Skip(1)]);
        else if (words is ["in", var shares, "shares", ":", ..]) await Act([.. words.Skip(4)], number, int.Parse(shares, System.Globalization.CultureInfo.InvariantCulture));
        else if (words[0][0] == '[' || EventStep.Is(words[0]) || CaseStep.Is(words[0]) || words[0] == "correct") await Act(words, number, 1);
        else if (await expected.Check(words, failures.Count > 0 ? TimeSpan.Zero : patience) is { } wrong) failures.Add($"{title}, line {number}: {line}\n  {wrong}");
    }

    /// <summary>A step, perhaps labelled in brackets, perhaps one that must be refused.</summary>
    async Task Act(List<string> words, int number, int shares)
    {
        string? refusal = null;
        if (words is [.., "->", "refused", var reason])
        {
            refusal = reason;
            words = words[..^3];
        }
        var label = words[0][0] == '[' ? words[0].Trim('[', ']') : null;
        if (label is not null) words = words[1..];
        var answer = words[0] switch
        {
            "correct" => await Correct(words),
            var verb when EventStep.Is(verb) => await Capture(words, number, shares, label),
            _ => await InCase(words, shares),
        };
        if (answer is { } refused && refusal is null) throw new StoryException($"refused: {refused.Reason}: {refused.Message}");
        if (refusal is not null && answer?.Reason != refusal) throw new StoryException($"expected to be refused: {refusal}; found {answer?.Reason ?? "done"}");
    }

    async Task<(string Reason, string Message)?> Capture(List<string> words, int number, int shares, string? label)
    {
        var events = new List<JsonObject>();
        for (var share = 0; share < shares; share++)
            foreach (var e in EventStep.Of(cast, clock, words[0], [.. words.Skip(1).Select(word => shares == 1 ? word : Cast.ShareOf(word, share, shares))]))
            {
                e["eventID"] = $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{title}:{number}:{events.Count}"))[..16])}";
                events.Add(e);
            }
        if (label is not null)
        {
            if (!told.TryAdd(label, events)) throw new StoryException($"expected each label once; {label} is taken");
            eventIds[label] = events[0]["eventID"]!.GetValue<string>();
        }
        foreach (var chunk in events.Chunk(EventsAtOnce))
            if (await silo.Capture(chunk.Select(e => (JsonObject)e.DeepClone())) is { } wrong) return ("capture", wrong);
        return null;
    }

    /// <summary>Declares the events of a labelled step wrong: "correct spray because did_not_occur".</summary>
    async Task<(string Reason, string Message)?> Correct(List<string> words)
    {
        var step = Phrase.Of("correct", [.. words.Skip(1)], ["because"]);
        var events = step.Object is [var label] && told.TryGetValue(label, out var labelled) ? labelled : throw new StoryException("correct: expected the label of a step");
        var declared = events.Select(e => (JsonObject)e.DeepClone()).ToList();
        foreach (var e in declared) e["errorDeclaration"] = new JsonObject { ["declarationTime"] = DateTimeOffset.UtcNow.ToString("O"), ["reason"] = step.Word("because") };
        return await silo.Capture(declared) is { } wrong ? ("capture", wrong) : null;
    }

    async Task<(string Reason, string Message)?> InCase(List<string> words, int shares)
    {
        for (var share = 0; share < shares; share++)
            if (await cases.Do(words[0], [.. words.Skip(1).Select(word => shares == 1 ? word : Cast.ShareOf(word, share, shares))]) is { } refused) return refused;
        return null;
    }
}
