using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Benchmarks;

/// <summary>How fast the index is fed, and how long first pages of queries take over many events.</summary>
static class QueryBenchmark
{
    const int Runs = 300, PageSize = 30, FeedBatch = 4_000;

    public static async Task Run(bool isSmall)
    {
        var data = await QueryLedger.Prepare(isSmall);
        await using var ledger = await SqliteLedger.Open(data.File, 64, EventFacts.RulesVersion);
        foreach (var old in Directory.GetFiles(data.Folder, "index.db*")) File.Delete(old);
        await using var index = await SqliteEventIndex.Open(data.IndexFile);
        await Feed(ledger, index, data);
        var runner = new QueryRunner(ledger, index, index);
        var head = (await ledger.ReadHead()).Sequence;
        Table.Begin($"First page ({PageSize} events) of {Runs} different questions over {data.Events:N0} events", "question", "p50", "p95", "p99", "events per answer");
        string Time(long n) => data.TimeOf(n).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var day = data.Events / 365;
        (string Name, Func<int, string> Query)[] questions =
        [
            ("a unit's history: `MATCH_anyEPC`", n => $"\"MATCH_anyEPC\":[\"{QueryLedger.Unit(n)}\"]"),
            ("a unit's history, latest first", n => $"\"MATCH_anyEPC\":[\"{QueryLedger.Unit(n)}\"],\"orderBy\":\"eventTime\""),
            ("a product's units: `MATCH_anyEPC` with a pattern", n => $"\"MATCH_anyEPC\":[\"urn:epc:idpat:sgtin:9520123.0{n % 50:00000}.*\"]"),
            ("`EQ_bizStep` and a day of event time", n => $"\"EQ_bizStep\":[\"shipping\"],\"GE_eventTime\":\"{Time(n * 4L)}\",\"LT_eventTime\":\"{Time(n * 4L + day)}\""),
            ("`EQ_bizStep` and half a year, latest first", n => $"\"EQ_bizStep\":[\"shipping\"],\"GE_eventTime\":\"{Time(n)}\",\"LT_eventTime\":\"{Time(n + 183 * day)}\",\"orderBy\":\"eventTime\""),
            ("`EQ_bizStep` and `EQ_bizLocation`", n => $"\"EQ_bizStep\":[\"receiving\"],\"EQ_bizLocation\":[\"{QueryLedger.Place(n % 500)}\"]"),
            ("`EQ_bizStep`, by record time", _ => "\"EQ_bizStep\":[\"receiving\"],\"orderBy\":\"recordTime\""),
            ("`EQ_bizTransaction_po`", n => $"\"EQ_bizTransaction_po\":[\"http://transactions.example.com/po/{n}\"]"),
            ("nothing but an order", n => $"\"orderBy\":\"eventTime\",\"LT_eventTime\":\"{Time(n * 4L)}\""),
        ];
        foreach (var (name, query) in questions)
        {
            var times = new double[Runs];
            var found = 0;
            for (var run = -20; run < Runs; run++)
            {
                var text = "{" + query((run + 20) * 7919 % data.Units) + "}";
                var clock = Stopwatch.StartNew();
                using var json = JsonDocument.Parse(text);
                var page = await runner.Run(QueryJson.Read(json.RootElement).Query!, new(head), PageSize);
                if (run < 0) continue;
                times[run] = clock.Elapsed.TotalMilliseconds;
                found += page.Events.Count;
            }
            Array.Sort(times);
            Table.Row(name, Ms(times[Runs / 2]), Ms(times[Runs * 95 / 100]), Ms(times[Runs * 99 / 100]), Table.Number((double)found / Runs, "N1"));
        }
    }

    static string Ms(double milliseconds) => Table.Number(milliseconds, "N2") + " ms";

    static async Task Feed(ILedger ledger, SqliteEventIndex index, QueryLedger data)
    {
        var clock = Stopwatch.StartNew();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        TimeSpan reading = default, deriving = default, filing = default;
        await index.Clear(EventTerms.RulesVersion);
        for (long at = 0; ;)
        {
            var before = clock.Elapsed;
            var events = await ledger.ReadEvents(at, FeedBatch);
            if (events.Count == 0) break;
            reading += clock.Elapsed - before;
            before = clock.Elapsed;
            var batch = EventIndexing.BatchOf(at, events);
            deriving += clock.Elapsed - before;
            before = clock.Elapsed;
            await index.Add(batch);
            filing += clock.Elapsed - before;
            at = batch.ThroughSequence;
        }
        used = Process.GetCurrentProcess().TotalProcessorTime - used;
        Table.Begin($"Feeding the event index, {data.Events:N0} events", "events/s", "processor time", "reading", "deriving", "filing", "index", "per event");
        var bytes = Directory.GetFiles(data.Folder, "index.db*").Sum(file => new FileInfo(file).Length);
        Table.Row(Table.Number(data.Events / clock.Elapsed.TotalSeconds), $"{Table.Number(used.TotalSeconds)} s", $"{Table.Number(reading.TotalSeconds)} s", $"{Table.Number(deriving.TotalSeconds)} s",
            $"{Table.Number(filing.TotalSeconds)} s", $"{Table.Number(bytes / 1e6)} MB", $"{Table.Number((double)bytes / data.Events)} bytes");
    }
}
