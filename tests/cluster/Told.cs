using System.Globalization;
using System.Text;

namespace TraceGrains.Cluster.Tests;

/// <summary>The events of the load, as small as they may be, and what the load expects of them.</summary>
sealed record Told(string Id, string Json, string[] Inputs, string[] Outputs)
{
    const string Product = "https://id.gs1.org/01/09520120000038";

    public static string Lot(int number) => string.Create(CultureInfo.InvariantCulture, $"{Product}/10/L{number}");

    public static string Unit(int serial) => string.Create(CultureInfo.InvariantCulture, $"{Product}/21/{serial}");

    /// <summary>Lots are made from a lot.</summary>
    public static Told Made(Random chance, string input, params string[] outputs)
    {
        var id = NewId(chance);
        return new(id, $$"""
            {{{Head("TransformationEvent", id)}},"inputQuantityList":[{"epcClass":"{{input}}"}],"outputQuantityList":[{{string.Join(',', outputs.Select(lot => $"{{\"epcClass\":\"{lot}\"}}"))}}] }
            """, [input], outputs);
    }

    /// <summary>Units are seen.</summary>
    public static Told Seen(Random chance, params string[] units)
    {
        var id = NewId(chance);
        return new(id, $$"""
            {{{Head("ObjectEvent", id)}},"action":"OBSERVE","bizStep":"receiving","epcList":["{{string.Join("\",\"", units)}}"],"readPoint":{"id":"https://id.gs1.org/414/9520301000024"} }
            """, [], []);
    }

    public static byte[] Document(IEnumerable<Told> events) => Encoding.UTF8.GetBytes($$$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:31Z",
        "epcisBody":{"eventList":[{{{string.Join(",\n", events.Select(e => e.Json))}}}]}}
        """);

    static string NewId(Random chance)
    {
        var id = new byte[16];
        chance.NextBytes(id);
        return $"urn:uuid:{new Guid(id)}";
    }

    static string Head(string type, string id) => $"\"type\":\"{type}\",\"eventID\":\"{id}\",\"eventTime\":\"2026-03-01T00:00:00Z\",\"eventTimeZoneOffset\":\"+08:00\"";
}
