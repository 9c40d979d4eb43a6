namespace TraceGrains.Domain.Holds;

/// <summary>Why a thing may not be moved.</summary>
public enum MoveReasonKind : byte
{
    /// <summary>A recall in force reaches it, or something in it; or an event calls it recalled.</summary>
    Recalled = 1,
    /// <summary>It is on hold: by an order, or by a disposition that blocks.</summary>
    OnHold = 2,
    /// <summary>Its next inspection was due.</summary>
    Overdue = 3,
    /// <summary>Its expiration, best-before or sell-by date is over, or an event calls it expired.</summary>
    Expired = 4,
    /// <summary>It was sold or dispensed, and has not come back.</summary>
    AlreadySold = 5,
    /// <summary>It was destroyed, scrapped or decommissioned.</summary>
    Ended = 6,
    /// <summary>No event has told of it.</summary>
    Unknown = 7,
}

/// <summary>Of what a reason holds, seen from the thing that is to be moved.</summary>
public enum MoveRelation : byte
{
    /// <summary>The thing itself.</summary>
    Itself = 0,
    /// <summary>Its lot.</summary>
    Lot = 1,
    /// <summary>Something it lies in.</summary>
    Container = 2,
    /// <summary>Something in it.</summary>
    Content = 3,
}

/// <summary>One reason against moving a thing. Of many contents with the same reason one is named and all are counted.</summary>
public sealed record MoveReason
{
    /// <summary>Which.</summary>
    public MoveReasonKind Kind { get; init; }
    /// <summary>Of what it holds.</summary>
    public MoveRelation Relation { get; init; }
    /// <summary>Entity number of the first thing of which it holds.</summary>
    public int Node { get; init; }
    /// <summary>Of how many things it holds.</summary>
    public int Count { get; init; } = 1;
    /// <summary>Entity number of the recall; 0 when there is no case.</summary>
    public int Recall { get; init; }
    /// <summary>The disposition that says so: a CBV number, or minus the entity number of another term (of a hold); 0 when none does.</summary>
    public int Disposition { get; init; }
    /// <summary>Which date is over; null when none.</summary>
    public DateKind? Date { get; init; }
    /// <summary>Since when (event time, Unix milliseconds): when it was put on hold or sold, when the date was over; null when unknown.</summary>
    public long? Since { get; init; }
    /// <summary>Ledger sequence of the event that says so; 0 when none is known.</summary>
    public long Sequence { get; init; }
    /// <summary>Whether it refuses the step that was asked for; else it is a caution.</summary>
    public bool Refuses { get; init; }
}
