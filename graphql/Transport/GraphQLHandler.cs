using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using Microsoft.AspNetCore.Http;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Transport;

/// <summary>
/// GraphQL over HTTP, and over server-sent events in distinct-connections mode. A status other than 200 says that nothing was executed;
/// with <c>application/json</c>, whose clients expect 200 for every well-formed request, only the body says so.
/// </summary>
sealed class GraphQLHandler(IDocumentExecuter executer, IGraphQLTextSerializer serializer, TimeProvider clock)
{
    public async Task Answer(HttpContext http)
    {
        try
        {
            await AnswerCore(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
    }

    async Task AnswerCore(HttpContext http)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);
        var accepted = Accepted.Read(http.Request);
        if (!isGet && !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, POST";
            await Refuse(http, accepted, StatusCodes.Status405MethodNotAllowed, "METHOD_NOT_ALLOWED", $"expected GET or POST, found {http.Request.Method}");
            return;
        }
        switch (accepted.Best)
        {
            case null:
                await Refuse(http, accepted, StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE",
                    $"Accept: expected {MediaTypes.GraphQLJson}, {MediaTypes.Json} or {MediaTypes.EventStream}, found '{http.Request.Headers.Accept}'");
                return;
            case AnswerForm.Html:
                await Explorer.ExplorerPage.Write(http.Response);
                return;
        }

        ExecutionResult result;
        try
        {
            var request = await RequestReader.Read(http.Request, serializer);
            result = await Execute(http, request, isGet, accepted.TakesEvents);
        }
        catch (MalformedRequest malformed) when (malformed.Status == StatusCodes.Status400BadRequest && accepted.Best == AnswerForm.EventStream)
        {
            // An EventSource shows its page nothing of a failed connection, so the protocol wants the error as an event.
            result = Failure("BAD_REQUEST", malformed.Message);
        }
        catch (MalformedRequest malformed)
        {
            await Refuse(http, accepted, malformed.Status, "BAD_REQUEST", malformed.Message);
            return;
        }

        var status = StatusOf(result, accepted);
        if (status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = "POST";
        if (status is not (StatusCodes.Status405MethodNotAllowed or StatusCodes.Status406NotAcceptable)
            && (accepted.Best == AnswerForm.EventStream || result.Streams is { Count: > 0 }))
            await new EventStream(serializer, clock).Write(http, result);
        else
            await Write(http, accepted, status, result);
    }

    Task<ExecutionResult> Execute(HttpContext http, IncomingRequest request, bool isGet, bool takesEvents) => executer.ExecuteAsync(new ExecutionOptions
    {
        Query = request.Query,
        OperationName = request.OperationName,
        Variables = request.Variables,
        Extensions = request.Extensions,
        RequestServices = http.RequestServices,
        User = http.User,
        CancellationToken = http.RequestAborted,
        ValidationRules = DocumentValidator.CoreRules.Append(new TransportRule(isGet, takesEvents)),
    });

    static int StatusOf(ExecutionResult result, Accepted accepted)
    {
        if (result.Executed)
            return StatusCodes.Status200OK;
        if (result.Errors?.OfType<TransportError>().FirstOrDefault() is { } misplaced)
            return misplaced.Status;
        if (result.Errors?.Any(error => error is UnhandledError) == true)
            return StatusCodes.Status500InternalServerError;
        return accepted.Best == AnswerForm.GraphQLJson ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
    }

    Task Refuse(HttpContext http, Accepted accepted, int status, string code, string message) => Write(http, accepted, status, Failure(code, message));

    static ExecutionResult Failure(string code, string message) => new(new ExecutionError(message) { Code = code });

    async Task Write(HttpContext http, Accepted accepted, int status, ExecutionResult result)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = (accepted.Best == AnswerForm.Json ? MediaTypes.Json : MediaTypes.GraphQLJson) + "; charset=utf-8";
        http.Response.Headers.Vary = "Accept";
        await serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }
}
