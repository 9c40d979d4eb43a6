using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>
/// Writes the bytes that are stored of an event. Nothing is re-encoded: names, strings and numbers keep the very bytes they came with,
/// only white space between them goes.
/// </summary>
static class CanonicalJson
{
    static readonly SearchValues<byte> SpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);

    /// <summary>The event with its context first and without recordTime; <paramref name="carried"/> are document members that speak about its events.</summary>
    public static byte[] Of(JsonElement value, ReadOnlySpan<byte> context, IReadOnlyList<JsonProperty> carried, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        scratch.Write("{"u8);
        if (context.Length > 0)
        {
            scratch.Write("\"@context\":"u8);
            scratch.Write(context);
        }
        foreach (var member in carried)
            Write(member, scratch);
        foreach (var member in value.EnumerateObject())
            if (!member.NameEquals("@context"u8) && !member.NameEquals("recordTime"u8) && !IsEarlierId(member, value))
                Write(member, scratch);
        scratch.Write("}"u8);
        return scratch.WrittenSpan.ToArray();
    }

    /// <summary>The document's context followed by the event's own, as one array. A definition that recurs keeps its last place, because the last one counts.</summary>
    public static byte[] MergeContexts(JsonElement? outer, JsonElement? own)
    {
        if (outer is null || own is null)
            return (outer ?? own) is { } only ? Minify(only) : [];
        List<byte[]> parts = [.. Parts(outer.Value)];
        foreach (var part in Parts(own.Value))
        {
            parts.RemoveAll(earlier => earlier.AsSpan().SequenceEqual(part));
            parts.Add(part);
        }
        if (parts.Count == 1)
            return parts[0];
        var merged = new ArrayBufferWriter<byte>();
        merged.Write("["u8);
        for (var at = 0; at < parts.Count; at++)
        {
            if (at > 0)
                merged.Write(","u8);
            merged.Write(parts[at]);
        }
        merged.Write("]"u8);
        return merged.WrittenSpan.ToArray();
    }

    public static byte[] Minify(JsonElement value)
    {
        var writer = new ArrayBufferWriter<byte>();
        Minify(JsonMarshal.GetRawUtf8Value(value), writer);
        return writer.WrittenSpan.ToArray();
    }

    // Of an eventID given twice the last one is kept; looking a member up finds the last.
    static bool IsEarlierId(JsonProperty member, JsonElement value) =>
        member.NameEquals("eventID"u8) && value.TryGetProperty("eventID"u8, out var last)
        && !Unsafe.AreSame(in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(last)), in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(member.Value)));

    static IEnumerable<byte[]> Parts(JsonElement context) =>
        context.ValueKind == JsonValueKind.Array ? context.EnumerateArray().Select(Minify) : [Minify(context)];

    static void Write(JsonProperty member, ArrayBufferWriter<byte> to)
    {
        to.Write(to.WrittenCount > 1 ? ",\""u8 : "\""u8);
        to.Write(JsonMarshal.GetRawUtf8PropertyName(member));
        to.Write("\":"u8);
        Minify(JsonMarshal.GetRawUtf8Value(member.Value), to);
    }

    // The input is JSON that parsed, so a quote always has its partner.
    static void Minify(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> to)
    {
        var target = to.GetSpan(json.Length);
        var written = 0;
        while (json.Length > 0)
        {
            var plain = json.IndexOfAny(SpaceOrQuote);
            if (plain < 0)
                plain = json.Length;
            json[..plain].CopyTo(target[written..]);
            written += plain;
            json = json[plain..];
            if (json.Length == 0)
                break;
            if (json[0] != '"')
            {
                json = json[1..];
                continue;
            }
            var end = 1;
            while (true)
            {
                end += json[end..].IndexOfAny((byte)'"', (byte)'\\');
                if (json[end] == '"')
                    break;
                end += 2;
            }
            json[..(end + 1)].CopyTo(target[written..]);
            written += end + 1;
            json = json[(end + 1)..];
        }
        to.Advance(written);
    }
}
