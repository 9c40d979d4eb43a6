using System.Globalization;

namespace TraceGrains.Scenarios.Documents;

/// <summary>EPCIS events as small as they may be.</summary>
static class Event
{
    const string Product = "https://id.gs1.org/01/09520120000038";

    public static string Unit(int serial) => string.Create(CultureInfo.InvariantCulture, $"{Product}/21/{serial}");

    public static string Lot(string number) => $"{Product}/10/{number}";

    /// <summary>Things are seen at a place.</summary>
    public static string Observe(string id, int minute, params IEnumerable<string> epcs) => $$"""
        {{{Head("ObjectEvent", id, minute)}},"action":"OBSERVE","bizStep":"receiving","disposition":"in_progress","epcList":{{Quoted(epcs)}},"readPoint":{"id":"https://id.gs1.org/414/9520301000024"} }
        """;

    /// <summary>A lot is made from another one.</summary>
    public static string LotFromLot(string id, int minute, string input, string output) => $$"""
        {{{Head("TransformationEvent", id, minute)}},"inputQuantityList":[{"epcClass":"{{input}}"}],"outputQuantityList":[{"epcClass":"{{output}}"}] }
        """;

    /// <summary>Units are made from a lot.</summary>
    public static string UnitsFromLot(string id, int minute, string input, params IEnumerable<string> outputs) => $$"""
        {{{Head("TransformationEvent", id, minute)}},"inputQuantityList":[{"epcClass":"{{input}}"}],"outputEPCList":{{Quoted(outputs)}} }
        """;

    /// <summary>A document of them.</summary>
    public static byte[] Document(params IEnumerable<string> events) => System.Text.Encoding.UTF8.GetBytes($$$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:31Z",
        "epcisBody":{"eventList":[{{{string.Join(",\n", events)}}}]}}
        """);

    static string Head(string type, string id, int minute) =>
        $"\"type\":\"{type}\",\"eventID\":\"{id}\",\"eventTime\":\"{new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute):yyyy-MM-ddTHH:mm:ss}Z\",\"eventTimeZoneOffset\":\"+08:00\"";

    static string Quoted(IEnumerable<string> codes) => "[\"" + string.Join("\",\"", codes) + "\"]";
}
