using Microsoft.AspNetCore.Authentication.Cookies;
using TraceGrains.GraphQL.Transport.Http;

namespace TraceGrains.Silo.Access;

/// <summary>
/// The cookie of a browser's session: the token or key that somebody signed in with, as it is. No script can read it, no other site's page has it sent, over https no other host can set it; and it counts only
/// for requests of this server's own pages (<see cref="SameOrigin"/>). A token too long for one cookie is divided among several.
/// </summary>
sealed class SessionCookie(IConfiguration configuration)
{
    /// <summary>Longest credential that is kept; headers of a request are 32 KB at most.</summary>
    public const int LengthMax = 16 * 1024;

    const string Name = "tracegrains-session";

    /// <summary>A proxy that ends TLS hands requests on as plain http.</summary>
    readonly bool isReachedByHttps = configuration["public-url"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    readonly ChunkingCookieManager cookies = new() { ThrowForPartialCookies = false };

    /// <summary>The credential of the session to which a request belongs; null for none, and where a cookie does not count.</summary>
    public string? In(HttpRequest request) =>
        IsSent(request) && SameOrigin.MayActForVisitor(request) && cookies.GetRequestCookie(request.HttpContext, NameOf(request, Name)) is { Length: > 0 and <= LengthMax } credential ? credential : null;

    /// <summary>Whether a request carries the cookie, whether it counts or not.</summary>
    public bool IsSent(HttpRequest request) => request.Cookies.ContainsKey(NameOf(request, Name));

    /// <summary>Begins a session in the browser that asks.</summary>
    /// <param name="http">The request.</param>
    /// <param name="credential">What somebody signed in with.</param>
    /// <param name="until">When it ends to be good; null for when the browser is closed.</param>
    public void Set(HttpContext http, string credential, DateTimeOffset? until) =>
        cookies.AppendResponseCookie(http, NameOf(http.Request, Name), credential, OptionsOf(http.Request, SameSiteMode.Strict, until));

    /// <summary>Ends the session in the browser that asks.</summary>
    public void Clear(HttpContext http) => cookies.DeleteCookie(http, NameOf(http.Request, Name), OptionsOf(http.Request, SameSiteMode.Strict, null));

    /// <summary>A cookie's name here: over https one that only this host can have set.</summary>
    public string NameOf(HttpRequest request, string name) => IsHttps(request) ? "__Host-" + name : name;

    /// <summary>What every cookie of ours says of itself.</summary>
    public CookieOptions OptionsOf(HttpRequest request, SameSiteMode sameSite, DateTimeOffset? until) =>
        new() { HttpOnly = true, IsEssential = true, Path = "/", SameSite = sameSite, Secure = IsHttps(request), Expires = until };

    bool IsHttps(HttpRequest request) => request.IsHttps || isReachedByHttps;
}
