using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>The forms in which a request can be answered.</summary>
enum AnswerForm { GraphQLJson, Json, EventStream, Html }

/// <summary>What the client's Accept header lets us answer.</summary>
/// <param name="Best">The form it likes best; null when it takes none of ours.</param>
/// <param name="TakesEvents">Whether it named the event stream, so that a subscription may be answered even where it likes JSON as well.</param>
sealed record Accepted(AnswerForm? Best, bool TakesEvents)
{
    /// <summary>What a client that says nothing gets.</summary>
    public static readonly Accepted Anything = new(AnswerForm.GraphQLJson, false);

    static readonly (AnswerForm Form, string Name)[] Offers =
    [
        (AnswerForm.GraphQLJson, MediaTypes.GraphQLJson),
        (AnswerForm.Json, MediaTypes.Json),
        (AnswerForm.EventStream, MediaTypes.EventStream),
        (AnswerForm.Html, MediaTypes.Html),
    ];

    public static Accepted Read(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) || ranges.Count == 0)
            return Anything;
        AnswerForm? best = null;
        double bestQuality = 0;
        foreach (var (form, name) in Offers)
        {
            if (form == AnswerForm.Html && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
                continue;
            // On equal terms the earlier offer wins.
            if (Quality(ranges, form, name) is var quality && quality > bestQuality)
                (best, bestQuality) = (form, quality);
        }
        return new(best, Quality(ranges, AnswerForm.EventStream, MediaTypes.EventStream) > 0);
    }

    /// <summary>The quality of the most specific range that covers the type.</summary>
    static double Quality(IList<MediaTypeHeaderValue> ranges, AnswerForm form, string name)
    {
        var type = new MediaTypeHeaderValue(name);
        // A wildcard asks for an answer, not for a stream or a page.
        var wildcards = form is AnswerForm.GraphQLJson or AnswerForm.Json;
        var covering = ranges
            .Where(range => range.MatchesAllTypes || range.MatchesAllSubTypes
                ? wildcards && (range.MatchesAllTypes || range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase))
                : range.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase))
            .MaxBy(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);
        return covering is null ? 0 : covering.Quality ?? 1;
    }
}

static class MediaTypes
{
    public const string GraphQLJson = "application/graphql-response+json";
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";
    public const string Html = "text/html";
}
