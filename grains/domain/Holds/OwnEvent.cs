using System.Buffers;
using System.Globalization;
using System.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Holds;

/// <summary>What holds, refusals and violations have in common as events of TraceGrains' own.</summary>
static class OwnEvent
{
    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    public static CanonicalEvent Build(string type, string eventId, DateTimeOffset eventTime, Action<Utf8JsonWriter> write)
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
            json.WriteString("eventID", eventId);
            json.WriteString("eventTime", Time(eventTime));
            json.WriteString("eventTimeZoneOffset", "+00:00");
            write(json);
            json.WriteEndObject();
        }
        return EpcisJson.ReadStored(buffer.WrittenMemory);
    }

    /// <summary>The things an event names: single ones, and lots and products of which no amount is told.</summary>
    public static void WriteThings(Utf8JsonWriter json, IEnumerable<(string Code, bool IsAmount)> things)
    {
        var sorted = things.Distinct().ToLookup(thing => thing.IsAmount, thing => thing.Code);
        json.WriteStartArray("epcList");
        foreach (var code in sorted[false]) json.WriteStringValue(code);
        json.WriteEndArray();
        if (!sorted.Contains(true)) return;
        json.WriteStartArray("quantityList");
        foreach (var code in sorted[true])
        {
            json.WriteStartObject();
            json.WriteString("epcClass", code);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WritePlace(Utf8JsonWriter json, string name, string? code)
    {
        if (code is null) return;
        json.WriteStartObject(name);
        json.WriteString("id", code);
        json.WriteEndObject();
    }

    /// <summary>The kinds of reason, each once, where queries find them.</summary>
    public static void WriteKinds(Utf8JsonWriter json, IEnumerable<ToldReason> reasons)
    {
        json.WriteStartArray("tg:reason");
        foreach (var kind in reasons.Select(reason => reason.Kind).Distinct().Order()) json.WriteStringValue(ToldReason.WordOf(kind));
        json.WriteEndArray();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>32 hexadecimal digits that stand for some texts.</summary>
    public static string Digest(params IEnumerable<string> texts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, 16));

    /// <summary>The member of a stored event of a type; null when it is another event. The caller disposes of the document.</summary>
    public static JsonDocument? Open(ReadOnlyMemory<byte> stored, string type)
    {
        if (stored.Span.IndexOf(Encoding.UTF8.GetBytes($"\"type\":\"{type}\"")) < 0) return null;
        return JsonDocument.Parse(stored, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
    }
}
