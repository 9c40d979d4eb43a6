using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TraceGrains.Demo;
using TraceGrains.Tests;

[assembly: AssemblyFixture(typeof(TraceGrains.Links.Tests.Silo))]

namespace TraceGrains.Links.Tests;

/// <summary>One silo as it is shipped, with the demonstration loaded, for all tests of this project. Tests that change something use things of their own.</summary>
public sealed class Silo : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("tracegrains-links-").FullName;
    SiloProcess process = null!;

    public static DemoCast Cast { get; } = DemoChain.Cast();

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        process = await SiloProcess.Start(data, "--demo");
        Http = ClientOf(process);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    internal static HttpClient ClientOf(SiloProcess silo) =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = silo.Address, Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>The administrator's key, as the silo made it.</summary>
    public string AdminKey => File.ReadAllText(Path.Combine(data, "admin.key")).Trim();

    public async Task<Answer> Get(string path, string? accept = null, string? language = null, HttpMethod? method = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    public async Task<Answer> Post(string path, object body, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>Captures one event, and fails where it is not accepted.</summary>
    public async Task Capture(JsonObject e)
    {
        e["@context"] ??= "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
        e["eventTimeZoneOffset"] ??= "+08:00";
        using var response = await Http.PostAsync("/epcis/events", new StringContent(e.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    public async Task CaptureDocument(string document)
    {
        using var response = await Http.PostAsync("/epcis/capture", new StringContent(document, Encoding.UTF8, "application/json"));
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        Assert.Contains("\"success\":true", await Http.GetStringAsync(response.Headers.Location));
    }

    public async Task<JsonElement> Ask(string query)
    {
        var answer = await Post("/graphql", new { query });
        Assert.False(answer.Json.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.Json.GetProperty("data");
    }

    /// <summary>Issues a recall and reads its progress to the end, where everything it reaches shows it.</summary>
    public async Task Recall(string code, string reason)
    {
        var answer = await Ask($$"""mutation { issueRecall(input: { id: "{{Guid.NewGuid()}}", scope: { code: "{{code}}" }, reason: {{JsonSerializer.Serialize(reason)}}, class: I }) { recall { id } refusal { message } } }""");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("issueRecall").GetProperty("refusal").ValueKind);
        var id = answer.GetProperty("issueRecall").GetProperty("recall").GetProperty("id").GetString();
        var progress = await Post("/graphql", new { query = $$"""subscription { recallProgress(id: "{{id}}") { status reached onRecord } }""" }, "text/event-stream");
        Assert.Equal((200, "text/event-stream"), (progress.Status, progress.MediaType));
        Assert.Contains("EFFECTIVE", progress.Text);
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record Answer(int Status, string? MediaType, byte[] Bytes, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string Header(string name) => string.Join(", ", Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? values : []);

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
}
