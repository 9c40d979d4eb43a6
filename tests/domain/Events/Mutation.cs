using System.Text;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>One change to the bytes of a document, for tests that spoil documents in every way.</summary>
static class Mutation
{
    /// <summary>At a place (0 to 1): takes bytes out, puts a piece in, does both, says some twice, or changes one byte.</summary>
    public static byte[] Of(byte[] bytes, string[] pieces, double where, int length, int piece, int how)
    {
        var at = (int)(where * bytes.Length);
        var end = Math.Min(bytes.Length, at + length);
        var inserted = Encoding.UTF8.GetBytes(pieces[piece]);
        return how switch
        {
            0 => [.. bytes[..at], .. bytes[end..]],
            1 => [.. bytes[..at], .. inserted, .. bytes[at..]],
            2 => [.. bytes[..at], .. inserted, .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            _ => [.. bytes[..at], (byte)(piece * 256 / pieces.Length), .. bytes[Math.Min(bytes.Length, at + 1)..]],
        };
    }
}
