using CsCheck;

namespace TraceGrains.Ledger.Tests;

// Random histories against the simplest thing that could be right.
public abstract partial class LedgerConformance
{
    // Few codes, so that chains grow and codes repeat; a Reopen is an empty step.
    static readonly Gen<string> code = Gen.OneOfConst("a", "ab", "abc", "b%", "b_", "鱼", "鱼干", "😀");

    static readonly Gen<Draft> draft = Gen.Select(code.HashSet[0, 4], Gen.Int[0, 3], Gen.Int[ShardRow.EveryShard, Batches.ShardCount - 1].HashSet[0, 3], Gen.String.AlphaNumeric)
        .Select((codes, kind, shards, json) => new Draft([.. codes]) { DeclaresError = kind == 0, Shards = [.. shards], Json = json });

    static readonly Gen<List<Draft[]>> history = draft.Array[0, 6].List[1, 8];

    [Fact]
    public async Task Any_history_reads_back_as_a_dictionary_would_hold_it() => await history.SampleAsync(async steps =>
    {
        await using var ledger = new Reopening(() => OpenStore(Batches.ShardCount, 1));
        var (batches, model) = (new Batches(), new List<LedgerBatch>());
        foreach (var step in steps)
        {
            if (step.Length == 0)
            {
                await ledger.Close();
                continue;
            }

            model.Add(batches.Next(step));
            await (await ledger.Now()).Append(model[^1]);
        }

        await CheckAgainst(model, await ledger.Now());
        await ledger.Close();
        await CheckAgainst(model, await ledger.Now());
        await ledger.Close();
        await RemoveStore();
    }, iter: 60, threads: 1);

    static async Task CheckAgainst(List<LedgerBatch> model, ILedger ledger)
    {
        var events = model.SelectMany(batch => batch.Events).ToList();
        var entities = model.SelectMany(batch => batch.Entities).ToList();
        var links = model.SelectMany(batch => batch.Links).ToLookup(link => link.Entity);
        var rows = model.SelectMany(batch => batch.Rows).ToList();

        Assert.Equal(new LedgerHead(events.Count, entities.Count, events.Count == 0 ? default : events[^1].RecordTime), await ledger.ReadHead());
        Assert.Equal(events.Select(Print), (await AllEvents(ledger)).Select(Print));
        Assert.Equal(events.Select(e => e.Sequence), (await ledger.FindByEventIds([.. events.Select(e => e.EventId)])).Select(key => key.Sequence));
        Assert.Equal(events.Select(e => e.Sequence), (await ledger.FindByCbvHashes([.. events.Select(e => e.CbvHash)])).Select(key => key.Sequence));

        Assert.Equal(entities.Select(e => e.Number), await ledger.FindEntities([.. entities.Select(e => e.Code)]));
        Assert.Equal(entities.Select(e => e.Code), await ledger.ReadCodes([.. entities.Select(e => e.Number)]));
        foreach (var prefix in (string[])["", "a", "ab", "b", "b_", "鱼", "😀"])
            Assert.Equal(
                entities.Where(e => e.Code.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(e => e.Code, StringComparer.Ordinal),
                await ledger.FindByPrefix(prefix, null, 100));

        foreach (var entity in entities)
            Assert.Equal(
                links[entity.Number].Select(link => $"{link.Position} {link.Sequence} {Convert.ToHexString(link.Hash)} {Print(events[(int)link.Sequence - 1])}"),
                (await ledger.ReadChain(entity.Number, 0, 100)).Select(entry =>
                    $"{entry.Link.Position} {entry.Link.Sequence} {Convert.ToHexString(entry.Link.Hash)} {Print(entry.Event!)}"));
        Assert.Equal(
            entities.Select(e => (links[e.Number].Count(), links[e.Number].Last().Sequence, Convert.ToHexString(links[e.Number].Last().Hash))),
            (await ledger.ReadChainHeads([.. entities.Select(e => e.Number)])).Select(head => (head.Position, head.Sequence, Convert.ToHexString(head.Hash))));

        for (var shard = 0; shard < Batches.ShardCount; shard++)
            Assert.Equal(
                rows.Where(row => row.Shard == shard || row.Shard == ShardRow.EveryShard).OrderBy(row => row.Sequence).ThenBy(row => row.Shard).Select(Print),
                (await ledger.ReadShardRows(shard, 0, 1000)).Select(Print));
        Assert.Equal(
            Enumerable.Range(0, Batches.ShardCount).Select(shard => rows.LastOrDefault(row => row.Shard == shard).Sequence),
            await ledger.ReadLastShardSequences());
    }

    /// <summary>A ledger that is closed and opened again in the middle of a history.</summary>
    sealed class Reopening(Func<Task<ILedger>> open) : IAsyncDisposable
    {
        ILedger? ledger;

        public async Task<ILedger> Now() => ledger ??= await open();

        public async Task Close()
        {
            if (ledger is not null)
                await ledger.DisposeAsync();
            ledger = null;
        }

        public async ValueTask DisposeAsync() => await Close();
    }
}
