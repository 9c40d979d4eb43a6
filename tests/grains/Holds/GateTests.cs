using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Holds;

public sealed class GateTests : IDisposable
{
    static readonly string lot = Told.Lot(Told.Milk, "A"), first = Told.Unit(Told.Milk, 1), second = Told.Unit(Told.Milk, 2), clean = Told.Unit(Told.Cheese, 900);
    static readonly DateTimeOffset day = new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Made(string lot, string expires, params string[] units) => $$"""
        {"type":"ObjectEvent","eventID":"{{Told.NewId()}}","eventTime":"2026-03-04T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning","disposition":"active",
        "epcList":[{{string.Join(',', units.Select(unit => $"\"{unit}\""))}}],"ilmd":{"cbvmda:lotNumber":"{{lot}}"{{expires}} },"bizLocation":{"id":"{{Told.Cellar}}"} }
        """;

    static Task<Silos> Start(TemporaryFolder folder, int silos = 1) => Silos.Start(folder, silos);

    [Fact]
    public async Task A_recalled_unit_is_refused_and_so_is_the_pallet_it_lies_in_but_not_its_neighbour()
    {
        await using var system = await Start(folder, 2);
        await system.Record(Made("A", "", first, second), Told.Made(clean), Told.Packed(Told.Pallet, 3, first, clean));
        Assert.True((await system.Ask(first, "shipping")).Allowed);
        await system.Recall("a").Issue(new() { Code = lot, Reason = "residues", Class = RecallClass.I });
        await system.UntilOnRecord("a");

        var answer = await system.Ask(first, "retail_selling");
        Assert.False(answer.Allowed);
        Assert.Equal((MoveReasonKind.Recalled, MoveRelation.Itself, Silos.RecallId("a")), (answer.Reasons[0].Kind, answer.Reasons[0].Relation, answer.Reasons[0].Recall));
        Assert.Equal([$"Recalled Content {first}"], await system.Refused(Told.Pallet, "shipping"));
        Assert.Equal([$"Recalled Itself {second}"], await system.Refused(second, "shipping"));
        Assert.Equal([$"Recalled Itself {lot}"], await system.Refused(lot, "shipping"));
        Assert.True((await system.Ask(clean, "shipping")).Allowed);
        // What brings it out of the market may be done, and is told.
        foreach (var step in (string[])["receiving", "storing", "destroying", "holding", MoveSteps.Return])
        {
            var allowed = await system.Ask(first, step);
            Assert.True(allowed.Allowed);
            Assert.Equal(MoveReasonKind.Recalled, allowed.Cautions[0].Kind);
        }
        Assert.True((await system.Ask(first, "shipping", disposition: "returned")).Allowed);

        await system.Record(Told.Unpacked(Told.Pallet, 4, first));
        Assert.True((await system.Ask(Told.Pallet, "shipping")).Allowed);
        await system.Recall("a").Withdraw("mistaken");
        Assert.True((await system.Ask(first, "retail_selling")).Allowed);
    }

    [Fact]
    public async Task A_hold_of_a_lot_or_pallet_holds_what_belongs_to_it_until_each_hold_is_released()
    {
        await using var system = await Start(folder);
        await system.Record(Made("A", "", first, second), Told.Made(clean), Told.Packed(Told.Pallet, 3, clean));
        await system.Place("1", lot);
        await system.Place("2", lot, Told.Pallet);
        Assert.Equal([$"OnHold Lot {lot}", $"OnHold Lot {lot}"], await system.Refused(first, "shipping"));
        Assert.Equal([$"OnHold Container {Told.Pallet}"], await system.Refused(clean, "retail_selling"));
        Assert.Equal($"{Blocks.HoldStart}2", (await system.Ask(clean, "shipping")).Reasons[0].Disposition);

        Assert.Null((await system.Hold("2").Release("sample passed", "lab")).Refused);
        Assert.Equal([$"OnHold Lot {lot}"], await system.Refused(first, "shipping"));
        Assert.True((await system.Ask(clean, "shipping")).Allowed);
        Assert.Null((await system.Hold("1").Release("sample passed", "lab")).Refused);
        Assert.True((await system.Ask(first, "shipping")).Allowed);
        // Its notices stand in the chains.
        Assert.Equal(5, (await system.Entity(lot).View(null))!.ChainLength);
    }

