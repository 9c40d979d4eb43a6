using GraphQL;
using GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>
/// Writes results and refusals by the GraphQL-over-HTTP specification. A status other than 200 says that nothing was executed; with <c>application/json</c>, whose clients expect 200 for every well-formed
/// request, only the body says so.
/// </summary>
sealed class HttpAnswers(IGraphQLSerializer serializer)
{
    /// <summary>Writes a result, with the status that belongs to it.</summary>
    public Task Write(HttpContext http, Accepted accepted, ExecutionResult result)
    {
        var status = StatusOf(result, accepted);
        if (status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = "POST";
        return Write(http, accepted, status, result);
    }

    /// <summary>Writes that a request was not taken.</summary>
    public Task Refuse(HttpContext http, Accepted accepted, int status, string code, string message) => Write(http, accepted, status, Failure(code, message));

    /// <summary>Writes that there is no place for one more stream.</summary>
    public Task RefuseFull(HttpContext http, string message)
    {
        http.Response.Headers.RetryAfter = "30";
        return Refuse(http, Accepted.Anything, StatusCodes.Status503ServiceUnavailable, "TOO_MANY_STREAMS", message);
    }

    public static ExecutionResult Failure(string code, string message) => new(new ExecutionError(message) { Code = code });

    public static int StatusOf(ExecutionResult result, Accepted accepted)
    {
        if (result.Executed)
            return StatusCodes.Status200OK;
        if (result.Errors?.OfType<TransportError>().FirstOrDefault() is { } misplaced)
            return misplaced.Status;
        if (result.Errors?.Any(error => error is UnhandledError) == true)
            return StatusCodes.Status500InternalServerError;
        if (accepted.Best != AnswerForm.GraphQLJson)
            return StatusCodes.Status200OK;
        return result.Errors?.Any(error => error is TooLate) == true ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
    }

    async Task Write(HttpContext http, Accepted accepted, int status, ExecutionResult result)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = (accepted.Best == AnswerForm.Json ? MediaTypes.Json : MediaTypes.GraphQLJson) + "; charset=utf-8";
        http.Response.Headers.Append("Vary", "Accept");
        await serializer.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }
}
