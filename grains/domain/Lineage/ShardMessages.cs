namespace TraceGrains.Domain.Lineage;

/// <summary>A node together with the time for which the walk holds there: half-open, Unix milliseconds of event time.</summary>
[GenerateSerializer]
[Alias("tg.Window")]
public readonly record struct Window
{
    /// <summary>The earliest moment.</summary>
    public const long Always = long.MinValue;
    /// <summary>After the latest moment.</summary>
    public const long Forever = long.MaxValue;

    /// <summary>A node at any time.</summary>
    public static Window At(int node) => new() { Node = node, From = Always, Until = Forever };

    /// <summary>Entity number.</summary>
    [Id(0)] public int Node { get; init; }
    /// <summary>First moment.</summary>
    [Id(1)] public long From { get; init; }
    /// <summary>First moment after.</summary>
    [Id(2)] public long Until { get; init; }
}

/// <summary>A step over a tie, from the node that was asked to its neighbour.</summary>
[GenerateSerializer]
[Alias("tg.Step")]
public readonly record struct Step
{
    /// <summary>The node it starts from.</summary>
    [Id(0)] public int From { get; init; }
    /// <summary>The neighbour.</summary>
    [Id(1)] public int To { get; init; }
    /// <summary>Along what.</summary>
    [Id(2)] public EdgeKind Kind { get; init; }
    /// <summary>Whether the neighbour is a transformation process.</summary>
    [Id(3)] public bool ToProcess { get; init; }
    /// <summary>The event that says so.</summary>
    [Id(4)] public long Sequence { get; init; }
    /// <summary>When a placement began; unused for derivations.</summary>
    [Id(5)] public long Start { get; init; }
    /// <summary>Orders events of one instant, as <see cref="Register.TieBreak"/>.</summary>
    [Id(6)] public ulong StartTieBreak { get; init; }
    /// <summary>The window of the walk at the neighbour, as far as this end knows.</summary>
    [Id(7)] public Window Window { get; init; }
    /// <summary>Over a placement: whether the neighbour is the content, not the container.</summary>
    [Id(8)] public bool ToContent { get; init; }
    /// <summary>Over a placement: whether the content is a class-level amount.</summary>
    [Id(9)] public bool IsAmount { get; init; }
}

/// <summary>A time a thing spent in a container, to be looked up at the container: <c>[Start, Until)</c> of event time, of which the part from <c>From</c> on is asked for.</summary>
[GenerateSerializer]
[Alias("tg.Stay")]
public readonly record struct Stay
{
    /// <summary>The container.</summary>
    [Id(0)] public int Container { get; init; }
    /// <summary>When the thing was put in.</summary>
    [Id(1)] public long Start { get; init; }
    /// <summary>Orders events of one instant.</summary>
    [Id(2)] public ulong StartTieBreak { get; init; }
    /// <summary>When it left, as far as the content knows; <see cref="Window.Forever"/> while it is inside.</summary>
    [Id(3)] public long Until { get; init; }
    /// <summary>Which kind of tie.</summary>
    [Id(4)] public EdgeKind Kind { get; init; }
    /// <summary>
    /// From when on it concerns the one who asks: the start, or later, when what was asked about came into the thing only then. The container may have been
    /// emptied before; only the start tells.
    /// </summary>
    [Id(5)] public long From { get; init; }
    /// <summary>Orders events of one instant.</summary>
    [Id(6)] public ulong FromTieBreak { get; init; }
    /// <summary>The content, where it is a class-level amount, so that the container can say when it had left; 0 for a thing, which knows by itself.</summary>
    [Id(7)] public int Amount { get; init; }
}

/// <summary>How many things stand in one way.</summary>
[GenerateSerializer]
[Alias("tg.StandingCount")]
public struct StandingCount
{
    /// <summary>Who has them, where, in what state.</summary>
    [Id(0)] public Standing Standing;
    /// <summary>How many things.</summary>
    [Id(1)] public int Count;
}

/// <summary>What a trace asks of a shard about some of its nodes.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.VisitAsk")]
public sealed class VisitAsk
{
    /// <summary>Which way.</summary>
    [Id(0)] public TraceDirection Direction { get; set; }
    /// <summary>Along what.</summary>
    [Id(1)] public EdgeKind Follow { get; set; }
    /// <summary>Only what was on record up to this ledger sequence counts.</summary>
    [Id(2)] public long Bound { get; set; } = long.MaxValue;
    /// <summary>Nodes to walk on from, at any time.</summary>
    [Id(3)] public int[] Nodes { get; set; } = [];
    /// <summary>Nodes to walk on from, within a window.</summary>
    [Id(4)] public Window[] Windows { get; set; } = [];
    /// <summary>Nodes to say the standing of.</summary>
    [Id(5)] public int[] Stand { get; set; } = [];
}

