using Microsoft.AspNetCore.Routing.Patterns;

namespace TraceGrains.Silo.Epcis;

/// <summary>OPTIONS: what a resource offers.</summary>
static class Discovery
{
    /// <summary>Adds OPTIONS to a resource; its other methods are found among the routes with the same pattern.</summary>
    public static void MapDiscovery(this IEndpointRouteBuilder routes, string pattern, Action<HttpContext>? addHeaders = null) =>
        routes.MapMethods(pattern, [HttpMethods.Options], (HttpContext http, EndpointDataSource all) =>
        {
            EpcisHeaders.AddDiscovery(http.Response.Headers);
            addHeaders?.Invoke(http);
            http.Response.Headers.Allow = string.Join(", ", MethodsOf(((RouteEndpoint)http.GetEndpoint()!).RoutePattern, all));
            return Results.NoContent();
        });

    static IEnumerable<string> MethodsOf(RoutePattern pattern, EndpointDataSource all) => all.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText == pattern.RawText)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
        .Distinct().Order(StringComparer.Ordinal);
}
