using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger.Index;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>How fast the index is fed, and how long first pages of queries take over many events: the same questions to both engines, turn about.</summary>
static class QueryBenchmark
{
    const int Runs = 300, WarmUp = 20, PageSize = 30;

    public static async Task Run(bool isSmall)
    {
        var data = await QueryLedger.Prepare(isSmall);
        await using var server = await PrivatePostgres.Running();
        await using var sqlite = await QueryEngine.Sqlite(data);
        await using var postgres = await QueryEngine.Postgres(data);
        QueryEngine[] engines = [sqlite, postgres];
        Table.Begin($"Feeding the event index, {data.Events:N0} events (load {Machine.Load()})", "engine", "events/s", "our processor time", "reading", "deriving", "filing", "index", "per event");
        foreach (var engine in engines) await engine.Feed(data.Events);
        Table.Begin($"First page ({PageSize} events) of {Runs} different questions over {data.Events:N0} events (load {Machine.Load()})",
            "question", "SQLite p50", "p95", "p99", "PostgreSQL p50", "p95", "p99", "events per answer");
        await Row("a unit's chain, all of it", engines, data, async (engine, n) => await engine.ReadChain(QueryLedger.Unit(n)));
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
        Task Ask(string name, Func<int, string> query, Func<int, QueryView>? view = null) => Row(name, engines, data, async (engine, n) =>
        {
            using var json = JsonDocument.Parse("{" + query(n) + "}");
            return (await engine.Ask(QueryJson.Read(json.RootElement).Query!, data.Events, PageSize, view?.Invoke(n))).Events.Count;
        });
        foreach (var (name, query) in questions) await Ask(name, query);
        // One company of fifty sees a fiftieth of all events.
        foreach (var (name, query) in questions.Where((_, i) => i is 0 or 3 or 6 or 8)) await Ask($"as an enterprise: {name}", query, n => Of(QueryLedger.Company(n % QueryLedger.Companies)));
    }

    /// <summary>The events of the enterprise with a company prefix, as queries find them for it.</summary>
    static QueryView Of(string company)
    {
        var own = new Registration($"https://id.gs1.org/417/{company}000001", [company]);
        return new(own.Families()!.Select(IndexKeys.OfFamily).ToHashSet(), recorded => new(EventParties.Of(EpcisJson.ReadStored(recorded.Json).Event).Sees(Reach.Own, own, null, _ => null)));
    }

    static async Task Row(string question, QueryEngine[] engines, QueryLedger data, Func<QueryEngine, int, Task<int>> ask)
    {
        var times = engines.Select(_ => new double[Runs]).ToArray();
        var found = new int[engines.Length];
        for (var run = -WarmUp; run < Runs; run++)
            for (var i = 0; i < engines.Length; i++)
            {
                var clock = Stopwatch.StartNew();
                var events = await ask(engines[i], (run + WarmUp) * 7919 % data.Units);
                if (run < 0) continue;
                times[i][run] = clock.Elapsed.TotalMilliseconds;
                found[i] += events;
            }
        if (found.Distinct().Count() > 1) throw new InvalidOperationException($"{question}: the engines answer differently, {string.Join(" and ", found)} events");
        foreach (var sorted in times) Array.Sort(sorted);
        Table.Row([question, .. times.SelectMany(sorted => new[] { Ms(sorted[Runs / 2]), Ms(sorted[Runs * 95 / 100]), Ms(sorted[Runs * 99 / 100]) }), Table.Number((double)found[0] / Runs, "N1")]);
    }

    static string Ms(double milliseconds) => Table.Number(milliseconds, "N2") + " ms";
}
