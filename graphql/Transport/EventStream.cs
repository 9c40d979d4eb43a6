using System.Threading.Channels;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transport;

/// <summary>Writes results as server-sent events: a <c>next</c> for each, and <c>complete</c> at the end.</summary>
sealed class EventStream(IGraphQLTextSerializer serializer, TimeProvider clock)
{
    /// <summary>Proxies close a connection that is silent for some time, often 15, 30 or 60 seconds.</summary>
    public static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(12);

    const string KeepAlive = ":\n\n";
    const string Complete = "event: complete\ndata: \n\n";

    public async Task Write(HttpContext http, ExecutionResult result)
    {
        http.Response.ContentType = MediaTypes.EventStream;
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";   // nginx would hold events back
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // Results and keep-alives come from different threads; the channel puts them in a row, and one reader writes them.
        var frames = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        using var source = Follow(result, frames.Writer);
        using var keepAlive = clock.CreateTimer(_ => frames.Writer.TryWrite(KeepAlive), null, KeepAliveEvery, KeepAliveEvery);
        await Send(http, KeepAlive);   // Opens the stream before the first result is there.
        await foreach (var frame in frames.Reader.ReadAllAsync(http.RequestAborted))
            await Send(http, frame);
        await Send(http, Complete);
    }

    /// <summary>Disposing what this returns ends the subscription: the source's enumeration is cancelled.</summary>
    IDisposable? Follow(ExecutionResult result, ChannelWriter<string> frames)
    {
        // The schema has subscriptions of one root field each, so there is one stream.
        if (result.Streams is { Count: > 0 } streams)
            return streams.Values.Single().Subscribe(new Results(frames, Next));
        frames.TryWrite(Next(result));
        frames.Complete();
        return null;
    }

    // JSON has its line breaks escaped, so one data line holds it.
    string Next(ExecutionResult result) => $"event: next\ndata: {serializer.Serialize(result)}\n\n";

    static async Task Send(HttpContext http, string frame)
    {
        await http.Response.WriteAsync(frame, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    sealed class Results(ChannelWriter<string> frames, Func<ExecutionResult, string> next) : IObserver<ExecutionResult>
    {
        public void OnNext(ExecutionResult value) => frames.TryWrite(next(value));

        public void OnError(Exception error)
        {
            frames.TryWrite(next(new ExecutionResult(error as ExecutionError ?? new ExecutionError(Faults.Message) { Code = ErrorForm.Internal })));
            frames.TryComplete();
        }

        public void OnCompleted() => frames.TryComplete();
    }
}
