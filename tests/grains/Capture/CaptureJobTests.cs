using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Capture;

public sealed class CaptureJobTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly byte[] document = Told.Document(Told.Made(Told.Unit(Told.Milk, 1)), Told.Made(Told.Unit(Told.Milk, 2)));

    public void Dispose() => folder.Dispose();

    static Task<CaptureJobView> Start(Silos system, string id, byte[] document, TimeSpan? wait) =>
        system.Grains.GetGrain<ICaptureJobGrain>(id).Start(new() { Form = CaptureForm.JsonLd, Behaviour = CaptureErrorBehaviour.Rollback, Document = document, Wait = wait });

    static Task<CaptureJobView?> Find(Silos system, string id) => system.Grains.GetGrain<ICaptureJobsGrain>(0).Find(id);

    static ICaptureJobKeeperGrain Keeper(Silos system) => system.Grains.GetGrain<ICaptureJobKeeperGrain>(0);

    static async Task<CaptureJobView> Finished(Silos system, string id)
    {
        using var patience = new CancellationTokenSource(Silos.Patience);
        while (true)
        {
            if (await Find(system, id) is { FinishedAt: not null } job) return job;
            await Task.Delay(10, patience.Token);
        }
    }

    [Fact]
    public async Task A_document_that_takes_longer_than_its_sender_waits_is_a_running_job_and_finishes_all_the_same()
    {
        await using var system = await Silos.Start(folder);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Ledger.Before = _ => goOn.Task;

        var job = await Start(system, "a", document, TimeSpan.FromMilliseconds(50));

        Assert.Equal(("a", null), (job.Id, job.FinishedAt));
        Assert.Null((await Find(system, "a"))!.FinishedAt);
        goOn.SetResult();
        var finished = await Finished(system, "a");
        Assert.Equal([1, 2], finished.Receipts.Select(receipt => receipt.Sequence));
        Assert.Equal(2, (await system.Ledger.ReadHead()).Sequence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_was_cut_short_before_or_after_its_events_were_durable_finishes_once_in_the_next_life(bool wasDurable)
    {
        var system = await Silos.Start(folder);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task Hold()
        {
            reached.TrySetResult();
            return never.Task;
        }
        if (wasDurable) system.Ledger.After = _ => Hold();
        else system.Ledger.Before = _ => Hold();
        Assert.Null((await Start(system, "a", document, wait: null)).FinishedAt);
        await reached.Task.WaitAsync(Silos.Patience);
        await system.Kill();

        await using var next = await Silos.Start(folder);
        await Keeper(next).TakeUp();
        var finished = await Finished(next, "a");
        await Keeper(next).TakeUp();

        Assert.Empty(finished.Errors);
        Assert.Equal([(0, 1, wasDurable), (1, 2, wasDurable)], finished.Receipts.Select(receipt => (receipt.EventIndex, (int)receipt.Sequence, receipt.IsRepeat)));
        Assert.Equal(2, (await next.Ledger.ReadHead()).Sequence);
        Assert.Equal(finished.FinishedAt, (await Find(next, "a"))!.FinishedAt);
    }

    [Fact]
    public async Task A_job_that_can_never_be_captured_is_given_up_in_the_end_and_says_so()
    {
        await using var system = await Silos.Start(folder);
        var tries = 0;
        system.Ledger.Before = _ =>
        {
            tries++;
            throw new IOException("no space left on device");
        };
        await Start(system, "a", document, wait: null);
        using var patience = new CancellationTokenSource(Silos.Patience);

        // Every pause is over at once.
        while (await Find(system, "a") is { FinishedAt: null })
        {
            system.Clock.Advance(TimeSpan.FromMinutes(10));
            await Keeper(system).TakeUp();
            await Task.Delay(10, patience.Token);
        }

        var job = (await Find(system, "a"))!;
        Assert.Contains("could not be captured in 20 tries", job.Failure, StringComparison.Ordinal);
        Assert.Contains("no space left on device", job.Failure, StringComparison.Ordinal);
        Assert.True(tries >= 20);
        Assert.Equal(0, (await system.Ledger.ReadHead()).Sequence);
    }

    [Fact]
    public async Task A_sender_who_waits_hears_of_the_failure_and_no_job_is_left()
    {
        await using var system = await Silos.Start(folder);
        system.Ledger.Before = _ => throw new IOException("no space left on device");

        await Assert.ThrowsAsync<IOException>(() => Start(system, "a", document, Silos.Patience));

        Assert.Null(await Find(system, "a"));
    }
}
