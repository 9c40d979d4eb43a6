using TraceGrains.Ledger;
using TraceGrains.Ledger.Export;

namespace TraceGrains.Silo.Commands;

/// <summary>Records the events of an export. No silo may use the ledger meanwhile; one that does stops the import, never mixes with it.</summary>
sealed class ImportCommand : ICommand
{
    public string Name => "import";
    public string Usage => "import FILE [--data DIR] [--shards N]";
    public string Summary => "records the events of an export ('-': standard input) in an empty ledger, or in one that has the events before; run again, it goes on where it stopped";

    public async Task<int> Run(CommandContext context)
    {
        var path = context.OnlyWord("the file to read");
        var options = context.Options;
        await using var stream = path == "-" ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        ILedger? ledger = null;
        try
        {
            var result = await TransferView.Show(context, "importing", stream, progress => LedgerImport.Run(
                async header => ledger = await LedgerAccess.OpenOrMake(options, header.ShardCount), stream, progress, context.Stop));
            context.Error.WriteLine($"{result.Events:N0} events imported, up to event {result.LastSequence:N0}" + (result.Skipped > 0 ? $"; {result.Skipped:N0} were there already and are the same" : ""));
            return 0;
        }
        catch (ExportDamagedException damaged)
        {
            var reached = ledger is null ? 0 : (await ledger.ReadHead()).Sequence;
            context.Error.WriteLine($"{path}, {damaged.Message}. The ledger stands at event {reached:N0}; import a whole file and it goes on from there");
            return CommandLine.NotDone;
        }
        finally
        {
            if (ledger is not null) await ledger.DisposeAsync();
        }
    }
}
