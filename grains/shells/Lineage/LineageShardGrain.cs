using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Lineage;

/// <summary>
/// Holds one <see cref="LineageShard"/>: loads it from its own rows, applies what the sequencer sends, and lets the walks ask. Every method that touches the
/// shard does so in one turn, so interleaving never shows half an application.
/// </summary>
/// <remarks>
/// For a moment there may be two activations of a shard, when silos come and go. Deliveries, marks and <see cref="Settled"/> reach only one of them; the other learns from the instant that a
/// question is about that it has missed something, answers nothing and goes.
/// </remarks>
[Reentrant]
[KeepAlive]
[HashBasedPlacement]
sealed partial class LineageShardGrain(ILedger ledger, ISiloStatusOracle silos, ILocalSiloDetails local, ILogger<LineageShardGrain> log) : Grain, ILineageShardGrain
{
    const int PageSize = 20_000, TicksBeforeMove = 3;

    /// <summary>How long a question waits for a commit under way before it asks the sequencer about it.</summary>
    static readonly TimeSpan usualWait = TimeSpan.FromSeconds(1), placementTick = TimeSpan.FromSeconds(10);

    LineageShard shard = null!;
    Task? catchingUp;

    /// <summary>Marks live in memory only, so a shard that has just loaded has to hear from the recalls before it may say "not recalled".</summary>
    Task marksAreIn = Task.CompletedTask;

    long settled;
    TaskCompletionSource settling = NewSignal();
    (SiloAddress? Silo, int Ticks) misplaced;

