using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios.Readme;

/// <summary>A reader who types what the README says sees what the README promises. Numbers that it states are read out of it.</summary>
public sealed partial class ReadmeWalkTests
{
    [Fact]
    public async Task Every_step_gives_what_it_promises()
    {
        await using var silo = await SiloUnderTest.Start(ReadmeWalk.StartArguments);
        Assert.Contains(silo.Process.Output, line => line.StartsWith("Demonstration loaded: ", StringComparison.Ordinal));

        var steps = await ReadmeWalk.Run(silo.Process.Address);
        Step Step(string says) => Assert.Single(steps, step => step.Says.Contains(says, StringComparison.Ordinal) || step.Command.Contains(says, StringComparison.Ordinal));

        var where = Step("Where did it go?");
        var trace = Data(where.Output).GetProperty("trace");
        Assert.Equal(int.Parse(Things().Match(where.Says).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), trace.GetProperty("total").GetInt32());
        Assert.Equal(trace.GetProperty("total").GetInt32(), trace.GetProperty("levels").EnumerateArray().Sum(level => level.GetInt32()));
        Assert.Equal(trace.GetProperty("total").GetInt32(), trace.GetProperty("holders").EnumerateArray().Sum(holder => holder.GetProperty("count").GetInt32()));
        Assert.All(trace.GetProperty("holders").EnumerateArray(), holder => Assert.Equal(holder.GetProperty("count").GetInt32(), holder.GetProperty("standings").EnumerateArray().Sum(standing => standing.GetProperty("count").GetInt32())));

        var path = Data(Step("hang together").Output).GetProperty("trace").GetProperty("path").EnumerateArray().ToList();
        Assert.NotEmpty(path);
        Assert.All(path.Zip(path.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("to").GetString(), pair.Second.GetProperty("from").GetString()));

        var issued = Data(Step("Recall it.").Output).GetProperty("issueRecall");
        Assert.Equal(JsonValueKind.Null, issued.GetProperty("refusal").ValueKind);
        var recall = issued.GetProperty("recall").GetProperty("id").GetString()!;

        var events = Step("Watch it arrive").Output.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => Data(line["data: ".Length..]).GetProperty("recallProgress")).ToList();
        Assert.EndsWith("event: complete\ndata:", Step("Watch it arrive").Output);
        var last = events[^1];
        Assert.Equal("EFFECTIVE", last.GetProperty("status").GetString());
        // The lot itself is recalled too.
        Assert.Equal(trace.GetProperty("total").GetInt32() + 1, last.GetProperty("reached").GetInt32());
        Assert.Equal(last.GetProperty("reached").GetInt32(), last.GetProperty("onRecord").GetInt32());

        var jars = Step("only shared a pallet").Output.Split('\n').Select(line => Data(line).GetProperty("unit")).ToList();
        Assert.Equal([true, false], jars.Select(jar => jar.GetProperty("recalled").GetBoolean()));
        Assert.All(jars, jar => Assert.Equal(JsonValueKind.String, jar.GetProperty("holder").ValueKind));
        Assert.Equal(recall, Assert.Single(jars[0].GetProperty("recalls").EnumerateArray()).GetProperty("id").GetString());

        Assert.Equal("WITHDRAWN", Data(Step("Take it back").Output).GetProperty("withdrawRecall").GetProperty("recall").GetProperty("status").GetString());
        var jarCode = JarCode().Match(steps[0].Command).Groups[1].Value;
        Assert.False((await silo.Query("query($code: String!) { unit(code: $code) { recalled } }", new { code = jarCode })).GetProperty("unit").GetProperty("recalled").GetBoolean());

        var verdict = Data(Step("touched the jar's history").Output).GetProperty("unit").GetProperty("verify");
        Assert.True(verdict.GetProperty("holds").GetBoolean());
        Assert.True(verdict.GetProperty("checked").GetInt32() > 0);

        using var captured = JsonDocument.Parse(Step("/epcis/events").Output);
        Assert.False(captured.RootElement.GetProperty("repeat").GetBoolean());
        var sequence = captured.RootElement.GetProperty("sequence").GetInt64();
        // "The URN names the same jar": its chain has the event.
        var chain = (await silo.Query("query($code: String!) { unit(code: $code) { chain(first: 1000) { links { event { sequence } } } } }", new { code = jarCode })).GetProperty("unit").GetProperty("chain").GetProperty("links");
        Assert.Contains(chain.EnumerateArray(), link => link.GetProperty("event").GetProperty("sequence").GetInt64() == sequence);
    }

    [Fact]
    public async Task The_demonstration_a_second_time_changes_nothing()
    {
        await using var silo = await SiloUnderTest.Start(ReadmeWalk.StartArguments);
        var recorded = int.Parse(Loaded().Match(silo.Process.Said).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(recorded > 0);
        // Behind the events stands one record more: the demonstration's master data.
        var next = $"{{ event(sequence: {recorded + 2}) {{ id }} last: event(sequence: {recorded + 1}) {{ id }} }}";
        var before = (await silo.Query(next)).GetRawText();
        Assert.Contains("\"last\":{", before);

        await silo.Restart();

        Assert.Contains(silo.Process.Output, line => line == $"The demonstration is in this ledger already ({recorded} events).");
        var after = await silo.Query(next);
        Assert.Equal(before, after.GetRawText());
        Assert.Equal(JsonValueKind.Null, after.GetProperty("event").ValueKind);
    }

    static JsonElement Data(string body)
    {
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.False(answer.TryGetProperty("errors", out _), body);
        return answer.GetProperty("data");
    }

    [GeneratedRegex(@"([\d,]+) things")]
    private static partial Regex Things();

    [GeneratedRegex("^JAR=(.*)$", RegexOptions.Multiline)]
    private static partial Regex JarCode();

    [GeneratedRegex(@"Demonstration loaded: (\d+) events")]
    private static partial Regex Loaded();
}
