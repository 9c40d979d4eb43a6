using System.Diagnostics;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Silos;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
namespace TraceGrains.Benchmarks;
static class Scratch
{
    public static async Task Run(int size)
    {
        var graph = LineageGraph.WithLeaves(size);
        using var data = (await LineageLedger.Prepare(graph, $"recall-{graph.Leaves}")).Copy();
        await using var silo = await InProcessSilo.Start(data.Folder);
        var scope = ScopeJson.Print(new ScopeQuery.Batch(LineageDocuments.CodeOf(graph, 0)));
        for (var i = 0; i < 3; i++)
        {
            var clock = Stopwatch.StartNew();
            var p = await silo.Grains.GetGrain<IRecallPreviewGrain>(0).Preview(new() { Scope = scope });
            Console.WriteLine($"preview {p.Reached} {clock.ElapsedMilliseconds} ms, {Environment.WorkingSet / 1e6:0} MB");
            clock.Restart();
            var b = await silo.Grains.GetGrain<IMassBalanceGrain>(0).OfScope(new() { Scope = scope });
            Console.WriteLine($"balance {b.Balances.Length} groups, {b.Balances.Where(x => x.Uom is null).Sum(x => x.Produced)} units, outside {b.Outside.Length} {clock.ElapsedMilliseconds} ms, {Environment.WorkingSet / 1e6:0} MB");
        }
    }
}
