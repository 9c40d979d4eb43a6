namespace TraceGrains.Ledger.Tests;

// The order: what an append records, what it refuses, and who wins.
public abstract partial class LedgerConformance
{
    [Fact]
    public async Task A_new_ledger_is_empty()
    {
        var ledger = await Open(shardCount: 3, projectionVersion: 7);

        Assert.Equal(new LedgerConstants(3, 7), ledger.Constants);
        Assert.Equal(new LedgerHead(0, 0, default), await ledger.ReadHead());
        Assert.Null(await ledger.ReadEvent(1));
        Assert.Empty(await AllEvents(ledger));
        Assert.Empty(await ledger.FindByPrefix("", null, 10));
        Assert.Empty(await ledger.ReadChain(1, 0, 10));
        Assert.Empty(await ledger.ReadShardRows(0, 0, 10));
        Assert.Equal((long[])[0, 0, 0], await ledger.ReadLastShardSequences());
        Assert.Equal(0, await ledger.SequenceAt(Batches.Start));
    }

    [Fact]
    public async Task An_appended_event_reads_back_byte_for_byte()
    {
        var ledger = await Open();
        var time = new DateTimeOffset(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);
        var batch = new Batches().Next(new Draft("a") { At = time, Id = "urn:x:百分之%_'\"", Json = "{\"emoji\":\"😀\\u0000\",\"空\":\"\"}" });
        await ledger.Append(batch);

        var read = await ledger.ReadEvent(1);
        Assert.NotNull(read);
        Assert.Equal(Print(batch.Events[0]), Print(read));
        Assert.Equal(TimeSpan.Zero, read.RecordTime.Offset);
        Assert.Equal(new LedgerHead(1, 1, time), await ledger.ReadHead());
    }

    [Fact]
    public async Task Empty_bytes_stay_empty_bytes()
    {
        var ledger = await Open();
        var recorded = Batches.Event(1, new Draft { Json = "" });
        await ledger.Append(Batches.Only(events: [recorded], rows: [new ShardRow(0, 1, [])]));

        Assert.Empty((await ledger.ReadEvent(1))!.Json);
        Assert.Empty(Assert.Single(await ledger.ReadShardRows(0, 0, 10)).Facts);
    }

    [Fact]
    public async Task Events_are_read_in_dense_order_and_in_pages()
    {
        var ledger = await Open();
        var batches = new Batches();
        await ledger.Append(batches.Next(["a"], ["b"]));
        await ledger.Append(batches.Next(["c"], ["a"], ["b"]));

        Assert.Equal([1, 2, 3, 4, 5], (await AllEvents(ledger)).Select(e => e.Sequence));
        Assert.Equal([3, 4], (await ledger.ReadEvents(2, 2)).Select(e => e.Sequence));
        Assert.Equal([5], (await ledger.ReadEvents(4, 2)).Select(e => e.Sequence));
        Assert.Empty(await ledger.ReadEvents(5, 2));
        Assert.Empty(await ledger.ReadEvents(0, 0));
    }

