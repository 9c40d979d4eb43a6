using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Audit;
using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Projection;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Storage;

/// <summary>Opens what the options name and brings it up to date: the schema to this program's version, what is derived to this program's rules.</summary>
static class LedgerStore
{
    /// <summary>Opens the ledger. On PostgreSQL other silos may be at work over it, so it is brought up to date only when that is asked for and they are not.</summary>
    /// <exception cref="LedgerFormatException">It is not up to date and may not be brought there; the message says what to run.</exception>
    public static async Task<ILedger> Open(SiloOptions options, bool mayMigrate, int? shardCountIfNew = null)
    {
        var shardCount = options.Shards ?? shardCountIfNew ?? options.ShardCount;
        var ledger = options.Postgres is null
            ? (ILedger)await SqliteLedger.Open(Path.Combine(options.DataDirectory, "ledger.db"), shardCount, EventFacts.RulesVersion)
            : await OpenPostgres(options.Postgres, shardCount, mayMigrate);
        try
        {
            options.Check(ledger.Constants);
            if (options.Postgres is not null && ledger.Constants.ProjectionVersion != EventFacts.RulesVersion) await CheckMayRebuild(options.Postgres, mayMigrate);
            await LedgerRebuild.IfNeeded(ledger, sequence => Console.WriteLine($"Deriving projections anew: {sequence:N0} events"));
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens what stands beside the ledger: the capture jobs.</summary>
    public static async Task<ICaptureJobs> OpenJobs(SiloOptions options, bool mayMigrate) => options.Postgres is null
        ? await SqliteCaptureJobs.Open(Path.Combine(options.DataDirectory, "jobs.db"))
        : await PostgresCaptureJobs.Open(options.Postgres, mayMigrate);

    /// <summary>Opens the audit log.</summary>
    public static async Task<IAuditLog> OpenAudit(SiloOptions options, bool mayMigrate) => options.Postgres is { } connection
        ? await PostgresAuditLog.Open(connection, mayMigrate)
        : SqliteAuditLog.Open(AuditFile(options));

    /// <summary>Where the audit log is kept, where that is a file.</summary>
    public static string AuditFile(SiloOptions options) => Path.Combine(options.DataDirectory, "audit.db");

    static async Task<ILedger> OpenPostgres(string connection, int shardCount, bool mayMigrate)
    {
        var ledger = await PostgresLedger.Open(connection, shardCount, EventFacts.RulesVersion, mayMigrate);
        try
        {
            await OrleansSchema.Prepare(connection, mayMigrate);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    static async Task CheckMayRebuild(string connection, bool mayMigrate)
    {
        if (!mayMigrate)
            throw new LedgerFormatException("what is derived from the events comes from other rules than this program's: stop every silo, then run 'tracegrains-silo migrate' or start one with --migrate");
        if (await OrleansSchema.RunningSilos(connection) is { Count: > 0 } silos)
            throw new LedgerFormatException($"what is derived from the events has to be derived anew, and silos are at work over it ({string.Join(", ", silos)}): stop them first (one that was killed counts for a minute)");
    }
}
