using Orleans.Concurrency;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Contracts.Queries;

/// <summary>Answers <c>SimpleEventQuery</c> (EPCIS 2.0, 8.2.7.1). Stateless; any number work side by side.</summary>
[Alias("tg.IEventQueryGrain")]
public interface IEventQueryGrain : IGrainWithIntegerKey
{
    /// <summary>Answers one page. It sees every event whose capture was acknowledged before the question.</summary>
    [Alias("Poll")]
    [ResponseTimeout("00:01:00")]
    Task<QueryAnswer> Poll(QueryAsk ask, CancellationToken stop = default);

    /// <summary>Says what is wrong with a query, without asking it.</summary>
    [Alias("Check")]
    Task<QueryRefusal[]> Check([Immutable] byte[] query);

    /// <summary>Values seen in a field (top-level resources of the REST binding), in ordinal order.</summary>
    [Alias("Words")]
    Task<string[]> Words(QueriedWord kind, string? after, int first);

    /// <summary>Whether any event has the value in the field.</summary>
    [Alias("KnowsWord")]
    Task<bool> KnowsWord(QueriedWord kind, string word);

    /// <summary>Codes that events name as instances or classes, in ordinal order.</summary>
    [Alias("Epcs")]
    Task<string[]> Epcs(string? after, int first);

    /// <summary>Whether any event names the code as an instance or class.</summary>
    [Alias("KnowsEpc")]
    Task<bool> KnowsEpc(string code);
}

/// <summary>Fields whose values are resources of their own.</summary>
public enum QueriedWord
{
    /// <summary>Event types.</summary>
    EventType = 1,
    /// <summary>Business steps, as web URIs.</summary>
    BizStep = 2,
    /// <summary>Business locations.</summary>
    BizLocation = 3,
    /// <summary>Read points.</summary>
    ReadPoint = 4,
    /// <summary>Dispositions, as web URIs.</summary>
    Disposition = 5,
}

/// <summary>One question.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.QueryAsk")]
public sealed class QueryAsk
{
    /// <summary>Parameters as one JSON object (the REST binding's <c>query-schema.json</c>), UTF-8; <c>@context</c> says what its prefixes mean.</summary>
    [Id(0)] public byte[] Query { get; set; } = [];
    /// <summary>How many events at most, 1 to <see cref="PageSizeMax"/>.</summary>
    [Id(1)] public int PageSize { get; set; }
    /// <summary>The token of an earlier page; null for the first.</summary>
    [Id(2)] public string? PageToken { get; set; }

    /// <summary>Who asks; only events that they see whole are told. Null for somebody who sees everything.</summary>
    [Id(3)] public Caller? For { get; set; }

    /// <summary>By which rule they see an event.</summary>
    [Id(4)] public SeenAs SeenAs { get; set; }

    /// <summary>The largest page.</summary>
    public const int PageSizeMax = 1_000;
}

/// <summary>By which rule somebody sees an event of an answer.</summary>
public enum SeenAs
{
    /// <summary>As an event that concerns them (<see cref="EventParties.Sees"/>), or that others show them.</summary>
    Event = 0,
    /// <summary>As a violation that is theirs to answer for or to follow up (<see cref="Access.ViolationSight"/>); no other events are seen.</summary>
    Violation = 1,
}

/// <summary>What a query came to.</summary>
public enum QueryStatus
{
    /// <summary>A page of events.</summary>
    Page = 0,
    /// <summary>The query is wrong (QueryParameterException).</summary>
    Refused = 1,
    /// <summary>More events than it allows (QueryTooLargeException).</summary>
    TooLarge = 2,
    /// <summary>More work than is allowed (QueryTooComplexException).</summary>
    TooComplex = 3,
}

/// <summary>One answer.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.QueryAnswer")]
public sealed class QueryAnswer
{
    /// <summary>What it came to.</summary>
    [Id(0)] public QueryStatus Status { get; set; }
    /// <summary>The events, in order.</summary>
    [Id(1)] public QueriedEvent[] Events { get; set; } = [];
    /// <summary>Token of the next page; null after the last.</summary>
    [Id(2)] public string? NextPageToken { get; set; }
    /// <summary>Until when that token is good.</summary>
    [Id(3)] public DateTimeOffset? TokenExpires { get; set; }
    /// <summary>What is wrong, when <see cref="Status"/> says so.</summary>
    [Id(4)] public QueryRefusal[] Refusals { get; set; } = [];
    /// <summary>The last event of the ledger that the answer knows of: a later question for what came since begins behind it.</summary>
    [Id(5)] public long ThroughSequence { get; set; }
}

/// <summary>An event in an answer.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.QueriedEvent")]
public sealed class QueriedEvent
{
    /// <summary>Its place in the ledger.</summary>
    [Id(0)] public long Sequence { get; set; }
    /// <summary>When it was recorded.</summary>
    [Id(1)] public DateTimeOffset RecordTime { get; set; }
    /// <summary>The id it is known by.</summary>
    [Id(2)] public string EventId { get; set; } = "";
    /// <summary>The event as stored.</summary>
    [Id(3)] public byte[] Json { get; set; } = [];
}

/// <summary>One thing that is wrong with a query; see <see cref="QueryProblem"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.QueryRefusal")]
public sealed class QueryRefusal
{
    /// <summary>The parameter.</summary>
    [Id(0)] public string Parameter { get; set; } = "";
    /// <summary>What belongs there.</summary>
    [Id(1)] public string Expected { get; set; } = "";
    /// <summary>What was there; null when nothing was.</summary>
    [Id(2)] public string? Found { get; set; }
}
