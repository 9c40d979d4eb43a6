using System.Diagnostics;
using System.Net;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios.Crashes;

/// <summary>I1 to I4 under <c>kill -9</c>: acknowledged is durable, once, in a dense order, and every chain verifies.</summary>
public sealed class CaptureKilledTests(ITestOutputHelper output)
{
    const int RoundsMax = 50, RoundsMin = 8;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_no_document_is_half_there()
    {
        var random = new Random(Seed.Value);
        var load = new Load(random);
        var clock = Stopwatch.StartNew();
        var (rounds, halfWay) = (0, 0);
        await using var silo = await SiloUnderTest.Start();
        for (; rounds < RoundsMax && (rounds < RoundsMin || clock.Elapsed < Budget); rounds++)
        {
            var clients = load.Run(silo);
            await Task.Delay(random.Next(5, 500));
            await silo.Process.Kill();
            await clients;
            await silo.KillAndStart();
            halfWay += await Settle(silo, load, rounds);
        }
        output.WriteLine($"{rounds} rounds, {load.Acknowledged.Count} documents, {halfWay} on record without an answer; {Seed.Hint}");

        await CheckPlaces(silo, load);
        await CheckChains(silo, load);
    }

    /// <summary>Each unanswered document is wholly there or wholly not; repeating it completes it. How many were there.</summary>
    static async Task<int> Settle(SiloUnderTest silo, Load load, int round)
    {
        var there = 0;
        while (load.Unanswered.TryTake(out var sent))
        {
            var found = new List<bool>();
            foreach (var (id, _) in sent.Events)
            {
                using var answer = await silo.Http.GetAsync("/epcis/events/" + Uri.EscapeDataString(id));
                found.Add(answer.StatusCode == HttpStatusCode.OK);
                Assert.True(found[^1] || answer.StatusCode == HttpStatusCode.NotFound, $"{answer.StatusCode}; {Seed.Hint}");
            }
            Assert.True(found.Distinct().Count() == 1, $"round {round}: a document of {found.Count} events is there in part: {string.Join(' ', found)}; {Seed.Hint}");
            if (found[0]) there++;
            var repeated = await silo.Capture(sent.Document);
            Assert.True(repeated is { Status: 202 }, $"round {round}: {repeated?.Status} {repeated?.Body}; {Seed.Hint}");
            Assert.All(repeated!.Root.GetProperty("events").EnumerateArray(), receipt => Assert.Equal(found[0], receipt.GetProperty("repeat").GetBoolean()));
            load.Acknowledged[sent] = repeated.Sequences;
        }
        return there;
    }

    /// <summary>Every event has the place that its client was told, and the places are 1, 2, 3 … without gap.</summary>
    static async Task CheckPlaces(SiloUnderTest silo, Load load)
    {
        var idBySequence = new SortedDictionary<long, string>();
        foreach (var (sent, sequences) in load.Acknowledged)
            foreach (var (e, sequence) in sent.Events.Zip(sequences))
                Assert.True(idBySequence.TryAdd(sequence, e.Id), $"place {sequence} was given twice; {Seed.Hint}");
        Assert.Equal(Enumerable.Range(1, idBySequence.Count).Select(place => (long)place), idBySequence.Keys);
        foreach (var chunk in idBySequence.Chunk(200))
        {
            var stored = await silo.Query("{" + string.Join(' ', chunk.Select(pair => $"s{pair.Key}: event(sequence: {pair.Key}) {{ id }}")) + "}");
            foreach (var (sequence, id) in chunk)
                Assert.True(stored.GetProperty($"s{sequence}").GetProperty("id").GetString() == id, $"event {sequence} is another one; {Seed.Hint}");
        }
        var beyond = await silo.Query($"{{ event(sequence: {idBySequence.Count + 1}) {{ id }} }}");
        Assert.True(beyond.GetProperty("event").ValueKind == System.Text.Json.JsonValueKind.Null, $"there is an event that nobody sent: {beyond}; {Seed.Hint}");
    }

    /// <summary>Every thing's chain is exactly the events that name it, and its hashes hold.</summary>
    static async Task CheckChains(SiloUnderTest silo, Load load)
    {
        var expected = load.Acknowledged.Keys.SelectMany(sent => sent.Events).SelectMany(e => e.Epcs).CountBy(code => code).ToList();
        foreach (var chunk in expected.Chunk(20))
        {
            var answers = await silo.Query("{" + string.Join(' ', chunk.Select((pair, i) => $"u{i}: unit(code: \"{pair.Key}\") {{ chainLength verify {{ holds checked reason }} }}")) + "}");
            foreach (var (i, (code, count)) in chunk.Index())
            {
                var unit = answers.GetProperty($"u{i}");
                Assert.True(unit.GetProperty("verify").GetProperty("holds").GetBoolean(), $"{code}: {unit}; {Seed.Hint}");
                Assert.True(unit.GetProperty("chainLength").GetInt32() == count && unit.GetProperty("verify").GetProperty("checked").GetInt32() == count, $"{code}: expected {count} links, found {unit}; {Seed.Hint}");
            }
        }
    }
}
