using System.Text;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Events;

public class CanonicalJsonTests
{
    [Fact]
    public void What_is_stored_reads_back_as_the_same_event_and_the_same_bytes()
    {
        foreach (var file in Epcis.AllDocuments())
            foreach (var read in EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events)
            {
                var again = EpcisJson.ReadStored(read.Json);

                Assert.Equal(Encoding.UTF8.GetString(read.Json.Span), Encoding.UTF8.GetString(again.Json.Span));
                Assert.Equal(Epcis.Hash(read), Epcis.Hash(again));
                Assert.Equal(Epcis.Whole(read.Event), Epcis.Whole(again.Event));
            }
    }

    [Fact]
    public void Members_keep_their_order_and_spelling_and_lose_white_space_and_record_time()
    {
        var read = EpcisJson.ReadDocument(Encoding.UTF8.GetBytes("""
            { "@context" : [ "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld" , { "ex" : "https://ns.example.com/" } ] ,
              "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-03-04T11:00:31Z", "epcisBody": { "eventList": [
              { "eventTime" : "2026-03-04T11:00:30Z" , "recordTime":"2026-03-04T11:00:31Z", "type":"ObjectEvent", "eventTimeZoneOffset":"+08:00",
                "action" : "OBSERVE", "epcList" : [ ] , "ex:note" : "a \" b \\", "ex:n" : 1.50 , "ex:o": { } } ] } }
            """));

        Assert.Equal(
            """{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}],"eventTime":"2026-03-04T11:00:30Z","type":"ObjectEvent","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":[],"ex:note":"a \" b \\","ex:n":1.50,"ex:o":{}}""",
            Encoding.UTF8.GetString(Assert.Single(read.Events).Json.Span));
    }

    [Fact]
    public void An_events_own_context_follows_the_documents_and_what_recurs_stands_last_because_the_last_counts()
    {
        var read = Epcis.Accepted(Epcis.Shipping + ""","@context":[{"a":"https://one.example/"}],"a:x":"1" """, """[{"a":"https://one.example/"},{"a":"https://two.example/"}]""");

        Assert.StartsWith("""{"@context":[{"a":"https://two.example/"},{"a":"https://one.example/"}],"type":""", Encoding.UTF8.GetString(read.Json.Span), StringComparison.Ordinal);
        Assert.Equal(Epcis.Hash(Epcis.Accepted(Epcis.Shipping + ""","https://one.example/x":"1" """)), Epcis.Hash(read));
    }

    [Fact]
    public void What_was_accepted_at_the_limits_reads_back_with_the_context_it_carries()
    {
        var wide = string.Join(',', Enumerable.Range(0, 90).Select(part => $$$"""{"p{{{part}}}":{"@id":"https://a.example/","n":"{{{new string('x', 600)}}}"}}"""));
        foreach (var (outer, own) in new[] { ("""{"a":"https://one.example/","b":"https://two.example/"}""", """{"b":"https://two.example/","a":"https://one.example/"}"""),
            ($"[{wide}]", $"[{wide.Replace("a.example", "b.example", StringComparison.Ordinal)}]") })
        {
            var read = Epcis.Accepted(Epcis.Shipping + $",\"@context\":{own},\"p1:x\":1", outer);
            Assert.Equal(read.Json.ToArray(), EpcisJson.ReadStored(read.Json).Json.ToArray());
        }
    }

    [Fact]
    public void Of_an_event_id_given_twice_the_last_is_kept()
    {
        var read = Epcis.Accepted(""" "eventID":"urn:uuid:1",""" + Epcis.Shipping + ""","eventID":"urn:uuid:2" """);

        Assert.Equal("urn:uuid:2", read.Id);
        Assert.DoesNotContain("urn:uuid:1", Encoding.UTF8.GetString(read.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_id_is_known_by_its_hash() => Assert.Equal(Epcis.Hash(Epcis.Accepted(Epcis.Shipping)), Epcis.Accepted(Epcis.Shipping).Id);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"@context":{},"type":"ObjectEvent"}""")]
    public void Bytes_that_are_no_stored_event_are_a_fault(string json) => Assert.Throws<FormatException>(() => EpcisJson.ReadStored(Encoding.UTF8.GetBytes(json)));
}
