using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.GraphQL.Transport.Http;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>
/// The single connection mode of graphql-sse: PUT reserves a stream and answers its token, GET opens it, POST (or GET, of a query) runs an operation whose results go there
/// (202), DELETE stops one.
/// </summary>
sealed class ReservedStreamHandler(StreamReservations reservations, IGrainFactory grains, OpenStreams streams, EventStream stream, OperationRunner runner, HttpAnswers answers, IGraphQLTextSerializer serializer, IServiceScopeFactory scopes)
{
    /// <summary>Characters of an operation's id.</summary>
    const int IdLengthMax = 200;

    public async Task Reserve(HttpContext http)
    {
        if (reservations.Reserve() is not { } reserved)
        {
            await answers.RefuseFull(http, streams.Full);
            return;
        }
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(reserved.Token, http.RequestAborted);
    }

    /// <summary>A request that shows a token.</summary>
    public Task Answer(HttpContext http, string token, Accepted accepted)
    {
        if (reservations.Find(token) is not { } reserved)
            return answers.Refuse(http, accepted, StatusCodes.Status404NotFound, "STREAM_NOT_FOUND", "the stream of this token: expected one that is reserved here and not yet closed, found none");
        if (HttpMethods.IsDelete(http.Request.Method))
            return Stop(http, reserved, accepted);
        return accepted.Best == AnswerForm.EventStream && HttpMethods.IsGet(http.Request.Method) ? Open(http, reserved, accepted) : Operate(http, reserved, accepted);
    }

    async Task Open(HttpContext http, ReservedStream reserved, Accepted accepted)
    {
        if (!reserved.TryOpen())
        {
            await answers.Refuse(http, accepted, StatusCodes.Status409Conflict, "STREAM_OPEN", "the stream of this token: expected to open it once, found it open already");
            return;
        }
        try
        {
            await stream.Write(http, reserved.Frames);
        }
        finally
        {
            reservations.Release(reserved);
        }
    }

    async Task Stop(HttpContext http, ReservedStream reserved, Accepted accepted)
    {
        if (http.Request.Query["operationId"].ToString() is not { Length: > 0 } id)
            await answers.Refuse(http, accepted, StatusCodes.Status400BadRequest, "BAD_REQUEST", "'operationId': expected the id of an operation in the URL, found nothing");
        else
            reserved.Stop(id);
    }

    async Task Operate(HttpContext http, ReservedStream reserved, Accepted accepted)
    {
        var request = await RequestReader.Read(http.Request, serializer);
        var id = request.Extensions.TryGetValue("operationId", out var said) && said is string or int or long ? Convert.ToString(said, System.Globalization.CultureInfo.InvariantCulture)! : "";
        if (id.Length is 0 or > IdLengthMax)
            throw MalformedRequest.Bad($"'extensions.operationId': expected an id of 1 to {IdLengthMax} characters, found {(id.Length == 0 ? "none" : id.Length)}");
        if (reserved.IsFull)
            throw new MalformedRequest(StatusCodes.Status429TooManyRequests, $"the stream: expected at most {Limits.OperationsMax} operations at once", "TOO_MANY_OPERATIONS");
        if (reserved.Begin(id) is not { } operation)
            throw new MalformedRequest(StatusCodes.Status409Conflict, $"'extensions.operationId': expected an id that is not in use on this stream, found '{id}'", "OPERATION_EXISTS");

        // It outlives this request, and so does what it works with.
        var scope = scopes.CreateAsyncScope();
        var goesOn = false;
        try
        {
            var pace = new Pace();
            var result = await runner.Run(request, new TransportRule(HttpMethods.IsGet(http.Request.Method), takesEvents: true), new(scope.ServiceProvider, http.User, http.Viewer(grains)), pace, operation.Stopped);
            if (!result.Executed)
            {
                // Nothing began, so nothing will come; the error belongs to this request.
                await answers.Write(http, accepted, result);
                return;
            }
            goesOn = true;
            _ = Send(reserved, operation, result, pace, scope, http.Authorization());
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (OperationCanceledException) when (operation.Stopped.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        finally
        {
            if (!goesOn)
            {
                reserved.Leave(operation);
                operation.Dispose();
                await scope.DisposeAsync();
            }
        }
    }

    async Task Send(ReservedStream reserved, OpenOperation operation, ExecutionResult result, Pace pace, AsyncServiceScope scope, string? authorization)
    {
        // The stream may have been opened with other credentials, or with none but its token.
        using var over = new CancellationTokenSource();
        _ = scope.ServiceProvider.GetService<IConnectionCredentials>().EndWith(authorization, operation.Stop, over.Token);
        bool IsStale() => operation.Stopped.IsCancellationRequested;
        var id = serializer.Serialize(operation.Id);
        try
        {
            await foreach (var outgoing in new ResultStream(serializer, pace).Of(result, operation.Stopped))
                await reserved.Frames.Writer.WriteAsync(EventFrame.Next($$"""{"id":{{id}},"payload":{{outgoing.Json}}}""") with { IsStale = IsStale }, operation.Stopped);
            reserved.Leave(operation);
            await reserved.Frames.Writer.WriteAsync(EventFrame.Complete($$"""{"id":{{id}}}""") with { IsStale = IsStale }, operation.Stopped);
        }
        catch (Exception failure) when (failure is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // Stopped, or the stream is gone.
        }
        finally
        {
            await over.CancelAsync();
            reserved.Leave(operation);
            operation.Dispose();
            await scope.DisposeAsync();
        }
    }
}
