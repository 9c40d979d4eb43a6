using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TraceGrains.Epcis.Tests.Subscriptions;

/// <summary>What a destination got.</summary>
sealed record Received(Dictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Results => JsonDocument.Parse(Body).RootElement.GetProperty("epcisBody").GetProperty("queryResults");

    public string[] Ids => [.. Results.GetProperty("resultsBody").GetProperty("eventList").EnumerateArray().Select(e => e.GetProperty("eventID").GetString()!)];

    public string Range => Headers["TraceGrains-Cursor"];

    public long After => long.Parse(Range.Split('-')[0]);

    public long Through => long.Parse(Range.Split('-')[1]);
}

/// <summary>A subscriber's web server. Each path is a destination of its own, with its own behaviour.</summary>
sealed class Receiver : IAsyncDisposable
{
    /// <summary>How long a test waits for a delivery: many times what a loaded machine needs.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly WebApplication app;
    readonly ConcurrentDictionary<string, Channel<Received>> got = new();
    readonly ConcurrentDictionary<string, Func<Received, CancellationToken, Task<int>>> answers = new();

    Receiver(WebApplication app) => this.app = app;

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>A destination that nobody has used, and how it answers: with a status, in turn, the last one for ever.</summary>
    public Destination NewDestination(params int[] statuses)
    {
        var turn = 0;
        return NewDestination((_, _) => Task.FromResult(statuses.Length == 0 ? 200 : statuses[Math.Min(Interlocked.Increment(ref turn), statuses.Length) - 1]));
    }

    public Destination NewDestination(Func<Received, CancellationToken, Task<int>> answer)
    {
        var path = "/" + Guid.NewGuid().ToString("n");
        answers[path] = answer;
        return new(app.Urls.First() + path, Of(path).Reader, answer => answers[path] = answer);
    }

    Channel<Received> Of(string path) => got.GetOrAdd(path, _ => Channel.CreateUnbounded<Received>());

    async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        Assert.Equal("POST", http.Request.Method);
        Of(http.Request.Path).Writer.TryWrite(received);
        try
        {
            http.Response.StatusCode = await answers[http.Request.Path](received, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>One destination.</summary>
    public sealed class Destination(string url, ChannelReader<Received> reader, Action<Func<Received, CancellationToken, Task<int>>> answer)
    {
        public string Url => url;

        /// <summary>Waits for the next delivery.</summary>
        public async Task<Received> Next()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await reader.ReadAsync(patience.Token);
        }

        /// <summary>Deliveries until so many events have come; repeats of a delivery count once.</summary>
        public async Task<List<Received>> Until(int events)
        {
            var taken = new List<Received>();
            for (var ranges = new HashSet<string>(); taken.Sum(received => received.Ids.Length) < events;)
                if (await Next() is var received && ranges.Add(received.Range)) taken.Add(received);
            return taken;
        }

        /// <summary>Whether something has come that nobody looked at.</summary>
        public bool HasMore => reader.Count > 0;

        /// <summary>From now on it answers otherwise.</summary>
        public void Answers(int status) => answer((_, _) => Task.FromResult(status));
    }
}
