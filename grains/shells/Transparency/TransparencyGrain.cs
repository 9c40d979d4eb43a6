using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Transparency;
using TraceGrains.Domain.Transparency;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Grains.Transparency;

/// <summary>
/// Follows the ledger and signs. A head is stored before anybody sees it, and the store refuses a second root for a size; so a crash, or a second activation, can lose
/// or repeat a signature but never publish two histories. Proofs are checked against the signed root before they are handed out.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class TransparencyGrain(ILedger ledger, ITreeStore store, SigningKey key, TransparencyOptions options, TimeProvider clock, ILogger<TransparencyGrain> log) : Grain, ITransparencyGrain
{
    readonly LedgerTree tree = new(ledger, store);
    readonly byte[] publicKey = key.PublicKey;
    Task<SignedTreeHead?>? signing;

    public override async Task OnActivateAsync(CancellationToken stop) => await store.UseKey(publicKey, Now(), stop);

    public async Task Pulse()
    {
        if (await store.ReadLatestHead() is { } latest && Now() - latest.Head.Timestamp < options.Cadence) return;
        try
        {
            await Sign();
        }
        catch (Exception failure) when (failure is TreeForkException or InvalidDataException)
        {
            LogLedgerChanged(failure);
        }
    }

    public async Task<TreeHeadView?> Head(long? size) =>
        (size is { } exactly ? await store.ReadHead(exactly) : await store.ReadLatestHead()) is { } head ? TransparencyViews.Of(head) : null;

    public async Task<InclusionAnswer> Inclusion(long sequence, long? treeSize)
    {
        InclusionAnswer Refuse(TransparencyRefusal refusal, string message) => new() { Refused = refusal, Message = message };
        try
        {
            if (await ledger.ReadEventHashes(sequence - 1, 1) is not [var leaf] || leaf.Sequence != sequence)
                return Refuse(TransparencyRefusal.EventUnknown, $"sequence: expected the place of an event on record; there is none at {sequence}");
            if (await HeadFor(sequence, treeSize) is not { } head)
                return Refuse(TransparencyRefusal.SizeUnknown, $"treeSize: expected the size of a signed tree head; there is none of {treeSize}");
            if (sequence > head.Head.Size)
                return Refuse(TransparencyRefusal.SizeTooSmall, $"treeSize: expected at least {sequence}, the event's place; found {head.Head.Size}");
            var path = await tree.Tree.Inclusion(sequence - 1, head.Head.Size);
            return MerkleProof.Includes(MerkleHash.Leaf(leaf.EventHash), sequence - 1, head.Head.Size, path, head.Head.RootHash)
                ? new() { EventHash = TransparencyViews.Hex(leaf.EventHash), LeafIndex = sequence - 1, Path = TransparencyViews.Hex(path), Head = TransparencyViews.Of(head) }
                : Refuse(TransparencyRefusal.LedgerChanged, Changed(head.Head.Size));
        }
        catch (Exception failure) when (failure is TreeForkException or InvalidDataException)
        {
            LogLedgerChanged(failure);
            return Refuse(TransparencyRefusal.LedgerChanged, failure.Message);
        }
    }

    public async Task<ConsistencyAnswer> Consistency(long from, long to)
    {
        ConsistencyAnswer Refuse(TransparencyRefusal refusal, string message) => new() { Refused = refusal, Message = message };
        if (from > to) return Refuse(TransparencyRefusal.SizeTooSmall, $"from: expected at most {to}, the other size; found {from}");
        if (await store.ReadHead(from) is not { } older) return Refuse(TransparencyRefusal.SizeUnknown, $"from: expected the size of a signed tree head; there is none of {from}");
        if (await store.ReadHead(to) is not { } newer) return Refuse(TransparencyRefusal.SizeUnknown, $"to: expected the size of a signed tree head; there is none of {to}");
        try
        {
            var proof = await tree.Tree.Consistency(from, to);
            return MerkleProof.IsConsistent(from, older.Head.RootHash, to, newer.Head.RootHash, proof)
                ? new() { Path = TransparencyViews.Hex(proof), From = TransparencyViews.Of(older), To = TransparencyViews.Of(newer) }
                : Refuse(TransparencyRefusal.LedgerChanged, Changed(to));
        }
        catch (InvalidDataException failure)
        {
            LogLedgerChanged(failure);
            return Refuse(TransparencyRefusal.LedgerChanged, failure.Message);
        }
    }

    public async Task<ProofAnswer> Proof(long sequence, string? entity)
    {
        var inclusion = await Inclusion(sequence, null);
        if (inclusion.Refused != TransparencyRefusal.None) return new() { Refused = inclusion.Refused, Message = inclusion.Message };
        var head = (await store.ReadHead(inclusion.Head.Size))!;
        return await ledger.ReadEvent(sequence) is { } recorded
            ? await new ProofDesk(ledger, tree.Tree).Write(recorded, new(inclusion.LeafIndex, head.Head.Size, [.. inclusion.Path.Select(Convert.FromHexString)]), head, entity)
            : new() { Refused = TransparencyRefusal.EventUnknown, Message = $"sequence: expected the place of an event on record; there is none at {sequence}" };
    }

    public async Task<TreeKeyView[]> Keys() => [.. (await store.ReadKeys()).Select(TransparencyViews.Of)];

    async Task<SignedTreeHead?> HeadFor(long sequence, long? treeSize)
    {
        if (treeSize is { } exactly) return await store.ReadHead(exactly);
        return await store.ReadLatestHead() is { } latest && latest.Head.Size >= sequence ? latest : await SignFor(sequence);
    }

    /// <summary>A signing that is under way may have begun before the event came; the next one did not.</summary>
    async Task<SignedTreeHead?> SignFor(long sequence) => await Sign() is { } head && head.Head.Size >= sequence ? head : await Sign();

    /// <summary>Whoever asks while one signing is under way shares it.</summary>
    Task<SignedTreeHead?> Sign() => signing is { IsCompleted: false } ? signing : signing = SignOnce();

    async Task<SignedTreeHead?> SignOnce()
    {
        var latest = await store.ReadLatestHead();
        var size = await tree.CatchUp();
        if (latest is not null)
        {
            // A ledger that was set back, or rewritten in what the last head covers, must not get a new head that says so by silence.
            if (size < latest.Head.Size) throw new InvalidDataException($"the ledger has {size} events; a tree head of {latest.Head.Size} was signed");
            var root = await tree.Tree.Root(latest.Head.Size);
            if (!root.AsSpan().SequenceEqual(latest.Head.RootHash)) throw new InvalidDataException(Changed(latest.Head.Size));
            if (size == latest.Head.Size) return latest;
        }
        if (size == 0) return null;
        var head = new TreeHead(options.Origin, size, await tree.Tree.Root(size), Now());
        return await store.AddHead(new(head, TreeKey.IdOf(publicKey), key.Sign(head.SignedText())));
    }

    DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    static string Changed(long size) => $"the ledger does not give the root that was signed for its first {size} events: events have changed";

    [LoggerMessage(LogLevel.Critical, "the ledger does not agree with what was signed; no tree head is signed until it does")]
    partial void LogLedgerChanged(Exception failure);
}
