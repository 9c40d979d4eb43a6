using System.Security.Cryptography;

namespace TraceGrains.Ledger.Tests;

// Finding things: codes, events, times.
public abstract partial class LedgerConformance
{
    [Fact]
    public async Task Lookups_answer_in_the_order_asked_with_repeats_and_unknowns()
    {
        var ledger = await Open();
        var batch = new Batches().Next(["a", "b"], ["b", "c"]);
        await ledger.Append(batch);

        Assert.Equal((int[])[3, 0, 1, 3, 2], await ledger.FindEntities(["c", "A", "a", "c", "b"]));
        Assert.Empty(await ledger.FindEntities([]));
        Assert.Equal(["c", "a", "c"], await ledger.ReadCodes([3, 1, 3]));
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await ledger.ReadCodes([1, 4]));

        var heads = await ledger.ReadChainHeads([2, 9, 1, 2]);
        Assert.Equal([2, 0, 1, 2], heads.Select(head => head.Position));
        Assert.Equal(batch.Links.Last(link => link.Entity == 2).Hash, heads[0].Hash);
        Assert.Equal([2, 0, 1, 2], heads.Select(head => head.Sequence));
        Assert.Equal(new byte[32], heads[1].Hash);
    }

    [Fact]
    public async Task Event_hashes_are_read_in_order_and_in_pages_without_the_events()
    {
        var ledger = await Open();
        Assert.Empty(await ledger.ReadEventHashes(0, 10));
        await ledger.Append(new Batches().Next(["a"], ["b"], ["c"], ["d"]));

        var all = (await AllEvents(ledger)).Select(e => (e.Sequence, Convert.ToHexString(e.EventHash))).ToList();
        async Task<List<(long, string)>> Read(long after, int max) => [.. (await ledger.ReadEventHashes(after, max)).Select(e => (e.Sequence, Convert.ToHexString(e.EventHash)))];
        Assert.Equal(all, await Read(0, int.MaxValue));
        Assert.Equal(all[1..3], await Read(1, 2));
        Assert.Equal(all[3..], await Read(3, 2));
        Assert.Empty(await Read(4, 2));
        Assert.Empty(await Read(0, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.ReadEventHashes(0, -1));
    }

    [Fact]
    public async Task Thousands_of_keys_are_looked_up_at_once()
    {
        var ledger = await Open();
        var codes = Enumerable.Range(1, 3000).Select(n => $"https://id.gs1.org/01/06901234567892/21/{n}").ToArray();
        await ledger.Append(new Batches().Next(codes));

        Assert.Equal(Enumerable.Range(1, 3000).Reverse(), await ledger.FindEntities([.. codes.Reverse()]));
        Assert.Equal(codes.Reverse(), await ledger.ReadCodes([.. Enumerable.Range(1, 3000).Reverse()]));
    }

    [Theory]
    [InlineData("", "50% off", "a", "a%b", "a_b", "ab", "abc", "abd", "axb", "é", "鱼", "鱼干", "鱿", "😀", "😀x")]
    [InlineData("a", "a", "a%b", "a_b", "ab", "abc", "abd", "axb")]
    [InlineData("ab", "ab", "abc", "abd")]
    [InlineData("abc", "abc")]
    [InlineData("abcd")]
    [InlineData("a%", "a%b")]
    [InlineData("a_", "a_b")]
    [InlineData("50%", "50% off")]
    [InlineData("A")]
    [InlineData("鱼", "鱼", "鱼干")]
    [InlineData("😀", "😀", "😀x")]
    [InlineData("\U0010FFFF")]
    public async Task A_prefix_finds_exactly_the_codes_that_start_with_it(string prefix, params string[] expected)
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next(["😀x", "abd", "a_b", "鱿", "ab", "é", "axb", "a", "abc", "鱼干", "a%b", "鱼", "50% off", "😀"]));

        var found = await ledger.FindByPrefix(prefix, null, 100);
        Assert.Equal(expected, found.Select(entity => entity.Code));
        Assert.Equal(await ledger.FindEntities(expected), found.Select(entity => entity.Number));

        // Paging by one gives the same list, whatever the cursor is.
        var paged = new List<string>();
        while (await ledger.FindByPrefix(prefix, paged.LastOrDefault(), 1) is [var next])
            paged.Add(next.Code);
        Assert.Equal(expected, paged);
    }

    [Fact]
    public async Task A_prefix_page_starts_after_its_cursor_wherever_that_lies()
    {
        var ledger = await Open();
        await ledger.Append(new Batches().Next(["b1", "b2", "b3", "a", "c", "b\uD7FF", "b\uE000"]));

        Assert.Equal(["b1", "b2"], (await ledger.FindByPrefix("b", "a", 2)).Select(e => e.Code));
        Assert.Equal(["b1", "b2"], (await ledger.FindByPrefix("b", "b", 2)).Select(e => e.Code));
        Assert.Equal(["b2", "b3"], (await ledger.FindByPrefix("b", "b11", 2)).Select(e => e.Code));
        Assert.Empty(await ledger.FindByPrefix("b", "c", 2));
        Assert.Empty(await ledger.FindByPrefix("b", null, 0));
        Assert.Equal(["b\uD7FF"], (await ledger.FindByPrefix("b\uD7FF", null, 5)).Select(e => e.Code));
    }

    [Fact]
    public async Task An_id_finds_the_original_and_every_declaration_of_its_error()
    {
        var ledger = await Open();
        var batches = new Batches();
        await ledger.Append(batches.Next(new Draft("a") { Id = "one" }, new Draft("a") { Id = "two" }));
        await ledger.Append(batches.Next(new Draft("a") { Id = "one", DeclaresError = true }));
        await ledger.Append(batches.Next(new Draft("a") { Id = "one", DeclaresError = true }, new Draft("a") { Id = "three", DeclaresError = true }));

        var found = await ledger.FindByEventIds(["two", "one", "one", "nobody"]);
        Assert.Equal([(1, "one", false), (2, "two", false), (3, "one", true), (4, "one", true)], found.Select(key => ((int)key.Sequence, key.EventId, key.DeclaresError)));
        Assert.Equal((await ledger.ReadEvent(3))!.CbvHash, found[2].CbvHash);

        // The original may come after a declaration of its error.
        await ledger.Append(batches.Next(new Draft("a") { Id = "three" }));
        Assert.Equal([5, 6], (await ledger.FindByEventIds(["three"])).Select(key => (int)key.Sequence));
    }

    [Fact]
    public async Task A_hash_finds_every_event_with_all_its_32_bytes()
    {
        var ledger = await Open();
        var hash = SHA256.HashData("x"u8);
        // As unlucky as it gets: all but the last byte are the same.
        var near = (byte[])[.. hash[..31], (byte)(hash[31] ^ 1)];
        await ledger.Append(new Batches().Next(new Draft { CbvHash = hash }, new Draft { CbvHash = near }, new Draft(), new Draft { CbvHash = hash, Id = "another id" }));

        Assert.Equal([1, 4], (await ledger.FindByCbvHashes([hash])).Select(key => (int)key.Sequence));
        Assert.Equal([1, 2, 4], (await ledger.FindByCbvHashes([near, new byte[32], hash, near])).Select(key => (int)key.Sequence));
        Assert.Empty(await ledger.FindByCbvHashes([new byte[32]]));
    }

    [Fact]
    public async Task A_time_finds_the_last_event_recorded_by_then()
    {
        var ledger = await Open();
        var noon = Batches.Start;
        await ledger.Append(new Batches().Next(
            new Draft { At = noon }, new Draft { At = noon }, new Draft { At = noon.AddSeconds(1) }, new Draft { At = noon.AddSeconds(1) }, new Draft { At = noon.AddDays(1) }));

        Assert.Equal(0, await ledger.SequenceAt(DateTimeOffset.MinValue));
        Assert.Equal(0, await ledger.SequenceAt(noon.AddMilliseconds(-1)));
        Assert.Equal(0, await ledger.SequenceAt(noon.AddTicks(-1)));
        Assert.Equal(2, await ledger.SequenceAt(noon));
        Assert.Equal(2, await ledger.SequenceAt(noon.AddMilliseconds(999)));
        Assert.Equal(4, await ledger.SequenceAt(noon.AddSeconds(1).ToOffset(TimeSpan.FromHours(8))));
        Assert.Equal(4, await ledger.SequenceAt(noon.AddDays(1).AddMilliseconds(-1)));
        Assert.Equal(5, await ledger.SequenceAt(DateTimeOffset.MaxValue));
    }
}
