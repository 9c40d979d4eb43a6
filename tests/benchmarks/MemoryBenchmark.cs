using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;

namespace TraceGrains.Benchmarks;

/// <summary>What the lineage index weighs: what its arenas say, and what the garbage collector says.</summary>
static class MemoryBenchmark
{
    public static async Task Run(LineageGraph graph, LineageLedger data)
    {
        await using var ledger = await data.Open();
        await ledger.ReadShardRows(0, 0, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var shards = await PlainShards.Load(ledger);
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        Table.Begin($"Memory of the lineage index: {graph.Nodes:N0} things, {graph.Edges:N0} edges, {ledger.Constants.ShardCount} shards", "measured as", "MB", "bytes per thing with its edges", "bytes per thing and edge counted together");
        Row("bytes of the arenas", shards.Bytes, graph);
        Row("growth of the garbage-collected heap", heap, graph);
        GC.KeepAlive(shards);
    }

    static void Row(string measure, long bytes, LineageGraph graph) =>
        Table.Row(measure, Table.Number(bytes / 1e6), Table.Number((double)bytes / graph.Nodes), Table.Number((double)bytes / (graph.Nodes + graph.Edges)));
}
