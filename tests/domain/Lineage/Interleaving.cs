using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>
/// Runs asynchronous work on one thread in an order that a seed decides: whoever awaits a turn waits until it is drawn. The same seed gives the same run.
/// </summary>
sealed class Interleaving(int seed)
{
    readonly Random random = new(seed);
    readonly List<TaskCompletionSource> waiting = [];
    readonly List<Task> started = [];

    public Task Turn()
    {
        var turn = new TaskCompletionSource();
        waiting.Add(turn);
        return turn.Task;
    }

    public bool OneIn(int chances) => random.Next(chances) == 0;

    public int Below(int limit) => random.Next(limit);

    /// <summary>Starts work that goes on by itself.</summary>
    public Task Start(Func<Task> work)
    {
        async Task AtItsTurn()
        {
            await Turn();
            await work();
        }
        var task = AtItsTurn();
        started.Add(task);
        return task;
    }

    /// <summary>Starts some work and draws turns until nobody waits.</summary>
    public void Run(params Func<Task>[] first)
    {
        var context = SynchronizationContext.Current;
        var here = new OneThread();
        SynchronizationContext.SetSynchronizationContext(here);
        try
        {
            foreach (var work in first) Start(work);
            for (here.GoOn(); waiting.Count > 0; here.GoOn())
            {
                var drawn = random.Next(waiting.Count);
                var turn = waiting[drawn];
                waiting.RemoveAt(drawn);
                turn.SetResult();
            }
            foreach (var task in started) LocalLineage.Now(task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Keeps every continuation on the thread that draws.</summary>
    sealed class OneThread : SynchronizationContext
    {
        readonly Queue<(SendOrPostCallback Call, object? State)> calls = new();

        public override void Post(SendOrPostCallback d, object? state) => calls.Enqueue((d, state));

        public void GoOn()
        {
            while (calls.TryDequeue(out var next)) next.Call(next.State);
        }
    }
}

/// <summary>Shards as grains are: every call takes its time on the way there, and its answer on the way back.</summary>
sealed class DistantLineage(LocalLineage here, Interleaving turns) : ILineageShards
{
    public int Count => here.Count;

    async ValueTask<T> Far<T>(Func<ValueTask<T>> call)
    {
        await turns.Turn();
        var answer = LocalLineage.Now(call());
        if (turns.OneIn(2)) await turns.Turn();
        return answer;
    }

    public ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask) => Far(() => here.Visit(shard, ask));
    public ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound) => Far(() => here.Steps(shard, windows, direction, follow, bound));
    public ValueTask<Window[]> Admit(int shard, Step[] steps, long bound) => Far(() => here.Admit(shard, steps, bound));
    public ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound) => Far(() => here.Look(shard, stays, bound));
    public ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound) => Far(() => here.StandPlaced(shard, pending, stays, found, bound));
    public ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound) => Far(() => here.Lines(shard, nodes, bound));
    public ValueTask<NodeAnswer> Describe(int shard, int node, long bound) => Far(() => here.Describe(shard, node, bound));
    public ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound) => Far(() => here.Goods(shard, nodes, bound));
    public ValueTask<Holding[]?[]> Held(int shard, int[] nodes, long bound) => Far(() => here.Held(shard, nodes, bound));
    public ValueTask<MoveLine[]> Moves(int shard, MoveAsk[] asked, long bound) => Far(() => here.Moves(shard, asked, bound));

    public ValueTask<MovementAnswer> Movements(int shard, long after, long through) => Far(() => here.Movements(shard, after, through));

    public ValueTask<int[]> WithCaveats(int shard, int[] asked, long latest) => Far(() => here.WithCaveats(shard, asked, latest));

    public ValueTask<Movement[]> MovementsWith(int shard, long after, long through, int[] others) => Far(() => here.MovementsWith(shard, after, through, others));

    public ValueTask<bool> BeginReach(int shard, int recall, long draft) => Far(() => here.BeginReach(shard, recall, draft));
    public ValueTask<long> NewestDraft(int shard, int recall) => Far(() => here.NewestDraft(shard, recall));
    public ValueTask<int[]> Scope(int shard, int recall) => Far(() => here.Scope(shard, recall));
    public async ValueTask SetScope(int shard, int recall, int[] named, bool isWhole) => await Far(async () =>
    {
        await here.SetScope(shard, recall, named, isWhole);
        return true;
    });

    public ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew) => Far(() => here.Mark(shard, recall, nodes, draft, onlyNew));
    public ValueTask<int?> CommitReach(int shard, int recall, long draft) => Far(() => here.CommitReach(shard, recall, draft));

    public ValueTask<List<Spill>> Deliver(int shard, IEnumerable<Ledger.ShardRow> rows) => Far(() => new ValueTask<List<Spill>>(here.Deliver(shard, rows)));
}
