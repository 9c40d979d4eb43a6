using NSec.Cryptography;
using TraceGrains.Domain.Transparency;

namespace TraceGrains.Grains.Transparency;

/// <summary>Checks signatures of tree heads: Ed25519 (RFC 8032) by libsodium.</summary>
public static class TreeHeadSignature
{
    /// <summary>Checks a signature; a key or signature of the wrong form is answered with false. <see cref="SignatureCheck"/>.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key) && key is not null
        && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
