using System.Security.Cryptography;
using System.Text;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// Header <c>GS1-Signature</c> of a delivery: <c>sha256=</c> and the HMAC-SHA256 (RFC 2104) of the body, byte for byte as sent, in lower-case hexadecimal. The key is the UTF-8 form of the
/// subscription's signature token. The body names subscription and place in the ledger, so that an old delivery sent again by somebody else shows as what it is.
/// </summary>
public static class DeliverySignature
{
    /// <summary>The header's value.</summary>
    public static string Of(string signatureToken, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signatureToken), body));
}
