using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TraceGrains.Ledger.Export;

/// <summary>The content of a frame of events: EXPORT.md, "Events".</summary>
static class EventsContent
{
    const int FixedSize = sizeof(long) + 1 + 2 * LedgerHash.Size;

    static readonly UTF8Encoding strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(IReadOnlyList<LedgerEvent> events)
    {
        var content = new ArrayBufferWriter<byte>();
        foreach (var e in events)
        {
            var head = content.GetSpan(FixedSize);
            BinaryPrimitives.WriteInt64BigEndian(head, e.RecordTime.ToUnixTimeMilliseconds());
            head[8] = e.DeclaresError ? (byte)1 : (byte)0;
            e.EventHash.CopyTo(head[9..]);
            e.CbvHash.CopyTo(head[(9 + LedgerHash.Size)..]);
            content.Advance(FixedSize);
            WriteCounted(content, Encoding.UTF8.GetBytes(e.EventId));
            WriteCounted(content, e.Json);
        }
        return content.WrittenSpan.ToArray();
    }

    /// <summary>Reads the events of a frame and checks each by itself and against the one before: its hash, its time.</summary>
    /// <exception cref="ExportDamagedException">The frame was written wrong: an event's hash is not that of its bytes, or a time runs backwards.</exception>
    public static List<LedgerEvent> Read(ExportFrame frame, long position, DateTimeOffset notBefore)
    {
        var events = new List<LedgerEvent>();
        var rest = frame.Content.AsSpan();
        for (var sequence = frame.First; sequence < frame.First + frame.Count; sequence++)
        {
            var e = TryRead(ref rest, sequence) ?? throw new ExportDamagedException(position, $"event {sequence} is incomplete");
            if (!LedgerHash.EventHash(e.RecordTime, e.Json).AsSpan().SequenceEqual(e.EventHash))
                throw new ExportDamagedException(position, $"event {sequence} does not hash to its event hash {Convert.ToHexStringLower(e.EventHash)}: its bytes or its record time have changed");
            if (e.RecordTime < notBefore)
                throw new ExportDamagedException(position, $"event {sequence} was recorded at {e.RecordTime:O}, before its predecessor's {notBefore:O}");
            events.Add(e);
            notBefore = e.RecordTime;
        }
        return rest.IsEmpty ? events : throw new ExportDamagedException(position, $"the frame has {rest.Length} bytes after its {frame.Count} events");
    }

    static LedgerEvent? TryRead(ref Span<byte> rest, long sequence)
    {
        if (rest.Length < FixedSize) return null;
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(rest);
        var flags = rest[8];
        var (eventHash, cbvHash) = (rest.Slice(9, LedgerHash.Size).ToArray(), rest.Slice(9 + LedgerHash.Size, LedgerHash.Size).ToArray());
        rest = rest[FixedSize..];
        if (flags > 1 || milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return null;
        if (ReadCounted(ref rest) is not { } id || ReadCounted(ref rest) is not { } json) return null;
        try
        {
            return new(sequence, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), strictUtf8.GetString(id), flags == 1, cbvHash, eventHash, json);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static void WriteCounted(ArrayBufferWriter<byte> content, byte[] bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(content.GetSpan(sizeof(int)), bytes.Length);
        content.Advance(sizeof(int));
        content.Write(bytes);
    }

    static byte[]? ReadCounted(ref Span<byte> rest)
    {
        if (rest.Length < sizeof(int)) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[sizeof(int)..];
        if (length < 0 || length > rest.Length) return null;
        var bytes = rest[..length].ToArray();
        rest = rest[length..];
        return bytes;
    }
}
