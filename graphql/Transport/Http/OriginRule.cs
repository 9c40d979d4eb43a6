using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>
/// Whose pages may make a browser ask: those of this server, and of origins that the administrator named. What is no browser says no origin and is not held back by this.
/// Together with the types that a body must have, it keeps other people's pages from acting with a visitor's rights (CSRF), and their scripts from opening WebSockets, which
/// browsers do not ask permission for.
/// </summary>
sealed class OriginRule(SurfaceOptions options)
{
    /// <summary>Whether a page of another origin asks, one that is not known here.</summary>
    public bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
            return !SameOrigin.IsOwn(request, origin) && !IsKnown(origin);
        // A page's image or script element names no origin, but the browser says where the request comes from; a person who follows a link is let in.
        return request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Mode"] != "navigate";
    }

    /// <summary>Lets scripts of a known origin read the answer.</summary>
    public void Allow(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return;
        http.Response.Headers.Append("Vary", "Origin");
        if (!IsKnown(origin))
            return;
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlExposeHeaders = "Allow, Retry-After";
        if (!HttpMethods.IsOptions(http.Request.Method))
            return;
        http.Response.Headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, DELETE";
        http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, " + EventStreams.StreamTokens.Header;
        http.Response.Headers.AccessControlMaxAge = "600";
    }

    bool IsKnown(string origin) => options.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
