using TraceGrains.Silo.Storage;

namespace TraceGrains.Silo.Commands;

/// <summary>Makes or upgrades the schemas and derives anew what older rules derived; then ends. Run again it changes nothing.</summary>
sealed class MigrateCommand : ICommand
{
    public string Name => "migrate";
    public string Usage => "migrate [--data DIR]";
    public string Summary => "makes or upgrades the storage and what is derived in it, to this program's version";

    public async Task<int> Run(CommandContext context)
    {
        if (context.Words.Count > 0) throw new ArgumentException($"expected options only, found '{context.Words[0]}'");
        var options = context.Options;
        await using var ledger = await LedgerStore.Open(options, mayMigrate: true);
        await using var jobs = await LedgerStore.OpenJobs(options, mayMigrate: true);
        await using var audit = await LedgerStore.OpenAudit(options, mayMigrate: true);
        await using var tree = await TreeStore.Open(options with { MayMigrate = true });
        var head = await ledger.ReadHead(context.Stop);
        context.Out.WriteLine($"The ledger is up to date: {head.Sequence:N0} events, {head.Entity:N0} entities, {ledger.Constants.ShardCount} shards.");
        return 0;
    }
}
