using System.Collections.Concurrent;

namespace TraceGrains.Cluster.Tests;

/// <summary>Clients that capture, trace and recall without pause, each through whichever silo it likes; what was acknowledged is remembered.</summary>
sealed class MixedLoad(IReadOnlyList<Node> nodes, Random random, Action<string> tell)
{
    const int Clients = 3, EventsMax = 8, Roots = 4, Lots = 300;

    readonly List<Random> chances = [.. Enumerable.Range(0, Clients).Select(_ => new Random(random.Next()))];

    /// <summary>Places that acknowledged events got, by event id.</summary>
    public ConcurrentDictionary<string, long> Acknowledged { get; } = [];

    /// <summary>Everything that was sent, acknowledged or not.</summary>
    public ConcurrentDictionary<string, Told> Sent { get; } = [];

    /// <summary>Recalls that were acknowledged, and the lot each names.</summary>
    public ConcurrentDictionary<string, string> Recalls { get; } = [];

    public int Failures;

    public Task Run(CancellationToken stop) => Task.WhenAll(chances.Select((chance, client) => Task.Run(() => Client(client, chance, stop), CancellationToken.None)));

    async Task Client(int client, Random chance, CancellationToken stop)
    {
        // What made the roots is there before anything is asked about them.
        await Capture(chance, Enumerable.Range(0, Roots).Select(root => Told.Made(chance, Told.Lot(root), Told.Lot(Roots + root))).ToList(), stop);
        while (!stop.IsCancellationRequested)
            switch (chance.Next(12))
            {
                case 0:
                    await Trace(chance, stop);
                    break;
                case 1 when Recalls.Count < Roots:
                    await Recall(chance, client, stop);
                    break;
                default:
                    await Capture(chance, Enumerable.Range(0, chance.Next(1, EventsMax + 1)).Select(_ => Next(chance)).ToList(), stop);
                    break;
            }
    }

    static Told Next(Random chance) => chance.Next(3) == 0
        ? Told.Seen(chance, Told.Unit(chance.Next(50)), Told.Unit(50 + chance.Next(50)))
        : Told.Made(chance, Told.Lot(chance.Next(Lots)), [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Told.Lot(chance.Next(Roots, Lots))).Distinct()]);

    /// <summary>As a client does whose answer got lost: sends the same again, to another silo.</summary>
    async Task Capture(Random chance, List<Told> events, CancellationToken stop)
    {
        foreach (var told in events) Sent[told.Id] = told;
        while (!stop.IsCancellationRequested)
        {
            if (await nodes[chance.Next(nodes.Count)].Capture(Told.Document(events)) is { } places)
            {
                Assert.Equal(events.Count, places.Length);
                foreach (var (told, place) in events.Zip(places)) Acknowledged[told.Id] = place;
                return;
            }
            await Failed();
        }
    }

    /// <summary>A trace that answers has everything that was acknowledged before it was asked (I8).</summary>
    async Task Trace(Random chance, CancellationToken stop)
    {
        var root = Told.Lot(chance.Next(Roots));
        var expected = Reach.From(root, Acknowledged.Keys.Select(id => Sent[id]));
        var answer = await nodes[chance.Next(nodes.Count)].Query($"{{ trace(code: \"{root}\") {{ total }} }}");
        if (answer is null) await Failed();
        else if (answer.Value.GetProperty("trace") is { ValueKind: System.Text.Json.JsonValueKind.Object } trace)
            Assert.True(trace.GetProperty("total").GetInt32() >= expected.Count, $"{root}: {trace} and {expected.Count} acknowledged");
    }

    async Task Recall(Random chance, int client, CancellationToken stop)
    {
        var lot = Told.Lot(chance.Next(Roots));
        var id = $"urn:tracegrains:recall:0192d3a4-7a7e-7cc1-9c3e-{client:x4}{chance.Next():x8}";
        while (!stop.IsCancellationRequested)
        {
            var answer = await nodes[chance.Next(nodes.Count)].Query(
                $"mutation {{ issueRecall(input: {{ id: \"{id}\", scope: {{ code: \"{lot}\" }}, reason: \"Listeria\", class: I }}) {{ recall {{ id }} refusal {{ message }} }} }}");
            if (answer is null)
            {
                await Failed();
                continue;
            }
            Assert.True(answer.Value.GetProperty("issueRecall").GetProperty("recall").ValueKind == System.Text.Json.JsonValueKind.Object, answer.Value.ToString());
            Recalls[id] = lot;
            tell($"recall {id} of {lot}");
            return;
        }
    }

    Task Failed()
    {
        Interlocked.Increment(ref Failures);
        return Task.Delay(50, CancellationToken.None);
    }
}

/// <summary>What a lot became, worked out in the plainest way.</summary>
static class Reach
{
    public static HashSet<string> From(string root, IEnumerable<Told> events)
    {
        var outputs = events.SelectMany(told => told.Inputs.Select(input => (input, told.Outputs))).ToLookup(pair => pair.input, pair => pair.Outputs);
        var seen = new HashSet<string> { root };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var lot))
            foreach (var output in outputs[lot].SelectMany(made => made))
                if (seen.Add(output)) open.Enqueue(output);
        seen.Remove(root);
        return seen;
    }
}
