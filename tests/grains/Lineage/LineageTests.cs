using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Lineage;

public sealed class LineageTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), lot = Told.Lot(Told.Milk, "A");
    static readonly string[] units = [.. Enumerable.Range(1, 30).Select(serial => Told.Unit(Told.Milk, serial))];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Raw lot → lot → thirty units, ten of which are in a shop.</summary>
    static async Task<Silos> Story(TemporaryFolder folder)
    {
        var system = await Silos.Start(folder, 2);
        await system.Record(Told.Made(raw), Told.From([raw], [lot]), Told.From([lot], units, minute: 3), Told.Received(Told.Shop, Told.Counter, 5, units[..10]));
        return system;
    }

    static TraceRequest Forward(string code = "") => new() { Code = code.Length > 0 ? code : raw, Follow = EdgeKind.MadeOf };

    [Fact]
    public async Task A_trace_is_grouped_by_holder_and_paged_by_cursor()
    {
        await using var system = await Story(folder);
        var whole = (await system.Lineage.Trace(Forward()))!;
        Assert.Equal((31, false), (whole.Total, whole.IsCut));
        Assert.Equal([1, 30], whole.Levels);
        Assert.Equal([(Told.Dairy, 21), (Told.Shop, 10)], whole.Holders.Select(holder => (holder.Holder, holder.Count)));
        var paged = new List<string>();
        for (string? after = null; ;)
        {
            var page = (await system.Lineage.Trace(Forward() with { First = 7, After = after }))!;
            paged.AddRange(page.Items.Select(item => item.Code));
            if ((after = page.Next) is null) break;
            Assert.Equal(7, page.Items.Length);
        }
        Assert.Equal(whole.Items.Select(item => item.Code), paged);
        var shop = (await system.Lineage.Trace(Forward() with { Holder = Told.Shop, First = 4 }))!;
        Assert.Equal(4, shop.Items.Length);
        Assert.All(shop.Items, item => Assert.Equal(Told.Shop, item.Holder));
        Assert.Equal(6, (await system.Lineage.Trace(Forward() with { Holder = Told.Shop, After = shop.Next }))!.Items.Length);
        await Assert.ThrowsAsync<FormatException>(() => system.Lineage.Trace(Forward() with { After = "elsewhere" }));
        Assert.Null(await system.Lineage.Trace(Forward("urn:ex:nothing")));
    }

    [Fact]
    public async Task Depth_cuts_a_trace_and_a_path_leads_both_ways()
    {
        await using var system = await Story(folder);
        var cut = (await system.Lineage.Trace(Forward() with { Depth = 1 }))!;
        Assert.Equal((1, true), (cut.Total, cut.IsCut));
        Assert.Equal([(raw, lot), (lot, units[4])], (await system.Lineage.Path(Forward(), units[4]))!.Select(step => (step.From, step.To)));
        var back = (await system.Lineage.Path(Forward(units[4]) with { Direction = TraceDirection.Backward }, raw))!;
        Assert.Equal([(units[4], lot), (lot, raw)], back.Select(step => (step.From, step.To)));
        Assert.Null(await system.Lineage.Path(Forward(), Told.Shop));
    }

    [Fact]
    public async Task A_trace_as_of_a_time_knows_only_what_was_on_record_then()
    {
        await using var system = await Story(folder);
        var then = system.Clock.GetUtcNow();
        system.Clock.Advance(TimeSpan.FromHours(1));
        await system.Record(Told.From([units[0]], [Told.Unit(Told.Cheese, 1)]), Told.Received(Told.Depot, Told.Cellar, 9, units));
        Assert.Equal(32, (await system.Lineage.Trace(Forward()))!.Total);
        var before = (await system.Lineage.Trace(Forward() with { AsOf = then }))!;
        Assert.Equal((31, 4), (before.Total, before.AsOfSequence));
        Assert.DoesNotContain(before.Holders, holder => holder.Holder == Told.Depot);
    }

    [Fact]
    public async Task Shards_that_are_loaded_anew_answer_the_same()
    {
        await using var system = await Story(folder);
        var before = await Answers.Print(system);
        for (var shard = 0; shard < Silos.ShardCount; shard++) await system.Cluster.DeactivateAsync(system.Grains.GetGrain<ILineageShardGrain>(shard));
        Assert.Equal(before, await Answers.Print(system));
    }

    /// <summary>A delivery that comes twice, or whose predecessor got lost, leaves the shard as the ledger says.</summary>
    [Fact]
    public async Task A_shard_reads_what_it_has_missed_and_ignores_what_it_has()
    {
        await using var system = await Story(folder);
        var shard = system.Grains.GetGrain<ILineageShardGrain>(1);
        var rows = await system.Ledger.ReadShardRows(1, 0, 1_000);
        Assert.NotEmpty(rows);
        var before = await shard.Count(0);
        await shard.Apply(new() { Sequences = [.. rows.Select(row => row.Sequence)], Facts = [.. rows.Select(row => row.Facts)] }, 0);
        Assert.Equal((before.Nodes, before.Edges, before.AppliedThrough), await Weight(shard));
        await system.Cluster.DeactivateAsync(shard);
        await shard.Apply(new() { Sequences = [rows[^1].Sequence], Facts = [rows[^1].Facts] }, rows[^1].Sequence - 1);
        Assert.Equal((before.Nodes, before.Edges, before.AppliedThrough), await Weight(shard));
        Assert.Empty(await shard.CatchUp(rows[^1].Sequence));
    }

    static async Task<(int, int, long)> Weight(ILineageShardGrain shard)
    {
        var count = await shard.Count(0);
        return (count.Nodes, count.Edges, count.AppliedThrough);
    }
}
