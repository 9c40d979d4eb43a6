using Microsoft.AspNetCore.Routing.Patterns;

namespace TraceGrains.Silo.Epcis;

/// <summary>OPTIONS: what a resource offers.</summary>
static class Discovery
{
    /// <summary>
    /// Adds OPTIONS to a resource; its other methods are found among the routes with the same pattern. <paramref name="prepare"/> may add headers of its own, and answers a problem where there
    /// is no such resource.
    /// </summary>
    public static void MapDiscovery(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task<IResult?>>? prepare = null) =>
        routes.MapMethods(pattern, [HttpMethods.Options], async (HttpContext http, EndpointDataSource all) =>
        {
            if (prepare is not null && await prepare(http) is { } missing) return missing;
            EpcisHeaders.AddDiscovery(http.Response.Headers);
            http.Response.Headers.Allow = string.Join(", ", MethodsOf(((RouteEndpoint)http.GetEndpoint()!).RoutePattern, all));
            return Results.NoContent();
        });

    static IEnumerable<string> MethodsOf(RoutePattern pattern, EndpointDataSource all) => all.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText == pattern.RawText)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
        .Distinct().Order(StringComparer.Ordinal);
}
