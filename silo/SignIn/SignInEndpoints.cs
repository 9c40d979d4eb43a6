using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Transport.Http;
using TraceGrains.Silo.Access;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.SignIn;

/// <summary><c>/sign-in</c> and <c>/sign-out</c>: a browser's session is the token or key that somebody brought, kept in a cookie.</summary>
static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", Show).AsksNothing();
        routes.MapPost("/sign-in", SignIn).DisableAntiforgery().Audited().AsksNothing();
        routes.MapPost("/sign-out", SignOut).DisableAntiforgery().Audited().AsksNothing();
        routes.MapGet("/sign-in/provider", (HttpContext http, ProviderSignIn provider) => provider.Begin(http)).AsksNothing();
        routes.MapGet("/sign-in/callback", (HttpContext http, ProviderSignIn provider) => provider.Complete(http)).Audited().AsksNothing();
    }

    static IResult Show(HttpContext http, AccessOptions options)
    {
        var (words, returnTo, caller) = (Words(http), LocalPath.Of(http.Request.Query["returnTo"]), http.Caller());
        if (IsElsewhere(http)) return SignInPages.SendOn(http, words, http.Request.Path + http.Request.QueryString);
        if (caller.Role != Role.Consumer) return SignInPages.Send(http, SignInPages.SignedIn(words, returnTo, caller));
        var ended = http.Features.Get<EndedSession>() is { } session ? new Said(false, words.Of("会话已结束，请重新登录。", "The session has ended. Sign in again."), session.Problem) : null;
        return SignInPages.Send(http, SignInPages.SignIn(words, returnTo, options.ProviderName, ended));
    }

    static async Task<IResult> SignIn(HttpContext http, AccessOptions options, Credentials credentials, SessionCookie session)
    {
        var words = Words(http);
        // Who is noted is who signs in, and not who was signed in before.
        http.Features.Set(new NotedAs(Caller.Anonymous, ""));
        if (!SameOrigin.MayActForVisitor(http.Request)) return Foreign(http);
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (returnTo, credential) = (LocalPath.Of(form["returnTo"]), CredentialIn(form["credential"].ToString()));
        if (options.IsOpen) return Results.Redirect(returnTo);
        var presented = credential.Length is > 0 and <= SessionCookie.LengthMax ? await credentials.OfText(credential) : Presented.Refused("expected a token or a machine's key");
        if (presented.Caller is not { } caller)
            return SignInPages.Send(http, SignInPages.SignIn(words, returnTo, options.ProviderName, new(false, words.Of("令牌或密钥无效。", "This is no good token or key."), presented.Problem)), StatusCodes.Status401Unauthorized);
        Begin(http, session, presented, caller, credential);
        return new SeeOther(returnTo == LocalPath.Default && http.Request.Query.ContainsKey("lang") ? $"{returnTo}?lang={words.Of("zh", "en")}" : returnTo);
    }

    /// <summary>Begins a session, and says for the audit log who did.</summary>
    public static void Begin(HttpContext http, SessionCookie session, Presented presented, Caller caller, string credential)
    {
        http.Features.Set(new NotedAs(caller, presented.Token is { } token ? AuditText.Named("token", token.Id) : ""));
        session.Set(http, credential, presented.Until);
    }

    /// <summary>
    /// Ends the session, and the token for good: a copy that somebody took of the cookie opens nothing any more. A machine's key stays, as its machine goes on with it. Programs may end their own token the same way.
    /// </summary>
    static async Task<IResult> SignOut(HttpContext http, SessionCookie session, RevokedTokens revoked, ILoggerFactory logs)
    {
        var words = Words(http);
        if (http.Features.Get<Presented>() is not { Caller.Role: not Role.Consumer } presented)
        {
            if (session.IsSent(http.Request) && !SameOrigin.MayActForVisitor(http.Request)) return Foreign(http);
            session.Clear(http);
            return new SeeOther("/sign-in");
        }
        if (presented.Token is { } token)
        {
            http.Features.Set(new NotedAs(presented.Caller, AuditText.Named("token", token.Id)));
            if (await ProblemOfEnding(revoked, token, logs) is { } problem)
            {
                if (!presented.IsSession) return Results.Problem(title: "Not revoked", detail: problem, statusCode: StatusCodes.Status503ServiceUnavailable);
                session.Clear(http);
                return SignInPages.Send(http, SignInPages.SignIn(words, LocalPath.Default, null,
                    new(false, words.Of($"本浏览器已退出，但令牌未能作废，有效期至 {SignInPages.Time(token.Until)}。", $"This browser is signed out, but the token could not be ended; it is good until {SignInPages.Time(token.Until)}."), problem)), StatusCodes.Status503ServiceUnavailable);
            }
        }
        if (!presented.IsSession) return presented.Token is null ? Results.Problem(title: "No token", detail: "Authorization: expected a bearer token; keys are ended by revokeApiKey", statusCode: StatusCodes.Status400BadRequest) : Results.NoContent();
        session.Clear(http);
        return new SeeOther($"/sign-in?lang={words.Of("zh", "en")}");
    }

    /// <summary>Ends a token; null, or why that could not be done.</summary>
    static async Task<string?> ProblemOfEnding(RevokedTokens revoked, Domain.Access.Revocations.TokenIdentity token, ILoggerFactory logs)
    {
        try
        {
            return await revoked.Add(token) ? null : "expected fewer revoked tokens at a time; an administrator can revoke it";
        }
        catch (Exception failure)
        {
            logs.CreateLogger(typeof(SignInEndpoints)).LogWarning(failure, "a token could not be revoked at sign-out");
            return "the list of revoked tokens cannot be reached";
        }
    }

    /// <summary>
    /// Whether another site's page brought a person here, so that the browser kept the session's cookie back. It sends the cookie to the same address once one of our own pages leads there.
    /// </summary>
    public static bool IsElsewhere(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] is [("cross-site" or "same-site")] && http.Request.Headers["Sec-Fetch-Mode"] == "navigate" && http.Caller().Role == Role.Consumer;

    public static PageWords Words(HttpContext http) => new(Negotiation.IsChinese(http.Request));

    static IResult Foreign(HttpContext http) => Results.Problem(title: "Not from this server's page", statusCode: StatusCodes.Status403Forbidden,
        detail: $"Origin: expected this server's own, found {(http.Request.Headers.Origin.ToString() is { Length: > 0 } origin ? $"'{origin}'" : "none")}");

    /// <summary>People paste the whole header.</summary>
    static string CredentialIn(string pasted)
    {
        var text = pasted.Trim();
        foreach (var scheme in (string[])["Bearer ", "ApiKey "])
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return text[scheme.Length..].Trim();
        return text;
    }
}

/// <summary>That a session ended of which a browser still had the cookie, and why.</summary>
sealed record EndedSession(string Problem);

/// <summary>303: what was posted is done, and the answer is elsewhere.</summary>
sealed class SeeOther(string to) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
