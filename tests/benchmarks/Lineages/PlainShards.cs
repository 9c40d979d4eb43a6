using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Benchmarks.Lineages;

/// <summary>The shards as plain objects, called directly: what the index and the walk cost without grains around them.</summary>
sealed class PlainShards(LineageShard[] shards) : ILineageShards
{
    public static async Task<PlainShards> Load(ILedger ledger)
    {
        const int page = 20_000;
        var count = ledger.Constants.ShardCount;
        var shards = new LineageShard[count];
        for (var shard = 0; shard < count; shard++)
        {
            shards[shard] = new(shard, count);
            IReadOnlyList<ShardRow> rows;
            do
            {
                rows = await ledger.ReadShardRows(shard, shards[shard].AppliedThrough, page);
                foreach (var row in rows) shards[shard].Apply(row.Sequence, row.Facts, []);
            }
            while (rows.Count >= page);
        }
        return new(shards);
    }

    public long Bytes => shards.Sum(shard => shard.Bytes);

    public int Count => shards.Length;

    public ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask) => new(shards[shard].Visit(ask));

    public ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound) => new(shards[shard].Steps(windows, direction, follow, bound));

    public ValueTask<Window[]> Admit(int shard, Step[] steps, long bound) => new(shards[shard].Admit(steps, bound));

    public ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound) => new(shards[shard].Look(stays, bound));

    public ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound) => new(shards[shard].StandPlaced(pending, stays, found, bound));

    public ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound) => new(shards[shard].Lines(nodes, bound));

    public ValueTask<NodeAnswer> Describe(int shard, int node, long bound) => new(shards[shard].Describe(node, bound));

    public ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound) => new(shards[shard].Goods(nodes, bound));
    public ValueTask<Holding[]?[]> Held(int shard, int[] nodes, long bound) => new(shards[shard].Held(nodes, bound));

    public ValueTask<MoveLine[]> Moves(int shard, MoveAsk[] asked, long bound) => new(shards[shard].Moves(asked));

    public ValueTask<MovementAnswer> Movements(int shard, long after, long through) => new(shards[shard].Movements(after, through));

    public ValueTask<int[]> WithCaveats(int shard, int[] asked, long latest) => new(shards[shard].WithCaveats(asked, latest));

    public ValueTask<Movement[]> MovementsWith(int shard, long after, long through, int[] others) => new(shards[shard].MovementsWith(after, through, [.. others])!);

    public ValueTask<bool> BeginReach(int shard, int recall, long draft) => new(shards[shard].BeginReach(recall, draft));

    public ValueTask<long> NewestDraft(int shard, int recall) => new(shards[shard].NewestDraft(recall));

    public ValueTask<int[]> Scope(int shard, int recall) => new(shards[shard].Scope(recall));

    public ValueTask SetScope(int shard, int recall, int[] named, bool isWhole)
    {
        shards[shard].SetScope(recall, named, isWhole);
        return default;
    }

    public ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew) => new(shards[shard].Mark(recall, nodes, draft, onlyNew));

    public ValueTask<int?> CommitReach(int shard, int recall, long draft) => new(shards[shard].CommitReach(recall, draft));
}
