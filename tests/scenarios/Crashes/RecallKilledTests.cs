using System.Diagnostics;
using System.Text.Json;
using TraceGrains.Scenarios.Documents;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios.Crashes;

/// <summary>I5 and I6 under <c>kill -9</c>: whatever moment a recall or its withdrawal is cut short at, it finishes after the restart, and ends as it would have ended without.</summary>
public sealed class RecallKilledTests(ITestOutputHelper output)
{
    const int RoundsMax = 10, RoundsMin = 4, Lots = 20, UnitsPerLot = 200, Sample = 5;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);
    const string Recall = "urn:tracegrains:recall:0192d3a4-7a7e-7cc1-9c3e-00000000000a";
    static readonly string Root = Event.Lot("ROOT"), Innocent = Event.Unit(99_999_999);

    [Fact]
    public async Task It_finishes_after_the_restart_as_if_nothing_had_happened()
    {
        var random = new Random(Seed.Value);
        var prepared = Scratch.NewFolder();
        try
        {
            await using (var silo = await SiloUnderTest.StartOver(prepared, "--shards", "4")) await CaptureLineage(silo);

            // The control run also tells how long each step takes here and now, so that the kills fall into it.
            State recalled, released;
            TimeSpan untilRecalled, untilReleased;
            await using (var control = await SiloUnderTest.StartCopyOf(prepared))
            {
                var clock = Stopwatch.StartNew();
                await Issue(control);
                await Finished(control);
                untilRecalled = clock.Elapsed;
                recalled = await State.Of(control);
                clock.Restart();
                await Withdraw(control);
                await Finished(control);
                untilReleased = clock.Elapsed;
                released = await State.Of(control);
            }
            Assert.Equal(1 + Lots + Lots * UnitsPerLot, recalled.Items.Count);
            Assert.Equal(1 + Lots + Lots * Sample, recalled.Reached.Count);
            Assert.Equal(recalled.Reached, recalled.OnRecord);
            Assert.Empty(released.Items);
            Assert.Empty(released.Reached);
            Assert.Empty(released.OnRecord);

            var budget = Stopwatch.StartNew();
            for (var round = 0; round < RoundsMax && (round < RoundsMin || budget.Elapsed < Budget); round++)
            {
                await using var silo = await SiloUnderTest.StartCopyOf(prepared);
                await KillDuring(silo, Issue(silo), round, untilRecalled, random);
                await Issue(silo);
                await Finished(silo);
                recalled.MustBe(await State.Of(silo), $"round {round}, issued; {Seed.Hint}");
                await MadeFromRecalledIsRecalled(silo);

                if (round % 2 == 1) continue;
                await KillDuring(silo, Withdraw(silo), round, untilReleased, random);
                await Withdraw(silo);
                await Finished(silo);
                released.MustBe(await State.Of(silo), $"round {round}, withdrawn; {Seed.Hint}");
            }
            output.WriteLine($"issued to on record {untilRecalled.TotalMilliseconds:0} ms, withdrawn to released {untilReleased.TotalMilliseconds:0} ms; {Seed.Hint}");
        }
        finally
        {
            Directory.Delete(prepared, recursive: true);
        }
    }

    /// <summary>Kills at a random moment of the work that an order starts: before its answer, right after it, in the wave, or while things are put on record.</summary>
    static async Task KillDuring(SiloUnderTest silo, Task order, int round, TimeSpan length, Random random)
    {
        // Round 0 waits for the answer, which is the moment between "in force on its scope" and the wave.
        if (round == 0) await order;
        else await Task.Delay(length * random.NextDouble());
        await silo.Process.Kill();
        await order.ContinueWith(_ => { }, TaskScheduler.Default);
        await silo.KillAndStart();
    }

    /// <summary>A root lot, lots made from it, units made from those; and a unit that nothing ties to them, on the same list.</summary>
    static async Task CaptureLineage(SiloUnderTest silo)
    {
        var id = 0;
        string NextId() => $"urn:uuid:00000000-0000-4000-8000-{id++:x12}";
        await Capture(silo, Event.Document(Enumerable.Range(0, Lots).Select(lot => Event.LotFromLot(NextId(), lot, Root, Lot(lot)))));
        await Capture(silo, Event.Document(Enumerable.Range(0, Lots).Select(lot => Event.UnitsFromLot(NextId(), 100 + lot, Lot(lot), Units(lot)))));
        await Capture(silo, Event.Document(Event.Observe(NextId(), 200, [Innocent, .. Units(0)])));
    }

    static string Lot(int lot) => Event.Lot($"L{lot}");

    static IEnumerable<string> Units(int lot) => Enumerable.Range(lot * UnitsPerLot + 1, UnitsPerLot).Select(Event.Unit);

    static async Task MadeFromRecalledIsRecalled(SiloUnderTest silo)
    {
        var late = Event.Unit(88_888_888);
        await Capture(silo, Event.Document(Event.UnitsFromLot("urn:uuid:00000000-0000-4000-8000-ffffffffffff", 300, Lot(Lots - 1), late)));
        var answer = await silo.Query($"{{ late: unit(code: \"{late}\") {{ recalled }} innocent: unit(code: \"{Innocent}\") {{ recalled }} }}");
        Assert.True(answer.GetProperty("late").GetProperty("recalled").GetBoolean(), Seed.Hint);
        Assert.False(answer.GetProperty("innocent").GetProperty("recalled").GetBoolean(), Seed.Hint);
    }

    static async Task Capture(SiloUnderTest silo, byte[] document)
    {
        var answer = await silo.Capture(document);
        Assert.True(answer is { Status: 202 }, $"{answer?.Status} {answer?.Body}");
    }

    /// <summary>The same order again is answered as the first time.</summary>
    static async Task Issue(SiloUnderTest silo)
    {
        var answer = await silo.Query($"mutation {{ issueRecall(input: {{ id: \"{Recall}\", scope: {{ code: \"{Root}\" }}, reason: \"Listeria\", class: I }}) {{ recall {{ id }} refusal {{ message }} }} }}");
        Assert.Equal(Recall, answer.GetProperty("issueRecall").GetProperty("recall").GetProperty("id").GetString());
    }

    static async Task Withdraw(SiloUnderTest silo)
    {
        var answer = await silo.Query($"mutation {{ withdrawRecall(id: \"{Recall}\", reason: \"Two samples mixed up\") {{ recall {{ id }} refusal {{ message }} }} }}");
        Assert.Equal(Recall, answer.GetProperty("withdrawRecall").GetProperty("recall").GetProperty("id").GetString());
    }

    /// <summary>Waits as a client does: the stream of progress ends when every thing's own chain says what is in force.</summary>
    static async Task Finished(SiloUnderTest silo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query = $"subscription {{ recallProgress(id: \"{Recall}\") {{ status reached onRecord }} }}" }), System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var response = await silo.Http.SendAsync(request);
        var events = await response.Content.ReadAsStringAsync();
        Assert.True(events.Contains("event: complete", StringComparison.Ordinal), events);
    }

    /// <summary>What the silo answers about the recall and about things that could be reached: all lots, some units of each, and the one that must not be.</summary>
    sealed record State(string Status, IReadOnlyList<string> Items, IReadOnlyList<string> Reached, IReadOnlyList<string> OnRecord)
    {
        public static async Task<State> Of(SiloUnderTest silo)
        {
            var recall = (await silo.Query($"{{ recall(id: \"{Recall}\") {{ status reached onRecord items(first: 10000) {{ nodes {{ code }} }} }} }}")).GetProperty("recall");
            var items = recall.GetProperty("items").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("code").GetString()!).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(recall.GetProperty("reached").GetInt32(), items.Count);
            Assert.Equal(recall.GetProperty("reached").GetInt32(), recall.GetProperty("onRecord").GetInt32());
            List<string> reached = [], onRecord = [];
            string[] things = [Root, Innocent, .. Enumerable.Range(0, Lots).Select(Lot), .. Enumerable.Range(0, Lots).SelectMany(lot => Units(lot).Take(Sample))];
            foreach (var chunk in things.Chunk(100))
            {
                var answers = await silo.Query("{" + string.Join(' ', chunk.Select((code, i) => $"u{i}: entity(code: \"{code}\") {{ recalled persistentDispositions }}")) + "}");
                foreach (var (i, code) in chunk.Index())
                {
                    var thing = answers.GetProperty($"u{i}");
                    if (thing.GetProperty("recalled").GetBoolean()) reached.Add(code);
                    if (thing.GetProperty("persistentDispositions").EnumerateArray().Any(word => word.GetString()!.EndsWith("recalled", StringComparison.Ordinal))) onRecord.Add(code);
                }
            }
            return new(recall.GetProperty("status").GetString()!, items, reached, onRecord);
        }

        public void MustBe(State found, string when)
        {
            Assert.True(Status == found.Status, $"expected {Status}, found {found.Status}: {when}");
            Same(Items, found.Items, $"items, {when}");
            Same(Reached, found.Reached, $"recalled, {when}");
            Same(OnRecord, found.OnRecord, $"on record, {when}");
        }

        static void Same(IReadOnlyList<string> expected, IReadOnlyList<string> found, string what) => Assert.True(
            expected.SequenceEqual(found), $"{what}: missing {string.Join(' ', expected.Except(found).Take(10))}; too many {string.Join(' ', found.Except(expected).Take(10))}");
    }
}
