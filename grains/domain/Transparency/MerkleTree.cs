using System.Numerics;

namespace TraceGrains.Domain.Transparency;

/// <summary>
/// Where the hashes of a tree come from. Only every eighth level is asked for: a tile is 256 hashes of one such level side by side, and what lies between is computed from it.
/// </summary>
public interface IMerkleTiles
{
    /// <summary>
    /// Hashes of complete subtrees of 256^<paramref name="level"/> leaves each (level 0: the leaf hashes themselves), <paramref name="count"/> of them from the
    /// <paramref name="first"/>, counted from 0. All of them exist, or it throws.
    /// </summary>
    ValueTask<IReadOnlyList<byte[]>> Read(int level, long first, int count);
}

/// <summary>Roots and proofs of the Merkle tree over an append-only log, for any size that the tiles cover (RFC 6962, section 2.1; RFC 9162, section 2.1).</summary>
public sealed class MerkleTree(IMerkleTiles tiles)
{
    /// <summary>Hashes in one tile.</summary>
    public const int TileWidth = 1 << TileHeight;

    const int TileHeight = 8;

    /// <summary>Root of the tree of the first <paramref name="size"/> leaves.</summary>
    public async ValueTask<byte[]> Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.EmptyRoot() : await Root(0, size);
    }

    /// <summary>PATH(index, D[size]): the siblings on the way from a leaf to the root, lowest first. <paramref name="index"/> counts from 0.</summary>
    public async ValueTask<byte[][]> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        for (long low = 0, high = size; high - low > 1;)
        {
            var middle = low + Split(high - low);
            if (index < middle)
            {
                path.Add(await Root(middle, high));
                high = middle;
            }
            else
            {
                path.Add(await Root(low, middle));
                low = middle;
            }
        }
        path.Reverse();
        return [.. path];
    }

    /// <summary>PROOF(from, D[to]): what shows that the tree of <paramref name="from"/> leaves is the beginning of that of <paramref name="to"/>. Empty when the two sizes are equal.</summary>
    public async ValueTask<byte[][]> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var proof = new List<byte[]>();
        var (low, high, isKnownToVerifier) = (0L, to, true);
        while (from < high)
        {
            var middle = low + Split(high - low);
            if (from <= middle)
            {
                proof.Add(await Root(middle, high));
                high = middle;
            }
            else
            {
                proof.Add(await Root(low, middle));
                (low, isKnownToVerifier) = (middle, false);
            }
        }
        if (!isKnownToVerifier) proof.Add(await Root(low, high));
        proof.Reverse();
        return [.. proof];
    }

    /// <summary>MTH(D[low:high]) of a range that a split makes: complete subtrees, largest first, joined from the right.</summary>
    async ValueTask<byte[]> Root(long low, long high)
    {
        var parts = new List<byte[]>();
        while (low < high)
        {
            var height = BitOperations.Log2((ulong)(high - low));
            parts.Add(await Subtree(height, low >> height));
            low += 1L << height;
        }
        var root = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--) root = MerkleHash.Node(parts[i], root);
        return root;
    }

    async ValueTask<byte[]> Subtree(int height, long index)
    {
        var (level, rest) = Math.DivRem(height, TileHeight);
        return MerkleHash.Fold(await tiles.Read(level, index << rest, 1 << rest));
    }

    /// <summary>The largest power of two smaller than the number of leaves.</summary>
    static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
