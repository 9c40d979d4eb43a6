using TraceGrains.Domain.Identity;

namespace TraceGrains.Contracts.Custody;

/// <summary>One real thing, addressed by its canonical code: what stands on record of it, and its chain. Loaded when asked for; a thing nobody asks about costs no memory.</summary>
[Alias("tg.IEntityGrain")]
public interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>What is known of the thing; null when no event has named it.</summary>
    [Alias("View")] Task<EntityView?> View(DateTimeOffset? asOf, CancellationToken stop = default);

    /// <summary>Links of its chain after a position, oldest first; at most 1,000.</summary>
    [Alias("Chain")] Task<ChainPage> Chain(int after, int first, CancellationToken stop = default);

    /// <summary>Recomputes the chain from the stored events.</summary>
    [Alias("Verify")] Task<ChainVerdict> Verify(CancellationToken stop = default);
}

/// <summary>A serialised item or logistic unit.</summary>
[Alias("tg.IUnitGrain")]
public interface IUnitGrain : IEntityGrain;

/// <summary>A lot, or a product class.</summary>
[Alias("tg.IBatchGrain")]
public interface IBatchGrain : IEntityGrain;

/// <summary>An asset: sensor, lift, cylinder, crate.</summary>
[Alias("tg.IDeviceGrain")]
public interface IDeviceGrain : IEntityGrain;

/// <summary>A party or a place.</summary>
[Alias("tg.IEnterpriseGrain")]
public interface IEnterpriseGrain : IEntityGrain;

/// <summary>What a thing is, worked out from its code and from the roles in which events name it.</summary>
public enum EntityKind
{
    /// <summary>A serialised item or logistic unit.</summary>
    Unit = 1,
    /// <summary>A lot, or a product class.</summary>
    Batch = 2,
    /// <summary>An asset.</summary>
    Device = 3,
    /// <summary>A party.</summary>
    Enterprise = 4,
    /// <summary>A place.</summary>
    Location = 5,
    /// <summary>A recall case.</summary>
    Recall = 6,
}

/// <summary>What is known of a thing.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.EntityView")]
public sealed class EntityView
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Code { get; set; } = "";
    /// <summary>What it is.</summary>
    [Id(1)] public EntityKind Kind { get; set; }
    /// <summary>Where it stands.</summary>
    [Id(2)] public Lineage.EntityState State { get; set; } = new();
    /// <summary>Persistent dispositions in force, by event time, from the thing's own events.</summary>
    [Id(3)] public string[] PersistentDispositions { get; set; } = [];
    /// <summary>Length of its chain.</summary>
    [Id(4)] public int ChainLength { get; set; }
    /// <summary>Hash of the chain's last link, 64 lower-case hexadecimal digits.</summary>
    [Id(5)] public string ChainHead { get; set; } = "";
    /// <summary>Event time of the earliest event that names it.</summary>
    [Id(6)] public DateTimeOffset? FirstEventTime { get; set; }
    /// <summary>Event time of the latest event that names it.</summary>
    [Id(7)] public DateTimeOffset? LastEventTime { get; set; }
    /// <summary>What sort of thing the code itself says it is.</summary>
    [Id(8)] public CodeKind CodeKind { get; set; }
}

/// <summary>Some links of a chain.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ChainPage")]
public sealed class ChainPage
{
    /// <summary>Links, oldest first.</summary>
    [Id(0)] public ChainLinkView[] Links { get; set; } = [];
    /// <summary>Whether there are more.</summary>
    [Id(1)] public bool HasMore { get; set; }
    /// <summary>Length of the whole chain.</summary>
    [Id(2)] public int Total { get; set; }
}

/// <summary>One link: an event that names the thing, hashed over the link before.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ChainLinkView")]
public sealed class ChainLinkView
{
    /// <summary>Place in the chain, from 1.</summary>
    [Id(0)] public int Position { get; set; }
    /// <summary>Hash of this link, hexadecimal.</summary>
    [Id(1)] public string Hash { get; set; } = "";
    /// <summary>The event.</summary>
    [Id(2)] public EventView Event { get; set; } = new();
}

/// <summary>A recorded event.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.EventView")]
public sealed class EventView
{
    /// <summary>Place in the ledger's order.</summary>
    [Id(0)] public long Sequence { get; set; }
    /// <summary>When it was recorded.</summary>
    [Id(1)] public DateTimeOffset RecordTime { get; set; }
    /// <summary>The id it is known by.</summary>
    [Id(2)] public string EventId { get; set; } = "";
    /// <summary>The event as canonical JSON-LD, as stored.</summary>
    [Id(3)] public byte[] Json { get; set; } = [];
    /// <summary>Event hash: SHA-256 over record time and bytes, hexadecimal.</summary>
    [Id(4)] public string EventHash { get; set; } = "";
    /// <summary>CBV 2.0 hash id.</summary>
    [Id(5)] public string CbvHash { get; set; } = "";
    /// <summary>Ledger sequence of the error declaration that withdrew its effect; null while it stands.</summary>
    [Id(6)] public long? WithdrawnBy { get; set; }
    /// <summary>Whether it is an error declaration itself.</summary>
    [Id(7)] public bool DeclaresError { get; set; }
}

/// <summary>Whether a chain holds.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ChainVerdict")]
public sealed class ChainVerdict
{
    /// <summary>Whether every link was recomputed and agreed.</summary>
    [Id(0)] public bool Holds { get; set; }
    /// <summary>How many links were checked.</summary>
    [Id(1)] public int Checked { get; set; }
    /// <summary>Hash of the last link, recomputed, hexadecimal.</summary>
    [Id(2)] public string Head { get; set; } = "";
    /// <summary>Place of the first link that does not hold, from 1; null when all do.</summary>
    [Id(3)] public int? BrokenAt { get; set; }
    /// <summary>Ledger sequence of the event at that place; null when the link itself is missing.</summary>
    [Id(4)] public long? BrokenSequence { get; set; }
    /// <summary>What does not hold there, in words.</summary>
    [Id(5)] public string? Reason { get; set; }
}

/// <summary>Reads single events.</summary>
[Alias("tg.IEventsGrain")]
public interface IEventsGrain : IGrainWithIntegerKey
{
    /// <summary>Events recorded under an id: the original first, then its error declarations. Empty when unknown.</summary>
    [Alias("ById")] Task<EventView[]> ById(string eventId);
    /// <summary>The same of many ids, in the order asked.</summary>
    [Alias("ByIds")] Task<EventView[][]> ByIds([Immutable] string[] eventIds, CancellationToken stop = default);
    /// <summary>Events by their places in the ledger, in the order asked; null where there is none.</summary>
    [Alias("AtMany")] Task<EventView?[]> At([Immutable] long[] sequences, CancellationToken stop = default);
}
