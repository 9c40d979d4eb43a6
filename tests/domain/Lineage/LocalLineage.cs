using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>Shards as plain objects, and the way from an event to their rows that capture takes: admission, numbers, rows, ledger, shards.</summary>
sealed class LocalLineage : ILineageShards
{
    readonly LineageShard[] shards;
    readonly LedgerProjector projector;
    long recorded;

    public LocalLineage(int shardCount)
    {
        Ledger = new(shardCount);
        shards = [.. Enumerable.Range(0, shardCount).Select(shard => new LineageShard(shard, shardCount))];
        projector = Now(LedgerProjector.Continue(Ledger));
    }

    /// <summary>A lineage that has captured these events, in this order.</summary>
    public static LocalLineage Of(int shardCount, IEnumerable<CanonicalEvent> events)
    {
        var lineage = new LocalLineage(shardCount);
        foreach (var canonical in events) lineage.Capture(canonical);
        return lineage;
    }

    public MemoryLedger Ledger { get; }
    public int Count => shards.Length;
    public LineageShard this[int shard] => shards[shard];

    /// <summary>Gives an event its place and makes it durable; the shards have yet to hear. Null when it was on record already, or its id was taken.</summary>
    public LedgerBatch? Record(CanonicalEvent canonical)
    {
        var e = EventToRecord.Of(canonical);
        var related = Now(Related.Find(Ledger, [e]))[0];
        if (Admission.Decide(e, related, _ => true) is not Admission.New admitted) return null;
        recorded++;
        var hash = LedgerHash.EventHash(default, e.Json);
        var batch = Now(projector.Project([new(e, recorded, hash, admitted.Withdraws)])) with
        {
            Events = [new(recorded, default, e.EventId, e.DeclaresError, e.CbvHash, hash, e.Json)],
        };
        Now(Ledger.Append(batch));
        return batch;
    }

    /// <summary>Brings one shard its rows, those for all first, as the ledger orders them.</summary>
    public List<Spill> Deliver(int shard, IEnumerable<ShardRow> rows)
    {
        var spills = new List<Spill>();
        var through = shards[shard].AppliedThrough;
        foreach (var row in rows.Where(row => row.Shard == shard || row.Shard == ShardRow.EveryShard).OrderBy(row => (row.Sequence, row.Shard)))
            if (row.Sequence > through) shards[shard].Apply(row.Sequence, row.Facts, spills);
        return spills;
    }

    /// <summary>Records, delivers and spreads in one go. False when it was no new event.</summary>
    public bool Capture(CanonicalEvent canonical)
    {
        if (Record(canonical) is not { } batch) return false;
        var spills = Enumerable.Range(0, Count).SelectMany(shard => Deliver(shard, batch.Rows)).ToList();
        Now(ReachWalk.Spread(this, spills));
        return true;
    }

    /// <summary>A shard dies and is loaded anew from its rows.</summary>
    public void Reload(int shard)
    {
        shards[shard] = new(shard, Count);
        Deliver(shard, Ledger.Rows);
    }

    public int Number(string code) => Now(Ledger.FindEntities([code]))[0];

    public string Code(int number) => Now(Ledger.ReadCodes([number]))[0];

    public string? CodeOrNull(int number) => number == 0 ? null : Code(number);

    /// <summary>What a walk over shards that never wait came to.</summary>
    public static T Now<T>(ValueTask<T> work)
    {
        Assert.True(work.IsCompleted);
        return work.GetAwaiter().GetResult();
    }

    public static void Now(ValueTask work)
    {
        Assert.True(work.IsCompleted);
        work.GetAwaiter().GetResult();
    }

    public static T Now<T>(Task<T> work) => Now(new ValueTask<T>(work));

    public static void Now(Task work) => Now(new ValueTask(work));

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
