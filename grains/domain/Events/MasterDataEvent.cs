using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>
/// Master data of a document's header as an event of TraceGrains' own in the ledger: so it has a place in the one order, is as durable, hashed and portable as any event, and the
/// latest record is simply the last one. It names nothing in the custody sense: it lengthens no chain and states no fact.
/// </summary>
public static class MasterDataEvent
{
    /// <summary>The event's type.</summary>
    public const string Type = JsonLdContext.ReservedVocabulary + "MasterDataEvent";

    const string Member = "tg:masterData";

    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>Elements in one event; a longer list becomes several events.</summary>
    const int ElementsMax = 1_000;

    static readonly byte[] Marker = "\"tg:masterData\":"u8.ToArray();

    /// <summary>Writes elements as events, in their order.</summary>
    /// <param name="elements">What the vocabularies say.</param>
    /// <param name="said">When it was said: the document's creation date. Part of the content: the same said again later is a record of its own.</param>
    public static IReadOnlyList<CanonicalEvent> Build(IReadOnlyList<MasterElement> elements, DateTimeOffset said) =>
        [.. elements.Chunk(ElementsMax).Select(chunk => EpcisJson.ReadStored(Write(chunk, said)))];

    static byte[] Write(IReadOnlyList<MasterElement> elements, DateTimeOffset said)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("@context");
            json.WriteStringValue(EpcisContext);
            json.WriteStartObject();
            json.WriteString("tg", JsonLdContext.ReservedVocabulary);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("type", Type);
            json.WriteString("eventTime", said.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventTimeZoneOffset", "+00:00");
            json.WriteStartArray(Member);
            foreach (var element in elements)
                Write(element, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Write(MasterElement element, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("vocabulary", element.Vocabulary);
        json.WriteString("id", element.Id);
        json.WriteStartArray("attributes");
        foreach (var (id, value) in element.Attributes)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("children");
        foreach (var child in element.Children)
            json.WriteStringValue(child);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the elements of a recorded event; null when it is an event of another kind.</summary>
    public static IReadOnlyList<MasterElement>? TryRead(ReadOnlyMemory<byte> stored)
    {
        if (stored.Span.IndexOf(Marker) < 0)
            return null;
        using var document = JsonDocument.Parse(stored, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        var root = document.RootElement;
        if (!root.TryGetProperty("type"u8, out var type) || !type.ValueEquals(Type) || !root.TryGetProperty(Member, out var list))
            return null;
        var elements = new List<MasterElement>(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
            elements.Add(new(
                Text(element, "vocabulary"), Text(element, "id"),
                [.. element.GetProperty("attributes"u8).EnumerateArray().Select(attribute => KeyValuePair.Create(Text(attribute, "id"), Text(attribute, "value")))],
                [.. element.GetProperty("children"u8).EnumerateArray().Select(child => child.GetString()!)]));
        return elements;
    }

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
