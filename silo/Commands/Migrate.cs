using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Commands;

/// <summary><c>tracegrains-silo migrate</c>: makes or upgrades the schema and derives anew what older rules derived; then ends. Run again it changes nothing.</summary>
static class Migrate
{
    public static async Task<int> Run(string[] arguments)
    {
        var options = SiloOptions.Read(Commands.Settings(arguments));
        await using var ledger = await LedgerStore.Open(options, mayMigrate: true);
        await using var jobs = await LedgerStore.OpenJobs(options, mayMigrate: true);
        var head = await ledger.ReadHead();
        Console.WriteLine($"The ledger is up to date: {head.Sequence:N0} events, {head.Entity:N0} entities, {ledger.Constants.ShardCount} shards.");
        return 0;
    }
}
