using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Lineage;

/// <summary>
/// Holds one <see cref="LineageShard"/>: loads it from its own rows, applies what the sequencer sends, and lets the walks ask. Every method that touches the
/// shard does so in one turn, so interleaving never shows half an application.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class LineageShardGrain(ILedger ledger, ILogger<LineageShardGrain> log) : Grain, ILineageShardGrain
{
    const int PageSize = 20_000;

    LineageShard shard = null!;
    Task? catchingUp;

    /// <summary>Marks live in memory only, so a shard that has just loaded has to hear from the recalls before it may say "not recalled".</summary>
    Task marksAreIn = Task.CompletedTask;

    int Number => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        shard = new(Number, ledger.Constants.ShardCount);
        await Load([]);
        if (shard.ActiveRecalls().Length > 0) marksAreIn = BringMarksIn();
    }

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

    public Task<VisitAnswer> Visit(VisitAsk ask) => Task.FromResult(shard.Visit(ask));

    public Task<Step[]> Steps(Window[] windows, TraceDirection direction, EdgeKind follow, long bound) =>
        Task.FromResult(shard.Steps(windows, direction, follow, bound));

    public Task<Window[]> Admit(Step[] steps, long bound) => Task.FromResult(shard.Admit(steps, bound));

    public Task<StayAnswer[]> Look(Stay[] stays, long bound) => Task.FromResult(shard.Look(stays, bound));

    public Task<StandingCount[]> StandPlaced(int[] pending, Stay[] stays, Registers[] found, long bound) =>
        Task.FromResult(shard.StandPlaced(pending, stays, found, bound));

    public async Task<NodeLine[]> Lines(int[] nodes, long bound)
    {
        await marksAreIn;
        return shard.Lines(nodes, bound);
    }

    public async Task<NodeAnswer> Describe(int node, long bound)
    {
        await marksAreIn;
        return shard.Describe(node, bound);
    }

    public Task<bool> BeginReach(int recall, long draft) => Task.FromResult(shard.BeginReach(recall, draft));

    public Task<long> NewestDraft(int recall) => Task.FromResult(shard.NewestDraft(recall));

    public Task<int[]> Scope(int recall) => Task.FromResult(shard.Scope(recall));

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
