using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Costs;

public sealed class CostTests : IDisposable
{
    static readonly OperationCost enough = new(1_000_000, 1_000_000);
    static readonly string lot = Told.Lot(Told.Milk, "A"), unit = Told.Unit(Told.Milk, 1);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static async Task<OperationCost> CostOf(Func<Task> question)
    {
        using var meter = OperationMeter.Begin(enough, null);
        await question();
        return meter.Spent;
    }

    [Fact]
    public async Task What_grains_read_and_ask_is_counted_for_the_operation_it_is_for()
    {
        await using var system = await Silos.Start(folder, 2);
        string[] units = [.. Enumerable.Range(1, 30).Select(serial => Told.Unit(Told.Milk, serial))];
        await system.Record(Told.Made(lot), Told.From([lot], units));

        var few = await CostOf(() => system.Lineage.Trace(new() { Code = lot, First = 1 }));
        var many = await CostOf(() => system.Lineage.Trace(new() { Code = lot, First = 30 }));
        Assert.True(few.ShardMessages > 0 && few.LedgerRows > 0, $"{few}");
        // What more costs is the names of twenty-nine more things.
        Assert.InRange(many.LedgerRows - few.LedgerRows, 28, 60);

        // A chain of an entity's own grain, wherever that lives.
        var chain = await CostOf(() => system.Grains.GetGrain<Contracts.Custody.IBatchGrain>(lot).Chain(0, 100));
        Assert.InRange(chain.LedgerRows, 2, 10);
        Assert.Equal(default, await CostOf(() => Task.CompletedTask));
        Assert.Equal(default, await CostOf(() => Metering.Apart(() => system.Lineage.Trace(new() { Code = lot }))));
    }

    [Fact]
    public async Task Counting_tells_when_it_is_too_much_and_stops_with_the_operation()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(lot), Told.From([lot], [unit]));
        var meter = OperationMeter.Begin(new(1_000, 2), null);
        await system.Lineage.Trace(new() { Code = lot });
        await Task.Delay(Timeout.Infinite, meter.Stop).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Silos.Patience);
        Assert.True(meter.IsOver && meter.Spent.ShardMessages > 2);
        meter.Dispose();
        var spent = meter.Spent;
        await system.Lineage.Trace(new() { Code = lot });
        Assert.Equal(spent, meter.Spent);
    }

    [Fact]
    public async Task What_changes_something_has_no_limit_and_no_end()
    {
        using var gone = new CancellationTokenSource();
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(lot), Told.From([lot], [unit]));
        using var meter = OperationMeter.Begin(new(0, 0), null, gone.Token);
        meter.LetFinish();
        await gone.CancelAsync();
        await system.Lineage.Trace(new() { Code = lot });
        Assert.True(meter.Spent.ShardMessages > 0 && !meter.IsOver);
    }

    [Fact]
    public async Task Shards_and_marks_are_loaded_at_nobodys_cost()
    {
        await using (var system = await Silos.Start(folder))
            await system.Record([Told.Made(lot), .. Enumerable.Range(2, 300).Select(minute => Told.Seen(lot, minute))]);
        await using var again = await Silos.Start(folder);
        var cost = await CostOf(() => again.Lineage.State(lot, null));
        Assert.InRange(cost.LedgerRows, 1, 20);
    }

    public static TheoryData<string> Questions => ["verify", "chain", "view", "trace", "neighbours"];

    [Theory, MemberData(nameof(Questions))]
    public async Task A_question_that_nobody_waits_for_ends_in_the_grain(string what)
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(lot), Told.From([lot], [unit]));
        var batch = system.Grains.GetGrain<Contracts.Custody.IBatchGrain>(lot);
        // It knows its number from here on, so that what it reads next is its chain.
        Assert.True((await batch.Verify()).Holds);

        using var gone = new CancellationTokenSource();
        var heard = new TaskCompletionSource();
        foreach (var ledger in system.Ledgers)
            ledger.BeforeRead = async stop =>
            {
                await gone.CancelAsync();
                try { await Task.Delay(Silos.Patience, stop); }
                catch (OperationCanceledException) { heard.TrySetResult(); throw; }
            };
        // Stateless workers hear of it by the operation, others by the token of the call.
        var meter = OperationMeter.Begin(enough, null, gone.Token);
        var asking = what switch
        {
            "verify" => (Task)batch.Verify(gone.Token),
            "chain" => batch.Chain(0, 10, gone.Token),
            "view" => batch.View(DateTimeOffset.MaxValue, gone.Token),
            "trace" => system.Lineage.Trace(new() { Code = lot }, gone.Token),
            _ => system.Lineage.Neighbours(new() { Code = lot, Depth = 1 }, gone.Token),
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Silos.Patience));
        await heard.Task.WaitAsync(Silos.Patience);

        // And it answers whoever asks next.
        meter.Dispose();
        foreach (var ledger in system.Ledgers) ledger.BeforeRead = null;
        Assert.True((await batch.Verify()).Holds);
        Assert.Equal(1, (await system.Lineage.Trace(new() { Code = lot }))!.Total);
    }

    [Fact]
    public async Task A_walk_asks_no_shard_for_nobody()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(lot), Told.From([lot], [unit]));
        using var gone = new CancellationTokenSource();
        var shards = new Grains.Lineage.GrainShards(system.Grains, Silos.ShardCount).Until(gone.Token);
        using var meter = OperationMeter.Begin(enough, null);
        await shards.NewestDraft(0, 1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await shards.NewestDraft(0, 1));
        Assert.Equal(1, meter.Spent.ShardMessages);
    }
}
