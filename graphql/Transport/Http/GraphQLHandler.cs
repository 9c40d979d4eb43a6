using GraphQL;
using Microsoft.AspNetCore.Http;
using TraceGrains.GraphQL.Transport.EventStreams;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Transport.Operations;
using TraceGrains.GraphQL.Transport.Sockets;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>Everything that comes to <c>/graphql</c>: GraphQL over HTTP, over server-sent events in both modes of graphql-sse, over WebSockets, and people's browsers.</summary>
sealed class GraphQLHandler(
    OperationRunner runner, IGrainFactory grains, OriginRule origins, HttpAnswers answers, OpenStreams streams, DistinctStream distinct, ReservedStreamHandler reserved, SocketHandler sockets, IGraphQLTextSerializer serializer,
    SurfaceOptions surface)
{
    const string Methods = "GET, HEAD, POST, PUT, DELETE, OPTIONS";

    public async Task Answer(HttpContext http)
    {
        var accepted = Accepted.Read(http.Request);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await Answer(http, accepted);
        }
        catch (MalformedRequest malformed) when (malformed.Status == StatusCodes.Status400BadRequest && accepted.Best == AnswerForm.EventStream)
        {
            // An EventSource shows its page nothing of a failed connection, so the protocol wants the error as an event.
            await distinct.Write(http, HttpAnswers.Failure(malformed.Code, malformed.Message), new Pace());
        }
        catch (MalformedRequest malformed)
        {
            await answers.Refuse(http, accepted, malformed.Status, malformed.Code, malformed.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
    }

    async Task Answer(HttpContext http, Accepted accepted)
    {
        if (origins.IsForeign(http.Request))
        {
            await answers.Refuse(http, accepted, StatusCodes.Status403Forbidden, "FORBIDDEN_ORIGIN",
                $"Origin: expected this server's own or one that it knows, found '{(http.Request.Headers.Origin.Count > 0 ? http.Request.Headers.Origin.ToString() : "another site's")}'");
            return;
        }
        if (http.WebSockets.IsWebSocketRequest)
        {
            await sockets.Answer(http);
            return;
        }
        origins.Allow(http);
        var method = http.Request.Method;
        if (HttpMethods.IsOptions(method))
        {
            http.Response.Headers.Allow = Methods;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (HttpMethods.IsPut(method))
        {
            await reserved.Reserve(http);
            return;
        }
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsPost(method) && !HttpMethods.IsDelete(method))
        {
            http.Response.Headers.Allow = Methods;
            await answers.Refuse(http, accepted, StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", $"expected one of {Methods}, found {method}");
            return;
        }
        if (StreamTokens.Of(http.Request) is { } token)
            await reserved.Answer(http, token, accepted);
        else if (HttpMethods.IsDelete(method))
            await answers.Refuse(http, accepted, StatusCodes.Status404NotFound, "STREAM_NOT_FOUND", $"{StreamTokens.Header}: expected the token of a reserved stream, found none");
        else
            await AnswerOne(http, accepted);
    }

    /// <summary>One operation, its results in the answer.</summary>
    async Task AnswerOne(HttpContext http, Accepted accepted)
    {
        switch (accepted.Best)
        {
            case null:
                await answers.Refuse(http, accepted, StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE",
                    $"Accept: expected {MediaTypes.GraphQLJson}, {MediaTypes.Json} or {MediaTypes.EventStream}, found '{http.Request.Headers.Accept}'");
                return;
            case AnswerForm.Html:
                await Explorer.ExplorerPage.Write(http, surface.SignInPath);
                return;
        }
        using var place = accepted.TakesEvents ? streams.Enter() : null;
        if (accepted.TakesEvents && place is null)
        {
            await answers.RefuseFull(http, streams.Full);
            return;
        }
        var pace = new Pace();
        var rule = new TransportRule(isGet: !HttpMethods.IsPost(http.Request.Method), takesEvents: accepted.TakesEvents && !HttpMethods.IsHead(http.Request.Method));
        var request = await RequestReader.Read(http.Request, serializer);
        var result = await runner.Run(request, rule, new(http.RequestServices, http.User, http.Viewer(grains)), pace, http.RequestAborted);
        if (HttpAnswers.StatusOf(result, accepted) is not (StatusCodes.Status405MethodNotAllowed or StatusCodes.Status406NotAcceptable)
            && (accepted.Best == AnswerForm.EventStream || result.Streams is { Count: > 0 }))
            await distinct.Write(http, result, pace);
        else
            await answers.Write(http, accepted, result);
    }
}
