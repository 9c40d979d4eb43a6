using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Contracts.Recalls;

/// <summary>One recall case. Key: its URN, <c>urn:tracegrains:recall:…</c>.</summary>
[Alias("tg.IRecallGrain")]
public interface IRecallGrain : IGrainWithStringKey
{
    /// <summary>
    /// Issues the recall. Asking again with the same request answers as the first time; the wave goes on in the background. <paramref name="with"/> are recorded in the same commit, all or nothing
    /// (what the case file says of it).
    /// </summary>
    [Alias("Issue")] [ResponseTimeout("00:05:00")] Task<RecallAnswer> Issue(RecallRequest request, [Immutable] EventToRecord[]? with = null);

    /// <summary>
    /// Gives the recall another scope. When this returns, it is in force: what entered is marked with everything it became, what left is not. <paramref name="with"/> as when issuing.
    /// </summary>
    [Alias("ChangeScope")] [ResponseTimeout("00:05:00")] Task<RecallAnswer> ChangeScope(ScopeOrder order, [Immutable] EventToRecord[]? with = null);

    /// <summary>Takes the recall back: its marks end at once; releasing notices follow in the background. <paramref name="with"/> as when issuing.</summary>
    [Alias("Withdraw")] Task<RecallAnswer> Withdraw(string reason, [Immutable] EventToRecord[]? with = null);

    /// <summary>The case as it stands; null when there is no such recall.</summary>
    [Alias("View")] Task<RecallView?> View();

    /// <summary>Waits until the case's progress differs from <paramref name="version"/>, for at most ten seconds, and answers it.</summary>
    [Alias("Watch")] [ResponseTimeout("00:00:30")] Task<RecallView?> Watch(long version);

    /// <summary>Things it reaches, a page at a time.</summary>
    [Alias("Items")] Task<RecallItems> Items(int after, int first, CancellationToken stop = default);

    /// <summary>Puts on record what is marked and not on record yet, in the background.</summary>
    [Alias("PutOnRecord")] Task PutOnRecord();

    /// <summary>Works out the reach anew, and puts on record what is not. Called after restarts and corrections; harmless at any time.</summary>
    /// <remarks>Answers what is to be watched from now on; null when nothing is. Never waits for the sequencer, which may be waiting for this.</remarks>
    [Alias("Rework")] [ResponseTimeout("00:05:00")] Task<RecallWatch?> Rework();

    /// <summary>Told by the sequencer that captured events may have changed what the scope's question says. When this returns, the marks are as they have to be. Answers as <see cref="Rework"/>.</summary>
    [Alias("Rescope")] [ResponseTimeout("00:05:00")] Task<RecallWatch?> Rescope();
}

/// <summary>Knows all recalls of the ledger.</summary>
[Alias("tg.IRecallRegistryGrain")]
public interface IRecallRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>URNs of all recalls, newest first.</summary>
    [Alias("All")] Task<string[]> All();

    /// <summary>Has every active recall work out its reach anew (after a shard has loaded, or an event was withdrawn). Returns when all marks are in force; answers what is to be watched.</summary>
    [Alias("ReworkAll")] [ResponseTimeout("00:05:00")] Task<RecallWatch[]> ReworkAll();

    /// <summary>Told by the sequencer that things were marked by captured events, so that they are put on record.</summary>
    [Alias("Spread")] Task Spread(string[] recalls);
}

/// <summary>What to recall and why.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallRequest")]
public sealed record RecallRequest
{
    /// <summary>A batch, product class or unit, by canonical code; exactly one of the four scopes is set.</summary>
    [Id(0)] public string? Code { get; init; }
    /// <summary>Serial numbers of one product: canonical product code.</summary>
    [Id(1)] public string? RangeProduct { get; init; }
    /// <summary>First serial, inclusive.</summary>
    [Id(2)] public string? RangeFrom { get; init; }
    /// <summary>Last serial, inclusive.</summary>
    [Id(3)] public string? RangeTo { get; init; }
    /// <summary>Everything that this event touched.</summary>
    [Id(4)] public string? EventId { get; init; }
    /// <summary>Why, 1 to 2,000 characters.</summary>
    [Id(5)] public required string Reason { get; init; }
    /// <summary>How grave.</summary>
    [Id(6)] public required RecallClass Class { get; init; }
    /// <summary>A scope in its saved form (<see cref="ScopeJson"/>).</summary>
    [Id(7)] public string? Query { get; init; }
    /// <summary>The district whose authority issues it on the spot; null for a case's recall, and where no district's does.</summary>
    [Id(8)] public string? District { get; init; }
}

/// <summary>Another scope for a recall in force.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ScopeOrder")]
public sealed record ScopeOrder
{
    /// <summary>The new scope in its saved form.</summary>
    [Id(0)] public required string Query { get; init; }
    /// <summary>Whether things may only enter the scope (true) or only leave it.</summary>
    [Id(1)] public required bool Widens { get; init; }
    /// <summary>Why, 1 to 2,000 characters.</summary>
    [Id(2)] public required string Reason { get; init; }
}

/// <summary>Which events to come may change what a recall names.</summary>
/// <param name="Recall">URN.</param>
/// <param name="Through">The ledger's head when this was worked out: of two, the one worked out later holds.</param>
/// <param name="Watch">Empty when nothing is to be watched any more.</param>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallWatch")]
public sealed record RecallWatch([property: Id(0)] string Recall, [property: Id(1)] long Through, [property: Id(2)] ScopeWatch Watch);

