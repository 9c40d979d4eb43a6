using TraceGrains.Domain.Transparency;

namespace TraceGrains.Ledger.Transparency;

/// <summary>
/// What the transparency tree keeps beside the ledger: roots of complete subtrees (derived; they can be computed again from the event hashes), and signed tree heads with
/// the keys that signed them (source: a head that was handed out must never be denied). The suite <c>TreeStoreConformance</c> says what every engine must do.
/// </summary>
/// <remarks>
/// All methods may be called from any thread. Writes are durable when they return. A node, and the head of a size, is written once: the same again changes nothing, another
/// value is refused with <see cref="TreeForkException"/>. That is what keeps two writers from publishing two histories.
/// </remarks>
public interface ITreeStore : IAsyncDisposable
{
    /// <summary>How many nodes of a level are stored; they are dense from 0. Level n holds roots of subtrees of 256^n leaves, n from 1.</summary>
    ValueTask<long> CountNodes(int level, CancellationToken stop = default);

    /// <summary>Nodes of a level from an index on, in order, at most <paramref name="count"/>.</summary>
    ValueTask<IReadOnlyList<byte[]>> ReadNodes(int level, long first, int count, CancellationToken stop = default);

    /// <summary>Stores nodes of one level side by side, the first at <paramref name="first"/>, all or none. They follow the stored ones, or repeat some of them.</summary>
    /// <exception cref="TreeForkException">A node stands there with another value, or the first would leave a gap.</exception>
    Task AppendNodes(int level, long first, IReadOnlyList<byte[]> hashes, CancellationToken stop = default);

    /// <summary>Stores a head and answers the head of that size that is stored then: this one, or the one that was there before and has the same root.</summary>
    /// <exception cref="TreeForkException">A head of this size has another root, or a larger head is stored and none of this size.</exception>
    Task<SignedTreeHead> AddHead(SignedTreeHead head, CancellationToken stop = default);

    /// <summary>The head of a size; null when none was signed for exactly this size.</summary>
    ValueTask<SignedTreeHead?> ReadHead(long size, CancellationToken stop = default);

    /// <summary>The head of the largest size; null when there is none.</summary>
    ValueTask<SignedTreeHead?> ReadLatestHead(CancellationToken stop = default);

    /// <summary>Makes a key the one that signs from now on; ends the validity of the one before at the same moment. Nothing happens when it is that key already.</summary>
    /// <exception cref="ArgumentException">The key signed before and was replaced: a retired key does not come back.</exception>
    Task UseKey(byte[] publicKey, DateTimeOffset now, CancellationToken stop = default);

    /// <summary>All keys that sign or signed, oldest first.</summary>
    ValueTask<IReadOnlyList<TreeKey>> ReadKeys(CancellationToken stop = default);
}

/// <summary>Somebody tried to give the log a second history: another root for the same size, or another node at the same place. Nothing was stored.</summary>
[Orleans.GenerateSerializer]
[Orleans.Alias("tg.TreeFork")]
public sealed class TreeForkException(string message) : Exception(message);
