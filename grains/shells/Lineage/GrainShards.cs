using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Lineage;

/// <summary>The shards as grains.</summary>
sealed class GrainShards(IGrainFactory grains, int count) : ILineageShards
{
    public int Count => count;

    public ILineageShardGrain this[int shard] => grains.GetGrain<ILineageShardGrain>(shard);

    public ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask) => new(Again.Ask(() => this[shard].Visit(ask)));

    public ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound) =>
        new(Again.Ask(() => this[shard].Steps(windows, direction, follow, bound)));

    public ValueTask<Window[]> Admit(int shard, Step[] steps, long bound) => new(Again.Ask(() => this[shard].Admit(steps, bound)));

    public ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound) => new(Again.Ask(() => this[shard].Look(stays, bound)));

    public ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound) =>
        new(Again.Ask(() => this[shard].StandPlaced(pending, stays, found, bound)));

    public ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Lines(nodes, bound)));

    public ValueTask<NodeAnswer> Describe(int shard, int node, long bound) => new(Again.Ask(() => this[shard].Describe(node, bound)));

    public ValueTask<Holding[][]> Held(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Held(nodes, bound)));

    public ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound) => new(Again.Ask(() => this[shard].Goods(nodes, bound)));

    public ValueTask<bool> BeginReach(int shard, int recall, long draft) => new(this[shard].BeginReach(recall, draft));

    public ValueTask<long> NewestDraft(int shard, int recall) => new(Again.Ask(() => this[shard].NewestDraft(recall)));

    public ValueTask<int[]> Scope(int shard, int recall) => new(Again.Ask(() => this[shard].Scope(recall)));

    public ValueTask SetScope(int shard, int recall, int[] named, bool isWhole) => new(this[shard].SetScope(recall, named, isWhole));

    public ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew) => new(this[shard].Mark(recall, nodes, draft, onlyNew));

    public ValueTask<int?> CommitReach(int shard, int recall, long draft) => new(this[shard].CommitReach(recall, draft));
}