/// <summary>A shard's answer to <see cref="VisitAsk"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.VisitAnswer")]
public sealed class VisitAnswer
{
    /// <summary>Neighbours over derivations; may repeat across shards.</summary>
    [Id(0)] public int[] Next { get; set; } = [];
    /// <summary>Neighbouring processes, whose own neighbours are the real next nodes.</summary>
    [Id(1)] public int[] Processes { get; set; } = [];
    /// <summary>Steps over placements, which the neighbour's shard must admit.</summary>
    [Id(2)] public Step[] Placed { get; set; } = [];
    /// <summary>Standing of the nodes that never lay in a container.</summary>
    [Id(3)] public StandingCount[] Standings { get; set; } = [];
    /// <summary>Nodes whose standing also depends on their containers.</summary>
    [Id(4)] public int[] Pending { get; set; } = [];
    /// <summary>The stays those depend on, each once.</summary>
    [Id(5)] public Stay[] Stays { get; set; } = [];
}

/// <summary>A stay's answer: what the container's own events say for that time, and where the container itself stayed meanwhile.</summary>
[GenerateSerializer]
[Alias("tg.StayAnswer")]
public struct StayAnswer
{
    /// <summary>The container's registers within the stay.</summary>
    [Id(0)] public Registers Registers;
    /// <summary>Stays of the container in containers of its own within that time.</summary>
    [Id(1)] public Stay[] Outer;
    /// <summary>When the stay ended, both ends considered; <see cref="Window.Forever"/> while it lasts.</summary>
    [Id(2)] public long Until;
}

/// <summary>One node as a list shows it.</summary>
[GenerateSerializer]
[Alias("tg.NodeLine")]
public struct NodeLine
{
    /// <summary>Its own registers.</summary>
    [Id(0)] public Registers Registers;
    /// <summary>Stays in containers, latest first.</summary>
    [Id(1)] public Stay[] Stays;
    /// <summary>Active recalls that reach it.</summary>
    [Id(2)] public int[] Recalls;
    /// <summary>As what events have named it.</summary>
    [Id(3)] public Roles Roles;
}

/// <summary>Everything a shard knows of one node.</summary>
[GenerateSerializer]
[Alias("tg.NodeAnswer")]
public sealed class NodeAnswer
{
    /// <summary>As what events have named it.</summary>
    [Id(0)] public Roles Roles { get; set; }
    /// <summary>Its own registers.</summary>
    [Id(1)] public Registers Registers { get; set; }
    /// <summary>Stays in containers, latest first.</summary>
    [Id(2)] public Stay[] Stays { get; set; } = [];
    /// <summary>Attachments to assets, latest first.</summary>
    [Id(3)] public Stay[] Attachments { get; set; } = [];
    // 4 was the amounts by account: what was packed, no shard knows alone.
    /// <summary>Active recalls that reach it.</summary>
    [Id(5)] public int[] Recalls { get; set; } = [];
}

/// <summary>How much of a lot an account holds.</summary>
[GenerateSerializer]
[Alias("tg.Holding")]
public struct Holding
{
    /// <summary>Party, place or container; 0 where no event named one.</summary>
    [Id(0)] public int Account;
    /// <summary>What sort of account.</summary>
    [Id(1)] public AccountKind Kind;
    /// <summary>Sum of what came and went, in the base unit; null where some event did not say how much.</summary>
    [Id(2)] public decimal? Quantity;
    /// <summary>Base unit of measure; empty counts pieces.</summary>
    [Id(3)] public string Uom;
    /// <summary>The latest event on record that changed it; of what went with a container, the one that packed it.</summary>
    [Id(4)] public long LastSequence;
}

/// <summary>A node to be marked because a marked thing was just seen to lead to it.</summary>
[GenerateSerializer]
[Alias("tg.Spill")]
public readonly record struct Spill
{
    /// <summary>Entity number of the recall.</summary>
    [Id(0)] public int Recall { get; init; }
    /// <summary>The node to mark.</summary>
    [Id(1)] public int Node { get; init; }
    /// <summary>The newest draft in which the marked thing stands.</summary>
    [Id(3)] public long Draft { get; init; }
}

/// <summary>What marking some nodes led to.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MarkAnswer")]
public sealed class MarkAnswer
{
    /// <summary>Neighbours to mark next.</summary>
    [Id(0)] public int[] Next { get; set; } = [];
    /// <summary>Things now in force in this shard for the recall (processes not counted).</summary>
    [Id(1)] public int InForce { get; set; }
}
