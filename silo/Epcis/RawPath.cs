using Microsoft.AspNetCore.Http.Features;

namespace TraceGrains.Silo.Epcis;

/// <summary>
/// Identifiers in a request's path, as the client wrote them. The server decodes a path except for <c>%2F</c>, so that of two different identifiers
/// (<c>a%2Fb</c>, <c>a%252Fb</c>) one path comes; each segment of the request line is decoded here, once.
/// </summary>
static class RawPath
{
    /// <summary>What follows a prefix such as <c>/epcis/events/</c>: an identifier in URL encoding, or one whose slashes were left as they are.</summary>
    public static string After(HttpRequest request, string prefix)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var at = target.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
        // A client that encoded the prefix itself is served from the decoded path.
        return at < 0 ? request.Path.Value![prefix.Length..] : Uri.UnescapeDataString(target[(at + prefix.Length)..].Split('?')[0]);
    }
}
