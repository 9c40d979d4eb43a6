using Microsoft.Net.Http.Headers;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>In which forms a query document can be had. A further form is a further row.</summary>
static class QueryForms
{
    public const string Json = "application/json";

    static readonly string[] Names = [Json, "application/ld+json"];

    /// <summary>The media type to answer with, the one the client likes best; a problem (406) when it takes none of them.</summary>
    public static (string? MediaType, IResult? Problem) Of(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return (Json, null);
        foreach (var range in ranges.Where(range => range.Quality != 0).OrderByDescending(range => range.Quality ?? 1))
            if (Names.FirstOrDefault(name => new MediaTypeHeaderValue(name).IsSubsetOf(range)) is { } name) return (name, null);
        return (null, Problems.NotAcceptable("Accept", string.Join(" or ", Names), accept.ToString()));
    }
}
