using Orleans.Concurrency;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Subscriptions;

/// <summary>Reads what satisfies a query from a place in the ledger on, in the ledger's order. Stateless; any number work side by side.</summary>
[Alias("tg.IEventFollowGrain")]
public interface IEventFollowGrain : IGrainWithIntegerKey
{
    /// <summary>Answers the next events. The order and the counts that the query itself asks for (<c>orderBy</c>, <c>eventCountLimit</c>, <c>maxEventCount</c>) say nothing here.</summary>
    [Alias("Follow")]
    [ResponseTimeout("00:05:00")]
    Task<FollowedEvents> Follow(FollowAsk ask);
}

/// <summary>From where to where to look.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.FollowAsk")]
public sealed class FollowAsk
{
    /// <summary>Parameters as one JSON object, UTF-8, as <see cref="QueryAsk.Query"/>.</summary>
    [Id(0)] public byte[] Query { get; set; } = [];
    /// <summary>The last event before.</summary>
    [Id(1)] public long After { get; set; }
    /// <summary>The last event that may be looked at; on record.</summary>
    [Id(2)] public long Through { get; set; }
    /// <summary>How many events at most; fewer when they are large (5 MB together, but at least one).</summary>
    [Id(3)] public int EventsMax { get; set; }
    /// <summary>Only events recorded at or after this time; null for all.</summary>
    [Id(4)] public DateTimeOffset? FromRecordTime { get; set; }
    /// <summary>For whom; only events that they see whole are told. Null for somebody who sees everything.</summary>
    [Id(5)] public Caller? For { get; set; }
}

/// <summary>What was found.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.FollowedEvents")]
public sealed class FollowedEvents
{
    /// <summary>The events, in ledger order.</summary>
    [Id(0)] public QueriedEvent[] Events { get; set; } = [];
    /// <summary>How far was looked: every event up to here that satisfies the query is among them. May be short of what was asked, even without events.</summary>
    [Id(1)] public long Through { get; set; }
    /// <summary>Why the query cannot be answered; null when it can.</summary>
    [Id(2)] public string? Refusal { get; set; }
}
