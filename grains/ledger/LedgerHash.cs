using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TraceGrains.Ledger;

/// <summary>
/// The two hashes that make a chain tamper-evident. They are part of the format: whoever has the events can compute every link again
/// without this program (FORMAT.md, "Hashes").
/// </summary>
public static class LedgerHash
{
    /// <summary>Length of every hash here: SHA-256, 32 bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    const int TimeSize = sizeof(long);

    /// <summary>
    /// What stands for one recorded event in every chain: SHA-256 over the record time (Unix milliseconds, 8 bytes, big-endian) and the canonical bytes.
    /// </summary>
    /// <remarks>The record time is inside because "recorded when" is evidence: nobody can back-date an event and keep the chains.</remarks>
    public static byte[] EventHash(DateTimeOffset recordTime, ReadOnlySpan<byte> json)
    {
        // One copy and one call into the hash is faster than feeding it in two parts; events are a few kilobytes.
        var message = ArrayPool<byte>.Shared.Rent(TimeSize + json.Length);
        BinaryPrimitives.WriteInt64BigEndian(message, recordTime.ToUnixTimeMilliseconds());
        json.CopyTo(message.AsSpan(TimeSize));
        var hash = SHA256.HashData(message.AsSpan(0, TimeSize + json.Length));
        ArrayPool<byte>.Shared.Return(message);
        return hash;
    }

    /// <summary>The next link of a chain: SHA-256 over the previous link's hash (32 zero bytes before the first) and the event's hash.</summary>
    /// <exception cref="ArgumentException">One of the two is not 32 bytes long.</exception>
    public static byte[] Link(ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> eventHash)
    {
        if (previousHash.Length != Size || eventHash.Length != Size)
            throw new ArgumentException($"a link joins two hashes of {Size} bytes, not {previousHash.Length} and {eventHash.Length}");

        Span<byte> message = stackalloc byte[2 * Size];
        previousHash.CopyTo(message);
        eventHash.CopyTo(message[Size..]);
        return SHA256.HashData(message);
    }
}
