using TraceGrains.Ledger.Index;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Storage;

/// <summary>Opens the event index where the ledger is. It brings itself up to date: what is missing of it is made from the ledger.</summary>
static class IndexStore
{
    public static async Task<IEventIndex> Open(SiloOptions options) => options.Postgres is null
        ? await SqliteEventIndex.Open(Path.Combine(options.DataDirectory, "index.db"))
        : await PostgresEventIndex.Open(options.Postgres);
}
