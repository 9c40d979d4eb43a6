using System.Diagnostics;
using System.Text.Json;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Benchmarks.Silos;
using TraceGrains.Contracts.Balances;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>
/// A recall case at three sizes: its dry run, from issuing to the refusal of the farthest thing, who has what; beside them the search over flat arrays and PostgreSQL's recursive query. Then capture while
/// the largest recall runs.
/// </summary>
static class RecallScaleBenchmark
{
    const int Runs = 5, EventsPerDocument = 100, Concurrency = 4;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(10), alone = TimeSpan.FromSeconds(15);

    public static async Task Run(bool isSmall)
    {
        int[] sizes = isSmall ? [1_000, 10_000] : [10_000, 100_000, 1_000_000];
        await using var server = await PrivatePostgres.Running();
        Table.Begin($"A recall case; best of {Runs} but for the recall itself (load {Machine.Load()})",
            "things", "flat arrays, by holder", "recursive query, by holder", "trace, by holder", "dry run", "mass balance", "issued → the farthest thing refused", "issued → all marks in force", "who has to answer for what", "memory of the process, before → most", "ledger rows and questions to shards of trace, dry run, balance");
        foreach (var size in sizes) await Case(LineageGraph.WithLeaves(size));
        await Capture(LineageGraph.WithLeaves(sizes[^1]));
    }

    static async Task Case(LineageGraph graph)
    {
        var flat = new FlatSearch(graph);
        await using var recursive = await RecursiveSearch.Load(await PrivatePostgres.NewDatabase(), graph);
        using var data = (await LineageLedger.Prepare(graph, $"recall-{graph.Leaves}")).Copy();
        await using var silo = await InProcessSilo.Start(data.Folder);
        var (root, farthest) = (LineageDocuments.CodeOf(graph, 0), LineageDocuments.CodeOf(graph, graph.Nodes - 1));
        var (lineage, previews) = (silo.Grains.GetGrain<ILineageGrain>(0), silo.Grains.GetGrain<IRecallPreviewGrain>(0));
        var scope = ScopeJson.Print(new ScopeQuery.Batch(root));

        var floor = await Timed.Of(Runs, () => { flat.Run(0); });
        var theirs = await Timed.Of(Runs, async () => await recursive.Run());
        var trace = await Timed.Of(Runs, async () => await lineage.Trace(new() { Code = root, First = 0 }));
        var preview = await Timed.Of(Runs, async () => Check(await previews.Preview(new() { Scope = scope }), graph));

        var balances = silo.Grains.GetGrain<IMassBalanceGrain>(0);
        var balance = await Timed.Of(Runs, async () => Check(await balances.OfScope(new() { Scope = scope }), graph));

        string[] costs =
        [
            await CostOf(() => lineage.Trace(new() { Code = root, First = 0 })), await CostOf(() => previews.Preview(new() { Scope = scope })), await CostOf(() => balances.OfScope(new() { Scope = scope })),
        ];

        var recall = silo.Grains.GetGrain<IRecallCaseGrain>($"urn:tracegrains:recall:{Guid.NewGuid()}");
        foreach (var entry in (CaseEntry[])[new CaseEntry.Opened("benchmark", CaseMode.Live, "benchmark", scope, []), new CaseEntry.Assessed(RecallClass.I, RecallDepth.Consumer, "-", "-", "-")]) await Act(recall, entry);
        GC.Collect();
        var before = Environment.WorkingSet;
        using var memory = new MemoryWatch();
        var clock = Stopwatch.StartNew();
        var issuing = Act(recall, new CaseEntry.Issued());
        while ((await lineage.State(farthest, null))!.Recalls.Length == 0) Expect(clock);
        var refused = clock.Elapsed;
        await issuing;
        CaseView view;
        do
        {
            Expect(clock);
            await Task.Delay(5);
            view = (await recall.View())!;
        }
        while (view.Recall is not { EffectiveAt: not null });
        var lists = await Timed.Of(1, async () => await recall.Parties(null, 1_000));
        Table.Row(Table.Number(graph.Nodes), Table.Milliseconds(floor.Best), Table.Milliseconds(theirs.Best), Table.Milliseconds(trace.Best), Table.Milliseconds(preview.Best), Table.Milliseconds(balance.Best), Table.Milliseconds(refused),
            Table.Number(view.Recall.WaveMilliseconds!.Value) + " ms", Table.Milliseconds(lists.Best), $"{Table.Number(before / 1e6)} → {Table.Number(memory.Most / 1e6)} MB", string.Join("; ", costs));
    }

