using TraceGrains.Contracts.Capture;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Silo.Epcis;

/// <summary>Errors as RFC 9457 problem documents with the exception types of the EPCIS 2.0 REST binding.</summary>
static class Problems
{
    /// <summary>One field that is wrong.</summary>
    sealed record ProblemBody(int? EventIndex, string Field, string Expected, string? Found);

    public static IResult Of(int status, string type, string title, string detail) => Results.Problem(type: "epcisException:" + type, title: title, detail: detail, statusCode: status);

    public static IResult Refused(Refusal[] refusals)
    {
        var (type, title, status) = refusals switch
        {
            _ when refusals.Any(refusal => refusal.ExceedsLimit) => ("CaptureLimitExceededException", "The document is too large; send it as several", StatusCodes.Status413PayloadTooLarge),
            _ when refusals.Any(refusal => refusal.IsConflict) => ("ResourceAlreadyExistsException", "An event id is in use with other content", StatusCodes.Status409Conflict),
            _ => ("ValidationException", "The document was refused; nothing of it was recorded", StatusCodes.Status400BadRequest),
        };
        return Results.Problem(
            type: "epcisException:" + type, title: title, statusCode: status,
            detail: Line(refusals[0]) + (refusals.Length > 1 ? $" (and {refusals.Length - 1} more)" : ""),
            extensions: new Dictionary<string, object?>
            {
                ["problems"] = refusals.Select(refusal => new ProblemBody(refusal.EventIndex, refusal.Field, refusal.Expected, refusal.Found)).ToArray(),
            });
    }

    public static IResult Unsupported(HttpRequest request, IEnumerable<string> expected) => Results.Problem(
        type: "epcisException:UnsupportedMediaTypeException", title: "Content-Type is not one this endpoint reads",
        detail: request.Headers.ContentEncoding.Count > 0
            ? $"Content-Encoding: expected none, found {request.Headers.ContentEncoding}"
            : $"Content-Type: expected {string.Join(" or ", expected)}, in UTF-8, found {request.ContentType ?? "none"}",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    public static IResult TooLarge() => Results.Problem(
        type: "epcisException:CaptureLimitExceededException", title: "The document is too large",
        detail: $"body: expected at most {CaptureLimits.MaxDocumentBytes:N0} bytes; send it as several documents", statusCode: StatusCodes.Status413PayloadTooLarge);

    public static IResult NotAcceptable(string header, string expected, string? found) => Of(
        StatusCodes.Status406NotAcceptable, "NotAcceptableException", "The answer cannot be given in that form", $"{header}: expected {expected}, found {found ?? "nothing"}");

    public static IResult Unreadable(Exception cause) => Results.Problem(
        type: "epcisException:ValidationException", title: "The body could not be read", detail: cause.Message, statusCode: StatusCodes.Status400BadRequest);

    public static IResult Query(params QueryRefusal[] refusals) => Results.Problem(
        type: "epcisException:QueryParameterException", title: "The query was refused", statusCode: StatusCodes.Status400BadRequest,
        detail: new QueryProblem(refusals[0].Parameter, refusals[0].Expected, refusals[0].Found) + (refusals.Length > 1 ? $" (and {refusals.Length - 1} more)" : ""),
        extensions: new Dictionary<string, object?> { ["problems"] = refusals.Select(refusal => new { parameter = refusal.Parameter, expected = refusal.Expected, found = refusal.Found }).ToArray() });

    public static IResult Query(string parameter, string expected, string? found) => Query(new QueryRefusal { Parameter = parameter, Expected = expected, Found = found });

    public static IResult TooLarge(string type, string detail) => Of(StatusCodes.Status413PayloadTooLarge, type, "The answer is too large", detail);

    public static IResult NoSuchName(string resource, string name) => Of(
        StatusCodes.Status404NotFound, "NoSuchNameException", "No such resource", $"{resource}: expected one that is known here, found {name}");

    public static IResult NoSuchEvent(string eventId) => Results.Problem(
        type: "epcisException:NoSuchResourceException", title: "No such event",
        detail: $"eventID: expected the id of an event on record; there is none under {eventId}", statusCode: StatusCodes.Status404NotFound);

    static string Line(Refusal refusal) => new CaptureProblem(refusal.EventIndex, refusal.Field, refusal.Expected, refusal.Found).ToString();
}
