using System.Globalization;
using System.Text;

namespace TraceGrains.Domain.Transparency;

/// <summary>
/// What the operator of a ledger promises: at this moment it had so many events and this root over them. The promise is the text of <see cref="SignedText"/>, a
/// checkpoint of C2SP "tlog-checkpoint" (origin, size and root, then one extension line with the time), signed with Ed25519 (RFC 8032).
/// </summary>
/// <param name="Origin">Name of the log; one line without spaces at its ends.</param>
/// <param name="Size">How many events, so also the sequence of the last one.</param>
/// <param name="RootHash">Root of the Merkle tree over their event hashes, 32 bytes.</param>
/// <param name="Timestamp">When it was signed, UTC, whole milliseconds.</param>
public sealed record TreeHead(string Origin, long Size, byte[] RootHash, DateTimeOffset Timestamp)
{
    /// <summary>The bytes that are signed: UTF-8, every line ends with a line feed, numbers in decimal without leading zeros, the root in base64.</summary>
    public byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{Origin}\n{Size}\n{Convert.ToBase64String(RootHash)}\ntimestamp {Timestamp.ToUnixTimeMilliseconds()}\n"));

    /// <summary>What is wrong with a log's name; null when nothing is.</summary>
    public static string? OriginProblem(string origin) =>
        origin.Length is 0 or > 255 || origin.Trim() != origin || origin.Any(char.IsControl) ? $"expected 1 to 255 characters without control characters and without spaces at the ends, found '{origin}'" : null;
}

/// <summary>A tree head with its signature.</summary>
/// <param name="Head">What was signed.</param>
/// <param name="KeyId">Which key signed: <see cref="TreeKey.IdOf"/>.</param>
/// <param name="Signature">Ed25519 signature over <see cref="TreeHead.SignedText"/>, 64 bytes.</param>
public sealed record SignedTreeHead(TreeHead Head, string KeyId, byte[] Signature);
