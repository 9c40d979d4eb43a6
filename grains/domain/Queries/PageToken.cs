using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace TraceGrains.Domain.Queries;

/// <summary>
/// Where the next page of an answer begins, as the client carries it. It holds no resource of the server and no secret: a place in an answer that its holder may ask for anyway. It belongs to
/// one query, and is good for a time.
/// </summary>
/// <param name="Expires">Until when, to the second.</param>
/// <param name="ThroughSequence">The last event the answer knows of.</param>
/// <param name="AfterTime">Event time of the last event looked at, Unix milliseconds.</param>
/// <param name="AfterSequence">Place in the ledger of the last event looked at; 0 when none was.</param>
/// <param name="Skip">How many events have been given, where that is what counts.</param>
/// <param name="Remaining">How many more may be given; null without limit.</param>
public sealed record PageToken(DateTimeOffset Expires, long ThroughSequence, long AfterTime, long AfterSequence, int Skip, int? Remaining)
{
    const byte Version = 1;
    const int Length = 1 + 8 + 8 + 8 + 8 + 8 + 4 + 4;

    /// <summary>Writes the token for a page of this query.</summary>
    public string Write(ReadOnlySpan<byte> query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        Fingerprint(query, bytes[1..9]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Expires.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], ThroughSequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[25..], AfterTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes[33..], AfterSequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[41..], Skip);
        BinaryPrimitives.WriteInt32BigEndian(bytes[45..], Remaining ?? -1);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token; null when it is none, or one of another query.</summary>
    public static PageToken? Read(string text, ReadOnlySpan<byte> query)
    {
        Span<byte> fingerprint = stackalloc byte[8];
        Fingerprint(query, fingerprint);
        return Read(text) is var (token, of) && of.AsSpan().SequenceEqual(fingerprint) ? token : null;
    }

    /// <summary>When a token ends, whichever query it is of; null when it is none.</summary>
    public static DateTimeOffset? ExpiryOf(string text) => Read(text)?.Token.Expires;

    static (PageToken Token, byte[] Query)? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length || !Base64Url.TryDecodeFromChars(text, bytes, out _) || bytes[0] != Version)
            return null;
        var expires = BinaryPrimitives.ReadInt64BigEndian(bytes[9..]);
        if (expires is < 0 or > 253_402_300_799)
            return null;
        var remaining = BinaryPrimitives.ReadInt32BigEndian(bytes[45..]);
        var token = new PageToken(
            DateTimeOffset.FromUnixTimeSeconds(expires), BinaryPrimitives.ReadInt64BigEndian(bytes[17..]), BinaryPrimitives.ReadInt64BigEndian(bytes[25..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[33..]), Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[41..])), remaining < 1 ? null : remaining);
        return (token, bytes[1..9].ToArray());
    }

    static void Fingerprint(ReadOnlySpan<byte> query, Span<byte> eight)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(query, hash);
        hash[..8].CopyTo(eight);
    }
}