    [Fact]
    public async Task Events_are_read_by_their_places_each_once_and_in_ledger_order()
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next(["a"], ["b"], ["c"], ["d"]));

        var read = await ledger.ReadEventsAt([4, 2, 9, 0, 2, -1]);
        Assert.Equal([2, 4], read.Select(e => e.Sequence));
        Assert.Equal((await ledger.ReadEvent(4))!.Json, read[1].Json);
        Assert.Equal((await ledger.ReadEvent(4))!.EventHash, read[1].EventHash);
        Assert.Empty(await ledger.ReadEventsAt([]));
    }

    [Fact]
    public async Task An_empty_batch_changes_nothing()
    {
        var ledger = await Open();
        await ledger.Append(Batches.Only());
        Assert.Equal(new LedgerHead(0, 0, default), await ledger.ReadHead());
    }

    [Theory]
    [InlineData("an event number left out")]
    [InlineData("an event number used before")]
    [InlineData("an event number twice in the batch")]
    [InlineData("an entity number left out")]
    [InlineData("an entity number used before")]
    [InlineData("a code that has a number")]
    [InlineData("a code twice in the batch")]
    [InlineData("a chain position left out")]
    [InlineData("a chain position used before")]
    [InlineData("a chain that does not begin with 1")]
    [InlineData("a chain position 0")]
    [InlineData("an event twice in one chain")]
    [InlineData("a link to an event of an earlier batch")]
    [InlineData("a link to an event that is not there")]
    [InlineData("a link of an entity that is not there")]
    [InlineData("a row of an earlier event")]
    [InlineData("two rows of one shard for one event")]
    [InlineData("an original's id a second time")]
    [InlineData("a record time before the last one")]
    public async Task A_batch_that_does_not_follow_is_refused_whole(string fault)
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next(["a", "b"], ["a"]));
        var before = await Print(ledger);

        var (three, four) = (Batches.Event(3, new Draft()), Batches.Event(4, new Draft()));
        var hash = new byte[32];
        var batch = fault switch
        {
            "an event number left out" => Batches.Only([three, Batches.Event(5, new Draft())]),
            "an event number used before" => Batches.Only([Batches.Event(2, new Draft { Id = "other" })]),
            "an event number twice in the batch" => Batches.Only([three, Batches.Event(3, new Draft { Id = "other" })]),
            "an entity number left out" => Batches.Only([three], [new(3, "c"), new(5, "d")]),
            "an entity number used before" => Batches.Only([three], [new(2, "c")]),
            "a code that has a number" => Batches.Only([three], [new(3, "a")]),
            "a code twice in the batch" => Batches.Only([three], [new(3, "c"), new(4, "c")]),
            "a chain position left out" => Batches.Only([three, four], links: [new(1, 4, 3, hash)]),
            "a chain position used before" => Batches.Only([three], links: [new(1, 2, 3, hash)]),
            "a chain that does not begin with 1" => Batches.Only([three], [new(3, "c")], [new(3, 2, 3, hash)]),
            "a chain position 0" => Batches.Only([three], links: [new(1, 0, 3, hash)]),
            "an event twice in one chain" => Batches.Only([three, four], links: [new(1, 3, 4, hash), new(1, 4, 4, hash)]),
            "a link to an event of an earlier batch" => Batches.Only([three], links: [new(1, 3, 2, hash)]),
            "a link to an event that is not there" => Batches.Only([three], links: [new(1, 3, 4, hash)]),
            "a link of an entity that is not there" => Batches.Only([three], links: [new(3, 1, 3, hash)]),
            "a row of an earlier event" => Batches.Only([three], rows: [new(3, 2, [1])]),
            "two rows of one shard for one event" => Batches.Only([three], rows: [new(3, 3, [1]), new(3, 3, [2])]),
            "an original's id a second time" => Batches.Only([three, Batches.Event(4, new Draft { Id = "urn:uuid:event-1" })]),
            "a record time before the last one" => Batches.Only([Batches.Event(3, new Draft { At = Batches.Start.AddMilliseconds(1) })]),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };

        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.Append(batch));
        Assert.Equal(before, await Print(ledger));

        await ledger.Append(Batches.Only([three, four], [new(3, "c")], [new(1, 3, 3, hash), new(3, 1, 3, hash), new(1, 4, 4, hash)], [new(0, 4, [1])]));
        Assert.Equal(4, (await ledger.ReadHead()).Sequence);
    }

    [Theory]
    [InlineData("a short event hash")]
    [InlineData("a long CBV hash")]
    [InlineData("a short link hash")]
    [InlineData("a record time with a part of a millisecond")]
    [InlineData("a record time of another zone")]
    [InlineData("a shard that is not there")]
    [InlineData("an empty code")]
    [InlineData("a code with U+0000")]
    [InlineData("a code with half a surrogate pair")]
    [InlineData("links without events")]
    public async Task A_batch_that_could_never_be_stored_is_the_callers_bug(string fault)
    {
        var ledger = await Open();
        var one = Batches.Event(1, new Draft());
        var batch = fault switch
        {
            "a short event hash" => Batches.Only([one with { EventHash = new byte[31] }]),
            "a long CBV hash" => Batches.Only([one with { CbvHash = new byte[33] }]),
            "a short link hash" => Batches.Only([one], [new(1, "a")], [new(1, 1, 1, [])]),
            "a record time with a part of a millisecond" => Batches.Only([one with { RecordTime = one.RecordTime.AddTicks(1) }]),
            "a record time of another zone" => Batches.Only([one with { RecordTime = one.RecordTime.ToOffset(TimeSpan.FromHours(8)) }]),
            "a shard that is not there" => Batches.Only([one], rows: [new(Batches.ShardCount, 1, [])]),
            "an empty code" => Batches.Only([one], [new(1, "")]),
            "a code with U+0000" => Batches.Only([one], [new(1, "a\0b")]),
            "a code with half a surrogate pair" => Batches.Only([one], [new(1, "a\uD83D")]),
            "links without events" => Batches.Only(links: [new(1, 1, 1, new byte[32])]),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
        };

        await Assert.ThrowsAsync<ArgumentException>(() => ledger.Append(batch));
        Assert.Equal(new LedgerHead(0, 0, default), await ledger.ReadHead());
    }

    [Fact]
    public async Task The_loser_of_a_race_is_fenced_and_nothing_of_its_batch_is_stored()
    {
        var (winner, loser) = (await Open(), await Open());
        var first = new Batches();
        await winner.Append(first.Next(["a"]));
        Assert.Equal(1, (await loser.ReadHead()).Sequence);

        var theirs = new Batches().Next(["a"], ["from the zombie"]);
        await Assert.ThrowsAsync<LedgerFencedException>(() => loser.Append(theirs));

        Assert.Equal((int[])[0], await loser.FindEntities(["from the zombie"]));
        Assert.Equal(1, (await winner.ReadHead()).Sequence);
        await winner.Append(first.Next(["b"]));
    }

    [Fact]
    public async Task Two_writers_racing_for_every_number_leave_one_order()
    {
        var ledgers = new[] { await Open(), await Open() };
        const int rounds = 40;
        var wins = new int[2];

        // Both try to be the n-th; each round has one winner, whose id is the one that is stored.
        for (var round = 1; round <= rounds; round++)
        {
            var attempts = ledgers.Select((ledger, who) => Task.Run(async () =>
            {
                try
                {
                    await ledger.Append(Batches.Only([Batches.Event(round, new Draft { Id = $"{who} as {round}" })], [new(round, $"{who} as {round}")]));
                    return true;
                }
                catch (LedgerFencedException)
                {
                    return false;
                }
            })).ToArray();
            var won = await Task.WhenAll(attempts);
            var who = Assert.Single(Enumerable.Range(0, 2), i => won[i]);
            wins[who]++;
            Assert.Equal($"{who} as {round}", (await ledgers[1 - who].ReadEvent(round))!.EventId);
        }

        Assert.Equal(rounds, (await ledgers[0].ReadHead()).Entity);
        Assert.Equal(rounds, wins.Sum());
    }

    [Fact]
    public async Task Reopening_keeps_everything_and_what_was_fixed_at_first()
    {
        var ledger = await Open(shardCount: 4, projectionVersion: 1);
        var batches = new Batches();
        await ledger.Append(batches.Next(["a", "b"], ["b", "c"]));
        var before = await Print(ledger);

        await ledger.DisposeAsync();
        ledger = await Open(shardCount: 16, projectionVersion: 9);

        Assert.Equal(new LedgerConstants(4, 1), ledger.Constants);
        Assert.Equal(before, await Print(ledger));
        await ledger.Append(batches.Next(["c"]));
        Assert.Equal(3, (await ledger.ReadHead()).Sequence);
    }

    [Fact]
    public async Task What_is_asked_before_closing_is_done_before_closing()
    {
        var ledger = await Open();
        var batches = new Batches();
        var appends = Enumerable.Range(0, 20).Select(i => ledger.Append(batches.Next([$"code {i}"]))).ToList();
        await ledger.DisposeAsync();
        await Task.WhenAll(appends);

        Assert.Equal(20, (await (await Open()).ReadHead()).Sequence);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.Append(batches.Next(["x"])));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.ReadHead());
    }

    [Fact]
    public async Task An_append_that_was_cancelled_before_it_began_records_nothing()
    {
        var ledger = await Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.Append(new Batches().Next(["a"]), new CancellationToken(canceled: true)));
        Assert.Equal(0, (await ledger.ReadHead()).Sequence);
    }

    [Fact]
    public async Task A_read_can_be_cancelled_and_the_ledger_goes_on()
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next([.. Enumerable.Range(0, 50).Select(i => new[] { $"code {i}" })]));

        using var stop = new CancellationTokenSource();
        // Cancels itself in the middle of the lookup.
        var codes = new CancellingList(50, 25, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.FindEntities(codes, stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.ReadEvents(0, 10, stop.Token));
        Assert.Equal(50, (await AllEvents(ledger)).Count);
    }

    [Fact]
    public async Task Readers_see_whole_batches_only()
    {
        const int batchSize = 7, batchCount = 60;
        var ledger = await Open();
        var batches = new Batches();
        using var appended = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            long last = 0;
            while (!appended.IsCancellationRequested)
            {
                // Every event names "all" and one code of its own, so a snapshot has one entity more than events.
                var head = await ledger.ReadHead();
                Assert.Equal(0, head.Sequence % batchSize);
                Assert.Equal(head.Sequence == 0 ? 0 : head.Sequence + 1, head.Entity);
                Assert.True(head.Sequence >= last);
                last = head.Sequence;
                Assert.Equal(0, (await AllEvents(ledger)).Count % batchSize);
                var chain = (await ledger.ReadChain(1, 0, int.MaxValue));
                Assert.Equal(0, chain.Count % batchSize);
                Assert.All(chain, entry => Assert.NotNull(entry.Event));
            }
        })).ToArray();

        for (var i = 0; i < batchCount; i++)
        {
            var offset = i * batchSize;
            await ledger.Append(batches.Next([.. Enumerable.Range(offset, batchSize).Select(n => new[] { "all", $"own {n}" })]));
            Assert.Equal(offset + batchSize, (await ledger.ReadHead()).Sequence);
        }

        await appended.CancelAsync();
        await Task.WhenAll(readers);
    }

    sealed class CancellingList(int count, int at, CancellationTokenSource stop) : IReadOnlyList<string>
    {
        public string this[int index]
        {
            get
            {
                if (index == at)
                    stop.Cancel();
                return $"code {index}";
            }
        }

        public int Count => count;

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
