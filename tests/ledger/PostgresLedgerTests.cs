using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Ledger.Tests;

/// <summary>The PostgreSQL engine, one database per test.</summary>
public sealed class PostgresLedgerTests : LedgerConformance
{
    string? database;

    // Small partitions: tests that write much cross their borders.
    protected override async Task<ILedger> OpenStore(int shardCountIfNew, int projectionVersionIfNew) =>
        await PostgresLedger.Open(database ??= await PrivatePostgres.NewDatabase(), shardCountIfNew, projectionVersionIfNew, partitionSizeIfNew: 150);

    protected override async ValueTask RemoveStore()
    {
        if (database is not null) await PrivatePostgres.Drop(database);
        database = null;
    }
}
