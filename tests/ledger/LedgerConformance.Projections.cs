namespace TraceGrains.Ledger.Tests;

// What is derived from events: chains, shard rows, and their rebuilding.
public abstract partial class LedgerConformance
{
    [Fact]
    public async Task A_chain_is_read_in_order_and_in_pages_with_its_events()
    {
        var ledger = await Open();
        var batches = new Batches();
        var (one, two) = (batches.Next(["a"], ["b", "a"]), batches.Next(["a"], ["b"], ["a", "c"]));
        await ledger.Append(one);
        await ledger.Append(two);

        var chain = await ledger.ReadChain(1, 0, 100);
        Assert.Equal([1, 2, 3, 4], chain.Select(entry => entry.Link.Position));
        Assert.Equal([1, 2, 3, 5], chain.Select(entry => entry.Link.Sequence));
        Assert.Equal(
            one.Events.Concat(two.Events).Where(e => e.Sequence != 4).Select(Print),
            chain.Select(entry => Print(entry.Event!)));

        // Anyone with the events can compute the links again.
        var hash = new byte[32];
        foreach (var (link, recorded) in chain)
        {
            hash = LedgerHash.Link(hash, LedgerHash.EventHash(recorded!.RecordTime, recorded.Json));
            Assert.Equal(hash, link.Hash);
        }

        Assert.Equal([2, 3], (await ledger.ReadChain(1, 1, 2)).Select(entry => entry.Link.Position));
        Assert.Equal([4], (await ledger.ReadChain(1, 3, 2)).Select(entry => entry.Link.Position));
        Assert.Empty(await ledger.ReadChain(1, 4, 2));
        Assert.Empty(await ledger.ReadChain(1, 0, 0));
        Assert.Empty(await ledger.ReadChain(99, 0, 10));
    }

