using System.Globalization;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Queries;
using TraceGrains.GraphQL.Access;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>Asks a query and answers its page as a query document.</summary>
static class Poll
{
    public const string SimpleEventQuery = "SimpleEventQuery", TokenExpires = "GS1-Next-Page-Token-Expires";

    static readonly string[] NotOfTheQuery = [Paging.PerPage, Paging.NextPageToken];

    /// <summary>Asks what the URL asks, and that a field has a value where the path says so.</summary>
    public static Task<IResult> Url(HttpContext http, IGrainFactory grains, TimeProvider clock, string? parameter = null, string? value = null)
    {
        var parameters = http.Request.Query.Where(one => !NotOfTheQuery.Contains(one.Key)).SelectMany(one => one.Value, (one, text) => KeyValuePair.Create(one.Key, text ?? ""));
        var (query, problem) = QueryUrl.ToJson(parameters, http.Request.Headers["GS1-Extensions"]);
        if (problem is not null) return Task.FromResult(QueryProblems.Refused(problem.Parameter, problem.Expected, problem.Found));
        return Ask(http, grains, clock, parameter is null ? query! : QueryUrl.And(query!, parameter, value!), SimpleEventQuery);
    }

    public static async Task<IResult> Ask(HttpContext http, IGrainFactory grains, TimeProvider clock, byte[] query, string queryName)
    {
        var (form, notAcceptable) = QueryAnswerForm.Of(http.Request);
        var (size, noSize) = Paging.SizeOf(http.Request, QueryAsk.PageSizeMax);
        if ((notAcceptable ?? noSize) is { } problem) return problem;
        var answer = await grains.GetGrain<IEventQueryGrain>(0).Poll(new() { Query = query, PageSize = size, PageToken = Paging.TokenOf(http.Request), For = http.Caller().Restricted(Right.ReadCustody) });
        switch (answer.Status)
        {
            case QueryStatus.Refused: return QueryProblems.Refused(answer.Refusals);
            case QueryStatus.TooLarge: return QueryProblems.TooLarge("QueryTooLargeException", "More events satisfy the query than its maxEventCount allows");
            case QueryStatus.TooComplex: return QueryProblems.TooLarge("QueryTooComplexException", "Too many events would have to be looked at; narrow the query, by event time for instance");
        }
        if (answer.NextPageToken is { } token)
        {
            Paging.LinkNext(http, token);
            http.Response.Headers[TokenExpires] = answer.TokenExpires!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
        return form!.Write(http, answer.Events, queryName, clock.GetUtcNow());
    }
}
