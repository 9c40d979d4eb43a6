using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Serialization;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Ledger.Capture;

namespace TraceGrains.Grains.Capture;

/// <summary>
/// One document. Whoever waits for it is answered when its events are durable, so that only then the job is put on record; where nobody waits, or not that long, the document
/// is put on record first, and captured from there as often as it takes.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
sealed class CaptureJobGrain(ICaptureJobs jobs, LargeDocumentGate gate, Serializer<CaptureJobState> serializer, TimeProvider clock) : Grain, ICaptureJobGrain
{
    /// <summary>A job that runs is not taken from memory; longer than any document takes.</summary>
    static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    Task? running;

    string Id => this.GetPrimaryKeyString();

    DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    public async Task<CaptureJobView> Start(CaptureOrder order)
    {
        var createdAt = Now;
        var state = new CaptureJobState { Form = order.Form, Behaviour = order.Behaviour, By = order.By };
        if (order.Wait is not { } wait) return await LeaveToKeeper(order, state, createdAt);
        using var patience = new CancellationTokenSource(wait, clock);
        try
        {
            await gate.Enter(order.Document.Length, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return await LeaveToKeeper(order, state, createdAt);
        }
        var capture = CaptureAndLeave(state, order.Document);
        await Task.WhenAny(capture, Task.Delay(Timeout.InfiniteTimeSpan, patience.Token));
        if (!capture.IsCompleted)
        {
            await jobs.Add(new(Id, createdAt, null, serializer.SerializeToArray(state)), order.Document);
            DelayDeactivation(InUse);
            running = Finish(state, capture);
            return new() { Id = Id, CreatedAt = createdAt, Behaviour = order.Behaviour, By = order.By };
        }
        DeactivateOnIdle();
        var answer = await capture;
        if (IsRefusedWhole(answer, order.Behaviour)) return new() { CreatedAt = createdAt, FinishedAt = Now, Behaviour = order.Behaviour, Errors = answer.Problems };
        var finishedAt = Now;
        await jobs.Add(new(Id, createdAt, finishedAt, serializer.SerializeToArray(state.Finished(answer))), null);
        return new() { Id = Id, CreatedAt = createdAt, FinishedAt = finishedAt, Behaviour = order.Behaviour, Errors = answer.Problems, Receipts = answer.Receipts };
    }

    async Task<CaptureJobView> LeaveToKeeper(CaptureOrder order, CaptureJobState state, DateTimeOffset createdAt)
    {
        await jobs.Add(new(Id, createdAt, null, serializer.SerializeToArray(state)), order.Document);
        _ = GrainFactory.GetGrain<ICaptureJobKeeperGrain>(0).TakeUp();
        return new() { Id = Id, CreatedAt = createdAt, Behaviour = order.Behaviour, By = order.By };
    }

    public async Task Resume()
    {
        if (running is { IsCompleted: false })
        {
            await running;
            return;
        }
        await (running = CaptureStored());
    }

    async Task CaptureStored()
    {
        if (await jobs.Find(Id) is not { FinishedAt: null } job || await jobs.ReadDocument(Id) is not { } document) return;
        DelayDeactivation(InUse);
        var state = serializer.Deserialize(job.State)!;
        await gate.Enter(document.Length);
        await Finish(state, CaptureAndLeave(state, document));
    }

    public async Task GiveUp(string reason)
    {
        if (await jobs.Find(Id) is { FinishedAt: null } job)
            await jobs.Finish(Id, Now, serializer.SerializeToArray(serializer.Deserialize(job.State)! with { Failure = reason }));
        DeactivateOnIdle();
    }

    async Task Finish(CaptureJobState state, Task<CaptureAnswer> capture)
    {
        await jobs.Finish(Id, Now, serializer.SerializeToArray(state.Finished(await capture)));
        DeactivateOnIdle();
    }

    async Task<CaptureAnswer> CaptureAndLeave(CaptureJobState state, byte[] document)
    {
        try
        {
            var capture = GrainFactory.GetGrain<ICaptureGrain>(0);
            return await (state.By is { } by ? capture.CaptureDocumentBy(state.Form, document, state.Behaviour, by) : capture.CaptureDocument(state.Form, document, state.Behaviour));
        }
        finally
        {
            gate.Leave(document.Length);
        }
    }

    /// <summary>Whether there is nothing that a job could tell later: all was refused, because one event was or because it is no document.</summary>
    static bool IsRefusedWhole(CaptureAnswer answer, CaptureErrorBehaviour behaviour) =>
        answer.Problems.Length > 0 && (behaviour == CaptureErrorBehaviour.Rollback || answer.Problems.Any(problem => problem.EventIndex is null));
}
