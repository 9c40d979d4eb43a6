using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Recalls;

/// <summary>Notices to holders and their answers.</summary>
public sealed class RecallAnswerTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), brine = Told.Lot(Told.Cheese, "B");
    static readonly string[] units = [.. Enumerable.Range(1, 6).Select(serial => Told.Unit(Told.Milk, serial))];
    static readonly string scope = ScopeJson.Print(new ScopeQuery.Batch(raw));

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IRecallCaseGrain Case(Silos system, string name = "a") => system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId(name));

    static Task<CaseAnswer> Act(Silos system, CaseEntry entry, string by = "Li", string? actId = null, string name = "a") =>
        Case(system, name).Act(new() { Entry = CaseJson.Print(entry), ByName = by, ActId = actId });

    static async Task Do(Silos system, CaseEntry entry, string name = "a") => Assert.Null((await Act(system, entry, name: name)).Message);

    /// <summary>Six units and 10 kg of brine of one raw lot, which is used up: four units in the shop, two units and the brine in the dairy.</summary>
    static async Task<Silos> Issued(TemporaryFolder folder, CaseMode mode = CaseMode.Live, AheadClock? clock = null)
    {
        var system = await Silos.Start(folder, 1, clock);
        await system.Record(Told.Made(raw), Told.From([raw], [.. units, brine]), Told.Received(Told.Shop, Told.Counter, 5, units[..4]));
        foreach (var entry in (CaseEntry[])
            [
                new CaseEntry.Opened("Listeria", mode, "found", scope, []), new CaseEntry.Assessed(RecallClass.I, RecallDepth.Consumer, "h", "s", "stop sale"), new CaseEntry.Issued(),
            ])
            await Do(system, entry);
        await Until(system, file => file.Any(entry => entry is CaseEntry.Notified));
        return system;
    }

    static async Task<List<CaseEntry>> Until(Silos system, Func<List<CaseEntry>, bool> holds)
    {
        var until = DateTime.UtcNow + Silos.Patience;
        for (var view = (await Case(system).View())!; ; view = (await Case(system).Watch(view.Entries))!)
        {
            var file = (await Case(system).Entries(0, 1_000)).Select(entry => CaseJson.TryRead(entry.Entry, out var read, out _) ? read : null).OfType<CaseEntry>().ToList();
            if (holds(file)) return file;
            Assert.True(DateTime.UtcNow < until, string.Join(' ', file.Select(entry => entry.GetType().Name)));
        }
    }

    static async Task<CasePartyView> Party(Silos system, string party) => (await Case(system).Party(party))!;

    static CaseEntry.Answered Said(string party, AnswerOutcome outcome, params string[] codes) => new(party, [new(outcome, codes, [], Witness: outcome == AnswerOutcome.Destroyed ? "Zhao" : null)]);

    [Fact]
    public async Task Each_holder_is_told_what_it_has_and_finds_it_in_its_inbox()
    {
        await using var system = await Issued(folder);
        var parties = await Case(system).Parties(null, 100);
        Assert.Equal([(Told.Dairy, 2, 1), (Told.Shop, 4, 0)], parties.Select(party => (party.Party!, party.Things, party.Lots)).Order());
        Assert.All(parties, party => Assert.NotNull(party.NotifiedAt));
        var goods = await Case(system).Goods(Told.Shop, null, 3);
        Assert.Equal(units[..3], goods.Items.Select(item => item.Code));
        Assert.Equal(Told.Counter, goods.Items[0].Location);
        Assert.Equal([units[3]], (await Case(system).Goods(Told.Shop, goods.Next, 3)).Items.Select(item => item.Code));
        Assert.Equal([(brine, 10m, "KGM")], (await Case(system).Goods(Told.Dairy, null, 100)).Lots.Select(lot => (lot.Lot, lot.Quantity!.Value, lot.Uom!)).Order());

        var inbox = Assert.Single(await system.Grains.GetGrain<IRecallCasesGrain>(0).Inbox(Told.Shop));
        Assert.Equal((Silos.RecallId("a"), "stop sale", 4), (inbox.Case.Id, inbox.Case.Instructions, inbox.Party.Things));
        Assert.Empty(await system.Grains.GetGrain<IRecallCasesGrain>(0).Inbox(Told.Depot));
    }

    [Fact]
    public async Task An_answer_is_an_event_about_the_goods_and_leaves_the_rest_to_be_answered_for()
    {
        await using var system = await Issued(folder);
        await Do(system, new CaseEntry.Acknowledged(Told.Shop));
        await Do(system, Said(Told.Shop, AnswerOutcome.Destroyed, units[0]));
        await Do(system, new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Quarantined, [units[1]], []), new(AnswerOutcome.Sold, [units[2]], [])], "sold on Monday"));
        var shop = await Party(system, Told.Shop);
        Assert.Equal((1, 4), (shop.Things, shop.ToldOf));
        Assert.Equal([(AnswerOutcome.Quarantined, 1), (AnswerOutcome.Destroyed, 1), (AnswerOutcome.Sold, 1)], shop.Answered.Select(count => (count.Outcome, count.Count)));
        Assert.Equal([units[3]], (await Case(system).Goods(Told.Shop, null, 100)).Items.Select(item => item.Code));

        var destroyed = (await system.Entity(units[0]).View(null))!;
        Assert.Equal(("destroyed", Told.Shop), (destroyed.State.Disposition, destroyed.State.Holder));
        Assert.Equal("non_sellable_other", (await system.Entity(units[1]).View(null))!.State.Disposition);
        var chain = await system.Entity(units[0]).Chain(0, 100);
        Assert.Contains(chain.Links, link => link.Event.EventId.StartsWith(Silos.RecallId("a") + ":case:", StringComparison.Ordinal));
        Assert.True((await system.Entity(units[0]).Verify()).Holds);
    }

    [Fact]
    public async Task What_is_said_of_goods_that_are_not_recalled_or_without_a_witness_is_refused()
    {
        await using var system = await Issued(folder);
        var clean = Told.Unit(Told.Cheese, 9);
        await system.Record(Told.Made(clean));
        var before = (await Case(system).View())!.Entries;
        Assert.Equal(CaseRefusal.NotRecalled, (await Act(system, Said(Told.Shop, AnswerOutcome.Quarantined, units[0], clean))).Refused);
        Assert.Equal(CaseRefusal.NotRecalled, (await Act(system, Said(Told.Shop, AnswerOutcome.Quarantined, Told.Unit(Told.Cheese, 777)))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Destroyed, [units[0]], [])]))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Answered(Told.Shop, []))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Answered(Told.Shop, [new(AnswerOutcome.Sold, [], [new(brine, 0)])]))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, Said("urn:epc:id:pgln:0614141.00000", AnswerOutcome.Sold, units[0]))).Refused);
        Assert.Equal(CaseRefusal.NotYours, (await Act(system, new CaseEntry.Chased([Told.Shop]))).Refused);
        Assert.Equal(before, (await Case(system).View())!.Entries);
    }

    [Fact]
    public async Task Whoever_goods_were_passed_on_to_is_told_and_whoever_passed_them_on_has_answered()
    {
        await using var system = await Issued(folder);
        await Do(system, new CaseEntry.PassedOn(Told.Shop, [new("Canteen of the school", units[..2], []), new("Depot", [units[2]], [], Told.Depot)]));
        await Until(system, file => file.OfType<CaseEntry.Notified>().Any(told => told.Parties.Any(party => party.Party == Told.Depot)));
        // Its code is made for it, and a name is not found by it.
        var canteen = Assert.Single(await Case(system).Parties(null, 100), party => party.Name == "Canteen of the school").Party!;
        Assert.NotEqual(AnswerRules.CodeOf(new("Canteen of the school", [], [])), canteen);
        Assert.Equal((0, 2, "Canteen of the school"), ((await Party(system, canteen)).Things, (await Party(system, canteen)).OnTheWay, (await Party(system, canteen)).Name));
        Assert.Equal((0, 1), ((await Party(system, Told.Depot)).Things, (await Party(system, Told.Depot)).OnTheWay));
        Assert.Equal([units[3]], (await Case(system).Goods(Told.Shop, null, 100)).Items.Select(item => item.Code));
        await Do(system, Said(canteen, AnswerOutcome.UsedUp, units[..2]));
        Assert.Equal(0, (await Party(system, canteen)).OnTheWay);
    }

    [Fact]
    public async Task A_lot_on_a_pallet_is_asked_of_whoever_has_the_pallet_and_not_of_whoever_packed_it()
    {
        await using var system = await Issued(folder);
        Assert.Equal((1, 2), ((await Party(system, Told.Dairy)).Lots, (await Party(system, Told.Dairy)).Things));
        await system.Record(Told.Packed(Told.Pallet, 6, brine), Told.Received(Told.Depot, Told.Counter, 7, Told.Pallet));
        await system.Grains.GetGrain<IRecallCasesGrain>(0).Pulse();
        Assert.Equal([(brine, 10m, "KGM")], (await Case(system).Goods(Told.Depot, null, 100)).Lots.Select(lot => (lot.Lot, lot.Quantity!.Value, lot.Uom!)));
        Assert.NotNull((await Party(system, Told.Depot)).NotifiedAt);
        Assert.Equal((0, 2), ((await Party(system, Told.Dairy)).Lots, (await Party(system, Told.Dairy)).Things));
        var held = Assert.Single((await system.Entity(brine).View(null))!.State.Holdings);
        Assert.Equal((Told.Depot, AccountKind.Holder, 10m), (held.Account, held.Kind, held.Quantity));
        await Do(system, new CaseEntry.Answered(Told.Depot, [new(AnswerOutcome.Destroyed, [], [new(brine, 10, "KGM")], Witness: "Zhao")]));
        Assert.Equal(0, (await Party(system, Told.Depot)).Lots);
        Assert.Empty((await system.Entity(brine).View(null))!.State.Holdings);
    }

    [Fact]
    public async Task Goods_captured_later_are_told_of_at_the_next_pulse()
    {
        await using var system = await Issued(folder);
        var late = Told.Unit(Told.Cheese, 44);
        await system.Record(Told.From([raw], [late]), Told.Received(Told.Depot, Told.Counter, 7, late));
        await system.Grains.GetGrain<IRecallCasesGrain>(0).Pulse();
        Assert.Equal((1, 1), ((await Party(system, Told.Depot)).Things, (await Party(system, Told.Depot)).ToldOf));
        var entries = (await Case(system).View())!.Entries;
        await system.Grains.GetGrain<IRecallCasesGrain>(0).Pulse();
        Assert.Equal(entries, (await Case(system).View())!.Entries);
    }

    [Fact]
    public async Task Whoever_does_not_answer_is_reminded_and_handed_over_step_by_step()
    {
        var clock = new AheadClock();
        await using var system = await Issued(folder, clock: clock);
        await Do(system, new CaseEntry.Answered(Told.Dairy, [new(AnswerOutcome.Quarantined, units[4..], [new(brine, 10, "KGM")])]));
        Assert.Null((await Party(system, Told.Dairy)).AnswerDue);
        foreach (var (reminders, level) in ((int, EscalationLevel)[])[(1, EscalationLevel.None), (2, EscalationLevel.District), (3, EscalationLevel.District), (4, EscalationLevel.City)])
        {
            await Case(system).Pulse();
            clock.Advance(TimeSpan.FromHours(24));
            await Case(system).Pulse();
            var shop = await Party(system, Told.Shop);
            Assert.Equal((reminders, level), (shop.Reminders, shop.Level));
        }
        Assert.Equal((0, EscalationLevel.None), ((await Party(system, Told.Dairy)).Reminders, (await Party(system, Told.Dairy)).Level));
    }

    [Fact]
    public async Task A_case_is_completed_when_everybody_has_answered_or_with_a_reason()
    {
        await using var system = await Issued(folder);
        Assert.Equal(CaseRefusal.AnswersMissing, (await Act(system, new CaseEntry.Completed("all done"))).Refused);
        await Do(system, Said(Told.Shop, AnswerOutcome.Returned, units[..4]));
        await Do(system, new CaseEntry.Answered(Told.Dairy, [new(AnswerOutcome.Destroyed, units[4..], [], Witness: "Zhao")]));
        Assert.Equal(CaseRefusal.AnswersMissing, (await Act(system, new CaseEntry.Completed("all done"))).Refused);
        await Do(system, new CaseEntry.Answered(Told.Dairy, [new(AnswerOutcome.UsedUp, [], [new(brine, 10, "KGM")])]));
        await Do(system, new CaseEntry.Completed("all done"));
    }

    [Fact]
    public async Task A_link_is_good_for_one_party_and_for_its_time()
    {
        var clock = new AheadClock();
        await using var system = await Issued(folder, clock: clock);
        var link = await Case(system).MakeLink(new() { Entry = "", ByName = "Li" }, Told.Shop, TimeSpan.FromDays(7));
        var secret = link.Token!.Split('.')[1];
        Assert.Equal(Told.Shop, await Case(system).PartyOfLink(secret));
        Assert.Null(await Case(system).PartyOfLink(secret + "x"));
        var entries = await Case(system).Entries(0, 100);
        Assert.DoesNotContain(entries, entry => entry.Entry.Contains(secret, StringComparison.Ordinal));
        clock.Advance(TimeSpan.FromDays(8));
        Assert.Null(await Case(system).PartyOfLink(secret));
        Assert.Equal(CaseRefusal.FieldInvalid, (await Case(system).MakeLink(new() { Entry = "", ByName = "Li" }, Told.Shop, TimeSpan.FromDays(100))).Answer.Refused);
    }

    [Fact]
    public async Task An_answer_in_a_drill_says_nothing_of_the_goods()
    {
        await using var system = await Issued(folder, CaseMode.Drill);
        await Do(system, Said(Told.Shop, AnswerOutcome.Destroyed, units[..4]));
        Assert.Equal(0, (await Party(system, Told.Shop)).Things);
        Assert.NotEqual("destroyed", (await system.Entity(units[0]).View(null))!.State.Disposition);
        Assert.Empty(await system.RecallsOf(units[0]));
    }

    [Fact]
    public async Task Answers_are_what_they_were_after_a_restart()
    {
        CasePartyView[] before;
        await using (var system = await Issued(folder))
        {
            await Do(system, Said(Told.Shop, AnswerOutcome.Quarantined, units[..3]));
            before = await Case(system).Parties(null, 100);
        }
        folder.ForgetCases();
        await using var again = await Silos.Start(folder);
        Assert.Equal(before.Select(Print), (await Case(again).Parties(null, 100)).Select(Print));

        static string Print(CasePartyView party) => System.Text.Json.JsonSerializer.Serialize(party);
    }
}
