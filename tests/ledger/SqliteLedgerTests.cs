using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Tests;

/// <summary>The SQLite engine, one file per test.</summary>
public sealed class SqliteLedgerTests : LedgerConformance
{
    readonly TemporaryFolder folder = new();

    protected override async Task<ILedger> OpenStore(int shardCountIfNew, int projectionVersionIfNew) =>
        await SqliteLedger.Open(folder.File("ledger.db"), shardCountIfNew, projectionVersionIfNew);

    protected override ValueTask RemoveStore()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
