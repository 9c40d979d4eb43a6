using System.Globalization;
using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Tests.Cluster;

/// <summary>Events as an enterprise would tell them.</summary>
static class Told
{
    public const string Milk = "https://id.gs1.org/01/09506000134352", Cheese = "https://id.gs1.org/01/00614141123452", Pallet = "https://id.gs1.org/00/106141412345678908";
    public const string Dairy = "urn:ex:dairy", Depot = "urn:ex:depot", Shop = "urn:ex:shop", Cellar = "urn:ex:cellar", Counter = "urn:ex:counter";

    static int lastId;

    public static string NewId() => $"urn:ex:event:{Interlocked.Increment(ref lastId)}";

    public static string Lot(string product, string lot) => $"{product}/10/{lot}";

    public static string Unit(string product, int serial) => $"{product}/21/{serial}";

    public static byte[] Document(params string[] events) => Encoding.UTF8.GetBytes($$$"""
        {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-04T11:00:31Z",
        "epcisBody":{"eventList":[{{{string.Join(',', events)}}}]}}
        """);

    /// <summary>A told event as it goes to the ledger.</summary>
    public static EventToRecord Canonical(string told) => EventToRecord.Of(EpcisJson.ReadDocument(Document(told)).Events.Single());

    /// <summary>Units or lots come into being at the dairy.</summary>
    public static string Made(params string[] things) =>
        Event("ObjectEvent", 1, $"\"action\":\"ADD\",\"bizStep\":\"commissioning\",\"disposition\":\"active\",{Things(things)},{At(Cellar, Dairy)}");

    public static string From(string[] inputs, string[] outputs, string? id = null, int minute = 2) =>
        Event("TransformationEvent", minute, $"{Things(inputs, "inputEPCList", "inputQuantityList")},{Things(outputs, "outputEPCList", "outputQuantityList")},{At(Cellar, Dairy)}", id);

    public static string Packed(string container, int minute, params string[] things) =>
        Event("AggregationEvent", minute, $"\"action\":\"ADD\",\"bizStep\":\"packing\",\"parentID\":\"{container}\",{Things(things, "childEPCs", "childQuantityList")}");

    public static string Unpacked(string container, int minute, params string[] things) =>
        Event("AggregationEvent", minute, $"\"action\":\"DELETE\",\"bizStep\":\"unpacking\",\"parentID\":\"{container}\",{Things(things, "childEPCs", "childQuantityList")}");

    /// <summary>A part or sensor is fixed to an asset.</summary>
    public static string Attached(string asset, int minute, params string[] parts) =>
        Event("AssociationEvent", minute, $"\"action\":\"ADD\",\"bizStep\":\"assembling\",\"parentID\":\"{asset}\",{Things(parts, "childEPCs", "childQuantityList")}");

    public static string Received(string party, string place, int minute, params string[] things) =>
        Event("ObjectEvent", minute, $"\"action\":\"OBSERVE\",\"bizStep\":\"receiving\",\"disposition\":\"in_progress\",{Things(things)},{At(place, party)}");

    public static string Seen(string thing, int minute, string? id = null) => Event("ObjectEvent", minute, $"\"action\":\"OBSERVE\",\"bizStep\":\"inspecting\",{Things([thing])}", id);

    public static string DeclaredWrong(string told) =>
        told.Insert(1, "\"errorDeclaration\":{\"declarationTime\":\"2026-03-05T00:00:00Z\",\"reason\":\"incorrect_data\"},");

    static string Event(string type, int minute, string members, string? id = null) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"{{type}}","eventID":"{{id ?? NewId()}}","eventTime":"{{new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute):yyyy-MM-dd'T'HH:mm:ss'Z'}}","eventTimeZoneOffset":"+08:00",{{members}}}""");

    static string At(string place, string party) => $$"""
        "bizLocation":{"id":"{{place}}"},"destinationList":[{"type":"possessing_party","destination":"{{party}}"}]
        """;

    static string Things(string[] things, string list = "epcList", string quantities = "quantityList")
    {
        var lots = things.Where(thing => thing.Contains("/10/", StringComparison.Ordinal)).Select(lot => $$"""{"epcClass":"{{lot}}","quantity":10,"uom":"KGM"}""").ToList();
        var units = things.Where(thing => !thing.Contains("/10/", StringComparison.Ordinal)).Select(unit => $"\"{unit}\"").ToList();
        return string.Join(',', new[] { units.Count > 0 ? $"\"{list}\":[{string.Join(',', units)}]" : "", lots.Count > 0 ? $"\"{quantities}\":[{string.Join(',', lots)}]" : "" }.Where(part => part.Length > 0));
    }
}
