using System.Globalization;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Access;

/// <summary>Notes requests to endpoints that are not everybody's: before their answer is written.</summary>
/// <param name="notesReading">Whether reading that went well is noted.</param>
/// <param name="secret">The part of the path that opens the endpoint to whoever knows it, and so is not noted; null for none. One that opens nothing is a refusal.</param>
sealed class Audited(bool notesReading, string? secret) : IEndpointFilter
{
    /// <summary>Beginnings of query parameters that name things, parties and places.</summary>
    static readonly string[] naming = ["code", "entity", "eventId", "sequence", "MATCH_", "EQ_eventID", "EQ_bizLocation", "EQ_readPoint", "EQ_transformationID", "EQ_bizTransaction", "EQ_source", "EQ_destination", "WD_"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsOptions(http.Request.Method)) return await next(context);
        if (http.WebSockets.IsWebSocketRequest)
        {
            // A socket's filter returns when the socket is closed, which may be days later.
            http.Response.OnStarting(() => Note(http, OutcomeOf(http.Response.StatusCode), ""));
            return await next(context);
        }
        object? result;
        try
        {
            result = await next(context);
        }
        catch (Exception failure)
        {
            // What was to be done may have been done all the same.
            await Note(http, http.RequestAborted.IsCancellationRequested ? "ABORTED" : "FAILED", failure.GetType().Name);
            throw;
        }
        await Note(http, OutcomeOf(result is IStatusCodeHttpResult { StatusCode: { } code } ? code : StatusCodes.Status200OK), IsAct(http) ? PlaceOf(result) : "");
        return result;
    }

    Task Note(HttpContext http, string outcome, string detail)
    {
        if (!notesReading && outcome == AuditTrail.Ok) return Task.CompletedTask;
        if (secret is not null && outcome == "404") outcome = AuditTrail.Unauthenticated;
        var (caller, target) = http.Features.Get<NotedAs>() is { } noted ? (noted.Caller, [noted.Target]) : (http.Caller(), TargetsOf(http));
        return http.RequestServices.GetRequiredService<AuditTrail>().Note(caller, AuditExtensions.ActionOf(http), target, outcome, IsAct(http), detail);
    }

    static bool IsAct(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);

    static string OutcomeOf(int status) => status < 400 ? AuditTrail.Ok : status.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where what was made is found: results of every kind call it so and share no interface.</summary>
    static string PlaceOf(object? result) => result?.GetType().GetProperty("Location")?.GetValue(result) as string ?? "";

    /// <summary>Route values and the codes asked for.</summary>
    IReadOnlyList<string> TargetsOf(HttpContext http) => AuditText.Targets(http.Request.RouteValues.Where(value => value.Key != secret).Select(value => AuditText.Named(value.Key, value.Value as string ?? ""))
        .Concat(http.Viewer(http.RequestServices.GetRequiredService<IGrainFactory>()).UsedGrants.Select(grant => $"by grant {grant}"))
        .Concat(http.Request.Query.Where(one => naming.Any(name => one.Key.StartsWith(name, StringComparison.Ordinal))).SelectMany(one => one.Value.Select(value => AuditText.Named(one.Key, value ?? "")))));
}

/// <summary>As whom and about what a request is noted, where its endpoint knows better than its path says.</summary>
sealed record NotedAs(Caller Caller, string Target);

static class AuditExtensions
{
    /// <summary>Has requests noted in the audit log. Comes before what refuses them.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="notesReading">Whether also those that went well; false for questions that are asked by the thousand and answered yes or no.</param>
    /// <param name="secret">The part of the path that is a secret.</param>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, bool notesReading = true, string? secret = null) where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(new Audited(notesReading, secret));

    /// <summary>Method and pattern of a request: its path may have somebody's secret in it.</summary>
    public static string ActionOf(HttpContext http) => $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such path)"}";
}
