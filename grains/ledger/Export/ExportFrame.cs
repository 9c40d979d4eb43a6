using System.Buffers.Binary;
using System.Security.Cryptography;
using ZstdSharp;

namespace TraceGrains.Ledger.Export;

/// <summary>What a frame of an export holds.</summary>
enum FrameKind
{
    /// <summary>What the stream is; its first frame.</summary>
    Header = 1,
    /// <summary>Some consecutive events.</summary>
    Events = 2,
    /// <summary>That the stream is complete; its last frame.</summary>
    End = 3,
}

/// <summary>One frame: EXPORT.md, "Frames". It is checked by itself, so that damage is found where it is.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="First">Sequence of its first event; in the header of the first event to come, in the end frame of the last one.</param>
/// <param name="Count">How many events it holds.</param>
/// <param name="Content">Its content, not compressed.</param>
sealed record ExportFrame(FrameKind Kind, long First, int Count, byte[] Content)
{
    /// <summary>Bytes before the content.</summary>
    public const int HeadSize = ChecksumAt + SHA256.HashSizeInBytes;

    /// <summary>The most a frame may unpack to: a checked length, so that a crafted file cannot fill the memory.</summary>
    public const int MaxContent = 1 << 30;

    const uint Magic = 0x54475846;   // "TGXF"
    const int ChecksumAt = 28;
    // zstd's own default between time and size.
    const int Level = 3;

    /// <summary>Writes the frame; answers its length.</summary>
    public async Task<int> Write(Stream stream, CancellationToken stop)
    {
        var packed = Pack(Content);
        var head = new byte[HeadSize];
        BinaryPrimitives.WriteUInt32BigEndian(head, Magic);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), (int)Kind);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(8), First);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), Count);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(20), Content.Length);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(24), packed.Length);
        Checksum(head, packed).CopyTo(head, ChecksumAt);
        await stream.WriteAsync(head, stop);
        await stream.WriteAsync(packed, stop);
        return head.Length + packed.Length;
    }

    /// <summary>Reads the frame at a position; null at the end of the stream.</summary>
    /// <exception cref="ExportDamagedException">What is there is no whole, undamaged frame.</exception>
    public static async Task<(ExportFrame Frame, int Length)?> Read(Stream stream, long position, CancellationToken stop)
    {
        var head = new byte[HeadSize];
        var got = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop);
        if (got == 0) return null;
        if (got < head.Length) throw new ExportDamagedException(position, $"the file ends inside a frame, {got} bytes after its start: it was cut off", isCutOff: true);
        if (BinaryPrimitives.ReadUInt32BigEndian(head) != Magic)
            throw new ExportDamagedException(position, position == 0 ? "this is no export of a ledger" : "expected the start of a frame (TGXF)");
        var (length, packedLength) = (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(24)));
        if (length is < 0 or > MaxContent || packedLength is < 0 or > MaxContent) throw new ExportDamagedException(position, "the frame's lengths are damaged");
        // Read as it comes, not into a buffer of the length that is claimed: until the checksum fits, the length is only a claim.
        var packed = await ReadClaimed(stream, packedLength, stop);
        if (packed.Length < packedLength) throw new ExportDamagedException(position, $"the file ends inside a frame, {packed.Length + head.Length} of {packedLength + head.Length} bytes after its start: it was cut off, or the frame's length is damaged", isCutOff: true);
        if (!Checksum(head, packed).AsSpan().SequenceEqual(head.AsSpan(ChecksumAt))) throw new ExportDamagedException(position, "the frame's checksum does not fit its bytes");
        var content = Unpack(packed, length) ?? throw new ExportDamagedException(position, "the frame does not unpack");
        return (new((FrameKind)BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)), BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), content),
            head.Length + packedLength);
    }

    static async Task<byte[]> ReadClaimed(Stream stream, int length, CancellationToken stop)
    {
        using var read = new MemoryStream();
        var buffer = new byte[Math.Min(length, 1 << 20)];
        while (read.Length < length)
        {
            var got = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - read.Length)), stop);
            if (got == 0) break;
            read.Write(buffer, 0, got);
        }
        return read.ToArray();
    }

    static byte[] Checksum(byte[] head, byte[] packed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head, 0, ChecksumAt);
        hash.AppendData(packed);
        return hash.GetHashAndReset();
    }

    static byte[] Pack(byte[] content)
    {
        using var compressor = new Compressor(Level);
        return compressor.Wrap(content).ToArray();
    }

    static byte[]? Unpack(byte[] packed, int length)
    {
        try
        {
            using var decompressor = new Decompressor();
            var content = new byte[length];
            return decompressor.Unwrap(packed, content) == length ? content : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }
}

/// <summary>An export is cut off, damaged, or no export. Everything before <see cref="Position"/> is sound.</summary>
/// <param name="position">Byte from the start of the file at which the bad frame begins.</param>
/// <param name="what">What is wrong there.</param>
/// <param name="isCutOff">Whether the file ends too early, as after an interruption.</param>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.ExportDamaged")]
public sealed class ExportDamagedException(long position, string what, bool isCutOff = false) : Exception($"at byte {position:N0}: {what}")
{
    [Orleans.Id(0)] readonly long at = position;
    [Orleans.Id(1)] readonly bool cutOff = isCutOff;

    /// <summary>Byte from the start of the file at which the bad frame begins.</summary>
    public long Position => at;

    /// <summary>Whether the file ends too early, as after an interruption; the rest of it is sound.</summary>
    public bool IsCutOff => cutOff;
}
