using CsCheck;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Ledger.Tests.Index;

/// <summary>What every engine of the event index must do. An engine's own test class says how to open it and is done.</summary>
public abstract class EventIndexConformance : IAsyncLifetime
{
    const long Key1 = 11, Key2 = 22, Rare = 33;

    static readonly byte[] Hash = [1, 2, 3];

    IEventIndex index = null!;

    /// <summary>Opens this test's store, new at first.</summary>
    protected abstract Task<IEventIndex> OpenStore();

    /// <summary>Removes this test's store.</summary>
    protected abstract ValueTask RemoveStore();

    IMasterDataIndex Masters => (IMasterDataIndex)index;

    public async ValueTask InitializeAsync() => index = await OpenStore();

    public async ValueTask DisposeAsync()
    {
        await index.DisposeAsync();
        await RemoveStore();
        GC.SuppressFinalize(this);
    }

    static IndexedEvent Event(long sequence, long time, params long[] keys) => new(new(time, sequence), keys, [(IndexedWord.BizStep, "step" + sequence % 3)]);

    static IndexBatch Batch(long after, params IndexedEvent[] events) => new(after, events[^1].Entry.Sequence, Hash, events, []);

    [Fact]
    public async Task NewIndex_HasComeNowhere()
    {
        var cursor = await index.ReadCursor();
        Assert.Equal((0, 0L, 0), (cursor.RulesVersion, cursor.Sequence, cursor.EventHash.Length));
        Assert.Empty(await index.Scan([Key1], IndexRange.Through(long.MaxValue), null, false, 10));
    }

