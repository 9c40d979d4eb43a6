using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Holds;

public sealed class OwnEventTests
{
    const string Unit = "https://id.gs1.org/01/09506000134352/21/1", Lot = "https://id.gs1.org/01/09506000134352/10/A", Shop = "https://id.gs1.org/414/9506000134352";
    static readonly DateTimeOffset time = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);
    static readonly ToldReason reason = new()
    {
        Kind = MoveReasonKind.Expired, Relation = MoveRelation.Content, Code = Unit, Count = 12, Disposition = "expired", Recall = "urn:tracegrains:recall:1", Date = DateKind.BestBefore, Since = time, Sequence = 5,
    };

    [Fact]
    public void A_violation_reads_back_and_its_id_is_the_offending_events()
    {
        var violation = new Violation("urn:ex:e", 9, time, "shipping", "urn:ex:shop", [new([Unit, Lot], [reason, new() { Kind = MoveReasonKind.Recalled }])]);
        var written = ViolationEvent.Build(violation, code => code == Lot);
        var read = ViolationEvent.TryRead(written.Json)!;
        Assert.Equal((violation.EventId, 9L, time, "shipping", "urn:ex:shop"), (read.EventId, read.Sequence, read.EventTime, read.Step, read.Holder));
        Assert.Equal([Unit, Lot], Assert.Single(read.Findings).Things);
        Assert.Equal(violation.Findings[0].Reasons, read.Findings[0].Reasons);
        Assert.Equal(ViolationEvent.IdOf("urn:ex:e"), written.Id);
        Assert.NotEqual(ViolationEvent.IdOf("urn:ex:f"), written.Id);
        // It names them, and says nothing about them.
        Assert.All(EventFacts.Of(written).Facts, fact => Assert.IsType<Fact.Named>(fact));
        Assert.Equal([Unit, Lot], EventFacts.Of(written).Mentions.Select(mention => mention.Code));
        Assert.Null(RefusalEvent.TryRead(written.Json));
    }

    [Fact]
    public void A_refusal_reads_back_and_one_within_ten_seconds_has_the_same_id()
    {
        var refused = new RefusedMove { Code = Unit, Step = "retail_selling", Disposition = "urn:ex:d", Location = Shop, Time = time, Reasons = [reason] };
        var written = RefusalEvent.Build(refused, 3);
        var (read, unrecorded) = RefusalEvent.TryRead(written.Json)!.Value;
        Assert.Equal((refused with { Reasons = [] }, 3L), (read with { Reasons = [] }, unrecorded));
        Assert.Equal(refused.Reasons, read.Reasons);
        Assert.Equal(written.Id, RefusalEvent.Build(refused with { Time = time.AddSeconds(1), Reasons = [reason with { Count = 13 }] }, 0).Id);
        Assert.NotEqual(written.Id, RefusalEvent.Build(refused with { Time = time.AddSeconds(11) }, 0).Id);
        Assert.NotEqual(written.Id, RefusalEvent.Build(refused with { Step = "dispensing" }, 0).Id);
    }

    [Fact]
    public void Asking_about_an_unknown_code_does_not_make_it_known() =>
        Assert.DoesNotContain(EventFacts.Of(RefusalEvent.Build(new() { Code = Unit, Step = "shipping", Time = time, Reasons = [new() { Kind = MoveReasonKind.Unknown, Code = Unit }] }, 0)).Mentions, mention => mention.Code == Unit);

    [Fact]
    public void A_hold_sets_its_own_term_and_its_release_unsets_that_and_no_other()
    {
        var hold = new Hold($"{Blocks.HoldStart}1", [Unit, Lot], "sample failed", "district office", "500103");
        var (placed, released) = (HoldEvent.Placed(hold, time, code => code == Lot), HoldEvent.Released(hold, "sample passed", "lab", time, code => code == Lot));
        Assert.Equal((hold.Id, hold.Reason, hold.By), (HoldEvent.Read(placed)!.Id, HoldEvent.Read(placed)!.Reason, HoldEvent.Read(placed)!.By));
        Assert.Equal([Unit, Lot], HoldEvent.Read(placed)!.Codes);
        Assert.Equal("500103", HoldEvent.Read(placed)!.District);
        Assert.Null(HoldEvent.Read(HoldEvent.Placed(hold with { District = null }, time, code => code == Lot))!.District);
        Assert.Equal(("sample passed", "lab"), (HoldEvent.Read(released)!.Reason, HoldEvent.Read(released)!.By));
        Assert.Equal([hold.Id], placed.Event.PersistentSet);
        Assert.Equal([hold.Id], released.Event.PersistentUnset);
        Assert.Equal([true, true], EventFacts.Of(placed).Facts.OfType<Fact.Blocked>().Select(fact => fact.Set));
    }

    static ReadDocument Told(string members) => EpcisJson.ReadEvent(Encoding.UTF8.GetBytes(
        $$"""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"tg":"urn:tracegrains:voc:"}],"type":"ObjectEvent","eventTime":"2026-03-04T00:00:00Z","eventTimeZoneOffset":"+08:00","epcList":["{{Unit}}"],{{members}}}"""));

    [Fact]
    public void A_hold_cannot_be_captured_in_passing()
    {
        var problem = Assert.Single(Told($$"""  "action":"OBSERVE","persistentDisposition":{"unset":["{{Blocks.HoldStart}}1"]} """).Problems);
        Assert.Contains("reserved", problem.Expected, StringComparison.Ordinal);
        Assert.Single(Told($$"""  "action":"OBSERVE","disposition":"{{Blocks.HoldStart}}1" """).Problems);
    }

    [Theory]
    [InlineData("2026-04-30", "2026-04-30T16:00:00Z")]
    [InlineData("2026-04-30Z", "2026-05-01T00:00:00Z")]
    [InlineData("2026-04-30+01:00", "2026-04-30T23:00:00Z")]
    [InlineData("2026-04-30T12:00:00+08:00", "2026-04-30T04:00:00Z")]
    public void A_day_ends_at_midnight_where_the_event_happened(string said, string until)
    {
        var read = Assert.Single(Told($$"""  "action":"ADD","ilmd":{"cbvmda:itemExpirationDate":"{{said}}","cbvmda:lotNumber":"A"} """).Events);
        Assert.Equal(new ItemDate(DateKind.Expiration, DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture)), Assert.Single(read.Event.Dates));
        // Once, at the lot.
        var facts = EventFacts.Of(read);
        Assert.Equal(Lot, facts.Mentions[Assert.Single(facts.Facts.OfType<Fact.Dated>()).Node - 1].Code);
    }

    [Fact]
    public void An_observation_with_a_date_that_is_none_is_recorded_and_an_inspection_that_gives_none_is_refused()
    {
        Assert.Empty(Assert.Single(Told("""  "action":"ADD","ilmd":{"cbvmda:bestBeforeDate":"soon"} """).Events).Event.Dates);
        Assert.Equal("tg:nextInspectionDate", Assert.Single(Told("""  "action":"OBSERVE","tg:nextInspectionDate":"soon" """).Problems).Field);
        var read = Assert.Single(Told("""  "action":"OBSERVE","bizStep":"inspecting","tg:nextInspectionDate":"2030-06-30" """).Events);
        Assert.Equal((DateKind.NextInspection, new DateTimeOffset(2030, 6, 30, 16, 0, 0, TimeSpan.Zero)), (read.Event.Dates[0].Kind, read.Event.Dates[0].Until));
        Assert.Equal(read.Event.Dates, EpcisJson.ReadStored(read.Json).Event.Dates);
    }
}
