using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Lineage;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Grains.Capture;

/// <summary>
/// Group commit: whatever arrives while a commit is under way is the next commit. Durable first, memory second: numbers and heads move only when the ledger
/// has taken the batch, and after any failure they are read from it again. Then the shards get their rows, marks spread to what was made from recalled
/// things, and only then do the callers hear.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class SequencerGrain(ILedger ledger, TimeProvider clock, ILogger<SequencerGrain> log) : Grain, ISequencerGrain
{
    /// <summary>Events in one commit; beyond it the wait of the first caller grows without gain.</summary>
    const int MaxEventsPerCommit = 5_000;

    sealed record Waiting(EventToRecord[] Events, bool EachByItself, TaskCompletionSource<CaptureAnswer> Answer);

    readonly Queue<Waiting> waiting = new();
    readonly BehindTurns<Waiting> behind = new();
    TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    GrainShards shards = null!;
    LedgerProjector? projector;
    LedgerHead head;
    readonly Dictionary<string, RecallWatch> watches = [];
    long[] lastOfShard = [];
    long lastOfAll, asked;
    bool isPumping;

    /// <summary>For tests: captures that wait for the next commit.</summary>
    internal int WaitingCaptures => waiting.Count;

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        shards = new(GrainFactory, ledger.Constants.ShardCount);
        await TakeUp();
    }

    public Task<long> Head() => Task.FromResult(head.Sequence);

    public Task<CaptureAnswer> Append(EventToRecord[] events) => events.Length == 0 ? Task.FromResult(new CaptureAnswer()) : Enqueue(events, eachByItself: false);

    public Task<CaptureAnswer> AppendBehind(EventToRecord[] events)
    {
        if (events.Length == 0) return Task.FromResult(new CaptureAnswer());
        var mine = NewWaiting(events, eachByItself: false);
        behind.Add(mine);
        return Awaited(mine);
    }

    public Task<CaptureAnswer> AppendEach(EventToRecord[] events) => events.Length == 0 ? Task.FromResult(new CaptureAnswer()) : Enqueue(events, eachByItself: true);

    /// <summary>Takes its turn in the queue; where the ledger is further than this sequencer knows, it is read again first.</summary>
    public Task Settle(long through)
    {
        asked = Math.Max(asked, through);
        return Enqueue([], eachByItself: false);
    }

    Task<CaptureAnswer> Enqueue(EventToRecord[] events, bool eachByItself)
    {
        var mine = NewWaiting(events, eachByItself);
        waiting.Enqueue(mine);
        return Awaited(mine);
    }

    static Waiting NewWaiting(EventToRecord[] events, bool eachByItself) => new(events, eachByItself, new(TaskCreationOptions.RunContinuationsAsynchronously));

    Task<CaptureAnswer> Awaited(Waiting mine)
    {
        arrived.TrySetResult();
        if (!isPumping)
        {
            isPumping = true;
            _ = Metering.Apart(Pump);
        }
        return mine.Answer.Task;
    }

    async Task Pump()
    {
        while (waiting.Count + behind.Count > 0)
        {
            if (waiting.Count == 0 && behind.Pause(Environment.TickCount64) is { } pause)
            {
                arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await Task.WhenAny(arrived.Task, Task.Delay(pause));
                continue;
            }
            var isBehind = waiting.Count == 0 || behind.HasItsTurn;
            var batch = isBehind ? behind.Take(Environment.TickCount64) : NextBatch();
            var began = Environment.TickCount64;
            try
            {
                if (projector is null || asked > head.Sequence) await TakeUp();
                await Commit(batch);
            }
            catch (Exception failure)
            {
                LogCommitFailed(failure, batch.Count);
                projector = null;
                foreach (var one in batch) one.Answer.TrySetException(failure);
                if (failure is LedgerFencedException) DeactivateOnIdle();
            }
            behind.Tell(isBehind, began, Environment.TickCount64);
        }
        isPumping = false;
    }

    List<Waiting> NextBatch()
    {
        var batch = new List<Waiting>();
        for (var events = 0; waiting.TryPeek(out var next) && (batch.Count == 0 || events + next.Events.Length <= MaxEventsPerCommit);)
        {
            events += next.Events.Length;
            batch.Add(waiting.Dequeue());
        }
        return batch;
    }

    /// <summary>Reads where the ledger stands. The sequencer before this one may have died between commit and delivery, so every shard is brought up to it.</summary>
    async Task TakeUp()
    {
        projector = null;
        head = await ledger.ReadHead();
        var next = await LedgerProjector.Continue(ledger);
        lastOfShard = await ledger.ReadLastShardSequences();
        lastOfAll = await LastRowForAll();
        await BringShardsUp();
        await TellSettled();
        asked = 0;
        projector = next;
    }

    async Task<long> LastRowForAll()
    {
        for (long after = 0; ;)
        {
            var rows = await ledger.ReadShardRows(ShardRow.EveryShard, after, 1_000);
            if (rows.Count == 0) return after;
            after = rows[^1].Sequence;
        }
    }

    async Task BringShardsUp()
    {
        await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards[shard].CatchUp(Math.Max(lastOfShard[shard], lastOfAll))));
        // A delivery that was cut short took its spills with it: the shards that had applied it do not tell them twice. So the recalls are worked out anew.
        await ReworkAll();
        Volatile.Write(ref Instruments.EventsBehind, 0);
    }

    Task TellSettled() => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards[shard].Settled(head.Sequence)));

    async Task Commit(List<Waiting> batch)
    {
        using var activity = Instruments.Activities.StartActivity("commit");
        var began = Stopwatch.GetTimestamp();
        var recordTime = Later(DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()), head.RecordTime);
        var desk = new AdmissionDesk(ledger, head.Sequence, recordTime);
        var answers = await desk.Admit([.. batch.Select(one => (one.Events, one.EachByItself))]);
        // What another sequencer has recorded it may still be delivering: only its own answer says that everybody sees it.
        if (answers.Any(answer => answer.Receipts.Any(receipt => receipt.IsRepeat && receipt.Sequence > head.Sequence + desk.Placed.Count)))
            throw new LedgerFencedException($"the ledger is past {head.Sequence}, where this sequencer stands");
        Tell(answers, desk.Placed.Count);
        if (desk.Placed.Count > 0)
        {
            var derived = await projector!.Project(desk.Placed);
            began = Lap(began, "admit");
            await ledger.Append(derived with { Events = desk.Recorded });
            began = Lap(began, "append");
            Instruments.CommitSize.Record(desk.Placed.Count);
            Volatile.Write(ref Instruments.EventsBehind, desk.Placed.Count);
            head = new(desk.Recorded[^1].Sequence, derived.Entities.Count > 0 ? derived.Entities[^1].Number : head.Entity, recordTime);
            await GrainFactory.GetGrain<IEventIndexGrain>(0).Tell(head.Sequence);
            // From here on the events are on record. Should anything below fail, the shards are brought up before the next commit, so a repeat by the caller waits for it too.
            var spills = await Deliver(derived.Rows);
            await Spread(spills);
            if (desk.Placed.Any(placed => placed.Withdraws.Count > 0)) await ReworkAll();
            else await Rescope(desk.Placed);
            await TellSettled();
            Lap(began, "deliver");
            Volatile.Write(ref Instruments.EventsBehind, 0);
            // Subscribers hear of what every read sees; a word that is lost is said again with the next.
            await GrainFactory.GetGrain<ISubscriptionRegistryGrain>(0).Tell(head.Sequence);
            await GrainFactory.GetGrain<IViolationWatchGrain>(0).Tell(head.Sequence);
        }
        for (var i = 0; i < batch.Count; i++) batch[i].Answer.TrySetResult(answers[i]);
    }

    static long Lap(long began, string part)
    {
        var now = Stopwatch.GetTimestamp();
        Instruments.CommitDuration.Record(Stopwatch.GetElapsedTime(began, now).TotalSeconds, new KeyValuePair<string, object?>("part", part));
        return now;
    }

    static void Tell(CaptureAnswer[] answers, int recorded)
    {
        var repeated = answers.Sum(answer => answer.Receipts.Count(receipt => receipt.IsRepeat));
        var refused = answers.Sum(answer => answer.Problems.Length);
        Instruments.CapturedEvents.Add(recorded, new KeyValuePair<string, object?>("outcome", "recorded"));
        if (repeated > 0) Instruments.CapturedEvents.Add(repeated, new KeyValuePair<string, object?>("outcome", "repeated"));
        if (refused > 0) Instruments.CapturedEvents.Add(refused, new KeyValuePair<string, object?>("outcome", "refused"));
    }

    async Task<List<Spill>> Deliver(IReadOnlyList<ShardRow> rows)
    {
        var forAll = rows.Where(row => row.Shard == ShardRow.EveryShard).ToList();
        var byShard = rows.Where(row => row.Shard != ShardRow.EveryShard).GroupBy(row => row.Shard).ToDictionary(group => group.Key, group => group.ToList());
        if (forAll.Count > 0)
            for (var shard = 0; shard < shards.Count; shard++)
            {
                if (!byShard.TryGetValue(shard, out var own)) byShard.Add(shard, own = []);
                own.AddRange(forAll);
                // A row for all comes before the shard's own row of the same event, as in the ledger.
                own.Sort((a, b) => (a.Sequence, a.Shard).CompareTo((b.Sequence, b.Shard)));
            }
        var deliveries = new List<Task<Spill[]>>(byShard.Count);
        foreach (var (shard, own) in byShard)
        {
            var batch = new RowBatch { Sequences = [.. own.Select(row => row.Sequence)], Facts = [.. own.Select(row => row.Facts)] };
            deliveries.Add(shards[shard].Apply(batch, Math.Max(lastOfShard[shard], lastOfAll)));
        }
        var spills = new List<Spill>();
        foreach (var delivery in deliveries) spills.AddRange(await delivery);
        foreach (var row in rows)
            if (row.Shard == ShardRow.EveryShard) lastOfAll = row.Sequence;
            else lastOfShard[row.Shard] = row.Sequence;
        return spills;
    }

    /// <summary>What is made from recalled things is recalled before its capture is acknowledged; putting it on record may follow.</summary>
    async Task Spread(IReadOnlyCollection<Spill> spills)
    {
        if (spills.Count == 0) return;
        await ReachWalk.Spread(shards, spills);
        var recalls = await ledger.ReadCodes([.. spills.Select(spill => spill.Recall).Distinct()]);
        _ = TellRecalls(recalls);
    }

    async Task ReworkAll()
    {
        foreach (var watch in await GrainFactory.GetGrain<IRecallRegistryGrain>(0).ReworkAll()) Take(watch);
    }

    /// <summary>What a question brings into a scope because of captured events is recalled before their capture is acknowledged.</summary>
    async Task Rescope(List<PlacedEvent> placed)
    {
        if (watches.Count == 0) return;
        var events = placed.Select(one => one.Event).Where(e => !RecallNoticeEvent.IsIn(e.Json)).ToList();
        var concerned = watches.Values.Where(watch => events.Exists(watch.Watch.Concerns)).Select(watch => watch.Recall).ToList();
        foreach (var watch in await Task.WhenAll(concerned.Select(recall => GrainFactory.GetGrain<IRecallGrain>(recall).Rescope())))
            if (watch is not null) Take(watch);
    }

    public Task Watch(RecallWatch watch)
    {
        Take(watch);
        return Task.CompletedTask;
    }

    void Take(RecallWatch watch)
    {
        if (watches.TryGetValue(watch.Recall, out var known) && known.Through > watch.Through) return;
        if (watch.Watch.IsEmpty) watches.Remove(watch.Recall);
        else watches[watch.Recall] = watch;
    }

    async Task TellRecalls(string[] recalls)
    {
        try
        {
            await GrainFactory.GetGrain<IRecallRegistryGrain>(0).Spread(recalls);
        }
        catch (Exception failure)
        {
            LogRecordLate(failure);
        }
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;

    [LoggerMessage(LogLevel.Error, "commit of {Documents} captures failed; the ledger is read again before the next")]
    partial void LogCommitFailed(Exception failure, int documents);

    [LoggerMessage(LogLevel.Warning, "marks have spread but their recalls were not told to put them on record; the next spread or restart does")]
    partial void LogRecordLate(Exception failure);
}
