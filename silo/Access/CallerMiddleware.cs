using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.Silo.Hosting;
using TraceGrains.Silo.Operations;
using TraceGrains.Silo.SignIn;

namespace TraceGrains.Silo.Access;

/// <summary>Says of every request who sends it, before anything else looks at it.</summary>
static class CallerMiddleware
{
    public static void AddAccess(this WebApplicationBuilder builder, SiloOptions silo, AdminKey? adminKey)
    {
        var options = AccessOptions.Read(builder.Configuration);
        // A silo of a cluster has no file of its own: it signs and takes tokens of its own issuer where it is given the key.
        var mayMake = silo.Postgres is null && builder.Configuration["access:key"] is null;
        var issuer = options.IsOpen || (silo.Postgres is not null && builder.Configuration["access:key"] is null) ? null : LocalIssuer.Open(options.KeyFile, mayMake);
        builder.Services.AddSingleton(options).AddSingleton(new AdminKeyHolder(adminKey)).AddSingleton<SessionCookie>().AddSingleton<RevokedTokens>().AddSingleton<Credentials>().AddSingleton<ProviderSignIn>()
            .AddSingleton<IConnectionCredentials>(services => services.GetRequiredService<Credentials>())
            .AddSingleton<AuditTrail>().AddSingleton<IOperationWitness>(services => services.GetRequiredService<AuditTrail>())
            .AddSingleton(services => new Tokens(options, issuer, services.GetRequiredService<TimeProvider>()));
    }

    public static void UseCallers(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await Identify(http, next);
        }
        catch (RevocationsUnknownException unknown) when (!http.Response.HasStarted)
        {
            http.Response.Headers.RetryAfter = "5";
            await Results.Problem(title: "Credentials cannot be checked", statusCode: StatusCodes.Status503ServiceUnavailable, detail: unknown.Message).ExecuteAsync(http);
        }
    });

    static async Task Identify(HttpContext http, RequestDelegate next)
    {
        var presented = await http.RequestServices.GetRequiredService<Credentials>().Of(http.Request);
        if (presented.IsSession) KeepApart(http.Response);
        if (presented.Caller is null)
        {
            await http.RequestServices.GetRequiredService<AuditTrail>().Note(Caller.Anonymous, AuditExtensions.ActionOf(http), [""], AuditTrail.Unauthenticated, isAct: false, presented.Problem!);
            if (presented.IsSession) http.RequestServices.GetRequiredService<SessionCookie>().Clear(http);
            if (!presented.IsSession || !IsPage(http.Request))
            {
                await Refusal(http, StatusCodes.Status401Unauthorized, "Credentials that are no good", presented.Problem!).ExecuteAsync(http);
                return;
            }
            // A person whose session has ended shall see the page on which to begin another.
            http.Features.Set(new EndedSession(presented.Problem!));
            presented = new(Caller.Anonymous, null);
        }
        http.Features.Set(presented);
        http.SetCaller(http.RequestServices.GetRequiredService<IGrainFactory>(), presented.Caller!);
        if (RequestLimits.LastsLong(http)) await WhileGood(http, next);
        else await next(http);
    }

    /// <summary>What depends on a session is kept by nobody for others: caches know that of <c>Authorization</c>, but not of cookies.</summary>
    static void KeepApart(HttpResponse response) => response.OnStarting(() =>
    {
        if (!response.Headers.Vary.ToString().Contains("Cookie", StringComparison.Ordinal)) response.Headers.Append("Vary", "Cookie");
        if (response.Headers.CacheControl.Count == 0 || response.Headers.CacheControl.ToString().Contains("public", StringComparison.Ordinal)) response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    });

    /// <summary>Whether a person's browser asks for a page.</summary>
    static bool IsPage(HttpRequest request) => request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>A stream ends with the credentials it was opened with. GraphQL's sockets see to that themselves: their credentials may come in a message, and they can say why they close.</summary>
    static async Task WhileGood(HttpContext http, RequestDelegate next)
    {
        var isSocket = http.WebSockets.IsWebSocketRequest;
        if ((isSocket && http.Request.Path.StartsWithSegments("/graphql", StringComparison.OrdinalIgnoreCase)) || http.Authorization() is not { } authorization)
        {
            await next(http);
            return;
        }
        using var over = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watching = http.RequestServices.GetRequiredService<IConnectionCredentials>().EndWith(authorization, isSocket ? http.Abort : ended.Cancel, over.Token);
        // What writes a stream listens to this, and then ends it in good order.
        if (!isSocket) http.RequestAborted = ended.Token;
        try
        {
            await next(http);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    /// <summary>An answer to who may not.</summary>
    public static IResult Refusal(HttpContext http, int status, string title, string detail)
    {
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"TraceGrains\"";
        return Results.Problem(title: title, statusCode: status, detail: detail);
    }
}
