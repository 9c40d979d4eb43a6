using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Cluster.Tests;

/// <summary>
/// Three silos over PostgreSQL under a mixed load, while silos are killed and started and the database crashes. <c>TRACEGRAINS_SEED</c> repeats a run's chances,
/// <c>TRACEGRAINS_CLUSTER_SECONDS</c> sets how long it goes on.
/// </summary>
public sealed class KilledSilosTests(ITestOutputHelper output)
{
    static readonly TimeSpan duration = TimeSpan.FromSeconds(Setting("TRACEGRAINS_CLUSTER_SECONDS", 60)), patience = TimeSpan.FromMinutes(2);

    readonly ConcurrentQueue<string> history = [];
    readonly Stopwatch clock = Stopwatch.StartNew();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_whatever_is_killed()
    {
        var seed = Setting("TRACEGRAINS_SEED", Random.Shared.Next());
        var random = new Random(seed);
        await using var server = await PrivatePostgres.New();
        var database = server.ConnectionString("postgres");
        var nodes = Enumerable.Range(0, 3).Select(_ => new Node(database)).ToList();
        try
        {
            foreach (var node in nodes) await node.Start();
            var load = new MixedLoad(nodes, random, Tell);
            using var stop = new CancellationTokenSource();
            var running = load.Run(stop.Token);
            for (var until = clock.Elapsed + duration; clock.Elapsed < until && !running.IsCompleted; await Task.Delay(random.Next(2_000, 6_000))) await Harm(server, nodes, random);
            await stop.CancelAsync();
            await running;
            Tell($"{load.Acknowledged.Count} events acknowledged, {load.Sent.Count - load.Acknowledged.Count} not, {load.Recalls.Count} recalls, {load.Failures} failures that clients saw");

            await using var ledger = await PostgresLedger.Open(database, 1, 0);
            var recorded = await Check(ledger, load);
            await CheckRecalls(nodes, load, recorded);
            output.WriteLine(string.Join('\n', history));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"TRACEGRAINS_SEED={seed}\n{string.Join('\n', history)}\n{string.Join("\n--\n", nodes.Select(node => node.Said))}", failure);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Captures_go_on_when_the_silo_of_the_sequencer_is_killed()
    {
        await using var server = await PrivatePostgres.New();
        var database = server.ConnectionString("postgres");
        var nodes = Enumerable.Range(0, 3).Select(_ => new Node(database)).ToList();
        try
        {
            // The first to start has the sequencer: it asked for it when nobody else was there.
            foreach (var node in nodes) await node.Start();
            var random = new Random(1);
            Assert.NotNull(await nodes[1].Capture(Told.Document([Told.Seen(random, Told.Unit(1))])));
            await nodes[0].Kill();
            var away = Stopwatch.StartNew();
            var document = Told.Document([Told.Seen(random, Told.Unit(2))]);
            long[]? places = null;
            while (places is null && away.Elapsed < patience) places = await nodes[1].Capture(document);
            Assert.Equal(2, Assert.Single(places ?? []));
            output.WriteLine($"kill -9 of the sequencer's silo to the next acknowledged capture: {away.Elapsed.TotalSeconds:0.00} s");
            Assert.NotNull(await nodes[2].Capture(Told.Document([Told.Seen(random, Told.Unit(3))])));
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    async Task Harm(PrivatePostgres server, List<Node> nodes, Random random)
    {
        if (random.Next(5) == 0)
        {
            Tell("the database crashes");
            await server.Crash(TimeSpan.FromMilliseconds(random.Next(500)));
            Tell("the database is back");
            return;
        }
        var victim = random.Next(nodes.Count);
        Tell($"kill -9 of silo {victim}");
        await nodes[victim].Kill();
        await Task.Delay(random.Next(3_000));
        await nodes[victim].DisposeAsync();
        await nodes[victim].Start();
        Tell($"silo {victim} is back");
    }

    /// <summary>I1 to I4: what was acknowledged is there once and where it was said, the order has no gap, every chain can be computed again.</summary>
    static async Task<IReadOnlyList<LedgerEvent>> Check(PostgresLedger ledger, MixedLoad load)
    {
        var recorded = await ledger.ReadEvents(0, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, recorded.Count).Select(n => (long)n), recorded.Select(e => e.Sequence));
        Assert.Equal(recorded.Count, recorded.Select(e => e.EventId).Distinct().Count());
        var places = recorded.ToDictionary(e => e.EventId, e => e.Sequence);
        foreach (var (id, place) in load.Acknowledged) Assert.Equal(place, places.GetValueOrDefault(id));
        foreach (var entity in await ledger.FindByPrefix("", null, int.MaxValue))
        {
            var hash = new byte[32];
            foreach (var (link, e) in await ledger.ReadChain(entity.Number, 0, int.MaxValue))
            {
                hash = LedgerHash.Link(hash, LedgerHash.EventHash(e!.RecordTime, e.Json));
                Assert.Equal(hash, link.Hash);
            }
        }
        return recorded;
    }

    /// <summary>I5, I6, I9: whichever silo is asked, a recall has reached exactly what the recorded events make of its lot.</summary>
    static async Task CheckRecalls(List<Node> nodes, MixedLoad load, IReadOnlyList<LedgerEvent> recorded)
    {
        var told = recorded.Where(e => load.Sent.ContainsKey(e.EventId)).Select(e => load.Sent[e.EventId]).ToList();
        foreach (var (id, lot) in load.Recalls)
        {
            var expected = Reach.From(lot, told).Append(lot).Distinct().Order(StringComparer.Ordinal).ToList();
            foreach (var node in nodes)
            {
                List<string> found = [];
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience; await Task.Delay(500))
                {
                    var recall = (await node.Query($"{{ recall(id: \"{id}\") {{ status items(first: 10000) {{ nodes {{ code }} }} }} }}"))?.GetProperty("recall");
                    if (recall?.GetProperty("status").GetString() != "EFFECTIVE") continue;
                    found = [.. recall.Value.GetProperty("items").GetProperty("nodes").EnumerateArray().Select(item => item.GetProperty("code").GetString()!).Order(StringComparer.Ordinal)];
                    if (found.SequenceEqual(expected)) break;
                }
                Assert.True(expected.SequenceEqual(found), $"{id} of {lot}: missing {string.Join(' ', expected.Except(found).Take(10))}; too many {string.Join(' ', found.Except(expected).Take(10))}");
            }
        }
    }

    void Tell(string what) => history.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,6:0.0} {what}"));

    static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : usual;
}
