using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using static TraceGrains.Domain.Tests.Lineage.World;

namespace TraceGrains.Domain.Tests.Lineage;

public class EventFactsTests
{
    static EpcisEvent Event(EventType type, EventAction action = EventAction.Add) => new() { Type = type, Action = action, EventTime = DateTimeOffset.UnixEpoch, EventId = "urn:ex:e" };

    static EventFacts Of(EpcisEvent e) => EventFacts.Of(Canonical(e));

    /// <summary>The forward ties by code.</summary>
    static string[] Ties(EventFacts facts) =>
        [.. facts.Facts.OfType<Fact.Tie>().Where(tie => tie.Forward).Select(tie => $"{Code(facts, tie.Node)} {tie.Kind} {Code(facts, tie.Other)}").Order(StringComparer.Ordinal)];

    static string[] Placements(EventFacts facts) =>
        [.. facts.Facts.OfType<Fact.Placed>().Where(placed => !placed.AsContent).Select(placed => $"{Code(facts, placed.Node)} {placed.Kind} {(placed.Out ? "out" : "in")} {Code(facts, placed.Other)}")];

    static string End(EventFacts facts, int number) => number == 0 ? "-" : Code(facts, number);

    static string Code(EventFacts facts, int number) => number == 0 ? "everything" : facts.Mentions[number - 1].Code;

    [Fact]
    public void A_unit_made_with_a_lot_number_belongs_to_the_lot_of_its_product() =>
        Assert.Equal([$"{Milk}/10/A MemberOf {Milk}/21/1"], Ties(Of(Event(EventType.ObjectEvent) with { Epcs = [$"{Milk}/21/1", "urn:ex:crate:1"], IlmdLotNumber = "A" })));

    [Fact]
    public void Many_inputs_of_many_outputs_tie_through_their_process()
    {
        var facts = Of(Event(EventType.TransformationEvent, EventAction.None) with { InputEpcs = ["urn:ex:1", "urn:ex:2"], OutputEpcs = ["urn:ex:3", "urn:ex:4"] });
        Assert.Equal(["urn:ex:1 MadeOf urn:ex:e", "urn:ex:2 MadeOf urn:ex:e", "urn:ex:e MadeOf urn:ex:3", "urn:ex:e MadeOf urn:ex:4"], Ties(facts));
        Assert.Equal(Roles.Process, facts.Mentions.Single(mention => mention.Code == "urn:ex:e").Roles);
    }

    [Fact]
    public void One_input_ties_to_its_outputs_without_a_process() =>
        Assert.Equal(["urn:ex:1 MadeOf urn:ex:3", "urn:ex:1 MadeOf urn:ex:4"],
            Ties(Of(Event(EventType.TransformationEvent, EventAction.None) with { InputEpcs = ["urn:ex:1"], OutputEpcs = ["urn:ex:3", "urn:ex:4"] })));

    [Fact]
    public void A_transformation_told_in_two_events_joins_them()
    {
        var told = Event(EventType.TransformationEvent, EventAction.None) with { TransformationId = "urn:ex:vat" };
        Assert.Equal(["urn:ex:1 MadeOf urn:ex:vat"], Ties(Of(told with { InputEpcs = ["urn:ex:1"] })));
        Assert.Equal(["urn:ex:vat MadeOf urn:ex:2"], Ties(Of(told with { OutputEpcs = ["urn:ex:2"] })));
    }

    [Theory]
    [InlineData(EventType.AggregationEvent, EventAction.Add, "urn:ex:box ContainedIn in urn:ex:1")]
    [InlineData(EventType.AggregationEvent, EventAction.Observe, "urn:ex:box ContainedIn in urn:ex:1")]
    [InlineData(EventType.AggregationEvent, EventAction.Delete, "urn:ex:box ContainedIn out urn:ex:1")]
    [InlineData(EventType.AssociationEvent, EventAction.Add, "urn:ex:box AttachedTo in urn:ex:1")]
    public void A_child_is_put_in_seen_in_or_taken_out(EventType type, EventAction action, string expected) =>
        Assert.Equal([expected], Placements(Of(Event(type, action) with { ParentId = "urn:ex:box", Epcs = ["urn:ex:1"] })));

