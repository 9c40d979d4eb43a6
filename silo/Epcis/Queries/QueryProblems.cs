using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>What can be wrong with a question, as problem documents with the exception types of the EPCIS 2.0 REST binding.</summary>
static class QueryProblems
{
    public static IResult Refused(params QueryRefusal[] refusals) => Results.Problem(
        type: "epcisException:QueryParameterException", title: "The query was refused", statusCode: StatusCodes.Status400BadRequest,
        detail: new QueryProblem(refusals[0].Parameter, refusals[0].Expected, refusals[0].Found) + (refusals.Length > 1 ? $" (and {refusals.Length - 1} more)" : ""),
        extensions: new Dictionary<string, object?> { ["problems"] = refusals.Select(refusal => new { parameter = refusal.Parameter, expected = refusal.Expected, found = refusal.Found }).ToArray() });

    public static IResult Refused(string parameter, string expected, string? found) => Refused(new QueryRefusal { Parameter = parameter, Expected = expected, Found = found });

    public static IResult TooLarge(string type, string detail) => Problems.Of(StatusCodes.Status413PayloadTooLarge, type, "The answer is too large", detail);

    public static IResult NoSuchName(string resource, string name) => Problems.Of(
        StatusCodes.Status404NotFound, "NoSuchNameException", "No such resource", $"{resource}: expected one that is known here, found {name}");
}