    static async Task<string> CostOf(Func<Task> question)
    {
        using var meter = OperationMeter.Begin(new(long.MaxValue, long.MaxValue), null);
        await question();
        return $"{Table.Number(meter.Spent.LedgerRows)} and {Table.Number(meter.Spent.ShardMessages)}";
    }

    static void Check(PreviewAnswer answer, LineageGraph graph)
    {
        if (answer.Reached != graph.Nodes) throw new InvalidOperationException($"the dry run reached {answer.Reached} of {graph.Nodes} things");
    }

    static void Check(BalanceAnswer answer, LineageGraph graph)
    {
        var units = answer.Balances.Where(balance => balance.Uom is null).Sum(balance => balance.Produced);
        if (units != graph.Leaves) throw new InvalidOperationException($"the balance counts {units} of {graph.Leaves} units");
    }

    static void Expect(Stopwatch clock)
    {
        if (clock.Elapsed > patience) throw new TimeoutException("the recall did not get there in time");
    }

    static async Task Act(IRecallCaseGrain recall, CaseEntry entry)
    {
        if ((await recall.Act(new() { Entry = CaseJson.Print(entry), ByName = "benchmark" })).Message is { } message) throw new InvalidOperationException(message);
    }

    /// <summary>Capture over HTTP, first alone, then from the issuing of the recall until everything is on record.</summary>
    static async Task Capture(LineageGraph graph)
    {
        using var data = (await LineageLedger.Prepare(graph, $"recall-{graph.Leaves}")).Copy();
        await using var silo = await SiloProcess.Start(data.Folder);
        using var client = new HttpClient { BaseAddress = silo.Address };
        var documents = new CaptureDocuments(seed: 1);
        await CaptureBenchmark.Send(client, "/epcis/capture", [.. Enumerable.Range(0, 150).Select(_ => documents.Document(EventsPerDocument))], Concurrency);
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await CaptureBenchmark.Send(client, "/epcis/capture", [.. Enumerable.Range(0, Concurrency * 4).Select(_ => documents.Document(EventsPerDocument))], Concurrency);
                Interlocked.Add(ref sent, Concurrency * 4 * EventsPerDocument);
            }
        });
        Table.Begin($"Capture on SQLite while a recall of {graph.Nodes:N0} things runs, {EventsPerDocument} events a document, {Concurrency} at once (load {Machine.Load()})", "meanwhile", "events/s", "of capture alone", "seconds");
        var (rate, _) = await Rate(() => Task.Delay(alone));
        Table.Row("nothing", Table.Number(rate), "100 %", Table.Number(alone.TotalSeconds));
        var id = Guid.NewGuid();
        var (meanwhile, took) = await Rate(async () =>
        {
            await Ask(client, $$"""mutation { issueRecall(input: { id: "{{id}}", scope: { code: "{{LineageDocuments.CodeOf(graph, 0)}}" }, reason: "benchmark", class: I }) { refusal { message } } }""");
            for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
            {
                Expect(clock);
                var recall = (await Ask(client, $$"""{ recall(id: "{{id}}") { reached onRecord } }""")).GetProperty("recall");
                if (recall.GetProperty("onRecord").GetInt32() >= graph.Nodes) return;
            }
        });
        Table.Row("the recall, until everything is on record", Table.Number(meanwhile), Table.Number(100 * meanwhile / rate) + " %", Table.Number(took.TotalSeconds));
        await stop.CancelAsync();
        await sending;

        async Task<(double Rate, TimeSpan Took)> Rate(Func<Task> work)
        {
            var (before, clock) = (Volatile.Read(ref sent), Stopwatch.StartNew());
            await work();
            return ((Volatile.Read(ref sent) - before) / clock.Elapsed.TotalSeconds, clock.Elapsed);
        }
    }

    static async Task<JsonElement> Ask(HttpClient client, string query)
    {
        using var answer = await client.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json"));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
    }
}