    [Theory]
    [InlineData("retail_selling", EventAction.Observe, "urn:ex:shop", null, "Sold urn:ex:shop>-@urn:ex:place 3")]
    [InlineData("retail_selling", EventAction.Observe, null, "urn:ex:shop", "Sold ->urn:ex:shop@urn:ex:place 3")]
    [InlineData("retail_selling", EventAction.Observe, null, null, "Sold ->-@urn:ex:place 3")]
    [InlineData("retail_selling", EventAction.Observe, "urn:ex:shop", "urn:ex:buyer", "Sold urn:ex:shop>urn:ex:buyer@urn:ex:place 3")]
    [InlineData("dispensing", EventAction.Observe, "urn:ex:shop", null, "Sold urn:ex:shop>-@urn:ex:place 3")]
    [InlineData("retail_selling", EventAction.Delete, "urn:ex:shop", "urn:ex:buyer", "Sold urn:ex:shop>urn:ex:buyer@urn:ex:place 3")]
    [InlineData("receiving", EventAction.Observe, null, "urn:ex:shop", "Received ->urn:ex:shop@urn:ex:place 3")]
    [InlineData("inspecting", EventAction.Observe, null, "urn:ex:shop", "")]
    public void What_happens_to_an_amount_is_a_flow_with_its_ends_as_they_were_told(string step, EventAction action, string? from, string? to, string expected)
    {
        var facts = Of(Event(EventType.ObjectEvent, action) with
        {
            BizStep = step, BizLocation = "urn:ex:place", Quantities = [new($"{Milk}/10/A", 3, null)],
            Sources = from is null ? [] : [new("possessing_party", from)], Destinations = to is null ? [] : [new("possessing_party", to)],
        });
        Assert.Equal(expected, string.Join(", ", facts.Facts.OfType<Fact.Flowed>().Select(flow => $"{flow.Kind} {End(facts, flow.From)}>{End(facts, flow.To)}@{End(facts, flow.Place)} {flow.Quantity}")));
    }

    [Fact]
    public void A_taking_out_that_names_no_children_empties_the_container() =>
        Assert.Equal(["urn:ex:box ContainedIn out everything"], Placements(Of(Event(EventType.AggregationEvent, EventAction.Delete) with { ParentId = "urn:ex:box" })));

    [Fact]
    public void An_error_declaration_names_its_things_and_states_nothing()
    {
        var facts = EventFacts.Of(DeclaredWrong(Canonical(Event(EventType.ObjectEvent) with { Epcs = [$"{Milk}/21/1"], IlmdLotNumber = "A", BizLocation = "urn:ex:here" })));
        Assert.Equal([$"{Milk}/21/1", "urn:ex:here"], facts.Mentions.Select(mention => mention.Code));
        Assert.All(facts.Facts, fact => Assert.IsType<Fact.Named>(fact));
    }

    [Fact]
    public void A_recall_notice_tells_every_shard_and_marks_what_it_lists()
    {
        var notice = new RecallNotice("urn:tracegrains:recall:1", RecallNoticeKind.Issued, RecallClass.I, "glass", null, null);
        var facts = Of(Event(EventType.ObjectEvent, EventAction.Observe) with { Epcs = ["urn:ex:1"], BizLocation = "urn:ex:here", Recall = notice });
        Assert.True(facts.Facts.OfType<Fact.RecallStatus>().Single().Active);
        var mark = facts.Facts.OfType<Fact.Marked>().Single();
        Assert.Equal(("urn:ex:1", notice.RecallId, MarkKind.Scope), (Code(facts, mark.Node), Code(facts, mark.Recall), mark.Kind));
        Assert.Empty(facts.Facts.OfType<Fact.Position>());
    }
}
