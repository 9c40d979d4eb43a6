using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Ledger.Capture;

namespace TraceGrains.Grains.Capture;

/// <summary>
/// Sees to jobs nobody waits for: those that clients did not want to wait for, those that took too long, those that a crash left. What could not be done (the ledger's disk is full,
/// say) is tried again after a pause that grows.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class CaptureJobKeeperGrain(ICaptureJobs jobs, TimeProvider clock, ILogger<CaptureJobKeeperGrain> log) : Grain, ICaptureJobKeeperGrain
{
    /// <summary>Jobs at a time: each holds a document of up to 50 MB in memory, even while it waits for the gate.</summary>
    const int AtOnce = 2;
    /// <summary>After so many tries, some two hours after the first, a job is given up; its sender reads so in the job.</summary>
    const int Tries = 20;
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(10);
    /// <summary>How long finished jobs can be asked for, and how many at most.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    const long MostKept = 1_000_000;

    static readonly TimeSpan Round = TimeSpan.FromSeconds(5), ForgetEvery = TimeSpan.FromMinutes(10);

    readonly Dictionary<string, (int Tries, DateTimeOffset Next)> failures = [];
    DateTimeOffset forgetNext;
    Task? seeing;
    bool isAsked, isGone;

    public override Task OnActivateAsync(CancellationToken stop)
    {
        this.RegisterGrainTimer(EveryRound, Round, Round);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken stop)
    {
        isGone = true;
        return Task.CompletedTask;
    }

    public Task TakeUp()
    {
        isAsked = true;
        if (seeing is null or { IsCompleted: true }) seeing = SeeToAll();
        return Task.CompletedTask;
    }

    async Task EveryRound()
    {
        await TakeUp();
        if (clock.GetUtcNow() < forgetNext) return;
        forgetNext = clock.GetUtcNow() + ForgetEvery;
        try
        {
            while (await jobs.Forget(clock.GetUtcNow() - Kept, MostKept) > 0) { }
        }
        catch (Exception failure)
        {
            LogNotForgotten(failure);
        }
    }

    async Task SeeToAll()
    {
        while (isAsked && !isGone)
        {
            isAsked = false;
            try
            {
                // Each is tried once; whoever added one meanwhile asked for another round.
                var now = clock.GetUtcNow();
                var waiting = new Queue<string>((await jobs.Running()).Where(id => failures.GetValueOrDefault(id).Next <= now));
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SeeTo(waiting)));
            }
            catch (Exception failure) when (!isGone)
            {
                LogNotRead(failure);
            }
        }
    }

    async Task SeeTo(Queue<string> waiting)
    {
        while (!isGone && waiting.TryDequeue(out var id))
            try
            {
                await GrainFactory.GetGrain<ICaptureJobGrain>(id).Resume();
                failures.Remove(id);
            }
            catch (Exception failure) when (!isGone)
            {
                var tries = failures.GetValueOrDefault(id).Tries + 1;
                failures[id] = (tries, clock.GetUtcNow() + Pause(tries));
                LogNotCaptured(failure, id, tries);
                if (tries >= Tries) await GiveUp(id, failure);
            }
    }

    async Task GiveUp(string id, Exception failure)
    {
        try
        {
            await GrainFactory.GetGrain<ICaptureJobGrain>(id).GiveUp($"the document could not be captured in {Tries} tries, the last of which ended with: {failure.Message}");
            failures.Remove(id);
        }
        catch (Exception another)
        {
            LogNotRead(another);
        }
    }

    static TimeSpan Pause(int tries) => tries > 7 ? LongestPause : FirstPause * (1 << (tries - 1));

    [LoggerMessage(LogLevel.Error, "capture job {Id} was not done in try {Tries}")]
    partial void LogNotCaptured(Exception failure, string id, int tries);

    [LoggerMessage(LogLevel.Error, "capture jobs could not be read or written; tried again with the next round")]
    partial void LogNotRead(Exception failure);

    [LoggerMessage(LogLevel.Warning, "old capture jobs could not be forgotten; tried again with the next round")]
    partial void LogNotForgotten(Exception failure);
}
