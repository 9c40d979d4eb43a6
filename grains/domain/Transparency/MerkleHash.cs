using System.Security.Cryptography;

namespace TraceGrains.Domain.Transparency;

/// <summary>The hashes of a Merkle tree as RFC 6962, section 2.1, and RFC 9162, section 2.1.1, define them, with SHA-256. All are 32 bytes.</summary>
public static class MerkleHash
{
    /// <summary>Length of every hash here.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot() => SHA256.HashData([]);

    /// <summary>Hash of a leaf: SHA-256(0x00 ‖ entry). In the ledger's tree the entry is an event hash.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> message = entry.Length == Size ? stackalloc byte[1 + Size] : new byte[1 + entry.Length];
        message[0] = 0x00;
        entry.CopyTo(message[1..]);
        return SHA256.HashData(message);
    }

    /// <summary>Hash of a node: SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <exception cref="ArgumentException">One of the two is not 32 bytes long.</exception>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != Size || right.Length != Size) throw new ArgumentException($"a node joins two hashes of {Size} bytes, not {left.Length} and {right.Length}");
        Span<byte> message = stackalloc byte[1 + 2 * Size];
        message[0] = 0x01;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Size)..]);
        return SHA256.HashData(message);
    }

    /// <summary>Root of a complete subtree from its hashes of one level; their number is a power of two.</summary>
    public static byte[] Fold(IReadOnlyList<byte[]> hashes)
    {
        if (!int.IsPow2(hashes.Count)) throw new ArgumentException($"a complete subtree has a power of two of hashes in each level, not {hashes.Count}");
        var level = hashes;
        while (level.Count > 1)
        {
            var above = new byte[level.Count / 2][];
            for (var i = 0; i < above.Length; i++) above[i] = Node(level[2 * i], level[2 * i + 1]);
            level = above;
        }
        return level[0];
    }
}
