using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Ledger.Tests;

/// <summary>The PostgreSQL engine for capture jobs, one database per test.</summary>
public sealed class PostgresCaptureJobsTests : CaptureJobsConformance
{
    string? database;

    protected override async Task<ICaptureJobs> OpenStore() => await PostgresCaptureJobs.Open(database ??= await PrivatePostgres.NewDatabase());

    protected override async ValueTask RemoveStore()
    {
        if (database is not null) await PrivatePostgres.Drop(database);
        database = null;
    }
}
