using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Commands;

/// <summary>Opens the ledger that the settings name, for a command.</summary>
static class LedgerAccess
{
    /// <summary>A ledger that is there.</summary>
    public static async Task<ILedger> OpenExisting(SiloOptions options)
    {
        var path = PathOf(options);
        if (!File.Exists(path)) throw new IOException($"there is no ledger {path}; --data names the folder it is in");
        return await SqliteLedger.Open(path, options.ShardCount, EventFacts.RulesVersion);
    }

    /// <summary>A ledger that may have to be made, then with so many shards.</summary>
    public static async Task<ILedger> OpenOrMake(SiloOptions options, int shardCountIfNew) => await SqliteLedger.Open(PathOf(options), shardCountIfNew, EventFacts.RulesVersion);

    static string PathOf(SiloOptions options) => Path.Combine(options.DataDirectory, "ledger.db");
}
