using GraphQL;
using Microsoft.AspNetCore.Http;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>A stream of its own for one operation (graphql-sse, distinct connections mode): a <c>next</c> for each result, and <c>complete</c> at the end.</summary>
sealed class DistinctStream(EventStream stream, IGraphQLTextSerializer serializer)
{
    /// <summary>Sends the results until there are no more or the client is gone; then the operation has ended.</summary>
    public async Task Write(HttpContext http, ExecutionResult result, Pace pace)
    {
        var frames = EventStream.Frames();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var making = Make();
        try
        {
            await stream.Write(http, frames);
        }
        finally
        {
            await end.CancelAsync();
            await making;
        }

        async Task Make()
        {
            try
            {
                await foreach (var outgoing in new ResultStream(serializer, pace).Of(result, end.Token))
                    await frames.Writer.WriteAsync(EventFrame.Next(outgoing.Json), end.Token);
                await frames.Writer.WriteAsync(EventFrame.Complete(), end.Token);
                frames.Writer.TryComplete();
            }
            catch (Exception failure)
            {
                frames.Writer.TryComplete(failure);
            }
        }
    }
}
