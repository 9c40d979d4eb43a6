using System.Diagnostics;
using System.Net.Http.Headers;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>Capture over HTTP into SQLite, durable, the client on the same machine; beside it the same rows appended straight to the storage by one thread.</summary>
static class CaptureBenchmark
{
    const int EventsPerDocument = 100;

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task Run(bool isSmall)
    {
        var events = isSmall ? 4_000 : 30_000;
        await CaptureStages.Run(events / 3);
        Table.Begin($"Capture, durable, SQLite; {CaptureDocuments.Epcs} EPCs an event, half of them new", "way", "events a request", "concurrency", "events/s", "EPCs/s", "p50", "p99", "CPU µs an event", "load");
        await Storage(events, EventsPerDocument);
        await Storage(events, 1_000);
        await Http(events, EventsPerDocument, concurrency: 1);
        await Http(events, EventsPerDocument, concurrency: 4);
        await Http(events, EventsPerDocument, concurrency: 16);
        await Http(events / 10, 1, concurrency: 1);
        await Http(events / 10, 1, concurrency: 16);
    }

    static async Task Http(int events, int eventsPerRequest, int concurrency)
    {
        using var data = new TemporaryData();
        await using var silo = await SiloProcess.Start(data.Folder);
        using var client = new HttpClient { BaseAddress = silo.Address };
        var documents = new CaptureDocuments(seed: 1);
        var path = eventsPerRequest == 1 ? "/epcis/events" : "/epcis/capture";
        byte[] Next() => eventsPerRequest == 1 ? documents.Single() : documents.Document(eventsPerRequest);
        // The silo's code is compiled, and recompiled where it is hot, before the clock starts.
        var warm = Enumerable.Range(0, 20 + 12_000 / eventsPerRequest).Select(_ => Next()).ToArray();
        await Send(client, path, warm, concurrency);
        var bodies = Enumerable.Range(0, events / eventsPerRequest).Select(_ => Next()).ToArray();
        var load = Machine.Load();
        var (clock, before) = (Stopwatch.StartNew(), silo.ProcessorTime);
        var latencies = await Send(client, path, bodies, concurrency);
        Row("`POST " + path + "`", eventsPerRequest, $"{concurrency}", latencies, clock.Elapsed, silo.ProcessorTime - before, load);
    }

    internal static async Task<List<TimeSpan>> Send(HttpClient client, string path, byte[][] bodies, int concurrency)
    {
        var next = -1;
        var deadline = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<TimeSpan>();
            while (Interlocked.Increment(ref next) is var mine && mine < bodies.Length && deadline.Elapsed < Limit)
            {
                var clock = Stopwatch.StartNew();
                using var body = new ByteArrayContent(bodies[mine]);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/ld+json");
                using var answer = await client.PostAsync(path, body);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                await answer.Content.ReadAsByteArrayAsync();
                latencies.Add(clock.Elapsed);
            }
            return latencies;
        })).ToList();
        return [.. (await Task.WhenAll(workers)).SelectMany(part => part)];
    }

    static async Task Storage(int events, int eventsPerAppend)
    {
        using var data = new TemporaryData();
        await using var ledger = await SqliteLedger.Open(Path.Combine(data.Folder, "ledger.db"), 64, EventFacts.RulesVersion);
        var feed = await LedgerFeed.Open(ledger);
        var documents = new CaptureDocuments(seed: 1);
        var latencies = new List<TimeSpan>();
        var worked = TimeSpan.Zero;
        var load = Machine.Load();
        for (var sent = 0; sent < events && latencies.Sum(time => time.TotalSeconds) < Limit.TotalSeconds; sent += eventsPerAppend)
        {
            var batch = await feed.Derive(LedgerFeed.Read(documents.Document(eventsPerAppend)));
            var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await ledger.Append(batch);
            latencies.Add(clock.Elapsed);
            worked += Environment.CpuUsage.TotalTime - before;
        }
        Row("`ILedger.Append` alone, one thread", eventsPerAppend, "1", latencies, TimeSpan.FromTicks(latencies.Sum(time => time.Ticks)), worked, load);
    }

    static void Row(string way, int eventsPerRequest, string concurrency, List<TimeSpan> latencies, TimeSpan took, TimeSpan worked, string load)
    {
        latencies.Sort();
        var rate = latencies.Count * eventsPerRequest / took.TotalSeconds;
        Table.Row(way, Table.Number(eventsPerRequest), concurrency, Table.Number(rate), Table.Number(rate * CaptureDocuments.Epcs),
            Table.Milliseconds(latencies[latencies.Count / 2]), Table.Milliseconds(latencies[(int)(latencies.Count * 0.99)]),
            Table.Number(worked.TotalMicroseconds / latencies.Count / eventsPerRequest), load);
    }
}
