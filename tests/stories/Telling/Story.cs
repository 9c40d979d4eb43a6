using System.Text.Json.Nodes;
using TraceGrains.Stories.Tests.Designs;

namespace TraceGrains.Stories.Tests.Telling;

/// <summary>
/// A story is a text. Its lines: <c># …</c> is for the reader; <c>design 3</c> says which design is replayed; <c>call case[5] 01/…</c> introduces things, parties and places; <c>&gt; V1: Pack Pallet</c>
/// captures the events of that box of the design; a line <c>| …</c> below it says what such an event says; <c>pallet: at dock; contains case[1-5]</c> is what must then be known; <c>find EQ_bizStep=…: packing,
/// shipping</c> is what an EPCIS query must answer.
/// </summary>
sealed class Story
{
    readonly Silo silo;
    readonly Cast cast = new();
    readonly List<string> transcript = [], failures = [];
    readonly Queue<string> unsaid = [];
    readonly HashSet<string> told = [];
    IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> boxes = new Dictionary<string, IReadOnlyList<JsonObject>>();

    Story(Silo silo) => this.silo = silo;

    /// <summary>Tells a story to a silo. Answers the text with what was found put in where it is otherwise than expected, and what that was: line, expected, found.</summary>
    public static async Task<(string Transcript, IReadOnlyList<string> Failures)> Tell(Silo silo, string text)
    {
        var story = new Story(silo);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            try
            {
                await story.Say(line.TrimEnd(), number);
            }
            catch (StoryException broken)
            {
                throw new StoryException($"line {number}, \"{line.Trim()}\": {broken.Message}");
            }
        }
        story.AllEventsAreSaid(number);
        foreach (var box in story.boxes.Keys.Except(story.told)) story.Fail(number, $"> {box}", "an event that the story leaves out");
        return (string.Join('\n', story.transcript), story.failures);
    }

    async Task Say(string written, int number)
    {
        var line = written.Trim();
        if (line.StartsWith('|'))
        {
            if (unsaid.TryDequeue(out var says))
            {
                transcript.Add($"  | {says}");
                if (line != $"| {says}") Fail(number, line, $"| {says}");
            }
            else Fail(number, line, "no event");
            return;
        }
        AllEventsAreSaid(number);
        if (line.Length == 0 || line[0] == '#') transcript.Add(written);
        else if (line[0] == '>')
        {
            transcript.Add(written);
            await Capture(line[1..].Trim());
        }
        else if (line.StartsWith("design ", StringComparison.Ordinal))
        {
            transcript.Add(written);
            boxes = DesignEvents.Of(int.Parse(line[7..], System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (line.StartsWith("call ", StringComparison.Ordinal))
        {
            transcript.Add(written);
            cast.Introduce(line);
        }
        else if (line.StartsWith("find ", StringComparison.Ordinal)) await Find(line, number);
        else await Claims(line, number);
    }

    /// <summary>What the generator makes of a design is part of the story: a line that is missing is put in.</summary>
    void AllEventsAreSaid(int number)
    {
        while (unsaid.TryDequeue(out var says))
        {
            transcript.Add($"  | {says}");
            Fail(number, "no line", $"| {says}");
        }
    }

    async Task Capture(string name)
    {
        if (!boxes.TryGetValue(name, out var events)) throw new StoryException($"the design has no such event; it has {string.Join(" · ", boxes.Keys)}");
        if (!told.Add(name)) throw new StoryException("it was told before");
        var context = new JsonObject();
        foreach (var (prefix, uri) in EventDetails.Prefixes) context[prefix] = uri;
        var document = new JsonObject
        {
            ["@context"] = new JsonArray("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", context),
            ["type"] = "EPCISDocument", ["schemaVersion"] = "2.0", ["creationDate"] = "2026-11-01T00:00:00Z",
            ["epcisBody"] = new JsonObject { ["eventList"] = new JsonArray([.. events.Select(e => (JsonNode)e.DeepClone())]) },
        };
        if (await silo.Capture(document.ToJsonString()) is { } refused) throw new StoryException($"the capture was refused: {refused}");
        foreach (var e in events) unsaid.Enqueue(Narration.Of(e, cast));
    }

    async Task Claims(string line, int number)
    {
        if (line.Split(": ", 2) is not [var subject, var rest]) throw new StoryException("expected \"thing: claim; claim\"");
        var claims = rest.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var differ = new List<string>();
        foreach (var code in cast.ListOf(subject))
        {
            var known = await Known.Of(silo, code);
            var found = claims.Select(claim => known.IsKnown ? Claim.Checked(claim, known, cast) : claim == "unknown" ? claim : "unknown").Distinct().ToList();
            if (found.SequenceEqual(claims)) continue;
            differ.Add($"  {cast.NameOf(code)}: {string.Join("; ", found)}");
            Fail(number, line, differ[^1].Trim());
        }
        if (differ.Count == 0) transcript.Add("  " + line);
        else transcript.AddRange(differ);
    }

    async Task Find(string line, int number)
    {
        if (line[5..].Split(": ", 2) is not [var query, var expected]) throw new StoryException("expected \"find query: steps\"");
        var url = string.Join('&', query.Split('&').Select(parameter => parameter.Split('=', 2) is [var name, var value]
            ? $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.StartsWith('{') ? string.Join('|', cast.CodesOf(value.Trim('{', '}'))) : value)}" : throw new StoryException("expected name=value")));
        var steps = (await silo.Events(url)).Select(e => e.TryGetProperty("bizStep", out var step) ? step.GetString()! : "unspecified").ToList();
        var found = steps.Count == 0 ? "nothing" : string.Join(", ", steps);
        transcript.Add($"  find {query}: {found}");
        if (found != expected) Fail(number, line, found);
    }

    void Fail(int number, string expected, string found) => failures.Add($"line {number}\n  expected  {expected.Trim()}\n  found     {found}");
}
