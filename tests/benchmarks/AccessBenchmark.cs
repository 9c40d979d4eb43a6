using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;
using TraceGrains.Tests;

namespace TraceGrains.Benchmarks;

/// <summary>What access control adds to a capture: the same documents without it, and as an enterprise whose authority is checked and whose act is put into the audit log. Turn about, on fresh ledgers.</summary>
static class AccessBenchmark
{
    const int Turns = 2;

    public static async Task Run(bool isSmall)
    {
        var events = isSmall ? 2_000 : 20_000;
        Table.Begin($"Capture with access control and its audit log, SQLite; best of {Turns} turns", "events a request", "at once", "access", "events/s", "p50", "p99", "CPU µs an event", "load");
        foreach (var (eventsPerRequest, concurrency, share) in ((int, int, int)[])[(100, 4, 1), (1, 1, 10), (1, 16, 10)])
        {
            Result? open = null, guarded = null;
            for (var turn = 0; turn < Turns; turn++)
            {
                open = Better(open, await Measure(isGuarded: false, events / share, eventsPerRequest, concurrency));
                guarded = Better(guarded, await Measure(isGuarded: true, events / share, eventsPerRequest, concurrency));
            }
            Row("open", open!, eventsPerRequest, concurrency);
            Row("on, as an enterprise", guarded!, eventsPerRequest, concurrency);
        }
    }

    sealed record Result(double Rate, TimeSpan Median, TimeSpan P99, double Processor, string Load);

    static Result Better(Result? one, Result other) => one is null || other.Rate > one.Rate ? other : one;

    static void Row(string access, Result result, int eventsPerRequest, int concurrency) => Table.Row(Table.Number(eventsPerRequest), Table.Number(concurrency), access, Table.Number(result.Rate),
        Table.Milliseconds(result.Median), Table.Milliseconds(result.P99), Table.Number(result.Processor), result.Load);

    static async Task<Result> Measure(bool isGuarded, int events, int eventsPerRequest, int concurrency)
    {
        using var data = new TemporaryData();
        await using var silo = await SiloProcess.Start(data.Folder, isGuarded ? ["--access", "on"] : []);
        using var client = new HttpClient { BaseAddress = silo.Address };
        if (isGuarded)
        {
            await Register(client, await Token(data.Folder, "--role", "administrator"));
            client.DefaultRequestHeaders.Authorization = new("Bearer", await Token(data.Folder, "--role", "reporter", "--party", Codes.Party(0)));
        }
        var documents = new CaptureDocuments(seed: 1);
        var path = eventsPerRequest == 1 ? "/epcis/events" : "/epcis/capture";
        byte[] Next() => eventsPerRequest == 1 ? documents.Single() : documents.Document(eventsPerRequest);
        await CaptureBenchmark.Send(client, path, [.. Enumerable.Range(0, 20 + 12_000 / eventsPerRequest).Select(_ => Next())], concurrency);
        byte[][] bodies = [.. Enumerable.Range(0, events / eventsPerRequest).Select(_ => Next())];
        var load = Machine.Load();
        var (clock, before) = (Stopwatch.StartNew(), silo.ProcessorTime);
        var latencies = await CaptureBenchmark.Send(client, path, bodies, concurrency);
        var (took, worked) = (clock.Elapsed, silo.ProcessorTime - before);
        latencies.Sort();
        var sent = latencies.Count * eventsPerRequest;
        return new(sent / took.TotalSeconds, latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)], worked.TotalMicroseconds / sent, load);
    }

    static async Task Register(HttpClient client, string token)
    {
        // Every code of the documents begins with these digits.
        var query = $$"""mutation { registerEnterprise(party: "{{Codes.Party(0)}}", name: "benchmark", keys: ["9521"]) { party } }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json"), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (body.Contains("\"errors\"", StringComparison.Ordinal)) throw new InvalidOperationException(body);
    }

    static async Task<string> Token(string data, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tracegrains-silo.dll"), "token", "--data", data, .. options]) start.ArgumentList.Add(argument);
        using var minting = Process.Start(start)!;
        var token = (await minting.StandardOutput.ReadToEndAsync()).Trim();
        await minting.WaitForExitAsync();
        return minting.ExitCode == 0 ? token : throw new InvalidOperationException($"no token: {token}");
    }
}
