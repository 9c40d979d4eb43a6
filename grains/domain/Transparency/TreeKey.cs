using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Transparency;

/// <summary>A public key that signs or signed tree heads. Old ones stay published: heads they signed stay valid.</summary>
/// <param name="PublicKey">Ed25519 public key, 32 bytes (RFC 8032).</param>
/// <param name="ValidFrom">When it began to sign.</param>
/// <param name="ValidUntil">When another took over; null while it signs.</param>
public sealed record TreeKey(byte[] PublicKey, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil)
{
    const int KeySize = 32;

    // DER of SubjectPublicKeyInfo { AlgorithmIdentifier { 1.3.101.112 }, BIT STRING of 32 bytes } (RFC 8410, section 4) up to the key's bytes.
    static ReadOnlySpan<byte> SpkiPrefix => [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>The key's id.</summary>
    public string KeyId => IdOf(PublicKey);

    /// <summary>Id of a public key: its JWK thumbprint (RFC 7638 with the members of RFC 8037, section 2), base64url.</summary>
    public static string IdOf(ReadOnlySpan<byte> publicKey) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64Url.EncodeToString(publicKey)}}"}""")));

    /// <summary>The public key as PEM, "PUBLIC KEY" (RFC 7468, section 13).</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", [.. SpkiPrefix, .. PublicKey]) + "\n";

    /// <summary>Reads the public keys of a PEM text, one or more.</summary>
    /// <exception cref="FormatException">There is none, or one of them is no Ed25519 key.</exception>
    public static IReadOnlyList<byte[]> ReadPem(string pem)
    {
        var keys = new List<byte[]>();
        for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End.Value..])
        {
            if (!rest[fields.Label].SequenceEqual("PUBLIC KEY")) throw new FormatException($"expected '-----BEGIN PUBLIC KEY-----', found '-----BEGIN {rest[fields.Label]}-----'");
            var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            if (der.Length != SpkiPrefix.Length + KeySize || !der.AsSpan().StartsWith(SpkiPrefix))
                throw new FormatException("expected an Ed25519 public key (RFC 8410); the PEM text holds a key of another kind");
            keys.Add(der[SpkiPrefix.Length..]);
        }
        return keys.Count > 0 ? keys : throw new FormatException("expected a PEM text with '-----BEGIN PUBLIC KEY-----'");
    }
}
