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

    /// <summary>Elements in one event; a longer list becomes several events.</summary>
    const int ElementsMax = 1_000;

    static readonly byte[] Marker = "\"tg:masterData\":"u8.ToArray();

    /// <summary>Writes elements as events, in their order.</summary>
    /// <param name="elements">What the vocabularies say.</param>
    /// <param name="said">When it was said: the document's creation date. Part of the content: the same said again later is a record of its own.</param>
    public static IReadOnlyList<CanonicalEvent> Build(IReadOnlyList<MasterElement> elements, DateTimeOffset said) =>
        [.. elements.Chunk(ElementsMax).Select(chunk => OwnEvent.Write(Type, null, said, json =>
        {
            json.WriteStartArray(Member);
            foreach (var element in chunk)
                Write(element, json);
            json.WriteEndArray();
        }))];

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
