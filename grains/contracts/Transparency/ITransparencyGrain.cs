namespace TraceGrains.Contracts.Transparency;

/// <summary>The transparency log: signs tree heads over the ledger's event hashes and proves that events stand in them and that newer heads contain older ones. One, key 0.</summary>
[Alias("tg.ITransparencyGrain")]
public interface ITransparencyGrain : IGrainWithIntegerKey
{
    /// <summary>Signs a head when the ledger has grown since the last one and that is older than the cadence.</summary>
    [Alias("Pulse")] Task Pulse();

    /// <summary>The head of a size, or the latest; null when none was signed for exactly this size, or none at all yet.</summary>
    [Alias("Head")] Task<TreeHeadView?> Head(long? size);

    /// <summary>Proof that an event stands in the tree of a signed head: of the one of that size, or the latest; a newer head is signed where the latest is older than the event.</summary>
    [Alias("Inclusion")] Task<InclusionAnswer> Inclusion(long sequence, long? treeSize);

    /// <summary>Proof that the tree of one size is the beginning of that of another, both sizes of signed heads.</summary>
    [Alias("Consistency")] Task<ConsistencyAnswer> Consistency(long from, long to);

    /// <summary>A proof file (PROOF.md) of an event, with a thing's chain when <paramref name="entity"/> (canonical code) is given.</summary>
    [Alias("Proof")] Task<ProofAnswer> Proof(long sequence, string? entity);

    /// <summary>Every key that signs or signed, oldest first.</summary>
    [Alias("Keys")] Task<TreeKeyView[]> Keys();
}

/// <summary>Why there is no proof.</summary>
public enum TransparencyRefusal
{
    /// <summary>There is one.</summary>
    None = 0,
    /// <summary>The ledger has no such event.</summary>
    EventUnknown = 1,
    /// <summary>No head of that size was signed.</summary>
    SizeUnknown = 2,
    /// <summary>The event came after the head of the size that was asked for, or the first size is larger than the second.</summary>
    SizeTooSmall = 3,
    /// <summary>The event does not name the thing whose chain was asked for.</summary>
    NotInChain = 4,
    /// <summary>The chain is longer than a proof carries.</summary>
    ChainTooLong = 5,
    /// <summary>The ledger no longer gives what was signed: events have changed or are missing.</summary>
    LedgerChanged = 6,
}

/// <summary>A signed tree head.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TreeHeadView")]
public sealed class TreeHeadView
{
    /// <summary>Name of the log.</summary>
    [Id(0)] public string Origin { get; set; } = "";
    /// <summary>How many events.</summary>
    [Id(1)] public long Size { get; set; }
    /// <summary>Root hash, 64 lower-case hexadecimal digits.</summary>
    [Id(2)] public string RootHash { get; set; } = "";
    /// <summary>When it was signed.</summary>
    [Id(3)] public DateTimeOffset Timestamp { get; set; }
    /// <summary>Id of the key that signed.</summary>
    [Id(4)] public string KeyId { get; set; } = "";
    /// <summary>Ed25519 signature, base64.</summary>
    [Id(5)] public string Signature { get; set; } = "";
    /// <summary>The text that was signed.</summary>
    [Id(6)] public string SignedText { get; set; } = "";
}

/// <summary>A proof of inclusion, or why there is none.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.InclusionAnswer")]
public sealed class InclusionAnswer
{
    /// <summary>Why there is no proof.</summary>
    [Id(0)] public TransparencyRefusal Refused { get; set; }
    /// <summary>The refusal in words: which argument, what was expected.</summary>
    [Id(1)] public string Message { get; set; } = "";
    /// <summary>Event hash, hexadecimal.</summary>
    [Id(2)] public string EventHash { get; set; } = "";
    /// <summary>Place of the leaf, from 0.</summary>
    [Id(3)] public long LeafIndex { get; set; }
    /// <summary>Siblings, lowest first, hexadecimal.</summary>
    [Id(4)] public string[] Path { get; set; } = [];
    /// <summary>The head.</summary>
    [Id(5)] public TreeHeadView Head { get; set; } = new();
}

/// <summary>A proof of consistency, or why there is none.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ConsistencyAnswer")]
public sealed class ConsistencyAnswer
{
    /// <summary>Why there is no proof.</summary>
    [Id(0)] public TransparencyRefusal Refused { get; set; }
    /// <summary>The refusal in words.</summary>
    [Id(1)] public string Message { get; set; } = "";
    /// <summary>Nodes of the proof, hexadecimal.</summary>
    [Id(2)] public string[] Path { get; set; } = [];
    /// <summary>The head of the smaller tree.</summary>
    [Id(3)] public TreeHeadView From { get; set; } = new();
    /// <summary>The head of the larger tree.</summary>
    [Id(4)] public TreeHeadView To { get; set; } = new();
}

/// <summary>A proof file, or why there is none.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ProofAnswer")]
public sealed class ProofAnswer
{
    /// <summary>Why there is no proof.</summary>
    [Id(0)] public TransparencyRefusal Refused { get; set; }
    /// <summary>The refusal in words.</summary>
    [Id(1)] public string Message { get; set; } = "";
    /// <summary>The proof file, JSON in UTF-8.</summary>
    [Id(2)] public byte[] File { get; set; } = [];
}

/// <summary>A public key.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TreeKeyView")]
public sealed class TreeKeyView
{
    /// <summary>Its id: JWK thumbprint (RFC 7638).</summary>
    [Id(0)] public string KeyId { get; set; } = "";
    /// <summary>Ed25519 public key, 32 bytes.</summary>
    [Id(1)] public byte[] PublicKey { get; set; } = [];
    /// <summary>The key as PEM.</summary>
    [Id(2)] public string Pem { get; set; } = "";
    /// <summary>When it began to sign.</summary>
    [Id(3)] public DateTimeOffset ValidFrom { get; set; }
    /// <summary>When another took over; null while it signs.</summary>
    [Id(4)] public DateTimeOffset? ValidUntil { get; set; }
}
