using System.Globalization;
using TraceGrains.Ledger.Export;

namespace TraceGrains.Silo.Commands;

/// <summary>Writes the ledger's events to a file. A silo may run meanwhile: the export is the ledger as it stood when it began.</summary>
sealed class ExportCommand : ICommand
{
    public string Name => "export";
    public string Usage => "export FILE [--data DIR] [--after N | --continue]";
    public string Summary => "writes the ledger's events to a file ('-': standard output), those after event N, or goes on with a file that was interrupted or has become old";

    public async Task<int> Run(CommandContext context)
    {
        var path = context.OnlyWord("the file to write");
        var after = context.Configuration["after"];
        if (context.Has("continue") && (after is not null || path == "-")) throw new ArgumentException("--continue: goes on where a file ends; expected neither --after nor '-' with it");
        await using var ledger = await LedgerAccess.OpenExisting(context.Options);
        var head = (await ledger.ReadHead(context.Stop)).Sequence;
        if (!long.TryParse(after ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first > head)
            throw new ArgumentException($"--after: expected the sequence of an event, 0 to {head}, found '{after}'");
        await using var stream = Open(path, context.Has("continue"));
        var result = await TransferView.Show(context, "exporting", stream, progress => context.Has("continue")
            ? LedgerExport.Continue(ledger, stream, progress, stop: context.Stop)
            : LedgerExport.Write(ledger, stream, first, progress, stop: context.Stop));
        if (stream is FileStream file) file.Flush(flushToDisk: path != "-");
        context.Error.WriteLine($"{result.Events:N0} events exported, up to event {result.LastSequence:N0}");
        return 0;
    }

    static Stream Open(string path, bool isContinued)
    {
        if (path == "-") return Console.OpenStandardOutput();
        if (!isContinued && File.Exists(path)) throw new IOException($"{path} exists: --continue goes on with it, or name another file");
        return new FileStream(path, isContinued ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    }
}
