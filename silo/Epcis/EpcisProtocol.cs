namespace TraceGrains.Silo.Epcis;

/// <summary>What holds for every request under <c>/epcis</c>: versions are stated and checked, and whatever goes wrong is answered as a problem document.</summary>
static partial class EpcisProtocol
{
    public static void UseEpcisProtocol(this WebApplication app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments(EpcisEndpoints.Root), epcis => epcis.Use((http, next) => Serve(http, next, app.Logger)));

    static async Task Serve(HttpContext http, RequestDelegate next, ILogger log)
    {
        EpcisHeaders.AddVersions(http.Response.Headers);
        if (EpcisHeaders.Refuse(http.Request.Headers) is { } refused)
        {
            await refused.ExecuteAsync(http);
            return;
        }
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.ContentType is null && Unsaid(http) is { } problem) await problem.ExecuteAsync(http);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogFailed(log, failure, http.Request.Method, http.Request.Path);
            await Problems.Of(StatusCodes.Status500InternalServerError, "ImplementationException", "The request failed",
                "Something went wrong here, not in the request; sending it again does no harm").ExecuteAsync(http);
        }
    }

    /// <summary>Routing refuses without a word.</summary>
    static IResult? Unsaid(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problems.Of(404, "NoSuchResourceException", "No such resource", $"path: expected a resource of the EPCIS REST binding, found {http.Request.Path}"),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(405, "ImplementationException", "No such method here", $"method: expected {http.Response.Headers.Allow}, found {http.Request.Method}"),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    static partial void LogFailed(ILogger log, Exception failure, string method, string path);
}
