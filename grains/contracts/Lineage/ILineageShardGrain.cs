using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Contracts.Lineage;

/// <summary>One shard of the lineage index, kept in memory. Key: the shard's number from 0. Method by method the same as <see cref="LineageShard"/>.</summary>
[Alias("tg.ILineageShardGrain")]
public interface ILineageShardGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Applies rows just committed. <paramref name="previous"/> is the sequence of the row before the first one for this shard: a shard that has not
    /// applied it has missed something and reads the ledger. Answers the marks that must go on to other nodes.
    /// </summary>
    [Alias("Apply")] Task<Spill[]> Apply([Immutable] RowBatch rows, long previous);
    /// <summary>Reads whatever the ledger has that this shard has not, and answers the marks that must go on.</summary>
    [Alias("CatchUp")] Task<Spill[]> CatchUp(long through);
    /// <summary>
    /// Everything up to this place in the order has been delivered and its marks have spread. A shard answers questions about an instant only when it has heard so of that instant: an
    /// activation that has been replaced hears nothing any more, and so cannot answer wrongly.
    /// </summary>
    [Alias("Settled")] Task Settled(long through);
    /// <summary><see cref="LineageShard.Visit"/>.</summary>
    [Alias("Visit")] Task<VisitAnswer> Visit([Immutable] VisitAsk ask);
    /// <summary><see cref="LineageShard.Steps"/>.</summary>
    [Alias("Steps")] Task<Step[]> Steps([Immutable] Window[] windows, TraceDirection direction, EdgeKind follow, long bound);
    /// <summary><see cref="LineageShard.Admit(Step[], long)"/>.</summary>
    [Alias("Admit")] Task<Window[]> Admit([Immutable] Step[] steps, long bound);
    /// <summary><see cref="LineageShard.Look(Stay[], long)"/>.</summary>
    [Alias("Look")] Task<StayAnswer[]> Look([Immutable] Stay[] stays, long bound);
    /// <summary><see cref="LineageShard.StandPlaced"/>.</summary>
    [Alias("StandPlaced")] Task<StandingCount[]> StandPlaced([Immutable] int[] pending, [Immutable] Stay[] stays, [Immutable] Registers[] found, long bound);
    /// <summary><see cref="LineageShard.Lines"/>.</summary>
    [Alias("Lines")] Task<NodeLine[]> Lines([Immutable] int[] nodes, long bound);
    /// <summary><see cref="LineageShard.Describe"/>.</summary>
    [Alias("Describe")] Task<NodeAnswer> Describe(int node, long bound);
    /// <summary><see cref="LineageShard.Held"/>.</summary>
    [Alias("Held")] Task<Holding[]?[]> Held([Immutable] int[] nodes, long bound);
    /// <summary><see cref="LineageShard.Moves"/>, once everything up to a ledger sequence has been heard of.</summary>
    [Alias("Moves")] Task<MoveLine[]> Moves([Immutable] MoveAsk[] asked, long bound);
    /// <summary><see cref="LineageShard.Movements"/>; what was forgotten is read from the rows. Everything up to <paramref name="after"/> may be forgotten.</summary>
    [Alias("Movements")] Task<MovementAnswer> Movements(long after, long through);
    /// <summary><see cref="LineageShard.WithCaveats"/>.</summary>
    [Alias("WithCaveats")] Task<int[]> WithCaveats([Immutable] int[] asked, long latest);
    /// <summary><see cref="LineageShard.MovementsWith"/>.</summary>
    [Alias("MovementsWith")] Task<Movement[]> MovementsWith(long after, long through, [Immutable] int[] others);
    /// <summary><see cref="LineageShard.Goods"/>.</summary>
    [Alias("Goods")] Task<GoodsLine[]> Goods([Immutable] int[] nodes, long bound);
    /// <summary><see cref="LineageShard.BeginReach"/>.</summary>
    [Alias("BeginReach")] Task<bool> BeginReach(int recall, long draft);
    /// <summary><see cref="LineageShard.NewestDraft"/>.</summary>
    [Alias("NewestDraft")] Task<long> NewestDraft(int recall);
    /// <summary><see cref="LineageShard.Scope"/>.</summary>
    [Alias("Scope")] Task<int[]> Scope(int recall);
    /// <summary><see cref="LineageShard.SetScope"/>.</summary>
    [Alias("SetScope")] Task SetScope(int recall, [Immutable] int[] named, bool isWhole);
    /// <summary><see cref="LineageShard.Mark"/>.</summary>
    [Alias("Mark")] Task<MarkAnswer> Mark(int recall, [Immutable] int[] nodes, long draft, bool onlyNew);
    /// <summary><see cref="LineageShard.CommitReach"/>.</summary>
    [Alias("CommitReach")] Task<int?> CommitReach(int recall, long draft);
    /// <summary><see cref="LineageShard.OffRecord"/>.</summary>
    [Alias("OffRecord")] Task<int[]> OffRecord(int recall, bool released, int after, int max);
    /// <summary><see cref="LineageShard.Reached"/>.</summary>
    [Alias("Reached")] Task<int[]> Reached(int recall, int after, int max);
    /// <summary><see cref="LineageShard.CountMarks"/>, and what the shard weighs.</summary>
    [Alias("Count")] Task<ShardCount> Count(int recall);
}

/// <summary>Rows of consecutive events that concern one shard, in ledger order.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RowBatch")]
public sealed class RowBatch
{
    /// <summary>The events.</summary>
    [Id(0)] public long[] Sequences { get; set; } = [];
    /// <summary>What the shard needs of each (<see cref="FactCodec"/>).</summary>
    [Id(1)] public byte[][] Facts { get; set; } = [];
}

/// <summary>Counts of one shard.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ShardCount")]
public sealed class ShardCount
{
    /// <summary>Things marked by the asked recall.</summary>
    [Id(0)] public int InForce { get; set; }
    /// <summary>Things on record as reached by it.</summary>
    [Id(1)] public int OnRecord { get; set; }
    /// <summary>Entities known.</summary>
    [Id(2)] public int Nodes { get; set; }
    /// <summary>Derivation ties, counted at both ends.</summary>
    [Id(3)] public int Edges { get; set; }
    /// <summary>Bytes of the index.</summary>
    [Id(4)] public long Bytes { get; set; }
    /// <summary>Last ledger sequence applied.</summary>
    [Id(5)] public long AppliedThrough { get; set; }
    /// <summary>Recalls known to be active.</summary>
    [Id(6)] public int[] ActiveRecalls { get; set; } = [];
}
