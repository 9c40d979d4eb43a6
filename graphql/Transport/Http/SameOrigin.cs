using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>Whether a page of this server makes a browser ask, by what the browser says of it.</summary>
public static class SameOrigin
{
    /// <summary>
    /// Whether what a browser sends along unasked (a cookie) may count: a page of this server asks, or a person by themselves, who opens an address. Where the browser says nothing of where a request comes from, as older ones and those
    /// on plain http do, only what changes nothing may: other sites' pages get no cookie sent (SameSite=Strict), and other hosts of the same site cannot read the answer.
    /// </summary>
    public static bool MayActForVisitor(HttpRequest request)
    {
        var changesNothing = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.HttpContext.WebSockets.IsWebSocketRequest;
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        if (origin.Length > 0 && !IsOwn(request, origin)) return false;
        return site switch
        {
            "same-origin" => true,
            "none" => changesNothing,
            "" => origin.Length > 0 || changesNothing,
            _ => false,
        };
    }

    /// <summary>Whether an origin is this server's. Its scheme may be another than the one that arrives here, where a proxy ends TLS; plain http is not the origin of what arrives by https.</summary>
    public static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && Uri.TryCreate($"{page.Scheme}://{request.Host}", UriKind.Absolute, out var ours)
        && page.Authority.Equals(ours.Authority, StringComparison.OrdinalIgnoreCase) && (page.Scheme == Uri.UriSchemeHttps || !request.IsHttps);
}