    [Fact]
    public async Task The_places_of_many_chains_are_read_at_once_in_the_order_asked()
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next(["a"], ["b", "a"], ["a"], ["b"], ["a", "c"]));

        long[][] chains = await ledger.ReadChainSequences([2, 99, 1, 3, 2], 100);
        Assert.Equal(["2,4", "", "1,2,3,5", "5", "2,4"], chains.Select(chain => string.Join(',', chain)));
        Assert.Equal(["5", "1,2"], (await ledger.ReadChainSequences([3, 1], 2)).Select(chain => string.Join(',', chain)));
        Assert.Equal([0], (await ledger.ReadChainSequences([1], 0)).Select(chain => chain.Length));
        Assert.Empty(await ledger.ReadChainSequences([], 5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.ReadChainSequences([1], -1));
    }

    [Fact]
    public async Task Rows_of_a_shard_are_merged_with_the_rows_for_all()
    {
        var ledger = await Open();
        const int all = ShardRow.EveryShard;
        await ledger.Append(new Batches().Next(
            new Draft { Shards = [1] }, new Draft { Shards = [all] }, new Draft { Shards = [0, 1] }, new Draft { Shards = [0] }, new Draft { Shards = [all] }, new Draft { Shards = [1] }));

        Assert.Equal([(1, 1), (all, 2), (1, 3), (all, 5), (1, 6)], Places(await ledger.ReadShardRows(1, 0, 100)));
        Assert.Equal([(all, 2), (0, 3), (0, 4), (all, 5)], Places(await ledger.ReadShardRows(0, 0, 100)));
        Assert.Equal([(all, 2), (all, 5)], Places(await ledger.ReadShardRows(3, 0, 100)));
        Assert.Equal([(all, 2), (all, 5)], Places(await ledger.ReadShardRows(all, 0, 100)));
        Assert.Equal("facts of 3 for 1"u8.ToArray(), (await ledger.ReadShardRows(1, 2, 1))[0].Facts);

        Assert.Equal([(1, 1), (all, 2)], Places(await ledger.ReadShardRows(1, 0, 2)));
        Assert.Equal([(1, 3), (all, 5)], Places(await ledger.ReadShardRows(1, 2, 2)));
        Assert.Equal([(1, 6)], Places(await ledger.ReadShardRows(1, 5, 2)));
        Assert.Equal([(all, 5)], Places(await ledger.ReadShardRows(all, 2, 1)));
        Assert.Empty(await ledger.ReadShardRows(1, 6, 2));
        Assert.Empty(await ledger.ReadShardRows(1, 0, 0));

        Assert.Equal((long[])[4, 6, 0, 0], await ledger.ReadLastShardSequences());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.ReadShardRows(Batches.ShardCount, 0, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_page_never_ends_between_the_two_rows_of_one_event(int max)
    {
        var ledger = await Open();
        const int all = ShardRow.EveryShard;
        await ledger.Append(new Batches().Next(
            new Draft { Shards = [2] }, new Draft { Shards = [2, all] }, new Draft { Shards = [all, 2] }, new Draft { Shards = [2] }, new Draft { Shards = [2, all] }));

        var rows = new List<ShardRow>();
        while (await ledger.ReadShardRows(2, rows.Count == 0 ? 0 : rows[^1].Sequence, max) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, max + 1);
            rows.AddRange(page);
        }

        Assert.Equal([(2, 1), (all, 2), (2, 2), (all, 3), (2, 3), (2, 4), (all, 5), (2, 5)], Places(rows));
    }

    [Fact]
    public async Task Projections_dropped_and_appended_again_are_what_they_were()
    {
        var ledger = await Open(projectionVersion: 3);
        var batches = new Batches();
        LedgerBatch[] appended = [batches.Next(["a", "b"], ["b"]), batches.Next(new Draft("c", "a") { Shards = [ShardRow.EveryShard, 1] }), batches.Next(["d"], ["a"])];
        foreach (var batch in appended)
            await ledger.Append(batch);
        var before = await Print(ledger);

        await ledger.DropProjections();
        Assert.Equal(new LedgerHead(5, 0, Batches.Start.AddMilliseconds(5)), await ledger.ReadHead());
        Assert.Equal(5, (await AllEvents(ledger)).Count);
        Assert.Equal((int[])[0], await ledger.FindEntities(["a"]));
        Assert.Empty(await ledger.ReadChain(1, 0, 10));
        Assert.Empty(await ledger.ReadShardRows(1, 0, 10));
        Assert.Equal((long[])[0, 0, 0, 0], await ledger.ReadLastShardSequences());

        // The ledger says that the rebuild is not finished, also to whoever opens it after a crash.
        Assert.Equal(0, ledger.Constants.ProjectionVersion);
        ledger = await Reopen(ledger);
        Assert.Equal(0, ledger.Constants.ProjectionVersion);

        foreach (var batch in appended)
            await ledger.AppendProjection(batch with { Events = [] });
        await ledger.SetProjectionVersion(4);
        Assert.Equal(4, ledger.Constants.ProjectionVersion);
        Assert.Equal(before, await Print(ledger));

        ledger = await Reopen(ledger);
        Assert.Equal(new LedgerConstants(Batches.ShardCount, 4), ledger.Constants);
        await ledger.Append(batches.Next(["a", "e"]));
        Assert.Equal(5, (await ledger.ReadHead()).Entity);
    }

    [Fact]
    public async Task A_projection_has_no_events_and_names_only_those_that_are_there()
    {
        var ledger = await Open();
        var batch = new Batches().Next(["a"]);
        await ledger.Append(batch);
        await ledger.DropProjections();

        await Assert.ThrowsAsync<ArgumentException>(() => ledger.AppendProjection(batch));
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.AppendProjection(Batches.Only(entities: [new(1, "a")], rows: [new(0, 2, [])])));
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.AppendProjection(Batches.Only(entities: [new(2, "a")])));
        await ledger.AppendProjection(batch with { Events = [] });
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.AppendProjection(batch with { Events = [] }));
        Assert.Equal(1, (await ledger.ReadHead()).Entity);
    }

    static IEnumerable<(int, int)> Places(IEnumerable<ShardRow> rows) => rows.Select(row => (row.Shard, (int)row.Sequence));
}
