using System.Globalization;
using System.Text;

namespace TraceGrains.Epcis.Tests;

/// <summary>Small documents about things that no other test names.</summary>
static class Documents
{
    const string Context = """ "@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}] """;

    static int serial;

    /// <summary>A serialised item that nobody has named yet, as an EPC URN.</summary>
    public static string NewUnit() => "urn:epc:id:sgtin:0614141.107346." + (100_000 + Interlocked.Increment(ref serial)).ToString(CultureInfo.InvariantCulture);

    public static string NewId() => $"urn:uuid:{Guid.NewGuid()}";

    /// <summary>Members of an event that ships one thing.</summary>
    public static string Shipping(string? eventId, string epc, string more = "") => $$"""
        {{(eventId is null ? "" : $"\"eventID\":\"{eventId}\",")}}"type":"ObjectEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping",
        "epcList":["{{epc}}"],"readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"}{{more}}
        """;

    public static byte[] Bare(string members) => Encoding.UTF8.GetBytes($"{{{Context},{members}}}");

    public static byte[] Document(params IEnumerable<string> events) => Encoding.UTF8.GetBytes($$$"""
        {{{{Context}}},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:31Z",
        "epcisBody":{"eventList":[{{{string.Join(',', events.Select(members => "{" + members + "}"))}}}]}}
        """);
}
