using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TraceGrains.Contracts.Subscriptions;

namespace TraceGrains.GraphQL.Tests;

/// <summary>The GraphQL surface on an in-memory server, over fake grains and a clock that stands still.</summary>
public sealed class Surface : IAsyncDisposable
{
    public const string GraphQLJson = "application/graphql-response+json";
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    readonly WebApplication app;

    Surface(WebApplication app, FakeGrains grains, FakeTimeProvider clock, ChannelReader<string> finished)
    {
        this.app = app;
        Finished = finished;
        (Grains, Clock, Http) = (grains, clock, app.GetTestClient());
    }

    public FakeGrains Grains { get; }
    public FakeTimeProvider Clock { get; }
    public HttpClient Http { get; }

    /// <summary>The program ends, as far as the surface can tell.</summary>
    public Task Stop() => app.StopAsync();

    /// <summary>Opens a WebSocket.</summary>
    public Task<WebSocket> OpenSocket(string? protocol = "graphql-transport-ws", string? origin = null)
    {
        var client = app.GetTestServer().CreateWebSocketClient();
        if (protocol is not null)
            client.SubProtocols.Add(protocol);
        if (origin is not null)
            client.ConfigureRequest = request => request.Headers.Origin = origin;
        return client.ConnectAsync(new Uri("ws://localhost/graphql"), default);
    }

    /// <summary>A path for each request whose handling has ended, however it ended.</summary>
    public ChannelReader<string> Finished { get; }

    public static async Task<Surface> Start(SurfaceOptions? options = null)
    {
        var (grains, clock) = (new FakeGrains(), new FakeTimeProvider());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(grains.Factory).AddSingleton<ILedgerNews>(grains.News).AddSingleton<TimeProvider>(clock).AddTraceGrainsGraphQL(options);
        var app = builder.Build();
        var finished = Channel.CreateUnbounded<string>();
        app.Use(async (http, next) =>
        {
            try { await next(http); }
            finally { finished.Writer.TryWrite(http.Request.Path); }
        });
        app.UseWebSockets();
        app.MapTraceGrainsGraphQL();
        await app.StartAsync();
        return new Surface(app, grains, clock, finished.Reader);
    }

    public HttpRequestMessage Post(string query, object? variables = null, string? accept = GraphQLJson) =>
        PostBody(JsonSerializer.Serialize(new { query, variables }), accept);

    public HttpRequestMessage PostBody(string body, string? accept = GraphQLJson, string contentType = Json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    public HttpRequestMessage Get(string query, string? accept = GraphQLJson, string more = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=" + Uri.EscapeDataString(query) + more);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(),
            string.Join(", ", response.Content.Headers.Allow));
    }

    /// <summary>Asks by POST and answers the part <c>data</c>; errors fail the test.</summary>
    public async Task<JsonElement> Data(string query, object? variables = null)
    {
        var answer = await Send(Post(query, variables));
        Assert.False(answer.Root.TryGetProperty("errors", out _), answer.Body);
        return answer.Root.GetProperty("data");
    }

    /// <summary>Asks by POST and answers the first error.</summary>
    public async Task<JsonElement> Error(string query, object? variables = null) => (await Send(Post(query, variables))).Root.GetProperty("errors")[0];

    public async Task<StreamReader> Open(HttpRequestMessage request, CancellationToken cancellation = default)
    {
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal(EventStream, response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

public sealed record Answer(int Status, string? MediaType, string Body, string Allow)
{
    public JsonElement Root => JsonDocument.Parse(Body).RootElement;
}

static class Reading
{
    /// <summary>The value at a path of member names and positions.</summary>
    public static JsonElement At(this JsonElement element, params object[] path) =>
        path.Aggregate(element, (at, step) => step is int index ? at[index] : at.GetProperty((string)step));

    public static string? Text(this JsonElement element, params object[] path) => element.At(path) is { ValueKind: not JsonValueKind.Null } found ? found.ToString() : null;

    /// <summary>The next block of an event stream, its lines joined; null at the end.</summary>
    public static async Task<string?> NextBlock(this StreamReader stream)
    {
        var lines = new List<string>();
        while (await stream.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                return string.Join("\n", lines);
            lines.Add(line);
        }
        return null;
    }

    /// <summary>The next block that is more than a comment.</summary>
    public static async Task<string?> NextEvent(this StreamReader stream)
    {
        while (await stream.NextBlock() is { } block)
            if (block.StartsWith("event:", StringComparison.Ordinal))
                return block;
        return null;
    }

    public static JsonElement DataOf(string? block)
    {
        Assert.StartsWith("event: next\ndata: ", block);
        return JsonDocument.Parse(block!["event: next\ndata: ".Length..]).RootElement;
    }
}
