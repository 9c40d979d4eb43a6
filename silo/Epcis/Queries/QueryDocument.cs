using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>Writes an <c>EPCISQueryDocument</c> as JSON-LD (EPCIS 2.0, 12.7): the events as they were captured, each with its record time and the id it is known by.</summary>
static class QueryDocument
{
    const string EpcisContext = "\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"";

    /// <param name="events">The events.</param>
    /// <param name="queryName">The query.</param>
    /// <param name="now">When the document was made.</param>
    /// <param name="spelling">How identifiers are spelt.</param>
    /// <param name="subscription">Of a document that a subscriber gets: the subscription, and the place in the ledger behind which the next one begins.</param>
    public static byte[] Write(IReadOnlyList<QueriedEvent> events, string queryName, DateTimeOffset now, Spelling spelling, (string Id, long Cursor)? subscription = null)
    {
        var parsed = events.Select(e => JsonDocument.Parse(e.Json)).ToArray();
        try
        {
            var buffer = new ArrayBufferWriter<byte>(4096);
            // Nothing of this is put into a page as it is, so letters beyond ASCII may stay letters.
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                // One context for all where all have the same; else each event keeps its own, or one event's prefix would change what another says.
                var shared = parsed.Length == 0 ? EpcisContext : Raw(parsed[0]);
                var isShared = parsed.All(document => Raw(document) == shared);
                json.WriteStartObject();
                json.WritePropertyName("@context");
                json.WriteRawValue(isShared ? shared : EpcisContext, skipInputValidation: true);
                json.WriteString("type", "EPCISQueryDocument");
                json.WriteString("schemaVersion", "2.0");
                json.WriteString("creationDate", now.UtcDateTime);
                json.WriteStartObject("epcisBody");
                json.WriteStartObject("queryResults");
                json.WriteString("queryName", queryName);
                if (subscription is var (id, cursor))
                {
                    json.WriteString("subscriptionID", id);
                    // The whole name, so that no context has to explain a prefix.
                    json.WriteNumber("urn:tracegrains:voc:cursor", cursor);
                }
                json.WriteStartObject("resultsBody");
                json.WriteStartArray("eventList");
                for (var i = 0; i < parsed.Length; i++)
                    Write(events[i], parsed[i].RootElement, isShared, spelling, json);
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            foreach (var document in parsed) document.Dispose();
        }
    }

    static void Write(QueriedEvent recorded, JsonElement e, bool contextIsShared, Spelling spelling, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        var hasId = false;
        foreach (var member in e.EnumerateObject())
            if (member.NameEquals("@context"u8))
            {
                if (!contextIsShared) member.WriteTo(json);
            }
            else
            {
                hasId |= member.NameEquals("eventID"u8);
                Write(member, spelling, json);
            }
        if (!hasId) json.WriteString("eventID", recorded.EventId);
        json.WriteString("recordTime", recorded.RecordTime.UtcDateTime);
        json.WriteEndObject();
    }

    static void Write(JsonProperty member, Spelling spelling, Utf8JsonWriter json)
    {
        // One's own fields may hold what looks like an identifier and is a text.
        if (spelling.Epc != EpcSpelling.DigitalLink || member.Name.Contains(':'))
            member.WriteTo(json);
        else
        {
            json.WritePropertyName(member.Name);
            Write(member.Value, spelling, json);
        }
    }

    static void Write(JsonElement value, Spelling spelling, Utf8JsonWriter json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject()) Write(member, spelling, json);
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, spelling, json);
                json.WriteEndArray();
                break;
            case JsonValueKind.String: json.WriteStringValue(spelling.Identifier(value.GetString()!)); break;
            default: value.WriteTo(json); break;
        }
    }

    static string Raw(JsonDocument document) => document.RootElement.TryGetProperty("@context"u8, out var context) ? System.Text.Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(context)) : EpcisContext;
}
