using System.Diagnostics;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Benchmarks.Lineages;

/// <summary>The ledger of the generated lineage. It takes minutes to write, so it stays in the temporary folder for the next run, until the rules change.</summary>
sealed record LineageLedger(string Folder)
{
    const int ShardCount = 64, DocumentsPerAppend = 5, FormOfData = 1;

    public static string Base => Path.Combine(Path.GetTempPath(), "tracegrains-benchmarks");

    public string File => Path.Combine(Folder, "ledger.db");

    public long Bytes => new FileInfo(File).Length;

    public static async Task<LineageLedger> Prepare(LineageGraph graph, string size)
    {
        var ledger = new LineageLedger(Path.Combine(Base, $"lineage-{size}-rules{EventFacts.RulesVersion}-data{FormOfData}"));
        if (System.IO.File.Exists(ledger.File)) return ledger;
        var building = ledger.Folder + ".building";
        if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
        Directory.CreateDirectory(building);
        await Write(graph, Path.Combine(building, "ledger.db"));
        if (Directory.Exists(ledger.Folder)) Directory.Delete(ledger.Folder, recursive: true);
        Directory.Move(building, ledger.Folder);
        return ledger;
    }

    public Task<SqliteLedger> Open() => SqliteLedger.Open(File, ShardCount, EventFacts.RulesVersion);

    /// <summary>A copy to be changed and thrown away.</summary>
    public TemporaryData Copy()
    {
        var copy = new TemporaryData();
        System.IO.File.Copy(File, Path.Combine(copy.Folder, "ledger.db"));
        return copy;
    }

    static async Task Write(LineageGraph graph, string file)
    {
        var clock = Stopwatch.StartNew();
        Console.Error.WriteLine($"writing a ledger of {graph.Nodes:N0} things; the next run finds it in {Base}");
        await using var ledger = await SqliteLedger.Open(file, ShardCount, EventFacts.RulesVersion);
        var feed = await LedgerFeed.Open(ledger);
        var events = 0;
        foreach (var documents in new LineageDocuments(graph).All().Chunk(DocumentsPerAppend))
        {
            var read = documents.AsParallel().AsOrdered().SelectMany(LedgerFeed.Read).ToList();
            await feed.Append(read);
            events += read.Count;
        }
        Console.Error.WriteLine($"{events:N0} events in {clock.Elapsed.TotalSeconds:N0} s");
    }
}
