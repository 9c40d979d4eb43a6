using TraceGrains.Ledger.Capture;

namespace TraceGrains.Ledger.Tests;

/// <summary>What every engine that keeps capture jobs must do. An engine's own test class says how to open it and is done.</summary>
public abstract class CaptureJobsConformance : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, 0, TimeSpan.Zero);

    ICaptureJobs jobs = null!;

    /// <summary>Opens this test's store, new at first.</summary>
    protected abstract Task<ICaptureJobs> OpenStore();

    /// <summary>Removes this test's store.</summary>
    protected abstract ValueTask RemoveStore();

    public async ValueTask InitializeAsync() => jobs = await OpenStore();

    public async ValueTask DisposeAsync()
    {
        await jobs.DisposeAsync();
        await RemoveStore();
        GC.SuppressFinalize(this);
    }

    async Task Reopen()
    {
        await jobs.DisposeAsync();
        jobs = await OpenStore();
    }

    Task AddFinished(string id, int minutes = 0) => jobs.Add(new(id, Noon, Noon.AddMinutes(minutes), [7]), null);

    Task AddRunning(string id) => jobs.Add(new(id, Noon, null, [1, 2]), "a document"u8.ToArray());

    [Fact]
    public async Task A_job_is_found_as_it_was_added_even_after_it_is_opened_again()
    {
        await AddRunning("a");
        await AddFinished("b");
        await Reopen();

        var (a, b) = ((await jobs.Find("a"))!, (await jobs.Find("b"))!);
        Assert.Equal(("a", Noon, null), (a.Id, a.CreatedAt, a.FinishedAt));
        Assert.Equal([1, 2], a.State);
        Assert.Equal(("b", Noon, Noon), (b.Id, b.CreatedAt, b.FinishedAt));
        Assert.True(a.Number < b.Number);
        Assert.Equal("a document"u8.ToArray(), await jobs.ReadDocument("a"));
        Assert.Null(await jobs.ReadDocument("b"));
        Assert.Null(await jobs.Find("c"));
        Assert.Equal(["a"], await jobs.Running());
    }

    [Fact]
    public async Task A_running_job_has_a_document_and_a_finished_one_has_none()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => jobs.Add(new("a", Noon, null, []), null));
        await Assert.ThrowsAsync<ArgumentException>(() => jobs.Add(new("a", Noon, Noon, []), "x"u8.ToArray()));
        Assert.Null(await jobs.Find("a"));
    }

    [Fact]
    public async Task An_id_in_use_is_refused_and_those_who_wrote_at_the_same_time_are_not_disturbed()
    {
        await AddRunning("a");

        var writes = Enumerable.Range(0, 40).Select(i => (Id: i % 4 == 0 ? "a" : $"new-{i}", Write: AddRunning(i % 4 == 0 ? "a" : $"new-{i}"))).ToList();

        foreach (var (id, write) in writes)
            if (id == "a") Assert.Contains("in use", (await Assert.ThrowsAsync<ArgumentException>(() => write)).Message, StringComparison.Ordinal);
            else await write;
        Assert.Equal(31, (await jobs.Running()).Count);
    }

    [Fact]
    public async Task A_job_finishes_once_and_its_document_goes()
    {
        await AddRunning("a");
        await AddRunning("b");

        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => jobs.Finish("a", Noon.AddSeconds(i), [(byte)i])));
        await Reopen();

        var first = Array.IndexOf(ends, true);
        Assert.Single(ends, true);
        var a = (await jobs.Find("a"))!;
        Assert.Equal(Noon.AddSeconds(first), a.FinishedAt);
        Assert.Equal([(byte)first], a.State);
        Assert.Null(await jobs.ReadDocument("a"));
        Assert.False(await jobs.Finish("nobody", Noon, []));
        Assert.Equal(["b"], await jobs.Running());
        Assert.NotNull(await jobs.ReadDocument("b"));
    }

    [Fact]
    public async Task Jobs_are_listed_from_the_newest_on()
    {
        for (var i = 0; i < 7; i++) await (i % 2 == 0 ? AddRunning($"{i}") : AddFinished($"{i}"));

        var first = await jobs.Newest(null, 3);
        await AddRunning("later");
        var rest = await jobs.Newest(first[^1].Number, 10);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], first.Concat(rest).Select(job => job.Id));
        Assert.Equal(["0", "2", "4", "6", "later"], await jobs.Running());
        Assert.Empty(await jobs.Newest(rest[^1].Number, 10));
    }

    [Fact]
    public async Task Jobs_that_finished_long_ago_are_forgotten_and_running_ones_are_not()
    {
        await AddRunning("runs");
        for (var i = 0; i < 5; i++) await AddFinished($"{i}", minutes: i);

        Assert.Equal(2, await jobs.Forget(Noon.AddMinutes(2), keep: 100));
        Assert.Equal(0, await jobs.Forget(Noon.AddMinutes(2), keep: 100));

        Assert.Equal(["4", "3", "2", "runs"], (await jobs.Newest(null, 10)).Select(job => job.Id));
        Assert.NotNull(await jobs.ReadDocument("runs"));
    }

    [Fact]
    public async Task Beyond_a_count_the_oldest_are_forgotten_and_their_numbers_are_not_used_again()
    {
        for (var i = 0; i < 5; i++) await AddFinished($"{i}");
        var last = (await jobs.Newest(null, 1))[0].Number;

        Assert.Equal(3, await jobs.Forget(DateTimeOffset.UnixEpoch, keep: 2));
        Assert.Equal(["4", "3"], (await jobs.Newest(null, 10)).Select(job => job.Id));
        Assert.Equal(2, await jobs.Forget(DateTimeOffset.UnixEpoch, keep: 0));

        await Reopen();
        await AddFinished("new");
        Assert.True((await jobs.Find("new"))!.Number > last);
    }
}
