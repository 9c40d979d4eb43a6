using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Storage;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Lineage;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>
/// A case: issued and withdrawn by notices in the ledger, worked out over the shards, put on record in the background. Whatever a crash cuts short is started
/// over from the ledger: marks from the scope, records from what is not on record yet.
/// </summary>
[Reentrant]
sealed partial class RecallGrain(
    [PersistentState("recall-case", CaseStorage.Provider)] IPersistentState<RecallState> stored, ILedger ledger, TimeProvider clock, ILogger<RecallGrain> log) : Grain, IRecallGrain
{
    static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(10), HoldersKept = TimeSpan.FromSeconds(1), RetryPause = TimeSpan.FromSeconds(1);

    // Orders and workings-out come one at a time; questions interleave.
    readonly SemaphoreSlim orders = new(1), workings = new(1), storing = new(1);
    readonly CancellationTokenSource gone = new();
    GrainShards shards = null!;

    /// <summary>The case as it stands, and as storage has it.</summary>
    RecallState? current, kept;

    int number, reached, onRecord, waves;
    long version, waveBegan;
    bool isRecording, isRecordingAsked;
    TaskCompletionSource changed = NewSignal();
    (long Version, DateTimeOffset At, HolderGroup[] Groups) holders = (-1, default, []);

    string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        shards = new(GrainFactory, ledger.Constants.ShardCount);
        kept = stored.State.Request is null ? null : stored.State;
        await TakeUp();
        if (current is null) return;
        if (current is { EffectiveAt: null, WithdrawnAt: null }) _ = InBackground(Begin);
        else
        {
            // Counts are not stored, and the activation before may have gone before everything was on record.
            await Count();
            _ = InBackground(PutOnRecord);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken stop) => gone.CancelAsync();

    /// <summary>The ledger decides what the case is; stored state adds its times. A crash between the two leaves the ledger ahead, never behind.</summary>
    async Task TakeUp()
    {
        var issued = await Notice("issued");
        if (issued is null) return;
        var (recorded, e) = issued.Value;
        var withdrawn = await Notice("withdrawn");
        number = (await ledger.FindEntities([Id]))[0];
        await TakeUpScopes(recorded, e);
        current = (current ?? kept ?? new()) with
        {
            Request = RequestOf(e), IssuedAt = recorded.RecordTime, IssuedSequence = recorded.Sequence,
            WithdrawnAt = withdrawn?.Recorded.RecordTime, WithdrawnReason = withdrawn?.Event.Recall!.Reason,
        };
    }

    async Task<(LedgerEvent Recorded, EpcisEvent Event)?> Notice(string kind)
    {
        var key = (await ledger.FindByEventIds([$"{Id}:{kind}"])).FirstOrDefault();
        return key is not null && await ledger.ReadEvent(key.Sequence) is { } recorded ? (recorded, EpcisJson.ReadStored(recorded.Json).Event) : null;
    }

    static RecallRequest RequestOf(EpcisEvent e)
    {
        var notice = e.Recall!;
        var byList = notice is { Range: null, ScopeEvent: null, Query: null };
        return new()
        {
            Code = byList ? e.Epcs.Concat(e.Quantities.Select(amount => amount.Code)).First() : null,
            RangeProduct = notice.Range?.Product, RangeFrom = notice.Range?.From, RangeTo = notice.Range?.To, EventId = notice.ScopeEvent,
            Query = notice.Query, Reason = notice.Reason!, Class = notice.Class!.Value, District = notice.District,
        };
    }

    public async Task<RecallAnswer> Issue(RecallRequest request, EventToRecord[]? with)
    {
        await orders.WaitAsync();
        try
        {
            await Discover();
            if (current is null)
            {
                var (scope, refused, message) = await RecallScope.Resolve(ledger, shards, request);
                if (scope is null) return new() { Refused = refused, Message = message };
                var notice = new RecallNotice(Id, RecallNoticeKind.Issued, request.Class, request.Reason, scope.Range, scope.ScopeEvent, scope.Query, scope.Things, request.District);
                if (await Append(RecallNoticeEvent.Build(notice, clock.GetUtcNow(), $"{Id}:issued", scope.Epcs, scope.Quantities), with) is { } overtaken) return overtaken;
                await TakeUp();
                Bump();
                _ = InBackground(Begin);
                await Store();
                return new() { Recall = await Show() };
            }
            if (RecallScope.Canonical(request) with { District = current.Request!.District } != current.Request)
                return new() { Refused = RecallRefusal.IdInUse, Message = $"id: expected an id of its own; {Id} exists with another scope, reason or class" };
            // The notice is on record; what goes with it was in the same commit, or belongs to somebody who came later.
            return await Record(with) ?? new() { Recall = await Show() };
        }
        finally
        {
            orders.Release();
        }
    }

    public async Task<RecallAnswer> Withdraw(string reason, EventToRecord[]? with)
    {
        await orders.WaitAsync();
        try
        {
            await TakeUp();
            if (current is null) return new() { Refused = RecallRefusal.RecallUnknown, Message = $"id: expected a recall on record; there is no {Id}" };
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > 2_000)
                return new() { Refused = RecallRefusal.ReasonInvalid, Message = $"reason: expected 1 to 2000 characters; found {reason?.Length ?? 0}" };
            if (current.WithdrawnAt is not null)
                return current.WithdrawnReason != reason
                    ? new() { Refused = RecallRefusal.AlreadyWithdrawn, Message = $"reason: {Id} was withdrawn already, for another reason" }
                    : await Record(with) ?? new() { Recall = await Show() };
            var notice = new RecallNotice(Id, RecallNoticeKind.Withdrawn, null, reason, null, null);
            if (await Append(RecallNoticeEvent.Build(notice, clock.GetUtcNow(), $"{Id}:withdrawn", [], []), with) is { } overtaken) return overtaken;
            await TakeUp();
            if (query is not null) await GrainFactory.GetGrain<ISequencerGrain>(0).Watch(new(Id, long.MaxValue, new()));
            await Store();
            await Count();
            _ = InBackground(PutOnRecord);
            return new() { Recall = await Show() };
        }
        finally
        {
            orders.Release();
        }
    }

    Task<RecallAnswer?> Append(CanonicalEvent notice, EventToRecord[]? with) => Record([.. with ?? [], EventToRecord.Of(notice)]);

    /// <summary>Puts on record, all or nothing; a refusal when something else is on record under one of the ids.</summary>
    async Task<RecallAnswer?> Record(EventToRecord[]? events)
    {
        if (events is not { Length: > 0 }) return null;
        var answer = await Again.Ask(() => GrainFactory.GetGrain<ISequencerGrain>(0).Append(events));
        return answer.Problems is [var problem, ..] ? new() { Refused = RecallRefusal.Overtaken, Message = $"{problem.Field}: expected {problem.Expected}; found {problem.Found}" } : null;
    }

    /// <summary>An earlier order may have been recorded though its answer got lost: the ledger knows.</summary>
    async Task Discover()
    {
        if (current is not null) return;
        await TakeUp();
        if (current is { WithdrawnAt: null }) _ = InBackground(Begin);
    }

    public async Task<RecallView?> View()
    {
        await Discover();
        return current is null ? null : await Show();
    }

    public async Task<RecallView?> Watch(long known)
    {
        if (current is null) return null;
        if (known == version) await Task.WhenAny(changed.Task, Task.Delay(WatchTime, clock));
        return await Show();
    }

    public async Task<RecallItems> Items(int after, int first, CancellationToken stop)
    {
        if (current is null) return new();
        var max = Math.Clamp(first, 0, 10_000);
        var asked = shards.Until(stop);
        var items = (await asked.ReachedByShard(number, after, max + 1)).SelectMany(part => part).Order().Take(max + 1).ToList();
        var listed = await new ItemLister(ledger, asked).List([.. items.Take(max)], long.MaxValue, null);
        return new() { Items = listed, Next = items.Count > max && max > 0 ? items[max - 1] : null };
    }

    public async Task<RecallWatch?> Rework()
    {
        // A notice may have been recorded though the order that asked for it failed.
        await TakeUp();
        if (current is null) return null;
        await workings.WaitAsync();
        try
        {
            if (current.WithdrawnAt is null)
            {
                await BringScopeUp();
                waves = 0;
                using var activity = Instruments.Activities.StartActivity("recall");
                var began = waveBegan = Stopwatch.GetTimestamp();
                // Only a second activation of this grain overtakes. Whoever asked relies on the marks being in force when this returns, so they have to ask again.
                if (!await ReachWalk.Rebuild(shards, number, Progress)) throw new InvalidOperationException($"{Id} is being worked out elsewhere");
                Instruments.RecallDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
                // What a question brings in is marked at once only when the sequencer watches for it.
                if (query is null || isWatched) BecomeEffective();
            }
            await Count();
            await Store();
        }
        finally
        {
            workings.Release();
        }
        await PutOnRecord();
        // The order that issued it may have died before it got here.
        if (query is not null && !isBeginning && current is { EffectiveAt: null, WithdrawnAt: null }) _ = InBackground(Begin);
        return Watched();
    }

    void BecomeEffective()
    {
        if (current is not { EffectiveAt: null, WithdrawnAt: null }) return;
        var now = clock.GetUtcNow();
        current = current with { EffectiveAt = now, WaveMilliseconds = (now - current.IssuedAt).TotalMilliseconds };
    }

    ValueTask Progress(int wave, int marked)
    {
        Instruments.WaveDuration.Record(Stopwatch.GetElapsedTime(waveBegan).TotalSeconds);
        waveBegan = Stopwatch.GetTimestamp();
        (waves, reached) = (wave + 1, Math.Max(marked, reached));
        Bump();
        return default;
    }

    public async Task PutOnRecord()
    {
        if (current is null) await TakeUp();
        isRecordingAsked = true;
        if (isRecording || current is null) return;
        isRecording = true;
        _ = InBackground(Record);
    }

    async Task Record()
    {
        // A round tried again after a failure must not run beside one that was asked for meanwhile.
        isRecording = true;
        try
        {
            var recorder = new RecallRecorder(ledger, GrainFactory, shards, clock, Id, number);
            while (isRecordingAsked)
            {
                isRecordingAsked = false;
                while (await recorder.Round())
                {
                    // Work in the background does not keep a grain from being collected as idle.
                    DelayDeactivation(TimeSpan.FromMinutes(5));
                    await Count();
                }
                await Count();
            }
        }
        finally
        {
            isRecording = false;
        }
    }

    /// <summary>Runs on this grain's own scheduler, outside any call; a failure is tried again until the grain goes.</summary>
    Task InBackground(Func<Task> work) => Metering.Apart(() => UntilDone(work));

    async Task UntilDone(Func<Task> work)
    {
        while (!gone.IsCancellationRequested)
            try
            {
                await work();
                return;
            }
            catch (Exception failure) when (!gone.IsCancellationRequested)
            {
                LogBackgroundFailed(failure, Id);
                await Task.Delay(RetryPause, clock);
                isRecordingAsked = true;
            }
            catch (Exception)
            {
                // What is left is done by the next activation: at the next start, or when somebody asks.
                return;
            }
    }

    async Task Count()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards[shard].Count(number)));
        reached = counts.Sum(count => count.InForce);
        onRecord = counts.Sum(count => count.OnRecord);
        Bump();
    }

    void Bump()
    {
        version++;
        var signal = changed;
        changed = NewSignal();
        signal.TrySetResult();
    }

    async Task Store()
    {
        // Orders and workings-out store independently; two writes at once would fail on each other's ETag.
        await storing.WaitAsync();
        try
        {
            if (current == kept) return;
            stored.State = current!;
            await stored.WriteStateAsync();
            kept = stored.State;
        }
        catch (InconsistentStateException)
        {
            // Another activation wrote. The ledger decides what the case is, so the next try may write over it.
            await stored.ReadStateAsync();
            throw;
        }
        finally
        {
            storing.Release();
        }
    }

    async Task<RecallView> Show()
    {
        var at = current!;
        var status = at.WithdrawnAt is not null ? RecallStatus.Withdrawn : at.EffectiveAt is not null ? RecallStatus.Effective : RecallStatus.Spreading;
        return new()
        {
            Id = Id, Status = status, Class = at.Request!.Class, Reason = at.Request.Reason, Scope = at.Request, IssuedAt = at.IssuedAt, IssuedSequence = at.IssuedSequence,
            EffectiveAt = at.EffectiveAt, WaveMilliseconds = at.WaveMilliseconds, WithdrawnAt = at.WithdrawnAt, WithdrawnReason = at.WithdrawnReason,
            Reached = reached, OnRecord = onRecord, Waves = waves, Version = version, Scopes = [.. scopes], ScopeProblem = scopeProblem, Holders = status == RecallStatus.Effective ? await Holders() : [],
        };
    }

    async Task<HolderGroup[]> Holders()
    {
        if (holders.Version == version && clock.GetUtcNow() - holders.At < HoldersKept) return holders.Groups;
        var at = version;
        var nodes = await shards.ReachedByShard(number);
        var standings = await StandingWalk.Count(shards, [.. nodes.Select((items, shard) => (shard, items)).Where(part => part.items.Length > 0)], long.MaxValue);
        holders = (at, clock.GetUtcNow(), await new Names(ledger).Groups(standings));
        return holders.Groups;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "{Recall}: background work failed; trying again")]
    partial void LogBackgroundFailed(Exception failure, string recall);
}
