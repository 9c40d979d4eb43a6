using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TraceGrains.Operations.Tests;

/// <summary>What an operator relies on.</summary>
public sealed class OperationsTests
{
    [Fact]
    public async Task Live_and_ready_answer_and_metrics_count_what_was_captured()
    {
        await using var silo = await Running.Start();
        Assert.Equal("live", await silo.Http.GetStringAsync("/health/live"));
        Assert.Equal("ready", await silo.Http.GetStringAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.Created, (await silo.Capture("urn:ex:event:1", "urn:ex:thing:1")).StatusCode);
        await silo.Capture("urn:ex:event:1", "urn:ex:thing:1");
        var metrics = await silo.Http.GetStringAsync("/metrics");
        Assert.Equal("1", Value(metrics, "tracegrains_capture_events_total", "outcome=\"recorded\""));
        Assert.Equal("1", Value(metrics, "tracegrains_capture_events_total", "outcome=\"repeated\""));
        Assert.Equal("0", Value(metrics, "tracegrains_shards_behind", ""));
        Assert.NotEqual("0", Value(metrics, "tracegrains_commit_duration_seconds_count", "part=\"append\""));
        Assert.Contains("orleans_app_requests_latency", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recall_shows_in_the_metrics()
    {
        await using var silo = await Running.Start();
        await silo.Capture("urn:ex:event:1", "urn:ex:thing:1");
        await Ask(silo, """mutation { issueRecall(input: { id: "0192d3a4-7a7e-7cc1-9c3e-000000000009", scope: { code: "urn:ex:thing:1" }, reason: "test", class: I }) { recall { id } } }""");
        using var stream = await silo.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("""{"query":"subscription { recallProgress(id: \"0192d3a4-7a7e-7cc1-9c3e-000000000009\") { status onRecord } }"}""", Encoding.UTF8, "application/json"),
            Headers = { Accept = { new("text/event-stream") } },
        });
        await stream.Content.ReadAsStringAsync();
        var metrics = await silo.Http.GetStringAsync("/metrics");
        Assert.NotEqual("0", Value(metrics, "tracegrains_recall_duration_seconds_count", ""));
        Assert.NotEqual("0", Value(metrics, "tracegrains_recall_wave_duration_seconds_count", ""));
    }

    [Fact]
    public async Task The_dashboard_opens_with_the_administrators_key_and_never_reads_a_grains_state()
    {
        await using var silo = await Running.Start();
        var key = (await File.ReadAllTextAsync(Path.Combine(silo.Folder, "admin.key"))).Trim();
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(silo.Folder, "admin.key")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Open(silo, "/dashboard/DashboardCounters", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Open(silo, "/dashboard/DashboardCounters", new("Bearer", key[..^1] + "x")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Open(silo, "/dashboard/DashboardCounters", new("Basic", "not base64")));
        Assert.Equal(HttpStatusCode.OK, await Open(silo, "/dashboard/DashboardCounters", new("Bearer", key)));
        Assert.Equal(HttpStatusCode.OK, await Open(silo, "/dashboard/", new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + key)))));
        foreach (var off in (string[])["/dashboard/GrainState?grainId=x&grainType=y", "/dashboard/grainstate", "/dashboard//GrainState", "/dashboard/Trace"])
            Assert.NotEqual(HttpStatusCode.OK, await Open(silo, off, new("Bearer", key)));
    }

    [Fact]
    public async Task Whoever_asks_too_often_hears_when_to_come_back()
    {
        await using var silo = await Running.Start("--limits:perSecond", "1", "--limits:burst", "5");
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 30; i++) answers.Add(await silo.Http.GetAsync("/graphql/schema.graphql"));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal("live", await silo.Http.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var silo = await Running.Start();
        using var answer = await silo.Http.PostAsync("/graphql", new StringContent(new string(' ', 1024 * 1024 + 1), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Asked_to_stop_it_finishes_what_is_under_way_and_ends_well()
    {
        await using var silo = await Running.Start();
        // Half a request is under way: the server has its headers and waits for the rest. That it does, it says by 100 (Continue), before which the body is not begun.
        var rest = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) }) { BaseAddress = silo.Process.Address, Timeout = TimeSpan.FromMinutes(3) };
        var capture = patient.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/epcis/events") { Content = new Slow(begun, rest.Task), Headers = { ExpectContinue = true } });
        await begun.Task;
        await silo.Process.Ask("TERM");
        await Until(async () => !await Answers(silo));
        rest.SetResult();
        Assert.Equal(HttpStatusCode.Created, (await capture).StatusCode);
        Assert.Equal(0, await silo.Process.Ended());
    }

    [Fact]
    public async Task Logs_are_structured_when_asked_and_name_no_event_and_no_party()
    {
        await using var silo = await Running.Start("--Logging:Console:FormatterName", "json", "--Logging:LogLevel:TraceGrains", "Trace");
        await silo.Capture("urn:ex:event:secret-id", "urn:ex:thing:secret-thing");
        await silo.Http.PostAsync("/epcis/events", new StringContent("""{"type":"ObjectEvent","epcList":["urn:ex:secret-thing"]""", Encoding.UTF8, "application/json"));
        await Ask(silo, """{ entity(code: "urn:ex:thing:secret-thing") { code chainLength } }""");
        await silo.Process.Ask("TERM");
        await silo.Process.Ended();
        Assert.DoesNotContain(silo.Process.Output, line => line.Contains("secret", StringComparison.Ordinal));
        foreach (var line in silo.Process.Output.Where(line => line.StartsWith('{'))) JsonDocument.Parse(line).Dispose();
    }

    static async Task<JsonElement> Ask(Running silo, string query)
    {
        using var answer = await silo.Http.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("\"errors\"", text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    static async Task<HttpStatusCode> Open(Running silo, string path, AuthenticationHeaderValue? with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = with } };
        using var answer = await silo.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Whether a new connection is still served.</summary>
    static async Task<bool> Answers(Running silo)
    {
        using var another = new HttpClient { BaseAddress = silo.Process.Address, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await another.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    static async Task Until(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "what was awaited did not come within a minute");
            await Task.Delay(20);
        }
    }

    /// <summary>The value of a series in Prometheus' text form.</summary>
    static string Value(string metrics, string name, string label) =>
        metrics.Split('\n').First(line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)) && line.Contains(label, StringComparison.Ordinal)).Split(' ')[1];

    /// <summary>An event whose second half is sent when it is time.</summary>
    sealed class Slow : HttpContent
    {
        const string Event = """{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-11-20T09:00:00Z","eventTimeZoneOffset":"+00:00","epcList":["urn:ex:thing:late"]}""";

        readonly TaskCompletionSource begun;
        readonly Task rest;

        public Slow(TaskCompletionSource begun, Task rest)
        {
            (this.begun, this.rest) = (begun, rest);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = Encoding.UTF8.GetBytes(Event);
            await stream.WriteAsync(bytes.AsMemory(0, 40));
            await stream.FlushAsync();
            begun.SetResult();
            await rest;
            await stream.WriteAsync(bytes.AsMemory(40));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Encoding.UTF8.GetByteCount(Event);
            return true;
        }
    }
}
