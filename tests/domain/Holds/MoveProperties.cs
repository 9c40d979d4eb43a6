using CsCheck;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Tests;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Holds;

/// <summary>What the shards say of a movement is what the events say, whatever the order they came in, and whichever shard was lost in between.</summary>
public sealed class MoveProperties
{
    const int Few = 300, Many = 600;

    static readonly string[] units = ["https://id.gs1.org/01/09506000134352/21/1", "https://id.gs1.org/01/09506000134352/21/2", "https://id.gs1.org/01/00614141123452/21/1"];
    static readonly string[] lots = ["https://id.gs1.org/01/09506000134352/10/A", "https://id.gs1.org/01/00614141123452/10/A"];
    static readonly string[] containers = ["https://id.gs1.org/00/106141412345678908", "urn:ex:crate:1"];
    static readonly string[] things = [.. units, .. lots, .. containers];
    static readonly string[] terms = ["recalled", "unavailable", "destroyed", "retail_sold", "conformant", $"{Blocks.HoldStart}1", $"{Blocks.HoldStart}2"];

    static readonly Gen<string?> step = Gen.OneOfConst(
        null, "shipping", "retail_selling", "dispensing", "receiving", "stocking", "destroying", "decommissioning", "commissioning", "inspecting", "installing", MoveSteps.Fill, "urn:ex:step");
    static readonly Gen<string?> disposition = Gen.OneOfConst(
        null, null, null, null, "in_transit", "retail_sold", "returned", "damaged", "active", "destroyed", "expired", "recalled", "sellable_accessible", "urn:ex:soft");
    static readonly Gen<DateTimeOffset> moment = Gen.Int[1, 8].Select(second => DateTimeOffset.FromUnixTimeSeconds(second));

    static readonly Gen<IReadOnlyList<ItemDate>> dates = Gen.Frequency(
        (3, Gen.Const<IReadOnlyList<ItemDate>>([])), (1, Gen.Select(Gen.Enum<DateKind>(), moment).Select((kind, until) => (IReadOnlyList<ItemDate>)[new(kind, until)])));
    static readonly Gen<IReadOnlyList<string>> words = Gen.Frequency((3, Gen.Const<IReadOnlyList<string>>([])), (1, Gen.OneOfConst(terms).Select(term => (IReadOnlyList<string>)[term])));

    static readonly Gen<EpcisEvent> seen = Gen.Select(Gen.OneOfConst(EventAction.Add, EventAction.Observe, EventAction.Observe, EventAction.Delete), Gen.OneOfConst([.. units, .. containers]).List[0, 2], Gen.OneOfConst(lots).List[0, 1], Gen.Bool)
        .Select((how, epcs, amounts, hasLot) => new EpcisEvent
        {
            Type = EventType.ObjectEvent, EventTime = default, Action = how, Epcs = [.. epcs.Distinct()], Quantities = [.. amounts.Select(lot => new Amount(lot, 1, null))],
            IlmdLotNumber = hasLot && how == EventAction.Add ? "A" : null,
        });

    static readonly Gen<EpcisEvent> packed = Gen.Select(Gen.OneOfConst(EventAction.Add, EventAction.Add, EventAction.Observe, EventAction.Delete), Gen.OneOfConst(containers), Gen.OneOfConst([.. units, .. containers]).List[0, 2])
        .Select((how, parent, children) => new EpcisEvent { Type = EventType.AggregationEvent, EventTime = default, Action = how, ParentId = parent, Epcs = [.. children.Distinct()] });

    static readonly Gen<EpcisEvent> made = Gen.Select(Gen.OneOfConst(units).List[1, 2], Gen.OneOfConst(units), Gen.Bool).Select((inputs, output, hasLot) => new EpcisEvent
    {
        Type = EventType.TransformationEvent, EventTime = default, InputEpcs = [.. inputs.Distinct()], OutputEpcs = [output], IlmdLotNumber = hasLot ? "A" : null,
    });

    static readonly Gen<CanonicalEvent[]> histories = Gen.Select(
            Gen.Select(Gen.Frequency((6, seen), (4, packed), (1, made)), moment, Gen.Select(step, disposition), Gen.Select(dates, words, words)).Array[3, 22], Gen.Int[0, 11].Array[22])
        .Select((told, fates) =>
        {
            var arrived = told.Select((one, i) => World.Canonical(one.Item1 with
            {
                EventId = $"urn:ex:event:{i}", EventTime = one.Item2, BizStep = one.Item3.Item1, Disposition = one.Item3.Item2, Dates = one.Item4.Item1, PersistentSet = one.Item4.Item2,
                PersistentUnset = [.. one.Item4.Item3.Except(one.Item4.Item2)],
            })).ToList();
            for (var i = told.Length - 1; i >= 0; i--)
                if (fates[i] == 0) arrived.Insert((i * 7) % (arrived.Count + 1), World.DeclaredWrong(arrived.First(one => one.Id == $"urn:ex:event:{i}" && one.Event.ErrorDeclaration is null)));
            return arrived.ToArray();
        });

