using System.Globalization;
using System.Text;
using System.Security.Cryptography;
using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Holds;

/// <summary>What holds, refusals and violations have in common as events.</summary>
static class OwnText
{
    /// <summary>The things an event names: single ones, and lots and products of which no amount is told.</summary>
    public static void WriteThings(Utf8JsonWriter json, IEnumerable<(string Code, bool IsAmount)> things)
    {
        var sorted = things.Distinct().ToLookup(thing => thing.IsAmount, thing => thing.Code);
        OwnEvent.WriteInstances(json, sorted[false]);
        OwnEvent.WriteAmounts(json, [.. sorted[true].Select(code => new Amount(code, null, null))]);
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