    [Fact]
    public async Task A_hold_is_placed_and_released_once_and_what_cannot_be_held_is_refused_by_name()
    {
        await using var system = await Start(folder);
        await system.Record(Made("A", "", first));
        await system.Place("1", first);
        var head = (await system.Ledger.ReadHead()).Sequence;
        await system.Place("1", first);
        Assert.Equal(head, (await system.Ledger.ReadHead()).Sequence);
        async Task<HoldRefusal?> Place(string name, string[] codes, string reason = "r", string by = "b") => (await system.Hold(name).Place(new() { Codes = codes, Reason = reason, By = by })).Refused;
        Assert.Equal(HoldRefusal.IdInUse, await Place("1", [first, lot]));
        Assert.Equal(HoldRefusal.ThingUnknown, await Place("2", [second]));
        Assert.Equal(HoldRefusal.ThingUnknown, await Place("2", [Told.Cellar]));
        Assert.Equal(HoldRefusal.FieldInvalid, await Place("2", [Told.Milk]));
        Assert.Equal(HoldRefusal.FieldInvalid, await Place("2", []));
        Assert.Equal(HoldRefusal.FieldInvalid, await Place("2", [first], reason: " "));
        Assert.Equal(HoldRefusal.FieldInvalid, await Place("2", [first], by: new('x', 201)));
        Assert.Equal(HoldRefusal.HoldUnknown, (await system.Hold("2").Release("r", "b")).Refused);
        Assert.Null((await system.Hold("1").Release("r", "b")).Refused);
        Assert.Null((await system.Hold("1").Release("r", "b")).Refused);
        Assert.Equal(HoldRefusal.AlreadyReleased, (await system.Hold("1").Release("other", "b")).Refused);
        Assert.Equal("r", (await system.Hold("1").View())!.ReleasedReason);
        Assert.Null(await system.Hold("2").View());
    }

    [Fact]
    public async Task Dates_of_the_lot_hold_for_its_units_from_the_moment_they_are_over()
    {
        await using var system = await Start(folder);
        await system.Record(
            Made("A", ""","cbvmda:itemExpirationDate":"2026-04-30" """, first), Made("B", ""","cbvmda:bestBeforeDate":"2026-04-30","cbvmda:sellByDate":"2026-04-20" """, second),
            $$"""{"type":"ObjectEvent","eventTime":"2026-03-04T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"inspecting","epcList":["urn:ex:cylinder"],"urn:tracegrains:voc:nextInspectionDate":"2026-04-30"}""");
        // Midnight in China is 16:00 UTC.
        var (last, over) = (new DateTimeOffset(2026, 4, 30, 15, 59, 59, TimeSpan.Zero), new DateTimeOffset(2026, 4, 30, 16, 0, 0, TimeSpan.Zero));
        Assert.True((await system.Ask(first, "dispensing", last)).Allowed);
        Assert.Equal([$"Expired Lot {lot}"], await system.Refused(first, "dispensing", over));
        Assert.Equal([$"Expired Lot {lot}"], await system.Refused(first, "shipping", over));
        Assert.Equal([$"Expired Lot {Told.Lot(Told.Milk, "B")}"], await system.Refused(second, "retail_selling", last));
        Assert.Equal(2, (await system.Refused(second, "stocking", over)).Length);
        Assert.True((await system.Ask(second, "shipping", over)).Allowed);
        Assert.True((await system.Ask("urn:ex:cylinder", MoveSteps.Fill, last)).Allowed);
        Assert.Equal(["Overdue Itself urn:ex:cylinder"], await system.Refused("urn:ex:cylinder", MoveSteps.Fill, over));
        // To the inspector it may go.
        Assert.True((await system.Ask("urn:ex:cylinder", "shipping", over)).Allowed);
    }

    [Fact]
    public async Task What_was_sold_is_not_sold_again_until_it_came_back_and_what_was_destroyed_stays_so()
    {
        await using var system = await Start(folder);
        await system.Record(Made("A", "", first, second), Gate.Moved("retail_selling", day.AddHours(1), [first], ",\"disposition\":\"retail_sold\""));
        Assert.Equal([$"AlreadySold Itself {first}"], await system.Refused(first, "retail_selling"));
        Assert.True((await system.Ask(first, "shipping")).Allowed);
        await system.Record(Gate.Moved("shipping", day.AddHours(2), [first], ",\"disposition\":\"in_transit\""));
        Assert.Equal([$"AlreadySold Itself {first}"], await system.Refused(first, "dispensing"));
        await system.Record(Gate.Moved("receiving", day.AddHours(3), [first], ",\"disposition\":\"returned\""));
        Assert.True((await system.Ask(first, "retail_selling")).Allowed);
        await system.Record(Gate.Moved("destroying", day.AddHours(4), [first]));
        Assert.Equal([$"Ended Itself {first}"], await system.Refused(first, "shipping"));
        Assert.True((await system.Ask(second, "retail_selling")).Allowed);
    }

    [Fact]
    public async Task A_refusal_is_recorded_once_in_the_chain_of_its_thing_and_an_unknown_code_stays_unknown()
    {
        await using var system = await Start(folder, 2);
        await system.Record(Made("A", "", first));
        await system.Place("1", first);
        var recorded = system.Recorded(RefusalEvent.Type);
        for (var i = 0; i < 20; i++) Assert.False((await system.Ask(first, "shipping", location: Told.Counter)).Allowed);
        await recorded;
        var refusal = Assert.Single(await system.Refusals());
        Assert.Equal((first, "shipping", Told.Counter), (refusal.Code, refusal.Step, refusal.Location));
        Assert.Equal(3, (await system.Entity(first).View(null))!.ChainLength);
        Assert.True((await system.Entity(first).Verify()).Holds);

        recorded = system.Recorded(RefusalEvent.Type);
        Assert.Equal([$"Unknown Itself {second}"], await system.Refused(second, "storing"));
        await recorded;
        Assert.Equal([$"Unknown Itself {second}"], await system.Refused(second, "storing"));
        Assert.Null(await system.Entity(second).View(null));
    }
}