/// <summary>Where a recall stands.</summary>
public enum RecallStatus
{
    /// <summary>Issued; the wave is on its way through the lineage.</summary>
    Spreading = 1,
    /// <summary>Everything reachable is marked.</summary>
    Effective = 2,
    /// <summary>Taken back.</summary>
    Withdrawn = 3,
}

/// <summary>A recall case as it stands.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallView")]
public sealed class RecallView
{
    /// <summary>URN.</summary>
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>Where it stands.</summary>
    [Id(1)] public RecallStatus Status { get; set; }
    /// <summary>How grave.</summary>
    [Id(2)] public RecallClass Class { get; set; }
    /// <summary>Why.</summary>
    [Id(3)] public string Reason { get; set; } = "";
    /// <summary>The scope as it was asked for.</summary>
    [Id(4)] public RecallRequest? Scope { get; set; }
    /// <summary>When it was issued.</summary>
    [Id(5)] public DateTimeOffset IssuedAt { get; set; }
    /// <summary>Ledger sequence of the issuing notice.</summary>
    [Id(6)] public long IssuedSequence { get; set; }
    /// <summary>When everything reachable was first marked; null until then.</summary>
    [Id(7)] public DateTimeOffset? EffectiveAt { get; set; }
    /// <summary>When it was taken back; null while it stands.</summary>
    [Id(8)] public DateTimeOffset? WithdrawnAt { get; set; }
    /// <summary>Why it was taken back.</summary>
    [Id(9)] public string? WithdrawnReason { get; set; }
    /// <summary>Things marked.</summary>
    [Id(10)] public int Reached { get; set; }
    /// <summary>Things whose own chain shows it.</summary>
    [Id(11)] public int OnRecord { get; set; }
    /// <summary>Waves run through the shards so far, in the present working-out.</summary>
    [Id(12)] public int Waves { get; set; }
    /// <summary>Grows with every change; for watching.</summary>
    [Id(13)] public long Version { get; set; }
    /// <summary>Who has the reached things, most first; empty while spreading.</summary>
    [Id(14)] public Lineage.HolderGroup[] Holders { get; set; } = [];
    /// <summary>Milliseconds from the issuing notice on record to everything marked; null until then.</summary>
    [Id(15)] public double? WaveMilliseconds { get; set; }
    /// <summary>How the scope became what it is, oldest first; empty for a recall whose scope is no question.</summary>
    [Id(16)] public ScopeVersion[] Scopes { get; set; } = [];
    /// <summary>Why the scope could not be worked out anew, so that it is still as it was; null when it could.</summary>
    [Id(17)] public string? ScopeProblem { get; set; }
}

/// <summary>One state of a recall's scope.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ScopeVersion")]
public sealed record ScopeVersion
{
    /// <summary>From 1, the scope the recall was issued with.</summary>
    [Id(0)] public required int Version { get; init; }
    /// <summary>How it differs from the one before.</summary>
    [Id(1)] public required RecallNoticeKind Kind { get; init; }
    /// <summary>The notice: an event whose lists name the things that entered or left, up to <see cref="RecallNotice.NamedMax"/> of them.</summary>
    [Id(2)] public required string EventId { get; init; }
    /// <summary>When it was recorded.</summary>
    [Id(3)] public required DateTimeOffset At { get; init; }
    /// <summary>How many things entered or left; of the first, how many it named.</summary>
    [Id(4)] public required int Things { get; init; }
    /// <summary>The question in its saved form; null where it stayed the same, and events recorded later or declared wrong changed what it says.</summary>
    [Id(5)] public string? Query { get; init; }
    /// <summary>Why.</summary>
    [Id(6)] public string? Reason { get; init; }
}

/// <summary>A page of reached things.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallItems")]
public sealed class RecallItems
{
    /// <summary>Things, in the order in which the ledger first heard of them.</summary>
    [Id(0)] public Lineage.TracedItem[] Items { get; set; } = [];
    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(1)] public int? Next { get; set; }
}

/// <summary>The case, or why the request was refused.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallAnswer")]
public sealed class RecallAnswer
{
    /// <summary>The case; null when refused.</summary>
    [Id(0)] public RecallView? Recall { get; set; }
    /// <summary>Why not; null when done.</summary>
    [Id(1)] public RecallRefusal? Refused { get; set; }
    /// <summary>The refusal in words, naming the field.</summary>
    [Id(2)] public string? Message { get; set; }
}

/// <summary>Why a recall request was refused, in order of precedence.</summary>
public enum RecallRefusal
{
    /// <summary>The scope names nothing, or more than one thing, or is malformed.</summary>
    ScopeInvalid = 1,
    /// <summary>The reason is empty or too long.</summary>
    ReasonInvalid = 2,
    /// <summary>No event has named the code, or no such event is on record.</summary>
    ScopeUnknown = 3,
    /// <summary>A recall of that id with another scope, reason or class exists.</summary>
    IdInUse = 4,
    /// <summary>There is no such recall.</summary>
    RecallUnknown = 5,
    /// <summary>The recall was withdrawn already, for another reason.</summary>
    AlreadyWithdrawn = 6,
    /// <summary>The recall was issued for a code, a run of serial numbers or an event, not for a question; its scope stays.</summary>
    ScopeFixed = 7,
    /// <summary>Something would leave a scope that is to be widened, or enter one that is to be narrowed; or nothing would change.</summary>
    ScopeDirection = 8,
    /// <summary>What was to be recorded in the same commit was refused: somebody else recorded under its id first.</summary>
    Overtaken = 9,
}
