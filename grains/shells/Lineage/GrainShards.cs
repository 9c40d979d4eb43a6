using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Lineage;

/// <summary>The shards as grains.</summary>
/// <param name="grains">Finds them.</param>
/// <param name="count">How many the ledger has.</param>
public sealed class GrainShards(IGrainFactory grains, int count) : ILineageShards
{
    /// <inheritdoc/>
    public int Count => count;

    /// <summary>One of them.</summary>
    public ILineageShardGrain this[int shard] => grains.GetGrain<ILineageShardGrain>(shard);

    /// <summary>Everything that a recall in force has reached, shard by shard.</summary>
    /// <param name="recall">Its entity number.</param>
    public Task<int[][]> ReachedByShard(int recall) => Task.WhenAll(Enumerable.Range(0, count).Select(shard => this[shard].Reached(recall, 0, int.MaxValue)));

    /// <summary>The same as one list, ascending.</summary>
    /// <param name="recall">Its entity number.</param>
    public async Task<int[]> Reached(int recall)
    {
        int[] all = [.. (await ReachedByShard(recall)).SelectMany(part => part)];
        Array.Sort(all);
        return all;
    }

    /// <inheritdoc/>
    public ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask) => new(Again.Ask(() => this[shard].Visit(ask)));

    /// <inheritdoc/>
    public ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound) =>
        new(Again.Ask(() => this[shard].Steps(windows, direction, follow, bound)));

    /// <inheritdoc/>
    public ValueTask<Window[]> Admit(int shard, Step[] steps, long bound) => new(Again.Ask(() => this[shard].Admit(steps, bound)));

    /// <inheritdoc/>
    public ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound) => new(Again.Ask(() => this[shard].Look(stays, bound)));

    /// <inheritdoc/>
    public ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound) =>
        new(Again.Ask(() => this[shard].StandPlaced(pending, stays, found, bound)));

    /// <inheritdoc/>
    public ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Lines(nodes, bound)));

    /// <inheritdoc/>
    public ValueTask<NodeAnswer> Describe(int shard, int node, long bound) => new(Again.Ask(() => this[shard].Describe(node, bound)));

    /// <inheritdoc/>
    public ValueTask<Holding[]?[]> Held(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Held(nodes, bound)));

    /// <inheritdoc/>
    public ValueTask<MoveLine[]> Moves(int shard, MoveAsk[] asked, long bound) => new(Again.Ask(() => this[shard].Moves(asked, bound)));

    /// <inheritdoc/>
    public ValueTask<MovementAnswer> Movements(int shard, long after, long through) => new(Again.Ask(() => this[shard].Movements(after, through)));

    /// <inheritdoc/>
    public ValueTask<int[]> WithCaveats(int shard, int[] asked, long latest) => new(Again.Ask(() => this[shard].WithCaveats(asked, latest)));

    /// <inheritdoc/>
    public ValueTask<Movement[]> MovementsWith(int shard, long after, long through, int[] others) => new(Again.Ask(() => this[shard].MovementsWith(after, through, others)));

    /// <inheritdoc/>
    public ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Goods(nodes, bound)));

    /// <inheritdoc/>
    public ValueTask<bool> BeginReach(int shard, int recall, long draft) => new(this[shard].BeginReach(recall, draft));

    /// <inheritdoc/>
    public ValueTask<long> NewestDraft(int shard, int recall) => new(Again.Ask(() => this[shard].NewestDraft(recall)));

    /// <inheritdoc/>
    public ValueTask<int[]> Scope(int shard, int recall) => new(Again.Ask(() => this[shard].Scope(recall)));

    /// <inheritdoc/>
    public ValueTask SetScope(int shard, int recall, int[] named, bool isWhole) => new(this[shard].SetScope(recall, named, isWhole));

    /// <inheritdoc/>
    public ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew) => new(this[shard].Mark(recall, nodes, draft, onlyNew));

    /// <inheritdoc/>
    public ValueTask<int?> CommitReach(int shard, int recall, long draft) => new(this[shard].CommitReach(recall, draft));
}
