namespace TraceGrains.Ledger.Tests;

// Codes and ids are any text: long ones, and some that can be asked for but never stored.
public abstract partial class LedgerConformance
{
    // Longer than any database's index entry, not compressible, different only at the far end.
    static readonly string stem = string.Concat(Enumerable.Range(0, 700).Select(n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(n)))[..12]));

    [Fact]
    public async Task Codes_of_any_length_are_found_and_ordered()
    {
        var ledger = await Open();
        string[] codes = [stem + "b", stem[..300], stem + "a", stem + "鱼", stem[..299], stem[..301], stem];
        await ledger.Append(new Batches().Next(codes));

        Assert.Equal(Enumerable.Range(1, codes.Length), await ledger.FindEntities(codes));
        Assert.Equal((int[])[0, 0], await ledger.FindEntities([stem + "c", stem[..302]]));
        Assert.Equal(codes, await ledger.ReadCodes([.. Enumerable.Range(1, codes.Length)]));
        foreach (var prefix in (string[])["", stem[..299], stem[..300], stem[..301], stem, stem + "a"])
        {
            var expected = codes.Where(code => code.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            var paged = new List<string>();
            while (await ledger.FindByPrefix(prefix, paged.LastOrDefault(), 1) is [var next])
                paged.Add(next.Code);
            Assert.Equal(expected, paged);
            Assert.Equal(expected, (await ledger.FindByPrefix(prefix, null, 100)).Select(entity => entity.Code));
        }
    }

    [Fact]
    public async Task A_long_code_or_id_is_recorded_once()
    {
        var ledger = await Open();
        var batches = new Batches();
        await ledger.Append(batches.Next(new Draft(stem) { Id = stem }, new Draft { Id = stem, DeclaresError = true }));
        await ledger.Append(batches.Next(new Draft { Id = stem, DeclaresError = true }));

        var four = Batches.Event(4, new Draft());
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.Append(Batches.Only([four], [new(2, stem)])));
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.Append(Batches.Only([four], [new(2, stem + "x"), new(3, stem + "x")])));
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.Append(Batches.Only([four with { EventId = stem }])));
        await Assert.ThrowsAsync<LedgerFencedException>(() => ledger.Append(Batches.Only([four with { EventId = stem + "x" }, Batches.Event(5, new Draft { Id = stem + "x" })])));
        Assert.Equal([1, 2, 3], (await ledger.FindByEventIds([stem, stem + "x"])).Select(key => (int)key.Sequence));
    }

    [Theory]
    [InlineData("a\uD83D")]
    [InlineData("a\uDE00")]
    [InlineData("a\0")]
    [InlineData("a\uDE00\uD83D")]
    public async Task What_could_never_be_stored_is_never_found(string text)
    {
        var ledger = await Open();
        // What a lenient encoder would make of it.
        await ledger.Append(new Batches().Next(new Draft("a", "a\uFFFD", "a\uFFFD\uFFFD") { Id = "a\uFFFD" }));

        Assert.Equal((int[])[0, 1], await ledger.FindEntities([text, "a"]));
        Assert.Empty(await ledger.FindByEventIds([text]));
        Assert.Empty(await ledger.FindByPrefix(text, null, 10));
    }
}
