using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Tests.Events;

public class RecallNoticeEventTests
{
    static readonly DateTimeOffset At = new(2026, 3, 4, 11, 0, 30, TimeSpan.FromHours(8));

    public static TheoryData<RecallNotice> Notices =>
    [
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Issued, RecallClass.I, "李斯特菌 \"listeria\" <>", new SerialRange("https://id.gs1.org/01/10614141073464", "1", "9"), null),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Issued, RecallClass.III, null, null, "urn:uuid:1", District: "500103"),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Withdrawn, null, "wrong lot", null, null),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Widened, null, "more", null, null, "{\"batch\":\"urn:ex:1\"}", 3),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Narrowed, null, "less", null, null, null, 0),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Reached, null, null, null, null),
        new RecallNotice("urn:tracegrains:recall:7", RecallNoticeKind.Released, null, null, null, null),
    ];

    [Theory]
    [MemberData(nameof(Notices))]
    public void A_notice_reads_back_as_it_was_written(RecallNotice notice)
    {
        var built = RecallNoticeEvent.Build(notice, At, "urn:tracegrains:notice:1", ["urn:epc:id:sgtin:0614141.107346.2017"],
            [new Amount("urn:epc:class:lgtin:4023333.002000.L1", 2.5m, "KGM")], "urn:epc:id:pgln:4012345.00000");
        var begins = notice.Kind is RecallNoticeKind.Issued or RecallNoticeKind.Reached or RecallNoticeKind.Widened;

        Assert.Equal(notice, EpcisJson.ReadStored(built.Json).Event.Recall);
        Assert.Equal(notice, built.Event.Recall);
        Assert.Equal(["https://id.gs1.org/01/10614141073464/21/2017"], built.Event.Epcs);
        Assert.Equal([new Amount("https://id.gs1.org/01/04023333020008/10/L1", 2.5m, "KGM")], built.Event.Quantities);
        Assert.Equal([new Endpoint("possessing_party", "https://id.gs1.org/417/4012345000009")], built.Event.Destinations);
        Assert.Equal(begins ? ["recalled"] : [], built.Event.PersistentSet);
        Assert.Equal(begins ? [] : ["recalled"], built.Event.PersistentUnset);
        Assert.Equal((EventAction.Observe, At, "urn:tracegrains:notice:1"), (built.Event.Action, built.Event.EventTime, built.Id));
        Assert.Contains("https://id.gs1.org/01/10614141073464/21/2017", Encoding.UTF8.GetString(built.Json.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("urn:epc:", Encoding.UTF8.GetString(built.Json.Span), StringComparison.Ordinal);
        Assert.Equal(built.Json.ToArray(), EpcisJson.ReadStored(built.Json).Json.ToArray());
    }

    [Fact]
    public void What_a_notice_says_is_part_of_its_hash()
    {
        string Of(RecallClass gravity) => Epcis.Hash(RecallNoticeEvent.Build(new("urn:tracegrains:recall:7", RecallNoticeKind.Issued, gravity, null, null, null), At, null, [], []));

        Assert.Equal(Of(RecallClass.I), Of(RecallClass.I));
        Assert.NotEqual(Of(RecallClass.I), Of(RecallClass.II));
    }

    [Theory]
    [InlineData("tg", """{"tg":"urn:tracegrains:voc:"}""")]
    [InlineData("x", """{"x":"URN:TraceGrains:voc:"}""")]
    [InlineData("x", """{"x":{"@id":"urn:tracegrains:voc:"}}""")]
    [InlineData("x", """{"y":"urn:tracegrains:","x":"y:voc:"}""")]
    [InlineData("x", """{"x:recall":"urn:tracegrains:voc:recall"}""")]
    [InlineData("x", """[{"x":"https://elsewhere.example/"},{"x":"urn:tracegrains:voc:"}]""")]
    [InlineData("urn:tracegrains:voc", "{}")]
    public void Nobody_outside_writes_a_recall_notice_under_whatever_prefix(string prefix, string context)
    {
        var notice = $$"""{"id":"urn:tracegrains:recall:7","kind":"issued"}""";

        foreach (var (members, field) in new[]
        {
            ($"\"{prefix}:recall\":{notice}", $"{prefix}:recall"),
            ($"\"ex:a\":{{\"{prefix}:recall\":{notice}}}", $"ex:a.{prefix}:recall"),
            ($"\"bizLocation\":{{\"id\":\"urn:epc:id:sgln:0614141.07346.0\",\"{prefix}:recall\":{notice}}}", $"bizLocation.{prefix}:recall"),
        })
        {
            var problem = Assert.Single(Epcis.Refused(Epcis.Shipping + "," + members, context));
            Assert.Equal(field, problem.Field);
            Assert.Contains("reserved for what TraceGrains itself writes", problem.Expected, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_events_own_context_cannot_smuggle_a_notice_past_the_check_into_what_is_stored()
    {
        // Merged in the wrong order, or without the repeated entry, the prefix would mean something else when read back.
        var read = Epcis.Accepted(Epcis.Shipping + ""","@context":[{"tg":"https://elsewhere.example/"}],"tg:recall":{"id":"urn:tracegrains:recall:7","kind":"issued"} """,
            """[{"tg":"https://elsewhere.example/"},{"tg":"urn:tracegrains:voc:"}]""");

        Assert.Null(EpcisJson.ReadStored(read.Json).Event.Recall);
    }

    [Theory]
    [InlineData(""" "eventID":"urn:tracegrains:notice:1" """, "eventID")]
    [InlineData(""" "eventID":"t:notice:1" """, "eventID")]
    [InlineData(""" "bizTransactionList":[{"type":"cert","bizTransaction":"urn:tracegrains:recall:7"}] """, "bizTransactionList[0].bizTransaction")]
    public void Ids_of_TraceGrains_own_are_refused_from_outside(string member, string field) =>
        Assert.Equal(field, Assert.Single(Epcis.Refused(Epcis.Shipping + "," + member, """{"t":"urn:tracegrains:"}""")).Field);

    [Theory]
    [InlineData("""{"id":"urn:tracegrains:recall:7"}""")]
    [InlineData("""{"id":"urn:x:7","kind":"issued"}""")]
    [InlineData("""{"id":"urn:tracegrains:recall:7","kind":"issued","class":4}""")]
    [InlineData("""{"id":"urn:tracegrains:recall:7","kind":"issued","range":{"product":"p"}}""")]
    [InlineData("""{"id":"urn:tracegrains:recall:7","kind":"issued","only":"X"}""")]
    public void A_stored_notice_that_cannot_be_understood_is_a_fault(string notice) => Assert.Throws<FormatException>(() => EpcisJson.ReadStored(Encoding.UTF8.GetBytes(
        $$"""{"@context":{"tg":"urn:tracegrains:voc:"},{{Epcis.Shipping}},"tg:recall":{{notice}}}""")));

    [Fact]
    public void A_notice_about_what_is_no_identifier_is_not_built() => Assert.Throws<FormatException>(() =>
        RecallNoticeEvent.Build(new("urn:tracegrains:recall:7", RecallNoticeKind.Reached, null, null, null, null), At, null, ["seven"], []));
}
