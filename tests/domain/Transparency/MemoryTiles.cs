using TraceGrains.Domain.Transparency;

namespace TraceGrains.Domain.Tests.Transparency;

/// <summary>Tiles of some leaf entries; hashes of higher levels exist only for complete subtrees, as in storage.</summary>
sealed class MemoryTiles(IReadOnlyList<byte[]> entries) : IMerkleTiles
{
    readonly Dictionary<(int, long), byte[]> known = [];

    public ValueTask<IReadOnlyList<byte[]>> Read(int level, long first, int count) => new([.. Enumerable.Range(0, count).Select(i => At(level, first + i))]);

    byte[] At(int level, long index)
    {
        if (level == 0) return MerkleHash.Leaf(entries[(int)index]);
        if (known.TryGetValue((level, index), out var hash)) return hash;
        Assert.True((index + 1) * Math.Pow(256, level) <= entries.Count, "asked for a subtree that is not complete");
        return known[(level, index)] = MerkleHash.Fold([.. Enumerable.Range(0, 256).Select(i => At(level - 1, index * 256 + i))]);
    }
}
