using System.Security.Cryptography;

namespace TraceGrains.Domain.Tests.Transparency;

/// <summary>The recursions of RFC 6962, section 2.1, word for word, over a list of leaf entries: what the real tree is compared with.</summary>
static class NaiveTree
{
    public static byte[] Mth(ReadOnlySpan<byte[]> d) => d.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. d[0]]),
        _ => SHA256.HashData([1, .. Mth(d[..K(d.Length)]), .. Mth(d[K(d.Length)..])]),
    };

    public static List<byte[]> Path(int m, ReadOnlySpan<byte[]> d) =>
        d.Length == 1 ? []
        : m < K(d.Length) ? [.. Path(m, d[..K(d.Length)]), Mth(d[K(d.Length)..])]
        : [.. Path(m - K(d.Length), d[K(d.Length)..]), Mth(d[..K(d.Length)])];

    public static List<byte[]> Proof(int m, ReadOnlySpan<byte[]> d) => SubProof(m, d, true);

    static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> d, bool b) =>
        m == d.Length ? b ? [] : [Mth(d)]
        : m <= K(d.Length) ? [.. SubProof(m, d[..K(d.Length)], b), Mth(d[K(d.Length)..])]
        : [.. SubProof(m - K(d.Length), d[K(d.Length)..], false), Mth(d[..K(d.Length)])];

    static int K(int n)
    {
        var k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }
}
