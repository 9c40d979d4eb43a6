using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TraceGrains.Domain.Access;

/// <summary>
/// What anybody may know of an event: that it happened, of what kind it was and when. Not what else it named, where, between whom, how much, or on what terms. Its hash stays beside it, so a chain
/// can be followed without seeing what it links; only the whole event can be hashed again.
/// </summary>
public static class PublicEvent
{
    static readonly HashSet<string> shown = ["@context", "type", "eventID", "eventTime", "eventTimeZoneOffset", "recordTime", "action", "bizStep", "disposition"];

    /// <summary>Whether an event's own member is shown to everybody.</summary>
    public static bool Shows(string member) => shown.Contains(member);

    /// <summary>The public form of an event's stored bytes.</summary>
    /// <exception cref="JsonException">They are no JSON object.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored, new JsonDocumentOptions { MaxDepth = Events.CaptureLimits.MaxJsonDepth });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("expected an object");
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
                if (shown.Contains(member.Name)) member.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
