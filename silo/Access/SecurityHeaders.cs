namespace TraceGrains.Silo.Access;

/// <summary>
/// Headers that every answer carries, unless it sets its own. What is no page of ours runs nothing, whatever it contains: not even an answer that somebody made a browser take for a page.
/// </summary>
static class SecurityHeaders
{
    const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", Dashboard = "frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            if (headers.XContentTypeOptions.Count == 0) headers.XContentTypeOptions = "nosniff";
            if (headers.XFrameOptions.Count == 0) headers.XFrameOptions = "DENY";
            if (!headers.ContainsKey("Referrer-Policy")) headers["Referrer-Policy"] = "no-referrer";
            // Orleans' dashboard brings scripts and styles of its own and says nothing of where from.
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/dashboard", StringComparison.OrdinalIgnoreCase) ? Dashboard : Nothing;
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
