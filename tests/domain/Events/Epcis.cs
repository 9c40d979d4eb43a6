using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>Small documents for tests: an event that is right, and ways to make it differ in one place.</summary>
static class Epcis
{
    public const string Context = """["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}]""";

    public const string Shipping = """
        "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping",
        "epcList":["urn:epc:id:sgtin:0614141.107346.2017"],"readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"}
        """;

    public static byte[] Document(params string[] events) => DocumentWith(Context, events);

    public static byte[] DocumentWith(string context, params string[] events) => Encoding.UTF8.GetBytes($$$"""
        {"@context":{{{context}}},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:31Z",
        "epcisBody":{"eventList":[{{{string.Join(',', events.Select(members => "{" + members + "}"))}}}]}}
        """);

    public static CanonicalEvent Accepted(string members, string context = Context)
    {
        var read = EpcisJson.ReadDocument(DocumentWith(context, members));
        Assert.Empty(read.Problems);
        return Assert.Single(read.Events);
    }

    public static IReadOnlyList<CaptureProblem> Refused(string members, string context = Context)
    {
        var read = EpcisJson.ReadDocument(DocumentWith(context, members));
        Assert.Empty(read.Events);
        Assert.NotEmpty(read.Problems);
        return read.Problems;
    }

    public static string Hash(CanonicalEvent read) => CanonicalEvent.CbvHashId(read.CbvHash.Span);

    /// <summary>Everything an event says, lists included, in one comparable text.</summary>
    public static string Whole(EpcisEvent read) => JsonSerializer.Serialize(read);

    public static IEnumerable<string> AllDocuments() =>
        Corpus.Files("gs1-epcis/JSON", ".jsonld").Concat(Corpus.Files("event-hash/tests/examples", ".jsonld"));
}
