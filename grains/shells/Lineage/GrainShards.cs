using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Lineage;

/// <summary>The shards as grains. Every question is counted for the operation it is asked for, and none is asked any more once nobody waits.</summary>
/// <param name="grains">Finds them.</param>
/// <param name="count">How many the ledger has.</param>
/// <param name="stop">Nobody waits any longer.</param>
public sealed class GrainShards(IGrainFactory grains, int count, CancellationToken stop = default) : ILineageShards
{
    /// <summary>The same, for as long as somebody waits.</summary>
    public GrainShards Until(CancellationToken nobodyWaits) => nobodyWaits.CanBeCanceled ? new(grains, count, nobodyWaits) : this;

    /// <inheritdoc/>
    public int Count => count;

    /// <summary>One of them.</summary>
    public ILineageShardGrain this[int shard] => grains.GetGrain<ILineageShardGrain>(shard);

    /// <summary>Everything that a recall in force has reached, shard by shard.</summary>
    /// <param name="recall">Its entity number.</param>
    /// <param name="after">Only what has a larger number.</param>
    /// <param name="first">How many of each shard at most.</param>
    public Task<int[][]> ReachedByShard(int recall, int after = 0, int first = int.MaxValue) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(shard => Ask(shard, of => of.Reached(recall, after, first)).AsTask()));

    /// <summary>The same as one list, ascending.</summary>
    /// <param name="recall">Its entity number.</param>
    public async Task<int[]> Reached(int recall)
    {
        int[] all = [.. (await ReachedByShard(recall)).SelectMany(part => part)];
        Array.Sort(all);
        return all;
    }

    /// <inheritdoc/>
    public ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask) => Ask(shard, of => of.Visit(ask));

    /// <inheritdoc/>
    public ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound) =>
        Ask(shard, of => of.Steps(windows, direction, follow, bound));

    /// <inheritdoc/>
    public ValueTask<Window[]> Admit(int shard, Step[] steps, long bound) => Ask(shard, of => of.Admit(steps, bound));

    /// <inheritdoc/>
    public ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound) => Ask(shard, of => of.Look(stays, bound));

    /// <inheritdoc/>
    public ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound) =>
        Ask(shard, of => of.StandPlaced(pending, stays, found, bound));

    /// <inheritdoc/>
    public ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound) => Ask(shard, of => of.Lines(nodes, bound));

    /// <inheritdoc/>
    public ValueTask<NodeAnswer> Describe(int shard, int node, long bound) => Ask(shard, of => of.Describe(node, bound));

    /// <inheritdoc/>
    public ValueTask<Holding[]?[]> Held(int shard, int[] nodes, long bound) => Ask(shard, of => of.Held(nodes, bound));

    /// <inheritdoc/>
    public ValueTask<MoveLine[]> Moves(int shard, MoveAsk[] asked, long bound) => Ask(shard, of => of.Moves(asked, bound));

    /// <inheritdoc/>
    public ValueTask<MovementAnswer> Movements(int shard, long after, long through) => Ask(shard, of => of.Movements(after, through));

    /// <inheritdoc/>
    public ValueTask<int[]> WithCaveats(int shard, int[] asked, long latest) => Ask(shard, of => of.WithCaveats(asked, latest));

    /// <inheritdoc/>
    public ValueTask<Movement[]> MovementsWith(int shard, long after, long through, int[] others) => Ask(shard, of => of.MovementsWith(after, through, others));

    /// <inheritdoc/>
    public ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound) => Ask(shard, of => of.Goods(nodes, bound));

    /// <inheritdoc/>
    public ValueTask<bool> BeginReach(int shard, int recall, long draft) => new(this[shard].BeginReach(recall, draft));

    /// <inheritdoc/>
    public ValueTask<long> NewestDraft(int shard, int recall) => Ask(shard, of => of.NewestDraft(recall));

    /// <inheritdoc/>
    public ValueTask<int[]> Scope(int shard, int recall) => Ask(shard, of => of.Scope(recall));

    /// <inheritdoc/>
    public ValueTask SetScope(int shard, int recall, int[] named, bool isWhole) => new(this[shard].SetScope(recall, named, isWhole));

    /// <inheritdoc/>
    public ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew) => new(this[shard].Mark(recall, nodes, draft, onlyNew));

    /// <inheritdoc/>
    public ValueTask<int?> CommitReach(int shard, int recall, long draft) => new(this[shard].CommitReach(recall, draft));

    ValueTask<T> Ask<T>(int shard, Func<ILineageShardGrain, Task<T>> question)
    {
        stop.ThrowIfCancellationRequested();
        Metering.Message();
        return new(Again.Ask(() => question(this[shard])));
    }
}
