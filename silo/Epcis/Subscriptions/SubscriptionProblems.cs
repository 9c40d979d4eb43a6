using TraceGrains.Domain.Queries;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>What can be wrong with a subscription, as problem documents.</summary>
static class SubscriptionProblems
{
    public static IResult Refused(IReadOnlyList<QueryProblem> problems) => Results.Problem(
        type: "epcisException:SubscriptionControlsException", title: "The subscription was refused", statusCode: StatusCodes.Status400BadRequest,
        detail: problems[0] + (problems.Count > 1 ? $" (and {problems.Count - 1} more)" : ""),
        extensions: new Dictionary<string, object?> { ["problems"] = problems.Select(problem => new { parameter = problem.Parameter, expected = problem.Expected, found = problem.Found }).ToArray() });

    public static IResult Refused(string parameter, string expected, string? found) => Refused([new(parameter, expected, found)]);

    public static IResult NoSuchSubscription(string id) => Problems.Of(
        StatusCodes.Status404NotFound, "NoSuchNameException", "No such subscription", $"subscriptionID: expected one of a subscription of this query, found {id}");

    public static IResult NoSuchDeadLetter(string range) => Problems.Of(
        StatusCodes.Status404NotFound, "NoSuchNameException", "No such dead letter", $"deadLetter: expected the range of one of this subscription's dead letters, found {range}");
}
