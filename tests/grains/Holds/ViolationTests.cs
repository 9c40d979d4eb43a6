using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Grains.Tests.Holds;

/// <summary>Invariant I7: what was moved is recorded, and that it was not to be moved too; once, whatever ends in between.</summary>
public sealed class ViolationTests : IDisposable
{
    static readonly string lot = Told.Lot(Told.Milk, "A");
    static readonly string[] units = [.. Enumerable.Range(1, 6).Select(serial => Told.Unit(Told.Milk, serial))];
    static readonly string clean = Told.Unit(Told.Cheese, 900);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Sold(DateTimeOffset time, params string[] things) => Gate.Moved("retail_selling", time, things, ",\"disposition\":\"retail_sold\"");

    static async Task<Silos> Story(TemporaryFolder folder, int silos = 1)
    {
        var system = await Silos.Start(folder, silos);
        await system.Record(Told.From([lot], units), Told.Made(clean), Told.Packed(Told.Pallet, 3, units[0], clean), Told.Received(Told.Shop, Told.Counter, 5, Told.Pallet, units[1], units[2]));
        return system;
    }

    [Fact]
    public async Task Recalled_goods_that_are_moved_afterwards_raise_a_violation_and_what_was_moved_before_does_not()
    {
        await using var system = await Story(folder, 2);
        var before = system.Clock.GetUtcNow();
        await system.Recall("a").Issue(new() { Code = lot, Reason = "residues", Class = RecallClass.I });
        await system.UntilOnRecord("a");
        var after = system.Clock.GetUtcNow().AddSeconds(1);
        var offending = Told.NewId();
        await system.Record(
            Sold(before.AddSeconds(-1), units[4]),
            Gate.Moved("shipping", after, [units[1], units[2], clean], id: offending),
            Gate.Moved("shipping", after, [units[3]], ",\"disposition\":\"returned\""),
            Gate.Moved("receiving", after, [units[3]]));
        var violation = Assert.Single(await system.Violations());
        Assert.Equal((offending, "shipping", Told.Shop), (violation.EventId, violation.Step, violation.Holder));
        var finding = Assert.Single(violation.Findings);
        Assert.Equal(units[1..3], finding.Things);
        Assert.Equal((MoveReasonKind.Recalled, Silos.RecallId("a")), (Assert.Single(finding.Reasons).Kind, finding.Reasons[0].Recall));
        // It stands in the chains of what was moved, and of nothing else.
        var inChains = await Task.WhenAll(new[] { units[1], units[2], clean, units[3] }.Select(async unit => (await system.Entity(unit).Chain(0, 100)).Links.Count(link => ViolationEvent.TryRead(link.Event.Json) is not null)));
        Assert.Equal([1, 1, 0, 0], inChains);
        // The event itself is recorded.
        Assert.Single(await system.Grains.GetGrain<IEventsGrain>(0).ById(offending));
        // A pallet with a recalled unit in it.
        await system.Record(Gate.Moved("shipping", after.AddSeconds(1), [Told.Pallet]));
        violation = (await system.Violations())[^1];
        Assert.Equal([Told.Pallet], violation.Findings[0].Things);
        Assert.Equal((MoveRelation.Content, units[0]), (violation.Findings[0].Reasons[0].Relation, violation.Findings[0].Reasons[0].Code));
    }

