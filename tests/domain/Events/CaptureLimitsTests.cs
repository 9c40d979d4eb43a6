using System.Text;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Events;

public class CaptureLimitsTests
{
    [Fact]
    public void A_document_beyond_the_size_limit_is_refused() =>
        Assert.Contains($"{CaptureLimits.MaxDocumentBytes} bytes", Only(new byte[CaptureLimits.MaxDocumentBytes + 1]).Expected, StringComparison.Ordinal);

    [Fact]
    public void More_events_than_the_limit_are_refused_and_as_many_are_not()
    {
        const string small = """ "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":[] """;

        Assert.Equal(CaptureLimits.MaxEvents, EpcisJson.ReadDocument(Epcis.Document([.. Enumerable.Repeat(small, CaptureLimits.MaxEvents)])).Events.Count);
        var problem = Only(Epcis.Document([.. Enumerable.Repeat(small, CaptureLimits.MaxEvents + 1)]));
        Assert.Equal(("epcisBody.eventList", $"{CaptureLimits.MaxEvents + 1}"), (problem.Field, problem.Found));
    }

    [Fact]
    public void More_identifiers_than_the_limit_are_refused_and_as_many_are_not()
    {
        string With(int count) => $$"""
            "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
            "epcList":[{{string.Join(',', Enumerable.Range(0, count).Select(serial => $"\"https://id.gs1.org/01/09521141012345/21/{serial}\""))}}]
            """;

        Assert.Equal(CaptureLimits.MaxIdentifiersPerEvent, Epcis.Accepted(With(CaptureLimits.MaxIdentifiersPerEvent)).Event.Epcs.Count);
        Assert.Contains($"{CaptureLimits.MaxIdentifiersPerEvent} identifiers", Assert.Single(Epcis.Refused(With(CaptureLimits.MaxIdentifiersPerEvent + 1))).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_beyond_the_size_limit_is_refused() =>
        Assert.Contains($"{CaptureLimits.MaxEventBytes} bytes", Assert.Single(Epcis.Refused(Epcis.Shipping + ",\"ex:note\":\"" + new string('x', CaptureLimits.MaxEventBytes) + "\"")).Expected, StringComparison.Ordinal);

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        string Nested(int depth) => Epcis.Shipping + ",\"ex:deep\":" + new string('[', depth) + new string(']', depth);

        // Document, body, list and event are four of them.
        Epcis.Accepted(Nested(CaptureLimits.MaxJsonDepth - 4));
        Assert.Contains($"nested at most {CaptureLimits.MaxJsonDepth}", Assert.Single(Epcis.Refused(Nested(CaptureLimits.MaxJsonDepth - 3))).Expected, StringComparison.Ordinal);
        Assert.Contains("nested at most", Only(Encoding.UTF8.GetBytes(new string('[', 1_000_000))).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void More_fields_of_ones_own_than_the_limit_are_refused_and_as_many_are_not()
    {
        string With(int count) => Epcis.Shipping + ",\"ex:all\":{" + string.Join(',', Enumerable.Range(1, count - 1).Select(field => $"\"ex:f{field}\":1")) + "}";

        Epcis.Accepted(With(CaptureLimits.MaxOwnFieldsPerEvent));
        Assert.Contains($"{CaptureLimits.MaxOwnFieldsPerEvent} fields", Assert.Single(Epcis.Refused(With(CaptureLimits.MaxOwnFieldsPerEvent + 1))).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("contexts")]
    [InlineData("characters")]
    public void A_context_beyond_the_limits_is_refused_because_every_event_carries_it(string unit)
    {
        var context = unit switch
        {
            "bytes" => "[" + string.Join(',', Enumerable.Range(0, 99).Select(part => $$$"""{"p{{{part}}}":{"@id":"https://ns.example.com/","note":"{{{new string('x', 1000)}}}"}}""")) + "]",
            "contexts" => "[" + string.Join(',', Enumerable.Range(0, CaptureLimits.MaxContexts + 1).Select(part => $"\"https://ns.example.com/{part}\"")) + "]",
            _ => $$"""{"p":"https://ns.example.com/{{new string('x', CaptureLimits.MaxNamespaceLength)}}"}""",
        };

        var problem = Assert.Single(Epcis.Refused(Epcis.Shipping, context));
        Assert.StartsWith("@context", problem.Field, StringComparison.Ordinal);
        Assert.Contains(unit, problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_are_listed_up_to_the_limit() =>
        Assert.Equal(CaptureLimits.MaxProblems, EpcisJson.ReadDocument(Epcis.Document([.. Enumerable.Repeat(Epcis.Shipping + ""","a":1,"b":2""", 300)])).Problems.Count);

    static CaptureProblem Only(byte[] document) => Assert.Single(EpcisJson.ReadDocument(document).Problems);
}
