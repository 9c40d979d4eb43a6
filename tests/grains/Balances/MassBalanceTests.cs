using System.Text;
using TraceGrains.Contracts.Balances;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Balances;

public sealed class MassBalanceTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), brine = Told.Lot(Told.Cheese, "B"), lot = Told.Lot(Told.Milk, "A");
    static readonly string[] units = [.. Enumerable.Range(1, 6).Select(serial => Told.Unit(Told.Milk, serial))];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IMassBalanceGrain Balances(Silos system) => system.Grains.GetGrain<IMassBalanceGrain>(0);

    static (decimal, decimal, decimal, decimal, decimal, decimal, decimal) Sums(BalanceView view) => (view.Produced, view.OnHand, view.InTransit, view.Used, view.Sold, view.Destroyed, view.Unaccounted);

    /// <summary>10 kg of raw cheese become six units of a lot and 10 kg of brine; four units go to the shop.</summary>
    static async Task<Silos> Story(TemporaryFolder folder)
    {
        var system = await Silos.Start(folder);
        await system.Record(Told.Made(raw), Told.From([raw], [.. units, lot, brine]), Told.Received(Told.Shop, Told.Counter, 5, units[..4]));
        return system;
    }

    [Fact]
    public async Task A_lot_is_added_up_by_amounts_or_by_its_units()
    {
        await using var system = await Story(folder);
        var ofRaw = Assert.Single((await Balances(system).OfLot(raw, null))!.Balances);
        Assert.Equal(("KGM", (10m, 0m, 0m, 10m, 0m, 0m, 0m), true), (ofRaw.Uom, Sums(ofRaw), ofRaw.Holds));
        var ofLot = (await Balances(system).OfLot(lot, null))!.Balances;
        Assert.Equal([("KGM", 10m), (null, 6m)], ofLot.Select(view => (view.Uom, view.OnHand)));
        Assert.Null(await Balances(system).OfLot(Told.Lot(Told.Milk, "never"), null));

        await system.Record(Told.From([units[5]], [Told.Unit(Told.Cheese, 1)]));
        var after = (await Balances(system).OfLot(lot, null))!.Balances.Single(view => view.Uom is null);
        Assert.Equal((6m, 5m, 0m, 1m, 0m, 0m, 0m), Sums(after));
    }

    [Fact]
    public async Task A_recall_is_added_up_live_while_its_holders_answer()
    {
        await using var system = await Story(folder);
        var recall = system.Grains.GetGrain<Contracts.Recalls.IRecallCaseGrain>(Silos.RecallId("a"));
        async Task Do(CaseEntry entry) => Assert.Null((await recall.Act(new() { Entry = CaseJson.Print(entry), ByName = "Li" })).Message);
        var scope = ScopeJson.Print(new ScopeQuery.Batch(raw));
        await Do(new CaseEntry.Opened("x", CaseMode.Live, "x", scope, []));
        await Do(new CaseEntry.Assessed(RecallClass.I, RecallDepth.Retail, "x", "x", "x"));
        await Do(new CaseEntry.Issued());
        await system.UntilOnRecord("a");
        await Do(new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Sold, units[..1], []), new(AnswerOutcome.Destroyed, units[1..3], [], Witness: "Zhao"), new(AnswerOutcome.NotFound, units[3..4], [])]));
        await Do(new CaseEntry.Answered(Told.Dairy, [new(AnswerOutcome.Destroyed, [], [new(brine, 4, "KGM")], Witness: "Zhao"), new(AnswerOutcome.Sold, [], [new(brine, 500, "GRM")])]));
        foreach (var answer in (BalanceAnswer[])[await Balances(system).OfRecall(Silos.RecallId("a")), await Balances(system).OfScope(scope, null)])
        {
            Assert.Equal((6m, 2m, 0m, 0m, 1m, 2m, 1m), Sums(answer.Balances.Single(view => view.Product == Told.Milk && view.Uom is null)));
            Assert.Equal((20m, 5.5m, 0m, 10m, 0.5m, 4m, 0m), Sums(answer.Balances.Single(view => view.Product == Told.Cheese && view.Uom == "KGM")));
            Assert.False(answer.Balances.Single(view => view.Product == Told.Milk && view.Uom is null).Holds);
        }
        Assert.Equal("scope.batch", (await Balances(system).OfScope(ScopeJson.Print(new ScopeQuery.Batch(Told.Lot(Told.Milk, "never"))), null)).ProblemField);
    }

    [Fact]
    public async Task An_event_declared_wrong_counts_no_more_and_the_past_is_as_it_was()
    {
        await using var system = await Story(folder);
        var wrong = Told.Made(brine);
        await system.Record(wrong);
        Assert.Equal(20, Assert.Single((await Balances(system).OfLot(brine, null))!.Balances).Produced);
        var before = system.Clock.GetUtcNow();
        system.Clock.Advance(TimeSpan.FromMinutes(1));
        await system.Record(Told.DeclaredWrong(wrong));
        Assert.Equal(10, Assert.Single((await Balances(system).OfLot(brine, null))!.Balances).Produced);
        Assert.Equal(20, Assert.Single((await Balances(system).OfLot(brine, before))!.Balances).Produced);
    }

    [Fact]
    public async Task The_category_of_a_product_says_how_much_may_be_missing()
    {
        await using var system = await Story(folder);
        var counted = Encoding.UTF8.GetString(Told.Document(
            $$"""{"type":"ObjectEvent","eventID":"urn:ex:counted","eventTime":"2026-03-05T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"stock_taking","quantityList":[{"epcClass":"{{brine}}","quantity":9.6,"uom":"KGM"}],"destinationList":[{"type":"possessing_party","destination":"{{Told.Dairy}}"}]}"""))
            .Replace("\"epcisBody\"", $$$"""
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:EPCClass","vocabularyElementList":[{"id":"{{{Told.Cheese}}}","attributes":[{"id":"urn:tracegrains:voc:category","attribute":"farm-produce"}]}]}]}},"epcisBody"
            """, StringComparison.Ordinal);
        Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, Encoding.UTF8.GetBytes(counted))).Problems);
        var view = Assert.Single((await Balances(system).OfLot(brine, null))!.Balances);
        Assert.Equal((9.6m, 0.4m, "farm-produce", 0.05m, true), (view.OnHand, view.Unaccounted, view.Category, view.Tolerance, view.Holds));
        Assert.Equal((DiscrepancyKind.CountedLess, Told.Dairy, 0.4m), (Assert.Single(view.Discrepancies).Kind, view.Discrepancies[0].Party, view.Discrepancies[0].Quantity));
    }
}
