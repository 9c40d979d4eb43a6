using System.Diagnostics;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Benchmarks.Silos;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Benchmarks;

/// <summary>Recalls the root: how long until every shard refuses "may it move?", and until every reached thing's own chain shows it.</summary>
static class RecallBenchmark
{
    const int Recalls = 3;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task Run(LineageGraph graph, LineageLedger original)
    {
        Table.Begin($"Recall of the root: {graph.Nodes:N0} things", "recall", "issued → all marks in force", "issued → everything on record", "things/s put on record", "load");
        using var data = original.Copy();
        await using var silo = await InProcessSilo.Start(data.Folder);
        for (var number = 1; number <= Recalls; number++)
        {
            var recall = silo.Grains.GetGrain<IRecallGrain>($"urn:tracegrains:recall:benchmark-{number}");
            var clock = Stopwatch.StartNew();
            var answer = await recall.Issue(new() { Code = LineageDocuments.CodeOf(graph, 0), Reason = "benchmark", Class = RecallClass.I });
            if (answer.Refused is { } refused) throw new InvalidOperationException($"the recall was refused: {refused}");
            var view = await Until(recall, view => view.EffectiveAt is not null, clock);
            if (view.Reached != graph.Nodes) throw new InvalidOperationException($"the recall reached {view.Reached} of {graph.Nodes} things");
            // Putting a million things on record takes long; once is enough.
            var isLast = number == Recalls;
            if (isLast) await Until(recall, view => view.OnRecord >= graph.Nodes, clock);
            else await recall.Withdraw("the next run starts from a clean slate");
            Table.Row($"{number}", Table.Number(view.WaveMilliseconds!.Value) + " ms", isLast ? Table.Number(clock.Elapsed.TotalSeconds, "N1") + " s" : "–", isLast ? Table.Number(graph.Nodes / clock.Elapsed.TotalSeconds) : "–", Machine.Load());
        }
    }

    static async Task<RecallView> Until(IRecallGrain recall, Func<RecallView, bool> isReached, Stopwatch clock)
    {
        while (clock.Elapsed < Patience)
        {
            if (await recall.View() is { } view && isReached(view)) return view;
            await Task.Delay(20);
        }
        throw new TimeoutException("the recall did not get there in time");
    }
}
