using Microsoft.Net.Http.Headers;

namespace TraceGrains.Silo.Epcis;

/// <summary>Whether a client takes the form in which an answer is given.</summary>
static class AnswerTypes
{
    static readonly string[] Json = ["application/json", "application/problem+json", "application/ld+json"];

    /// <summary>Refuses, before anything is done, a request whose <c>Accept</c> leaves no JSON (406).</summary>
    public static void AnswersJson(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        return accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Any(range => range.Quality != 0 && Json.Any(type => range.MatchesMediaType(type)))
            ? await next(context)
            : Problems.NotAcceptable("Accept", "application/json", accept.ToString());
    });
}
