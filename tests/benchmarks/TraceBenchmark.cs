using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Benchmarks.Silos;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Benchmarks;

/// <summary>Everything downstream of the root, counted by who has it: through the grains, and beside them the same search over arrays and over a dictionary.</summary>
static class TraceBenchmark
{
    const int Runs = 15;

    public static async Task Run(LineageGraph graph, LineageLedger data)
    {
        await using var silo = await InProcessSilo.Start(data.Folder);
        var lineage = silo.Grains.GetGrain<ILineageGrain>(0);
        var request = new TraceRequest { Code = LineageDocuments.CodeOf(graph, 0), First = 0 };
        var (flat, dictionary) = (new FlatSearch(graph), new DictionarySearch(graph));
        Check(graph, flat.Run(0).ByHolder, (await lineage.Trace(request))!);

        Table.Begin($"Trace of {graph.Nodes - 1:N0} things over {graph.Edges:N0} edges, grouped by {graph.Holders} holders (best of {Runs}, load {Machine.Load()})", "way", "first", "median", "best", "× flat arrays");
        var floor = await Timed.Of(Runs, () => { flat.Run(0); });
        Row("breadth-first search over flat arrays, one thread", floor, floor);
        Row("breadth-first search over a `Dictionary`, one thread", await Timed.Of(Runs, () => { dictionary.Run(0); }), floor);
        Row($"`ILineageGrain.Trace`, {silo.Ledger.Constants.ShardCount} shard grains", await Timed.Of(Runs, async () => await lineage.Trace(request)), floor);
        Row("the same with a page of 100 items", await Timed.Of(Runs, async () => await lineage.Trace(request with { First = 100 })), floor);
        Row("the same along derivations only", await Timed.Of(Runs, async () => await lineage.Trace(request with { Follow = EdgeKind.Derivation })), floor);

        var plain = await PlainShards.Load(silo.Ledger);
        var root = (await silo.Ledger.FindEntities([request.Code]))[0];
        Row("the same walk over plain shard objects, one thread", await Timed.Of(Runs, async () => await TraceWalk.Run(plain, [root], TraceDirection.Forward, EdgeKind.All, null, long.MaxValue)), floor);
    }

    static void Row(string way, Timed time, Timed floor) =>
        Table.Row(way, Table.Milliseconds(time.First), Table.Milliseconds(time.Median), Table.Milliseconds(time.Best), Table.Number(time.Best / floor.Best, "N1"));

    /// <summary>A fast wrong answer is no answer.</summary>
    static void Check(LineageGraph graph, int[] byHolder, TraceAnswer answer)
    {
        if (answer.Total != graph.Nodes - 1) throw new InvalidOperationException($"the trace reached {answer.Total} of {graph.Nodes - 1} things");
        var counted = answer.Holders.GroupBy(group => group.Holder).ToDictionary(group => group.Key ?? "", group => group.Sum(part => part.Count));
        for (var holder = 0; holder < byHolder.Length; holder++)
            if (counted.GetValueOrDefault(LineageDocuments.Holder(holder)) != byHolder[holder])
                throw new InvalidOperationException($"holder {holder} has {byHolder[holder]} things; the trace says {counted.GetValueOrDefault(LineageDocuments.Holder(holder))}");
    }
}
