using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>A silo process over the ledger of the lineage: from its start until it is ready. The file is in the operating system's cache.</summary>
static class RestartBenchmark
{
    const int Runs = 3;

    public static async Task Run(LineageGraph graph, LineageLedger data)
    {
        Table.Begin($"Restart over {graph.Nodes:N0} things, a ledger of {data.Bytes / 1e6:N0} MB", "start", "ready after", "resident when ready", "load");
        for (var run = 1; run <= Runs; run++)
        {
            var load = Machine.Load();
            await using var silo = await SiloProcess.Start(data.Folder);
            Table.Row($"{run}", Table.Number(silo.ReadyAfter.TotalSeconds, "N1") + " s", Table.Number(silo.ResidentBytes / 1e6) + " MB", load);
        }
    }
}
