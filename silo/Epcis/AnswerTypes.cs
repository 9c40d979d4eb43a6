using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TraceGrains.Silo.Epcis;

/// <summary>Which of the forms that an answer can have a client takes.</summary>
static class AnswerTypes
{
    static readonly string[] Json = ["application/json", "application/problem+json", "application/ld+json"];

    static readonly string[] Xml = ["application/xml", "text/xml"];

    /// <summary>Refuses, before anything is done, a request whose <c>Accept</c> leaves neither JSON nor XML (406).</summary>
    public static void AnswersJsonOrXml(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        return Takes(accept, Json) || Takes(accept, Xml) ? await next(context) : Problems.NotAcceptable("Accept", "application/json or application/xml", accept.ToString());
    });

    /// <summary>The XML type that a client would rather have than JSON; null where it would not. Of what it likes equally well the first counts, and of a range that holds both it is JSON.</summary>
    public static string? PreferredXml(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)) return null;
        foreach (var range in ranges.Where(range => range.Quality != 0).OrderByDescending(range => range.Quality ?? 1))
        {
            if (Json.Any(type => range.MatchesMediaType(type))) return null;
            if (Array.Find(Xml, type => range.MatchesMediaType(type)) is { } xml) return xml;
        }
        return null;
    }

    /// <summary>The JSON type that a client takes; null where it takes none.</summary>
    public static string? PreferredJson(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)) return Json[0];
        foreach (var range in ranges.Where(range => range.Quality != 0).OrderByDescending(range => range.Quality ?? 1))
            if (Array.Find(Json, type => type != "application/problem+json" && range.MatchesMediaType(type)) is { } json) return json;
        return null;
    }

    static bool Takes(StringValues accept, string[] types) =>
        accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Any(range => range.Quality != 0 && types.Any(type => range.MatchesMediaType(type)));

    /// <summary>Refuses, before anything is done, a request whose <c>Accept</c> leaves no JSON (406).</summary>
    public static void AnswersJson(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        return Takes(accept, Json) ? await next(context) : Problems.NotAcceptable("Accept", "application/json", accept.ToString());
    });
}
