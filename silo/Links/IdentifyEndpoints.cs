using System.Text.Json.Nodes;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Silo.Links;

/// <summary><c>/identify?text=</c> says what a scanned text is; <c>/identify/{text}</c> leads to the page of what it most likely names.</summary>
static class IdentifyEndpoints
{
    public static void MapIdentify(this IEndpointRouteBuilder routes)
    {
        LinkEndpoints.Map(routes, "/identify", (http, _) => Task.FromResult(http.Request.Query["text"] is [{ Length: > 0 } text]
            ? LinkAnswers.Json(Of(ScannedText.Identify(text)), "application/json")
            : LinkAnswers.Malformed(http, "", new("text", "the query parameter text with what was scanned", "nothing"))));
        LinkEndpoints.Map(routes, "/identify/{**text}", Lead);
    }

    /// <summary>A right reading that is on record comes before one that is not: thirteen digits may be goods or a company, but seldom are both known.</summary>
    static async Task<IResult> Lead(HttpContext http, Provenance provenance)
    {
        var reading = ScannedText.Identify(LinkEndpoints.CodeIn(http, "/identify/"));
        if (reading.Best is not { Code: { } likeliest })
            return LinkAnswers.Malformed(http, reading.Text.Length > 200 ? reading.Text[..200] + "…" : reading.Text, reading.Problem!);
        foreach (var candidate in reading.IsAmbiguous ? reading.Candidates.Where(candidate => candidate.IsValid) : [])
            if ((await provenance.Of(new Identification(candidate.Code!, candidate.Kind), tells: false)).IsOnRecord)
                return Results.Redirect(LinkPaths.PageOf(candidate.Code!), preserveMethod: true);
        return Results.Redirect(LinkPaths.PageOf(likeliest), preserveMethod: true);
    }

    static JsonObject Of(CodeReading reading) => new()
    {
        ["text"] = reading.Text,
        ["valid"] = reading.IsValid,
        ["ambiguous"] = reading.IsAmbiguous,
        ["problem"] = Of(reading.Problem),
        ["candidates"] = new JsonArray([.. reading.Candidates.Select(candidate => new JsonObject
        {
            ["scheme"] = candidate.Scheme, ["title"] = candidate.Title, ["kind"] = candidate.Kind.ToString(), ["valid"] = candidate.IsValid,
            ["code"] = candidate.Code, ["lotCode"] = candidate.LotCode, ["page"] = candidate.Code is null ? null : LinkPaths.PageOf(candidate.Code),
            ["parts"] = new JsonArray([.. candidate.Parts.Select(part => new JsonObject { ["name"] = part.Name, ["value"] = part.Value, ["meaning"] = part.Meaning })]),
            ["problem"] = Of(candidate.Problem), ["why"] = candidate.Why, ["source"] = candidate.Source, ["unverified"] = candidate.Unverified,
        })]),
    };

    static JsonObject? Of(CodeProblem? problem) => problem is null ? null : new() { ["field"] = problem.Field, ["expected"] = problem.Expected, ["found"] = problem.Found };
}
