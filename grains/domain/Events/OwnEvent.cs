using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>How events of TraceGrains' own begin, so that they read alike.</summary>
static class OwnEvent
{
    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>Writes one and reads it back as stored: the context with <c>tg</c>, type, id (null to be known by its CBV hash), time in UTC, then the rest.</summary>
    public static CanonicalEvent Write(string type, string? id, DateTimeOffset time, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        // Nothing of this is put into a page as it is, so letters beyond ASCII may stay letters.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("@context");
            json.WriteStringValue(EpcisContext);
            json.WriteStartObject();
            json.WriteString("tg", JsonLdContext.ReservedVocabulary);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("type", type);
            if (id is not null)
                json.WriteString("eventID", id);
            json.WriteString("eventTime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventTimeZoneOffset", "+00:00");
            rest(json);
            json.WriteEndObject();
        }
        return EpcisJson.ReadStored(buffer.WrittenMemory);
    }

    /// <summary>Instances by code.</summary>
    public static void WriteInstances(Utf8JsonWriter json, IEnumerable<string> codes)
    {
        json.WriteStartArray("epcList");
        foreach (var code in codes)
            json.WriteStringValue(code);
        json.WriteEndArray();
    }

    /// <summary>Amounts of lots and products; nothing where there are none.</summary>
    public static void WriteAmounts(Utf8JsonWriter json, IReadOnlyCollection<Amount> amounts)
    {
        if (amounts.Count == 0)
            return;
        json.WriteStartArray("quantityList");
        foreach (var amount in amounts)
        {
            json.WriteStartObject();
            json.WriteString("epcClass", amount.Code);
            if (amount.Quantity is { } quantity)
                json.WriteNumber("quantity", quantity);
            if (amount.Uom is not null)
                json.WriteString("uom", amount.Uom);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The possessing party of a source or destination list; nothing for null.</summary>
    public static void WritePossessor(Utf8JsonWriter json, string list, string name, string? party)
    {
        if (party is null)
            return;
        json.WriteStartArray(list);
        json.WriteStartObject();
        json.WriteString("type", "possessing_party");
        json.WriteString(name, party);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
