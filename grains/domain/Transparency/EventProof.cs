namespace TraceGrains.Domain.Transparency;

/// <summary>Everything needed to check offline that an event is in the ledger of a signed tree head: PROOF.md.</summary>
/// <param name="Event">The event.</param>
/// <param name="Inclusion">That its hash stands in the tree.</param>
/// <param name="TreeHead">The signed head of that tree.</param>
/// <param name="Chain">A thing's chain in which the event stands; null when not asked for.</param>
public sealed record EventProof(ProvenEvent Event, InclusionPath Inclusion, SignedTreeHead TreeHead, ProvenChain? Chain);

/// <summary>The event of a proof.</summary>
/// <param name="Sequence">Place in the ledger's order, from 1.</param>
/// <param name="RecordTime">When it was recorded, UTC, whole milliseconds.</param>
/// <param name="EventHash">Event hash: SHA-256 over record time and bytes.</param>
/// <param name="Json">The canonical bytes.</param>
public sealed record ProvenEvent(long Sequence, DateTimeOffset RecordTime, byte[] EventHash, byte[] Json);

/// <summary>The way from a leaf to the root.</summary>
/// <param name="LeafIndex">Place of the leaf, from 0: sequence − 1.</param>
/// <param name="TreeSize">Leaves of the tree.</param>
/// <param name="Path">Siblings, lowest first.</param>
public sealed record InclusionPath(long LeafIndex, long TreeSize, IReadOnlyList<byte[]> Path);

/// <summary>A thing's chain, from its first link on, up to the size of the tree head.</summary>
/// <param name="Entity">Canonical code of the thing.</param>
/// <param name="Links">Its links, oldest first, all of them.</param>
public sealed record ProvenChain(string Entity, IReadOnlyList<ProvenLink> Links);

/// <summary>One link of a chain, and that its event stands in the tree of the proof's head.</summary>
/// <param name="Sequence">Its event.</param>
/// <param name="EventHash">Hash of that event.</param>
/// <param name="Hash">SHA-256 over the previous link's hash (32 zero bytes before the first) and the event hash.</param>
/// <param name="Path">Siblings of the event's leaf, lowest first.</param>
public sealed record ProvenLink(long Sequence, byte[] EventHash, byte[] Hash, IReadOnlyList<byte[]> Path);