    int Number => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        shard = new(Number, ledger.Constants.ShardCount);
        var head = (await ledger.ReadHead(stop)).Sequence;
        await Load([]);
        settled = head;
        if (shard.ActiveRecalls().Length > 0) marksAreIn = BringMarksIn();
        this.RegisterGrainTimer(MoveWhereItBelongs, new() { DueTime = placementTick, Period = placementTick, Interleave = true });
    }

    public Task Settled(long through)
    {
        if (through <= settled) return Task.CompletedTask;
        settled = through;
        var signal = settling;
        settling = NewSignal();
        signal.TrySetResult();
        return Task.CompletedTask;
    }

    ValueTask Hear(long bound) => bound <= settled || bound == long.MaxValue ? default : new(WaitFor(bound));

    async Task WaitFor(long bound)
    {
        for (var began = Environment.TickCount64; bound > settled;)
        {
            var left = usualWait.TotalMilliseconds - (Environment.TickCount64 - began);
            if (left <= 0) break;
            await Task.WhenAny(settling.Task, Task.Delay(TimeSpan.FromMilliseconds(left)));
        }
        if (bound <= settled) return;
        // A long commit, a sequencer that died between commit and delivery, or this activation has been replaced.
        await GrainFactory.GetGrain<ISequencerGrain>(0).Settle(bound);
        if (bound <= settled) return;
        DeactivateOnIdle();
        throw new OutOfDateException($"shard {Number} is settled up to {settled} here and up to {bound} elsewhere");
    }

    /// <summary>A silo that joined gets its share of the shards, once it has stayed for a while. The same reckoning as the placement's.</summary>
    Task MoveWhereItBelongs()
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Order().ToList();
        var home = active.Count == 0 ? local.SiloAddress : active[(int)(this.GetGrainId().GetUniformHashCode() & 0x7FFFFFFF) % active.Count];
        misplaced = home.Equals(local.SiloAddress) ? default : (home, home.Equals(misplaced.Silo) ? misplaced.Ticks + 1 : 1);
        if (misplaced.Ticks >= TicksBeforeMove) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<Spill[]> Apply(RowBatch rows, long previous)
    {
        if (previous > shard.AppliedThrough) return await CatchUp(rows.Sequences[^1]);
        var spills = new List<Spill>();
        var through = shard.AppliedThrough;
        for (var i = 0; i < rows.Sequences.Length; i++)
            if (rows.Sequences[i] > through) shard.Apply(rows.Sequences[i], rows.Facts[i], spills);
        // Rows that were loaded before the marks came in told no spills; the recalls find what comes of them.
        await marksAreIn;
        return [.. spills];
    }

    public async Task<Spill[]> CatchUp(long through)
    {
        var spills = new List<Spill>();
        while (shard.AppliedThrough < through)
        {
            // Two readers at once would interleave their pages.
            if (catchingUp is { IsCompleted: false } other)
            {
                await other;
                continue;
            }
            catchingUp = Load(spills);
            await catchingUp;
            break;
        }
        return [.. spills];
    }

    async Task Load(List<Spill> spills)
    {
        while (true)
        {
            var rows = await ledger.ReadShardRows(Number, shard.AppliedThrough, PageSize);
            // The sequencer may have brought some of them while they were being read.
            var through = shard.AppliedThrough;
            foreach (var row in rows)
                if (row.Sequence > through) shard.Apply(row.Sequence, row.Facts, spills);
            if (rows.Count < PageSize) return;
        }
    }

    async Task BringMarksIn()
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause < TimeSpan.FromSeconds(30) ? pause * 2 : pause)
            try
            {
                await GrainFactory.GetGrain<IRecallRegistryGrain>(0).ReworkAll();
                return;
            }
            catch (Exception failure)
            {
                LogMarksLate(failure, Number);
                await Task.Delay(pause);
            }
    }

    public async Task<VisitAnswer> Visit(VisitAsk ask)
    {
        await Hear(ask.Bound);
        return shard.Visit(ask);
    }

    public async Task<Step[]> Steps(Window[] windows, TraceDirection direction, EdgeKind follow, long bound)
    {
        await Hear(bound);
        return shard.Steps(windows, direction, follow, bound);
    }

    public async Task<Window[]> Admit(Step[] steps, long bound)
    {
        await Hear(bound);
        return shard.Admit(steps, bound);
    }

    public async Task<StayAnswer[]> Look(Stay[] stays, long bound)
    {
        await Hear(bound);
        return shard.Look(stays, bound);
    }

    public async Task<StandingCount[]> StandPlaced(int[] pending, Stay[] stays, Registers[] found, long bound)
    {
        await Hear(bound);
        return shard.StandPlaced(pending, stays, found, bound);
    }

    public async Task<NodeLine[]> Lines(int[] nodes, long bound)
    {
        await Hear(bound);
        await marksAreIn;
        return shard.Lines(nodes, bound);
    }

    public async Task<NodeAnswer> Describe(int node, long bound)
    {
        await Hear(bound);
        await marksAreIn;
        return shard.Describe(node, bound);
    }

    public async Task<Holding[]?[]> Held(int[] nodes, long bound)
    {
        await Hear(bound);
        return shard.Held(nodes, bound);
    }

    public async Task<GoodsLine[]> Goods(int[] nodes, long bound)
    {
        await Hear(bound);
        return shard.Goods(nodes, bound);
    }

    public Task<bool> BeginReach(int recall, long draft) => Task.FromResult(shard.BeginReach(recall, draft));

    public Task<long> NewestDraft(int recall) => Task.FromResult(shard.NewestDraft(recall));

    public Task<int[]> Scope(int recall) => Task.FromResult(shard.Scope(recall));

    public Task SetScope(int recall, int[] named, bool isWhole)
    {
        shard.SetScope(recall, named, isWhole);
        return Task.CompletedTask;
    }

    public Task<MarkAnswer> Mark(int recall, int[] nodes, long draft, bool onlyNew) => Task.FromResult(shard.Mark(recall, nodes, draft, onlyNew));

    public Task<int?> CommitReach(int recall, long draft) => Task.FromResult(shard.CommitReach(recall, draft));

    public async Task<int[]> OffRecord(int recall, bool released, int after, int max)
    {
        // Without its marks everything on record would look released.
        await marksAreIn;
        return shard.OffRecord(recall, released, after, max);
    }

    public Task<int[]> Reached(int recall, int after, int max) => Task.FromResult(shard.Reached(recall, after, max));

    public Task<ShardCount> Count(int recall)
    {
        var (inForce, onRecord) = shard.CountMarks(recall);
        return Task.FromResult(new ShardCount
        {
            InForce = inForce, OnRecord = onRecord, Nodes = shard.NodeCount, Edges = shard.EdgeCount, Bytes = shard.Bytes,
            AppliedThrough = shard.AppliedThrough, ActiveRecalls = shard.ActiveRecalls(),
        });
    }

    [LoggerMessage(LogLevel.Warning, "shard {Shard}: recalls could not be worked out anew yet; trying again")]
    partial void LogMarksLate(Exception failure, int shard);
}
