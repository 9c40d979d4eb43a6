using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Access.Audit;

/// <summary>Something that somebody read or did, or was not let.</summary>
/// <param name="Number">Its place in the log, dense from 1.</param>
/// <param name="Time">When, UTC, whole milliseconds.</param>
/// <param name="Subject">The account or key; "anonymous" for nobody in particular.</param>
/// <param name="Role">As what they asked.</param>
/// <param name="Party">The enterprise for which they acted, or the district they supervise; null for others.</param>
/// <param name="Action">What kind of request: an HTTP method with the pattern of its path, or query, mutation, subscription.</param>
/// <param name="Target">What it was about: codes and ids, never the content of a request.</param>
/// <param name="Outcome">"ok", or the code of what went wrong.</param>
/// <param name="Detail">What else is known: the name of an operation, where a capture stands, what credentials lacked. Empty for nothing.</param>
public sealed record AuditEntry(long Number, DateTimeOffset Time, string Subject, Role Role, string? Party, string Action, string Target, string Outcome, string Detail)
{
    /// <summary>Longest text of each kind, in characters; longer ones are cut and end with "…".</summary>
    public const int SubjectMax = 200, PartyMax = 500, ActionMax = 100, TargetMax = 1_000, OutcomeMax = 100, DetailMax = 300;

    /// <summary>The hash of a log without entries.</summary>
    public static byte[] Start => new byte[32];

    /// <summary>SHA-256 over the hash of the entry before and this entry's bytes: number and time big-endian, role, then each text as its length in bytes (4, big-endian; -1 for none) and its UTF-8.</summary>
    public byte[] Hash(ReadOnlySpan<byte> previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> fixedPart = stackalloc byte[17];
        BinaryPrimitives.WriteInt64BigEndian(fixedPart, Number);
        BinaryPrimitives.WriteInt64BigEndian(fixedPart[8..], Time.ToUnixTimeMilliseconds());
        fixedPart[16] = (byte)Role;
        hash.AppendData(fixedPart);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in (ReadOnlySpan<string?>)[Subject, Party, Action, Target, Outcome, Detail])
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}

/// <summary>An entry with its link of the chain.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Hash">See <see cref="AuditEntry.Hash"/>; 32 bytes.</param>
public sealed record AuditRecord(AuditEntry Entry, byte[] Hash);

/// <summary>The chain of the audit log.</summary>
public static class AuditChain
{
    /// <summary>The number of the first entry that does not follow from the one before, of a run that begins after a link; null where all do.</summary>
    /// <param name="after">The number of the entry before the run; 0 for none.</param>
    /// <param name="previous">That entry's hash.</param>
    /// <param name="run">The run.</param>
    public static long? FirstBroken(long after, byte[] previous, IEnumerable<AuditRecord> run)
    {
        foreach (var record in run)
        {
            if (record.Entry.Number != ++after || !record.Entry.Hash(previous).AsSpan().SequenceEqual(record.Hash)) return after;
            previous = record.Hash;
        }
        return null;
    }
}
