using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Access;

/// <summary>
/// What stands for a person's name where nothing can be erased: a salted commitment. Who keeps salt and name beside can show whose it is and prove it; once both are erased, nobody can, and every hash over it stays what it was.
/// </summary>
public static class PersonCommitment
{
    /// <summary>How commitments begin; no name may.</summary>
    public const string Start = "person:";

    /// <summary>Bytes of a salt: too many to try.</summary>
    public const int SaltLength = 32;

    /// <summary>The commitment to a name: SHA-256 over salt and UTF-8.</summary>
    public static string Of(ReadOnlySpan<byte> salt, string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        return Start + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a text is one, or pretends to be.</summary>
    public static bool Is(string text) => text.StartsWith(Start, StringComparison.Ordinal);
}
