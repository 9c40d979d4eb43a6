using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

/// <summary>What the shard of a thing is asked when the thing is to be moved, was moved, or bears on another that is.</summary>
[GenerateSerializer]
[Alias("tg.MoveAsk")]
public readonly record struct MoveAsk
{
    /// <summary>The thing.</summary>
    [Id(0)] public int Node { get; init; }
    /// <summary>When it is moved, Unix milliseconds. Words of events after that moment do not count.</summary>
    [Id(1)] public long Time { get; init; }
    /// <summary>Words of that very moment count up to this tie-break, exclusive.</summary>
    [Id(2)] public ulong TieBreak { get; init; }
    /// <summary>The event that moved it: only what was on record before counts. 0 for a question: everything on record counts.</summary>
    [Id(3)] public long Sequence { get; init; }
    /// <summary>How it bears on the thing that is moved.</summary>
    [Id(4)] public MoveRelation Relation { get; init; }
    /// <summary>For a container or content: the placement between them. Its <see cref="Step.From"/> is the end that told of it.</summary>
    [Id(5)] public Step Via { get; init; }
}

/// <summary>The latest word on one aspect of a thing's state.</summary>
[GenerateSerializer]
[Alias("tg.StateWord")]
public readonly record struct StateWord
{
    /// <summary>Event time, Unix milliseconds.</summary>
    [Id(0)] public long Time { get; init; }
    /// <summary>Orders events of one instant.</summary>
    [Id(1)] public ulong TieBreak { get; init; }
    /// <summary>The event that says so; 0 when none has spoken.</summary>
    [Id(2)] public long Sequence { get; init; }
    /// <summary>The disposition: a CBV number, or minus the entity number of another term; 0 when the word took the state back.</summary>
    [Id(3)] public int Disposition { get; init; }

    /// <summary>Whether this word is later than the other.</summary>
    public bool IsLaterThan(in StateWord other) => Sequence != 0 && (other.Sequence == 0 || (Time, TieBreak).CompareTo((other.Time, other.TieBreak)) > 0);
}

/// <summary>A date of a thing.</summary>
[GenerateSerializer]
[Alias("tg.DateWord")]
public readonly record struct DateWord
{
    /// <summary>What ends.</summary>
    [Id(0)] public DateKind Kind { get; init; }
    /// <summary>The first moment after, Unix milliseconds.</summary>
    [Id(1)] public long Until { get; init; }
    /// <summary>The event that says so.</summary>
    [Id(2)] public long Sequence { get; init; }
}

/// <summary>What a shard knows for and against moving one thing at one moment. Empty lists are null, so that a thing of which there is nothing to say costs nothing.</summary>
[GenerateSerializer]
[Alias("tg.MoveLine")]
public struct MoveLine
{
    /// <summary>As what events have named it; none for a thing that no event has named.</summary>
    [Id(0)] public Roles Roles;
    /// <summary>The asked container or content was none at that moment: the other end knows of an end of the placement.</summary>
    [Id(1)] public bool IsApart;
    /// <summary>Recalls in force that reach it; for a movement, those issued before it by event time and by ledger order.</summary>
    [Id(2)] public int[]? Recalls;
    /// <summary>Persistent dispositions in force that block.</summary>
    [Id(3)] public StateWord[]? Blocks;
    /// <summary>The latest date of each kind.</summary>
    [Id(4)] public DateWord[]? Dates;
    /// <summary>Its plain disposition.</summary>
    [Id(5)] public StateWord Disposition;
    /// <summary>Whether it is sold (a disposition) or was brought back (0).</summary>
    [Id(6)] public StateWord Sold;
    /// <summary>Whether it is no more.</summary>
    [Id(7)] public StateWord Ended;
    /// <summary>Of a movement: the first sale on record after it, where nothing brought the thing back in between. Two sales of one thing show whichever came first.</summary>
    [Id(8)] public StateWord SoldLater;
    /// <summary>Its lots.</summary>
    [Id(9)] public int[]? Lots;
    /// <summary>Steps to the containers it lay in then, as far as it knows.</summary>
    [Id(10)] public Step[]? Containers;
    /// <summary>Steps to what lay in it then, as far as it knows.</summary>
    [Id(11)] public Step[]? Contents;

    /// <summary>Whether it is an amount of a lot or product, not a single thing: what befalls a part of it says nothing of the rest.</summary>
    public readonly bool IsAmount => (Roles & (Roles.Class | Roles.Instance)) == Roles.Class;
}

/// <summary>That an event moved a thing, by a step that brings goods on.</summary>
[GenerateSerializer]
[Alias("tg.Movement")]
public readonly record struct Movement
{
    /// <summary>The thing.</summary>
    [Id(0)] public int Node { get; init; }
    /// <summary>The event.</summary>
    [Id(1)] public long Sequence { get; init; }
    /// <summary>When it happened, Unix milliseconds.</summary>
    [Id(2)] public long Time { get; init; }
    /// <summary>Orders events of one instant.</summary>
    [Id(3)] public ulong TieBreak { get; init; }
    /// <summary>The business step (<see cref="MoveSteps"/>).</summary>
    [Id(4)] public byte Step { get; init; }

    /// <summary>The question about it.</summary>
    public MoveAsk Ask() => new() { Node = Node, Time = Time, TieBreak = TieBreak, Sequence = Sequence };
}

/// <summary>What a shard has to say of the movements in a stretch of the ledger.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MovementAnswer")]
public sealed class MovementAnswer
{
    /// <summary>Movements of which something is to be said, or of things that hold others: they need a closer look.</summary>
    [Id(0)] public Movement[] Suspects { get; set; } = [];
    /// <summary>Lots and containers of the other things that were moved, each once.</summary>
    [Id(1)] public int[] Others { get; set; } = [];
    /// <summary>The latest moment of any of these movements, Unix milliseconds.</summary>
    [Id(3)] public long Latest { get; set; } = long.MinValue;
    /// <summary>False when this shard does not remember that far back.</summary>
    [Id(2)] public bool Remembers { get; set; } = true;
}