    static SortedSet<string> Told(LocalLineage lineage, IEnumerable<MoveReason> reasons) =>
        new(reasons.Where(reason => reason.Refuses).Select(reason => $"{reason.Kind} {reason.Relation} {lineage.Code(reason.Node)}"), StringComparer.Ordinal);

    [Fact]
    public void A_gate_refuses_for_what_the_events_say() =>
        Gen.Select(histories, Gen.Int[1, 5], Gen.Enum<MoveClass>(), Gen.Int[0, 9]).Sample((history, shards, kind, second) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            lineage.Reload(second % shards);
            var (time, model) = (second * 1_000L, new MoveModel(history, second * 1_000L, ulong.MaxValue));
            foreach (var thing in things.Where(thing => lineage.Number(thing) != 0))
            {
                var facts = Now(MoveWalk.Of(lineage, [new() { Node = lineage.Number(thing), Time = time, TieBreak = ulong.MaxValue }], long.MaxValue))[0];
                Assert.Equal(model.Refusing(thing, kind), Told(lineage, MoveRules.Decide(kind, time, facts)));
            }
        }, iter: Proof.Rounds(Many), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, {tuple.Item3}, at {tuple.Item4}");

    [Fact]
    public void Exactly_the_movements_that_something_stood_against_are_found_however_the_ledger_is_cut() =>
        Gen.Select(histories, Gen.Int[1, 5], Gen.Int[1, 22]).Sample((history, shards, stretch) =>
        {
            var lineage = LocalLineage.Of(shards, history);
            var expected = new SortedSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < history.Length; i++)
                foreach (var (thing, movedBy) in Moved(history, i))
                {
                    var facts = EventFacts.Of(history[i]);
                    var against = new MoveModel(history[..i], facts.EventTime, facts.TieBreak, isMovement: true).Refusing(thing, movedBy);
                    if (against.Count > 0) expected.Add($"{i + 1} {thing}: {string.Join(", ", against)}");
                }
            var found = new SortedSet<string>(StringComparer.Ordinal);
            for (long after = 0; after < history.Length; after += stretch)
                foreach (var offending in Now(MovementWalk.Run(lineage, after, Math.Min(after + stretch, history.Length))))
                    Assert.True(found.Add($"{offending.Movement.Sequence} {lineage.Code(offending.Movement.Node)}: {string.Join(", ", Told(lineage, offending.Reasons))}"));
            Assert.True(expected.SetEquals(found), $"expected\n{string.Join("\n", expected)}\nfound\n{string.Join("\n", found)}");
        }, iter: Proof.Rounds(Many), print: tuple => World.Print(tuple.Item1) + $"\n{tuple.Item2} shards, by {tuple.Item3}");

    /// <summary>What an event moves: what it names by a step that brings on, unless it is withdrawn already or leaves the market.</summary>
    static IEnumerable<(string Thing, MoveClass Step)> Moved(CanonicalEvent[] history, int at)
    {
        var e = history[at].Event;
        if (e.ErrorDeclaration is not null || history[..at].Any(earlier => earlier.Event.ErrorDeclaration is not null && earlier.Id == history[at].Id)) yield break;
        if (e.Type == EventType.TransformationEvent)
        {
            foreach (var input in e.InputEpcs) yield return (input, MoveClass.Using);
            yield break;
        }
        var step = e.BizStep switch
        {
            "shipping" => MoveClass.Sending, "stocking" => MoveClass.Offering, "retail_selling" or "dispensing" => MoveClass.Selling, "installing" => MoveClass.Using, MoveSteps.Fill => MoveClass.Filling, _ => MoveClass.Staying,
        };
        // Sent off under such a word goods leave the market; sold or used under it they do not.
        if (step == MoveClass.Sending && e.Disposition is "returned" or "damaged" or "destroyed" or "expired" or "recalled") step = MoveClass.Staying;
        if (step == MoveClass.Staying || step == MoveClass.Using && e is { Type: EventType.ObjectEvent, Action: EventAction.Add }) yield break;
        foreach (var thing in e.Epcs.Concat(e.Quantities.Select(amount => amount.Code)).Where(thing => e.Type != EventType.AggregationEvent || thing != e.ParentId)) yield return (thing, step);
    }
}
