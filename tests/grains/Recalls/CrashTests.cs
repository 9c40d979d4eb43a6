using System.Text.Json;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Grains.Tests.Recalls;

/// <summary>Invariants I5, I6 and I9: whatever ends in the middle of a recall, it finishes, and a rebuild from the events alone says the same.</summary>
public sealed class CrashTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly string raw = Told.Lot(Told.Cheese, "R");

    /// <summary>Six levels, each lot made into two lots and ten units; a sibling lot that has nothing to do with it.</summary>
    static IEnumerable<string> Generations()
    {
        yield return Told.Made(raw, Told.Lot(Told.Cheese, "S"));
        for (var lot = 1; lot < 32; lot++)
            yield return Told.From(
                [lot == 1 ? raw : Told.Lot(Told.Milk, $"L{lot}")],
                [Told.Lot(Told.Milk, $"L{2 * lot}"), Told.Lot(Told.Milk, $"L{(2 * lot) + 1}"), .. Enumerable.Range(0, 10).Select(i => Told.Unit(Told.Milk, (lot * 100) + i))]);
        yield return Told.From([Told.Lot(Told.Cheese, "S")], [.. Enumerable.Range(0, 50).Select(i => Told.Unit(Told.Cheese, i))]);
    }

    /// <summary>The raw lot, 62 lots, 310 units, and the one that is made while the wave is on its way.</summary>
    const int Reached = 1 + 62 + 310 + 1;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    public async Task A_recall_cut_short_anywhere_finishes_after_the_restart(int seed, int silos)
    {
        var random = new Random(seed);
        var late = Told.Unit(Told.Cheese, 999);
        var made = Told.From([Told.Lot(Told.Milk, "L17")], [late]);
        var cut = random.Next(1, 4);
        var isAcknowledged = false;
        var system = await Silos.Start(folder, silos);
        await system.Record([.. Generations()]);
        // The kill comes with the n-th append after the order: before the notice is durable, after it, or among the notices of what it reaches.
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), never = new();
        var appends = 0;
        foreach (var ledger in system.Ledgers)
        {
            async Task Cut()
            {
                if (Interlocked.Increment(ref appends) < cut) return;
                reached.TrySetResult();
                await never.Task;
            }
            if (random.Next(2) == 0) ledger.Before = _ => Cut();
            else ledger.After = _ => Cut();
        }
        var order = Task.Run(async () =>
        {
            await system.Recall("a").Issue(new() { Code = raw, Reason = "residues", Class = RecallClass.I });
            isAcknowledged = true;
            await system.Record(made);
        });
        await reached.Task.WaitAsync(Silos.Patience);
        never.SetException(new IOException("the machine is off"));
        await system.Kill();
        await Record.ExceptionAsync(() => order.WaitAsync(Silos.Patience));

        string before;
        await using (var again = await Silos.Start(folder, silos))
        {
            await again.Sequencer.Head();
            await again.Registry.ReworkAll();
            if (isAcknowledged) Assert.NotNull(await again.Recall("a").View());
            // Whoever got no answer asks again.
            Assert.Null((await again.Recall("a").Issue(new() { Code = raw, Reason = "residues", Class = RecallClass.I })).Refused);
            await again.Record(made);
            // What was made late is marked at once and counted a moment later.
            var view = await again.Until("a", view => view.OnRecord >= Reached);
            Assert.Equal((Reached, Reached), (view.Reached, view.OnRecord));
            Assert.Single(await again.RecallsOf(late));
            var downstream = await again.Lineage.Trace(new() { Code = raw, Follow = EdgeKind.MadeOf, First = 10_000 });
            var items = (await again.Recall("a").Items(0, 10_000)).Items.Select(item => item.Code).ToList();
            Assert.Equal(downstream!.Items.Select(item => item.Code).Append(raw).Order(StringComparer.Ordinal), items.Order(StringComparer.Ordinal));
            before = await Marks(again);
        }
        await Rebuild();
        await using var rebuilt = await Silos.Start(folder, silos);
        await rebuilt.Registry.ReworkAll();
        await rebuilt.UntilOnRecord("a");
        Assert.Equal(before, await Marks(rebuilt));
    }

    static async Task<string> Marks(Silos system) => JsonSerializer.Serialize(await system.Recall("a").Items(0, 10_000));

    async Task Rebuild()
    {
        await using var ledger = await SqliteLedger.Open(folder.Ledger, Silos.ShardCount, EventFacts.RulesVersion);
        await LedgerRebuild.Run(ledger);
    }

    [Fact]
    public async Task Without_its_projections_the_system_says_the_same()
    {
        // Everything that happened to things, for every eighth code and those that the story names.
        var cast = DemoChain.Cast();
        var count = 0;
        bool Asked(string code) => cast.Names.ContainsKey(code) || ++count % 40 == 0;
        string before;
        await using (var system = await Silos.Start(folder))
        {
            foreach (var document in DemoChain.Documents()) Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, document.Utf8)).Problems);
            await system.Recall("demo").Issue(new() { Code = cast.RecalledLot, Reason = "residues", Class = RecallClass.I });
            await system.Recall("other").Issue(new() { Code = cast.DestroyedLot, Reason = "residues", Class = RecallClass.II });
            await system.UntilOnRecord("demo");
            await system.UntilOnRecord("other");
            await system.Recall("other").Withdraw("destroyed already");
            await system.Until("other", view => view.OnRecord == 0);
            before = await Answers.Print(system, Asked);
        }
        await Rebuild();
        count = 0;
        await using var rebuilt = await Silos.Start(folder);
        await rebuilt.Registry.ReworkAll();
        await rebuilt.UntilOnRecord("demo");
        Assert.Equal(before, await Answers.Print(rebuilt, Asked));
    }
}
