using System.Diagnostics;
using Npgsql;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Benchmarks.Silos;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>PostgreSQL, on a server of the benchmark's own: capture beside a bare insert of the same rows, our trace beside a recursive query over the same edges, and a silo killed.</summary>
static class PostgresBenchmark
{
    const int EventsPerDocument = 1_000, Concurrency = 4, Runs = 5, Kills = 5;

    public static async Task Run(bool isSmall, LineageGraph graph, LineageLedger data)
    {
        await using var server = await PrivatePostgres.Running();
        await Capture(isSmall ? 10_000 : 60_000);
        await Trace(server.ConnectionString("postgres"), graph, data);
        await Kill();
    }

    static async Task Capture(int events)
    {
        Table.Begin($"Capture, durable, PostgreSQL; {EventsPerDocument} events a document, {CaptureDocuments.Epcs} EPCs an event, half of them new (load {Machine.Load()})", "way", "events/s", "EPCs/s", "of the bare insert");
        var bare = await Appended(events, isBare: true);
        Row("bare insert of the same rows into the same tables, one connection, nothing checked", bare, bare);
        Row("`ILedger.Append`, one thread", await Appended(events, isBare: false), bare);
        Row($"`POST /epcis/capture`, {Concurrency} at once", await Posted(events), bare);
    }

    static void Row(string way, double rate, double bare) => Table.Row(way, Table.Number(rate), Table.Number(rate * CaptureDocuments.Epcs), Table.Number(100 * rate / bare) + " %");

    static async Task<double> Appended(int events, bool isBare)
    {
        var database = await PrivatePostgres.NewDatabase();
        await using var ledger = await PostgresLedger.Open(database, 64, EventFacts.RulesVersion);
        var feed = await LedgerFeed.Open(ledger);
        await using var connection = new NpgsqlConnection(database + ";Search Path=tracegrains_ledger;Max Auto Prepare=20;Auto Prepare Min Usages=2");
        await connection.OpenAsync();
        var documents = new CaptureDocuments(seed: 1);
        var took = TimeSpan.Zero;
        for (var sent = 0; sent < events; sent += EventsPerDocument)
        {
            var batch = await feed.Derive(LedgerFeed.Read(documents.Document(EventsPerDocument)));
            var clock = Stopwatch.StartNew();
            await (isBare ? Insert(connection, batch) : ledger.Append(batch));
            took += clock.Elapsed;
        }
        return events / took.TotalSeconds;
    }

    /// <summary>The fastest that PostgreSQL takes these rows: arrays, one transaction, one round trip.</summary>
    static async Task Insert(NpgsqlConnection connection, LedgerBatch batch)
    {
        await using var insert = new NpgsqlBatch(connection);
        var (events, keys) = (batch.Events, batch.Events.Select(e => e.Sequence).ToArray());
        var (hashes, ids, declare) = (events.Select(e => e.CbvHash).ToArray(), events.Select(e => e.EventId).ToArray(), events.Select(e => e.DeclaresError).ToArray());
        Add("event(sequence, record_time, declares_error, cbv_hash, event_hash, event_id, json)",
            keys, events.Select(e => e.RecordTime.ToUnixTimeMilliseconds()).ToArray(), declare, hashes, events.Select(e => e.EventHash).ToArray(), ids, events.Select(e => e.Json).ToArray());
        Add("event_key(sequence, declares_error, cbv_hash, event_id)", keys, declare, hashes, ids);
        Add("entity(number, code)", batch.Entities.Select(e => e.Number).ToArray(), batch.Entities.Select(e => e.Code).ToArray());
        Add("chain(entity, position, sequence, hash)",
            batch.Links.Select(l => l.Entity).ToArray(), batch.Links.Select(l => l.Position).ToArray(), batch.Links.Select(l => l.Sequence).ToArray(), batch.Links.Select(l => l.Hash).ToArray());
        Add("shard_row(shard, sequence, facts)", batch.Rows.Select(r => r.Shard).ToArray(), batch.Rows.Select(r => r.Sequence).ToArray(), batch.Rows.Select(r => r.Facts).ToArray());
        await insert.ExecuteNonQueryAsync();

        void Add(string into, params object[] columns)
        {
            var command = new NpgsqlBatchCommand($"INSERT INTO {into} SELECT * FROM unnest({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})");
            foreach (var column in columns) command.Parameters.Add(new NpgsqlParameter { Value = column });
            insert.BatchCommands.Add(command);
        }
    }

    static async Task<double> Posted(int events)
    {
        await using var silo = await Silo(await PrivatePostgres.NewDatabase());
        using var client = new HttpClient { BaseAddress = silo.Address };
        var documents = new CaptureDocuments(seed: 1);
        await CaptureBenchmark.Send(client, "/epcis/capture", [.. Enumerable.Range(0, 12).Select(_ => documents.Document(EventsPerDocument))], Concurrency);
        var bodies = Enumerable.Range(0, events / EventsPerDocument).Select(_ => documents.Document(EventsPerDocument)).ToArray();
        var clock = Stopwatch.StartNew();
        var answered = await CaptureBenchmark.Send(client, "/epcis/capture", bodies, Concurrency);
        return answered.Count * EventsPerDocument / clock.Elapsed.TotalSeconds;
    }

    static async Task Trace(string database, LineageGraph graph, LineageLedger data)
    {
        await using var recursive = await RecursiveSearch.Load(database, graph);
        await using var silo = await InProcessSilo.Start(data.Folder);
        var lineage = silo.Grains.GetGrain<ILineageGrain>(0);
        var request = new TraceRequest { Code = LineageDocuments.CodeOf(graph, 0), First = 0 };
        Table.Begin($"Trace of {graph.Nodes - 1:N0} things, grouped by {graph.Holders} holders (best of {Runs}, load {Machine.Load()})", "way", "median", "best", "× ours");
        var ours = await Timed.Of(Runs, async () => await lineage.Trace(request));
        var theirs = await Timed.Of(Runs, async () => await recursive.Run());
        Table.Row("`ILineageGrain.Trace`", Table.Milliseconds(ours.Median), Table.Milliseconds(ours.Best), "1.0");
        Table.Row("recursive query, indexed, warm", Table.Milliseconds(theirs.Median), Table.Milliseconds(theirs.Best), Table.Number(theirs.Best / ours.Best, "N1"));
    }

    /// <summary>The first silo to start has the sequencer; another one answers.</summary>
    static async Task Kill()
    {
        var times = new List<TimeSpan>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var database = await PrivatePostgres.NewDatabase();
            await using var first = await Silo(database);
            await using var second = await Silo(database);
            await using var third = await Silo(database);
            using var client = new HttpClient { BaseAddress = second.Address };
            var documents = new CaptureDocuments(seed: kill);
            await CaptureBenchmark.Send(client, "/epcis/capture", [.. Enumerable.Range(0, 20).Select(_ => documents.Document(10))], 1);
            await first.Kill();
            var clock = Stopwatch.StartNew();
            await CaptureBenchmark.Send(client, "/epcis/capture", [documents.Document(10)], 1);
            times.Add(clock.Elapsed);
        }
        times.Sort();
        Table.Begin($"`kill -9` of the sequencer's silo, three silos, {Kills} times (load {Machine.Load()})", "to the next acknowledged capture", "median", "longest");
        Table.Row("through another silo", Table.Milliseconds(times[Kills / 2]), Table.Milliseconds(times[^1]));
    }

    static Task<SiloProcess> Silo(string database) => SiloProcess.Start("/nonexistent", "--storage", "postgres", "--ConnectionStrings:TraceGrains", database);
}
