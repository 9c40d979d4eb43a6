using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Access;

/// <summary>A machine's key as it is written: <c>tgk_{id}_{secret}</c>. The id says which it is and is no secret; only the secret's hash is kept.</summary>
public static class ApiKeyText
{
    const string Start = "tgk_";
    const int IdLength = 32, SecretLength = 64;

    /// <summary>Writes a key.</summary>
    /// <param name="id">32 lower-case hexadecimal digits.</param>
    /// <param name="secret">64 lower-case hexadecimal digits: 256 random bits.</param>
    public static string Write(string id, string secret) => $"{Start}{id}_{secret}";

    /// <summary>Takes a key apart; false for what is none.</summary>
    public static bool TryRead(string key, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? secret)
    {
        (id, secret) = (null, null);
        if (key.Length != Start.Length + IdLength + 1 + SecretLength || !key.StartsWith(Start, StringComparison.Ordinal) || key[Start.Length + IdLength] != '_') return false;
        (id, secret) = (key.Substring(Start.Length, IdLength), key[(Start.Length + IdLength + 1)..]);
        return IsId(id) && secret.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Whether a text has the form of a key's id.</summary>
    public static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    /// <summary>What is kept of a secret: SHA-256. Slow hashing is for passwords; a secret of 256 random bits cannot be guessed.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
