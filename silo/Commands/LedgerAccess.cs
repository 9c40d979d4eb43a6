using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Commands;

/// <summary>Opens the ledger that the settings name, for a command.</summary>
static class LedgerAccess
{
    /// <summary>A ledger that is there, to read its events. Nothing in it is brought up to date: a silo may be at work over it.</summary>
    public static async Task<ILedger> OpenExisting(SiloOptions options)
    {
        if (options.Postgres is { } connection) return await PostgresLedger.Open(connection, options.ShardCount, EventFacts.RulesVersion, mayUpgrade: false);
        var path = Path.Combine(options.DataDirectory, "ledger.db");
        if (!File.Exists(path)) throw new IOException($"there is no ledger {path}; --data names the folder it is in");
        return await SqliteLedger.Open(path, options.ShardCount, EventFacts.RulesVersion);
    }

    /// <summary>A ledger that may have to be made, then with so many shards, to add events to it.</summary>
    public static Task<ILedger> OpenOrMake(SiloOptions options, int shardCountIfNew) => LedgerStore.Open(options, mayMigrate: true, shardCountIfNew);
}
