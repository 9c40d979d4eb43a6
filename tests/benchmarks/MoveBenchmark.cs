using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>
/// May this unit be sold? Asked at a fixed rate, whatever the answers take (an open loop): the time counts from when a question was due. Over HTTP against a silo; beside it the same question as one prepared
/// SQL statement against PostgreSQL with tables made for it.
/// </summary>
static class MoveBenchmark
{
    const int PerSecond = 2_000, UnitsPerLot = 100, HeldInHundred = 2;
    const string Gtin = "https://id.gs1.org/01/09506000134352";

    public static async Task Run(bool isSmall)
    {
        var (lots, seconds) = isSmall ? (50, 5) : (1_000, 20);
        Table.Begin($"May it move? {PerSecond:N0} questions/s for {seconds} s, {lots * UnitsPerLot:N0} units in {lots:N0} lots with dates, {HeldInHundred} % of the lots on hold", "way", "answered/s", "p50", "p99", "slowest", "refused", "CPU µs a question", "load");
        await Http(lots, seconds);
        await Sql(lots, seconds);
    }

    static string Unit(int lot, int unit) => $"{Gtin}/21/{lot * UnitsPerLot + unit}";

    static string Lot(int lot) => $"{Gtin}/10/L{lot}";

    static bool IsHeld(int lot) => lot % 100 < HeldInHundred;

    static async Task Http(int lots, int seconds)
    {
        using var data = new TemporaryData();
        await using var silo = await SiloProcess.Start(data.Folder, "--limits:perSecond=100000", "--limits:burst=100000");
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = silo.Address };
        for (var from = 0; from < lots; from += 50) await Capture(client, Enumerable.Range(from, Math.Min(50, lots - from)));
        await Hold(client, [.. Enumerable.Range(0, lots).Where(IsHeld).Select(Lot)]);
        async Task<bool> Ask(string code)
        {
            using var response = await client.GetAsync($"/may-move?step=retail_selling&code={code}");
            var answer = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            return answer.AsSpan().StartsWith("{\"allowed\":true"u8);
        }
        // The silo's code is compiled, and recompiled where it is hot, before the clock starts.
        await Loop(lots, 15, Ask);
        var before = silo.ProcessorTime;
        await Row("`GET /may-move`", lots, seconds, Ask, () => silo.ProcessorTime - before);
    }

    static async Task Capture(HttpClient client, IEnumerable<int> lots)
    {
        var events = lots.Select(lot => string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"ObjectEvent","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning","disposition":"active",
            "epcList":[{{string.Join(',', Enumerable.Range(0, UnitsPerLot).Select(unit => $"\"{Unit(lot, unit)}\""))}}],"ilmd":{"cbvmda:lotNumber":"L{{lot}}","cbvmda:itemExpirationDate":"2099-12-31"} }
            """));
        var document = $$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{"eventList":[{{string.Join(',', events)}}]} }
            """;
        using var body = new StringContent(document, Encoding.UTF8, new MediaTypeHeaderValue("application/ld+json"));
        (await client.PostAsync("/epcis/capture", body)).EnsureSuccessStatusCode();
    }

    static async Task Hold(HttpClient client, string[] codes)
    {
        var mutation = new { query = "mutation($codes: [String!]!) { placeHold(input: { codes: $codes, reason: \"benchmark\", by: \"benchmark\" }) { refusal { message } } }", variables = new { codes } };
        using var body = new StringContent(JsonSerializer.Serialize(mutation), Encoding.UTF8, "application/json");
        var answer = await (await client.PostAsync("/graphql", body)).Content.ReadAsStringAsync();
        if (!answer.Contains("\"refusal\":null", StringComparison.Ordinal)) throw new InvalidOperationException(answer);
    }

    static async Task Sql(int lots, int seconds)
    {
        await using var server = await PrivatePostgres.Running();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres") + ";Maximum Pool Size=32;Max Auto Prepare=20;Auto Prepare Min Usages=2");
        await using (var make = source.CreateCommand($"""
            CREATE TABLE thing (number int PRIMARY KEY, code text NOT NULL UNIQUE, lot int, sold bool NOT NULL, recalled bool NOT NULL);
            CREATE TABLE block (thing int, term text, PRIMARY KEY (thing, term));
            CREATE TABLE expiry (thing int, kind int, until timestamptz NOT NULL, PRIMARY KEY (thing, kind));
            INSERT INTO thing SELECT l, '{Gtin}/10/L' || l, NULL, false, false FROM generate_series(0, {lots - 1}) l;
            INSERT INTO thing SELECT {lots} + u, '{Gtin}/21/' || u, u / {UnitsPerLot}, false, false FROM generate_series(0, {lots * UnitsPerLot - 1}) u;
            INSERT INTO expiry SELECT l, 1, '2099-12-31' FROM generate_series(0, {lots - 1}) l;
            INSERT INTO block SELECT l, 'hold' FROM generate_series(0, {lots - 1}) l WHERE l % 100 < {HeldInHundred};
            ANALYZE;
            """)) await make.ExecuteNonQueryAsync();
        async Task<bool> Ask(string code)
        {
            await using var ask = source.CreateCommand("""
                SELECT NOT (t.sold OR t.recalled OR EXISTS (SELECT 1 FROM block b WHERE b.thing IN (t.number, t.lot)) OR EXISTS (SELECT 1 FROM expiry e WHERE e.thing IN (t.number, t.lot) AND e.until <= now()))
                FROM thing t WHERE t.code = $1
                """);
            ask.Parameters.AddWithValue(code);
            return (bool)(await ask.ExecuteScalarAsync())!;
        }
        await Loop(lots, 3, Ask);
        await Row("one SQL statement over tables made for it, 32 connections, no HTTP, nothing recorded", lots, seconds, Ask, null);
    }

    static async Task Row(string way, int lots, int seconds, Func<string, Task<bool>> ask, Func<TimeSpan>? processorTime)
    {
        var load = Machine.Load();
        var clock = Stopwatch.StartNew();
        var (took, refused) = await Loop(lots, seconds, ask);
        var used = processorTime?.Invoke();
        took.Sort();
        Table.Row(way, Table.Number(took.Count / clock.Elapsed.TotalSeconds), Ms(took[took.Count / 2]), Ms(took[took.Count * 99 / 100]), Ms(took[^1]), Table.Number(100.0 * refused / took.Count, "N1") + " %",
            used is { } time ? Table.Number(time.TotalMicroseconds / took.Count) : "–", load);
    }

    static string Ms(double milliseconds) => Table.Number(milliseconds, "N2") + " ms";

    /// <summary>Asks at the rate, each question when it is due.</summary>
    static async Task<(List<double> Milliseconds, int Refused)> Loop(int lots, int seconds, Func<string, Task<bool>> ask)
    {
        var (random, all) = (new Random(1), new Task<(double, bool)>[PerSecond * seconds]);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < all.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond);
            // What is due within a millisecond goes together: no timer is finer.
            if (due - clock.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            all[i] = One(Unit(random.Next(lots), random.Next(UnitsPerLot)), due);
        }
        var answers = await Task.WhenAll(all);
        return ([.. answers.Select(answer => answer.Item1)], answers.Count(answer => !answer.Item2));

        async Task<(double, bool)> One(string code, TimeSpan due)
        {
            await Task.Yield();
            var isAllowed = await ask(code);
            return (Math.Max(0, (clock.Elapsed - due).TotalMilliseconds), isAllowed);
        }
    }
}
