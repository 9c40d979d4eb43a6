using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>
/// The chance of a draw: 64 lower-case hexadecimal digits from a good source, secret until the draw. Its commitment is made public before, so that whoever draws can neither choose another seed afterwards
/// nor be said to have.
/// </summary>
public static class DrawSeed
{
    /// <summary>Whether a text has the form of a seed, or of a commitment.</summary>
    public static bool IsHex(string text) => text.Length == 64 && text.All(digit => digit is >= '0' and <= '9' or >= 'a' and <= 'f');

    /// <summary>The commitment to a seed: SHA-256 of its 64 characters, in lower-case hexadecimal digits.</summary>
    public static string Commit(string seed) => Hash(seed);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
