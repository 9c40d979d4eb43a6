using System.Threading.Channels;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TraceGrains.GraphQL.Transport.Http;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>Writes frames of a stream of server-sent events as they come, and a comment whenever the stream has been silent for some time.</summary>
sealed class EventStream(TimeProvider clock)
{
    /// <summary>Proxies close a connection that is silent for some time, often 15, 30 or 60 seconds.</summary>
    public static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(12);

    const string KeepAlive = ":\n\n";

    /// <summary>A channel whose frames <see cref="Write"/> sends. It is short: what waits, waits where it is made.</summary>
    public static Channel<EventFrame> Frames() => Channel.CreateBounded<EventFrame>(new BoundedChannelOptions(4) { SingleReader = true });

    /// <summary>Sends frames until there are no more or the client is gone.</summary>
    public async Task Write(HttpContext http, Channel<EventFrame> frames)
    {
        http.Response.ContentType = MediaTypes.EventStream + "; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";   // nginx would hold events back
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Where frames wait already, the connection is not silent and the comment may be lost.
        using var keepAlive = clock.CreateTimer(_ => frames.Writer.TryWrite(new(KeepAlive)), null, KeepAliveEvery, KeepAliveEvery);
        await Send(http, KeepAlive);   // Opens the stream before the first result is there.
        await foreach (var frame in frames.Reader.ReadAllAsync(http.RequestAborted))
        {
            if (frame.IsStale?.Invoke() == true)
                continue;
            await Send(http, frame.Text);
        }
    }

    static async Task Send(HttpContext http, string frame)
    {
        await http.Response.WriteAsync(frame, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}

/// <summary>A piece of a stream of events that is sent as a whole.</summary>
/// <param name="Text">Its lines, with the empty one at the end.</param>
/// <param name="IsStale">Whether nobody wants it any more; null when it is always wanted.</param>
readonly record struct EventFrame(string Text, Func<bool>? IsStale = null)
{
    /// <summary>A result (graphql-sse). JSON has its line breaks escaped, so one data line holds it.</summary>
    public static EventFrame Next(string json) => new($"event: next\ndata: {json}\n\n");

    /// <summary>The end of an operation.</summary>
    public static EventFrame Complete(string json = "") => new($"event: complete\ndata: {json}\n\n");
}