    [Fact]
    public async Task Of_two_sales_the_one_told_later_is_the_violation_whichever_came_first()
    {
        await using var system = await Story(folder);
        var day = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);
        await system.Record(Sold(day.AddHours(5), units[1]), Sold(day.AddHours(5), units[2]));
        Assert.Empty(await system.Violations());
        await system.Record(Sold(day.AddHours(6), units[1]));
        await system.Record(Sold(day.AddHours(4), units[2]));
        // One sale, told twice: by the till and with its invoice.
        await system.Record(Gate.Moved("retail_selling", day.AddHours(5), [units[3]]), Gate.Moved("retail_selling", day.AddHours(5), [units[3]], ",\"disposition\":\"retail_sold\""));
        Assert.Equal([units[1], units[2]], (await system.Violations()).Select(violation => Assert.Single(Assert.Single(violation.Findings).Things)));
    }

    [Fact]
    public async Task A_hold_on_the_lot_a_used_up_ingredient_and_an_overdue_cylinder_are_found()
    {
        await using var system = await Silos.Start(folder);
        var (whole, unit) = (Told.Lot(Told.Cheese, "H"), Told.Unit(Told.Cheese, 1));
        await system.Record(
            Told.Made(whole),
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-04T00:01:00Z","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning","epcList":["{{unit}}"],"ilmd":{"cbvmda:lotNumber":"H"} }""",
            """{"type":"ObjectEvent","eventTime":"2026-03-04T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"inspecting","epcList":["urn:ex:cylinder"],"urn:tracegrains:voc:nextInspectionDate":"2026-03-31"}""");
        await system.Place("1", whole);
        var now = system.Clock.GetUtcNow().AddSeconds(1);
        await system.Record(
            Gate.Moved("shipping", now, [unit]),
            $$"""{"type":"TransformationEvent","eventTime":"{{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}","eventTimeZoneOffset":"+08:00","inputQuantityList":[{"epcClass":"{{whole}}","quantity":1,"uom":"KGM"}],"outputEPCList":["{{Told.Unit(Told.Milk, 9)}}"]}""",
            Gate.Moved(MoveSteps.Fill, new(2026, 4, 2, 0, 0, 0, TimeSpan.Zero), ["urn:ex:cylinder"]));
        var found = await system.Violations();
        Assert.Equal([
            $"shipping {unit} OnHold Lot {whole}", $"{MoveSteps.Consume} {whole} OnHold Itself ", $"{MoveSteps.Fill} urn:ex:cylinder Overdue Itself ",
        ], found.Select(violation => $"{violation.Step} {violation.Findings[0].Things[0]} {violation.Findings[0].Reasons[0].Kind} {violation.Findings[0].Reasons[0].Relation} {violation.Findings[0].Reasons[0].Code}"));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, true)]
    [InlineData(1, 1, false)]
    [InlineData(2, 2, false)]
    public async Task A_violation_is_raised_once_whatever_ends_in_between(int cut, int silos, bool beforeDurable)
    {
        var system = await Story(folder, silos);
        await system.Recall("a").Issue(new() { Code = lot, Reason = "residues", Class = RecallClass.I });
        await system.UntilOnRecord("a");
        var moved = Enumerable.Range(0, 4).Select(i => Gate.Moved("shipping", system.Clock.GetUtcNow().AddSeconds(1 + i), [units[1 + i]])).ToArray();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), never = new();
        var appends = 0;
        foreach (var ledger in system.Ledgers)
        {
            // The n-th append that records violations, before or after it is durable: nobody hears of it.
            async Task Cut(Ledger.LedgerBatch batch)
            {
                if (!batch.Events.Any(e => ViolationEvent.TryRead(e.Json) is not null) || Interlocked.Increment(ref appends) < cut) return;
                reached.TrySetResult();
                await never.Task;
            }
            if (beforeDurable) ledger.Before = Cut;
            else ledger.After = Cut;
        }
        var capture = Task.Run(async () =>
        {
            foreach (var one in moved)
            {
                await system.Record(one);
                // Each in a commit of its own, so that there are several appends to end in.
                if (appends == 0) await system.Grains.GetGrain<IViolationWatchGrain>(0).CatchUp((await system.Ledger.ReadHead()).Sequence);
            }
        });
        await reached.Task.WaitAsync(Silos.Patience);
        never.SetException(new IOException("the machine is off"));
        await system.Kill();
        await Record.ExceptionAsync(() => capture.WaitAsync(Silos.Patience));

        await using (var again = await Silos.Start(folder, silos))
        {
            await again.Registry.ReworkAll();
            foreach (var one in moved) await again.Record(one);
            var violations = await again.Violations();
            Assert.Equal(units[1..5], violations.SelectMany(violation => violation.Findings).SelectMany(finding => finding.Things).Order(StringComparer.Ordinal));
        }
        // The cursor is lost and the projections are made anew: everything is looked at again, and nothing is raised again.
        File.Delete(folder.Cases);
        foreach (var side in Directory.GetFiles(Path.GetDirectoryName(folder.Cases)!, Path.GetFileName(folder.Cases) + "-*")) File.Delete(side);
        await using (var ledger = await SqliteLedger.Open(folder.Ledger, Silos.ShardCount, EventFacts.RulesVersion)) await LedgerRebuild.Run(ledger);
        await using var rebuilt = await Silos.Start(folder, silos);
        await rebuilt.Registry.ReworkAll();
        Assert.Equal(4, (await rebuilt.Violations()).Count);
        Assert.False((await rebuilt.Ask(units[0], "shipping")).Allowed);
    }

    [Fact]
    public async Task Movements_that_a_shard_has_forgotten_are_read_again()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made([.. Enumerable.Range(0, 3_000).Select(serial => Told.Unit(Told.Milk, serial))]));
        await system.Violations();
        await system.Place("1", Told.Unit(Told.Milk, 7));
        // More movements in one commit than the shards remember.
        var now = system.Clock.GetUtcNow().AddSeconds(1);
        await system.Record([.. Enumerable.Range(0, 20).Select(i => Gate.Moved("shipping", now.AddSeconds(i), [.. Enumerable.Range(0, 3_000).Select(serial => Told.Unit(Told.Milk, serial))]))]);
        Assert.Equal(20, (await system.Violations()).Count(violation => violation.Findings.Single().Things.SequenceEqual([Told.Unit(Told.Milk, 7)])));
    }

    [Fact]
    public async Task Whoever_watches_hears_of_a_violation()
    {
        await using var system = await Story(folder);
        await system.Place("1", units[1]);
        var watch = system.Grains.GetGrain<IViolationWatchGrain>(0);
        var known = await watch.Watch(-1);
        Assert.Equal((await system.Ledger.ReadHead()).Sequence, known);
        var news = watch.Watch(known);
        await system.Record(Gate.Moved("shipping", system.Clock.GetUtcNow().AddSeconds(1), [units[1]]));
        Assert.True(await news.WaitAsync(Silos.Patience) > known);
        Assert.Single(await system.Violations());
    }
}
