using TraceGrains.Domain.Transparency;

namespace TraceGrains.Ledger.Transparency;

/// <summary>
/// The Merkle tree over a ledger's event hashes: leaf n − 1 is event n. Leaves are read from the ledger, roots of complete subtrees of 256, 65,536, … leaves
/// from the store; so a proof for any size reads some thousand hashes at most. One caller of <see cref="CatchUp"/> at a time; a second one anywhere is harmless, it writes the same.
/// </summary>
public sealed class LedgerTree(ILedger ledger, ITreeStore store) : IMerkleTiles
{
    const int Width = MerkleTree.TileWidth;
    const int TilesPerStep = 32;

    /// <summary>Roots and proofs, for sizes up to what <see cref="CatchUp"/> answered last.</summary>
    public MerkleTree Tree => new(this);

    /// <summary>Stores the roots of subtrees that have become complete. It goes on where the stored nodes end, so it may be cut short anywhere. Answers the ledger's size.</summary>
    /// <exception cref="InvalidDataException">An event is missing from the ledger.</exception>
    public async Task<long> CatchUp(CancellationToken stop = default)
    {
        var size = (await ledger.ReadHead(stop)).Sequence;
        long complete = size / Width;
        for (var level = 1; complete > 0; level++, complete /= Width)
            for (var next = await store.CountNodes(level, stop); next < complete;)
            {
                var tiles = (int)Math.Min(TilesPerStep, complete - next);
                var below = await Read(level - 1, next * Width, tiles * Width, stop);
                await store.AppendNodes(level, next, [.. below.Chunk(Width).Select(MerkleHash.Fold)], stop);
                next += tiles;
            }
        return size;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]>> Read(int level, long first, int count) => Read(level, first, count, default);

    async ValueTask<IReadOnlyList<byte[]>> Read(int level, long first, int count, CancellationToken stop)
    {
        if (level > 0)
        {
            var nodes = await store.ReadNodes(level, first, count, stop);
            return nodes.Count == count ? nodes : throw new InvalidDataException($"the tree lacks node {first + nodes.Count} of level {level}");
        }
        var leaves = await ledger.ReadEventHashes(first, count, stop);
        for (var i = 0; i < count; i++)
            if (i >= leaves.Count || leaves[i].Sequence != first + i + 1) throw new InvalidDataException($"the ledger has lost event {first + i + 1}");
        return [.. leaves.Select(leaf => MerkleHash.Leaf(leaf.EventHash))];
    }
}
