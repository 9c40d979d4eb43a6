namespace TraceGrains.Ledger.Tests;

/// <summary>What every engine must do. An engine's own test class says how to open it and is done.</summary>
public abstract partial class LedgerConformance : IAsyncLifetime
{
    readonly List<ILedger> opened = [];

    /// <summary>Opens this test's store, new at first; a second time while the first is open is a second writer over the same store.</summary>
    protected abstract Task<ILedger> OpenStore(int shardCountIfNew, int projectionVersionIfNew);

    /// <summary>Removes this test's store.</summary>
    protected abstract ValueTask RemoveStore();

    private protected async Task<ILedger> Open(int shardCount = Batches.ShardCount, int projectionVersion = 1)
    {
        var ledger = await OpenStore(shardCount, projectionVersion);
        opened.Add(ledger);
        return ledger;
    }

    private protected async Task<ILedger> Reopen(ILedger ledger)
    {
        await ledger.DisposeAsync();
        return await Open();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in opened)
            await ledger.DisposeAsync();
        await RemoveStore();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<IReadOnlyList<LedgerEvent>> AllEvents(ILedger ledger) => await ledger.ReadEvents(0, int.MaxValue);

    /// <summary>Everything a ledger answers, as text: two ledgers that print the same are the same.</summary>
    private protected static async Task<string> Print(ILedger ledger)
    {
        var text = new System.Text.StringBuilder();
        var head = await ledger.ReadHead();
        text.AppendLine($"head {head.Sequence} {head.Entity} {head.RecordTime:O}");
        foreach (var recorded in await AllEvents(ledger))
            text.AppendLine(Print(recorded));
        foreach (var entity in await ledger.FindByPrefix("", null, int.MaxValue))
        {
            text.AppendLine($"entity {entity.Number} {entity.Code}");
            foreach (var (link, recorded) in await ledger.ReadChain(entity.Number, 0, int.MaxValue))
                text.AppendLine($"  {link.Position} {link.Sequence} {Convert.ToHexString(link.Hash)} {recorded?.Sequence}");
        }

        for (var shard = ShardRow.EveryShard; shard < ledger.Constants.ShardCount; shard++)
            foreach (var row in await ledger.ReadShardRows(shard, 0, int.MaxValue))
                text.AppendLine($"shard {shard}: {Print(row)}");
        return text.AppendLine($"last {string.Join(' ', await ledger.ReadLastShardSequences())}").ToString();
    }

    private protected static string Print(LedgerEvent e) =>
        $"{e.Sequence} {e.RecordTime:O} {e.EventId} {e.DeclaresError} {Convert.ToHexString(e.CbvHash)} {Convert.ToHexString(e.EventHash)} {Convert.ToHexString(e.Json)}";

    private protected static string Print(ShardRow row) => $"{row.Shard} {row.Sequence} {Convert.ToHexString(row.Facts)}";
}