    [Fact]
    public async Task Batch_MovesTheCursor_AndSurvivesReopening()
    {
        await index.Clear(7);
        Assert.True(await index.Add(Batch(0, Event(1, 100, Key1), Event(2, 90, Key1))));
        await index.DisposeAsync();
        index = await OpenStore();
        var cursor = await index.ReadCursor();
        Assert.Equal((7, 2L), (cursor.RulesVersion, cursor.Sequence));
        Assert.Equal(Hash, cursor.EventHash);
        Assert.Equal([2L, 1L], (await index.Scan([Key1], IndexRange.Through(9), null, false, 10)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task BatchThatDoesNotFollow_ChangesNothing()
    {
        Assert.True(await index.Add(Batch(0, Event(1, 100, Key1))));
        Assert.False(await index.Add(Batch(0, Event(1, 100, Key2))));
        Assert.False(await index.Add(Batch(5, Event(6, 100, Key2))));
        Assert.Empty(await index.Scan([Key2], IndexRange.Through(9), null, false, 10));
        Assert.Equal(1, (await index.ReadCursor()).Sequence);
    }

    [Fact]
    public async Task Clear_EmptiesIt()
    {
        await index.Add(Batch(0, Event(1, 100, Key1)) with { Masters = [new("urn:x:a", "urn:x:v", 1, [], [])] });
        await index.Clear(3);
        Assert.Equal(0, await index.Count(Key1, IndexRange.Through(9), 9));
        Assert.Empty(await index.ReadWords(IndexedWord.BizStep, null, 9));
        Assert.Empty(await Masters.ReadMasters(["urn:x:a"], 9));
        Assert.Equal(0, (await index.ReadCursor()).Sequence);
        Assert.True(await index.Add(Batch(0, Event(1, 100, Key1))));
    }

    [Fact]
    public async Task CursorMovesOverEventsThatAreNotFiled()
    {
        Assert.True(await index.Add(new(0, 4, Hash, [Event(2, 5, Key1)], [])));
        Assert.Equal(4, (await index.ReadCursor()).Sequence);
        Assert.Equal([2L], (await index.ScanRecorded([Key1, Key2], IndexRange.Through(9), null, false, 9)).Select(entry => entry.Sequence));
    }

    /// <summary>Whatever is filed, whatever is asked: the pages of a scan are those of a sorted list.</summary>
    [Fact]
    public async Task Scans_AreThoseOfASortedList()
    {
        var filed = new List<IndexedEvent>();
        // Times that jump about and meet again; keys of which one is rare.
        for (var n = 1; n <= 200; n++) filed.Add(Event(n, n * 37 % 101 - 50, [.. new[] { (Key1, n % 2 == 0), (Key2, n % 3 != 0), (Rare, n % 29 == 0) }.Where(key => key.Item2).Select(key => key.Item1)]));
        for (var at = 0; at < filed.Count; at += 50) Assert.True(await index.Add(Batch(at, [.. filed.Skip(at).Take(50)])));
        await Gen.Select(Gen.OneOfConst<long[]>([Key1], [Rare], [Key1, Rare], [99], [99, Key2]), Gen.Long[-60, 60], Gen.Long[-60, 60], Gen.Long[0, 220], Gen.Long[0, 220], Gen.Bool, Gen.Int[1, 40]).SampleAsync(async drawn =>
        {
            var (keys, time, otherTime, sequence, otherSequence, descending, size) = drawn;
            var range = new IndexRange(Math.Min(time, otherTime), Math.Max(time, otherTime), Math.Min(sequence, otherSequence), Math.Max(sequence, otherSequence));
            var expected = filed.Where(e => e.Keys.Intersect(keys).Any() && range.Contains(e.Entry)).Select(e => e.Entry).OrderBy(entry => (entry.EventTime, entry.Sequence)).ToList();
            Assert.Equal(Math.Min(expected.Count, 30), keys.Length == 1 ? await index.Count(keys[0], range, 30) : Math.Min(expected.Count, 30));
            if (descending) expected.Reverse();
            Assert.Equal(expected, await Pages(after => index.Scan(keys, range, after, descending, size)));
            var recorded = filed.Where(e => e.Keys.Intersect(keys).Any() && range.Contains(e.Entry)).Select(e => e.Entry).ToList();
            if (descending) recorded.Reverse();
            Assert.Equal(recorded, await Pages(after => index.ScanRecorded(keys, range, after?.Sequence, descending, size)));
            List<IndexEntry> all = [.. filed.Select(e => e.Entry).Reverse()];
            Assert.Equal(all.Where(entry => filed[(int)entry.Sequence - 1].Keys.Intersect(keys).Any()), await index.Keep(all, keys));
        }, iter: 200, threads: 1);
    }

    static async Task<List<IndexEntry>> Pages(Func<IndexEntry?, ValueTask<IReadOnlyList<IndexEntry>>> next)
    {
        var all = new List<IndexEntry>();
        for (IndexEntry? after = null; await next(after) is { Count: > 0 } page; after = page[^1]) all.AddRange(page);
        return all;
    }

    [Fact]
    public async Task Words_AreListedOnce_InOrder()
    {
        await index.Add(Batch(0, [.. Enumerable.Range(1, 9).Select(i => Event(i, i, Key1))]));
        Assert.Equal(["step0", "step1", "step2"], await index.ReadWords(IndexedWord.BizStep, null, 9));
        Assert.Equal(["step1"], await index.ReadWords(IndexedWord.BizStep, "step0", 1));
        Assert.Empty(await index.ReadWords(IndexedWord.Disposition, null, 9));
    }

    [Fact]
    public async Task MasterData_LatestRecordHolds_EarlierOnesHeldEarlier()
    {
        MasterRecord Said(long sequence, string id, string vocabulary, string city, params string[] children) => new(id, vocabulary, sequence, [new("urn:x:city", city), new("urn:x:city", "涪陵")], children);
        MasterRecord[] records = [Said(1, "urn:x:a", "urn:x:v", "one", "urn:x:b"), Said(2, "urn:x:a", "urn:x:w", "two"), Said(2, "urn:x:b", "urn:x:v", "three"), Said(3, "urn:x:a", "urn:x:v", "four")];
        Assert.True(await index.Add(new(0, 3, Hash, [], records)));
        Assert.Equal(["four", "two"], (await Masters.ReadMasters(["urn:x:a", "urn:x:none"], 3)).OrderBy(record => record.Vocabulary).Select(record => record.Attributes[0].Value));
        var first = Assert.Single(await Masters.ReadMasters(["urn:x:a"], 1));
        Assert.Equal(("one", "涪陵", "urn:x:b", 1L), (first.Attributes[0].Value, first.Attributes[1].Value, first.Children.Single(), first.Sequence));
        Assert.Empty(await Masters.ReadMasters(["urn:x:a"], 0));
        Assert.Equal([1L, 2L, 3L], (await Masters.ReadMasterHistory("urn:x:a", 9)).Select(record => record.Sequence));
        Assert.Equal(["urn:x:a"], await Masters.FindMasters(["urn:x:city"], ["one", "nowhere"], 9));
        Assert.Equal(["urn:x:a", "urn:x:b"], await Masters.FindMasters(["urn:x:none", "urn:x:city"], null, 9));
        Assert.Empty(await Masters.FindMasters(["urn:x:city"], ["nowhere"], 9));
        Assert.Equal(["urn:x:a", "urn:x:b"], (await Masters.ListMasters("urn:x:v", null, 9, 9)).Select(record => record.Id));
        Assert.Equal(["urn:x:b"], (await Masters.ListMasters(null, "urn:x:a", 9, 9)).Select(record => record.Id));
        // A page ends between codes, not between the records of one.
        Assert.Equal(["urn:x:a", "urn:x:a"], (await Masters.ListMasters(null, null, 9, 1)).Select(record => record.Id));
    }
}

/// <summary>The SQLite engine, one file per test.</summary>
public sealed class SqliteEventIndexTests : EventIndexConformance
{
    readonly TemporaryFolder folder = new();

    protected override async Task<IEventIndex> OpenStore() => await SqliteEventIndex.Open(folder.File("index.db"));

    protected override ValueTask RemoveStore()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task DamagedFile_IsMadeAnew()
    {
        await using (var first = await SqliteEventIndex.Open(folder.File("damaged.db")))
            await first.Clear(5);
        File.WriteAllBytes(folder.File("damaged.db"), [.. Enumerable.Repeat((byte)'x', 9000)]);
        await using var index = await SqliteEventIndex.Open(folder.File("damaged.db"));
        Assert.Equal(0, (await index.ReadCursor()).RulesVersion);
    }

    [Fact]
    public async Task AnotherProgramsFile_IsLeftAlone()
    {
        await using (await Sqlite.SqliteLedger.Open(folder.File("ledger.db"), 4, 1)) { }
        await Assert.ThrowsAsync<LedgerFormatException>(() => SqliteEventIndex.Open(folder.File("ledger.db")));
        await using var ledger = await Sqlite.SqliteLedger.Open(folder.File("ledger.db"), 4, 1);
        Assert.Equal(4, ledger.Constants.ShardCount);
    }
}

/// <summary>The PostgreSQL engine, one database per test.</summary>
public sealed class PostgresEventIndexTests : EventIndexConformance
{
    string? database;

    protected override async Task<IEventIndex> OpenStore() => await PostgresEventIndex.Open(database ??= await TraceGrains.Tests.PrivatePostgres.NewDatabase());

    protected override async ValueTask RemoveStore()
    {
        if (database is not null) await TraceGrains.Tests.PrivatePostgres.Drop(database);
    }

    [Fact]
    public async Task AnotherProgramsSchema_IsLeftAlone()
    {
        var other = await TraceGrains.Tests.PrivatePostgres.NewDatabase();
        await TraceGrains.Tests.PrivatePostgres.Sql(other, "CREATE SCHEMA tracegrains_index; CREATE TABLE tracegrains_index.theirs(a int)");
        await Assert.ThrowsAsync<LedgerFormatException>(() => PostgresEventIndex.Open(other));
        Assert.Equal(0L, await TraceGrains.Tests.PrivatePostgres.Sql(other, "SELECT count(*) FROM tracegrains_index.theirs"));
        await TraceGrains.Tests.PrivatePostgres.Drop(other);
    }
}
