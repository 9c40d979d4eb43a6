using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Storage;
using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Holds;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Lineage;
using TraceGrains.Grains.Recalls;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Holds;

/// <summary>
/// Follows the ledger behind a stored cursor. A violation's id is the offending event's, so a stretch that is looked at again, after a crash or by a second activation, changes nothing.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class ViolationWatchGrain(
    [PersistentState("violation-watch", CaseStorage.Provider)] IPersistentState<ViolationWatchState> stored, ILedger ledger, TimeProvider clock, ILogger<ViolationWatchGrain> log) : Grain, IViolationWatchGrain
{
    /// <summary>Events looked at together.</summary>
    const int StretchMax = 5_000;

    /// <summary>Between two looks, however many commits there are: each asks every shard.</summary>
    static readonly TimeSpan lookPause = TimeSpan.FromMilliseconds(25);

    /// <summary>Between two writes of the cursor. What lies between is looked at again after a crash.</summary>
    static readonly TimeSpan storePause = TimeSpan.FromSeconds(5), watchTime = TimeSpan.FromSeconds(10);

    MovementReview review = null!;
    long cursor, told, recorded, lookedAt;
    TaskCompletionSource news = NewSignal();
    DateTimeOffset storedAt;
    Task? looking;

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        review = new(ledger, new GrainShards(GrainFactory, ledger.Constants.ShardCount));
        // A ledger restored from a backup may be shorter than what was seen of the one before.
        cursor = Math.Min(stored.State.Cursor, (await ledger.ReadHead(stop)).Sequence);
    }

    public Task Tell(long head)
    {
        told = Math.Max(told, head);
        if (cursor < told) looking ??= Look();
        return Task.CompletedTask;
    }

    public async Task CatchUp(long through)
    {
        told = Math.Max(told, through);
        while (cursor < through) await (looking ??= Look());
    }

    public async Task<long> Watch(long known)
    {
        if (known >= 0 && recorded <= known) await Task.WhenAny(news.Task, Task.Delay(watchTime, clock));
        // Another activation may have recorded some: after the wait, everything there is may be looked at.
        return recorded > known && known >= 0 ? recorded : (await ledger.ReadHead()).Sequence;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    async Task Look()
    {
        // What throws before the first wait would throw into the assignment of the field.
        await Task.Yield();
        try
        {
            while (cursor < told)
            {
                if (lookedAt + (long)lookPause.TotalMilliseconds - Environment.TickCount64 is var rest and > 0) await Task.Delay((int)rest);
                lookedAt = Environment.TickCount64;
                var through = Math.Min(told, cursor + StretchMax);
                var found = await review.Violations(cursor, through);
                if (found.Count > 0) await Record(found);
                cursor = through;
                if (found.Count > 0 || clock.GetUtcNow() - storedAt >= storePause) await Store();
            }
        }
        catch (Exception failure)
        {
            LogLookFailed(failure, cursor);
            throw;
        }
        finally
        {
            looking = null;
        }
    }

    async Task Record(IReadOnlyList<EventToRecord> violations)
    {
        foreach (var some in violations.Chunk(500))
        {
            var answer = await Again.Ask(() => GrainFactory.GetGrain<ISequencerGrain>(0).AppendEach(some));
            // A conflict: the event's violation is on record, with what was known then.
            if (answer.Problems.FirstOrDefault(problem => !problem.IsConflict) is { } problem) throw new InvalidOperationException($"the ledger refused a violation: {problem.Field}: expected {problem.Expected}");
            Instruments.Violations.Add(answer.Receipts.Count(receipt => !receipt.IsRepeat));
            foreach (var receipt in answer.Receipts) recorded = Math.Max(recorded, receipt.Sequence);
            var signal = news;
            news = NewSignal();
            signal.TrySetResult();
        }
    }

    async Task Store()
    {
        storedAt = clock.GetUtcNow();
        stored.State.Cursor = cursor;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Another activation is at work: this one ends, and what both did is on record once.
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "movements behind event {Sequence} could not be looked at; the next commit or pulse tries again")]
    partial void LogLookFailed(Exception failure, long sequence);
}
