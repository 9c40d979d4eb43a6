using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>Errors as RFC 9457 problem documents with the exception types of the EPCIS 2.0 REST binding.</summary>
static class Problems
{
    /// <summary>One field that is wrong.</summary>
    sealed record ProblemBody(int? EventIndex, string Field, string Expected, string? Found);

    public static IResult Of(int status, string type, string title, string detail) => Results.Problem(type: "epcisException:" + type, title: title, detail: detail, statusCode: status);

    public static IResult Refused(Refusal[] refusals)
    {
        // What the answer as a whole is depends on the gravest: a document that is too large has not been looked at further.
        var gravest = refusals.FirstOrDefault(refusal => refusal.ExceedsLimit) ?? refusals.FirstOrDefault(refusal => refusal.IsConflict) ?? refusals.FirstOrDefault(refusal => !refusal.IsForbidden) ?? refusals[0];
        var (type, title, status) = KindOf(gravest);
        return Results.Problem(
            type: type, title: title, statusCode: status,
            detail: Line(refusals[0]) + (refusals.Length > 1 ? $" (and {refusals.Length - 1} more)" : ""),
            extensions: new Dictionary<string, object?>
            {
                ["problems"] = refusals.Select(refusal => new ProblemBody(refusal.EventIndex, refusal.Field, refusal.Expected, refusal.Found)).ToArray(),
            });
    }

    /// <summary>Exception type, title and status of one refusal.</summary>
    public static (string Type, string Title, int Status) KindOf(Refusal refusal) =>
        refusal.ExceedsLimit ? ("epcisException:CaptureLimitExceededException", "The document is too large; send it as several", StatusCodes.Status413PayloadTooLarge)
        : refusal.IsForbidden ? ("epcisException:SecurityException", "An event is not the sender's to report", StatusCodes.Status403Forbidden)
        : refusal.IsConflict ? ("epcisException:ResourceAlreadyExistsException", "An event id is in use with other content", StatusCodes.Status409Conflict)
        : refusal.EventIndex is null ? ("epcisException:ValidationException", "The document was refused; nothing of it was recorded", StatusCodes.Status400BadRequest)
        : ("epcisException:ValidationException", "An event was refused", StatusCodes.Status400BadRequest);

    public static IResult Unsupported(HttpRequest request, IEnumerable<string> expected) => Of(
        StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaTypeException", "Content-Type is not one this endpoint reads",
        request.Headers.ContentEncoding.Count > 0
            ? $"Content-Encoding: expected none, found {request.Headers.ContentEncoding}"
            : $"Content-Type: expected {string.Join(" or ", expected)}, in UTF-8, found {request.ContentType ?? "none"}");

    public static IResult TooLarge() => Of(
        StatusCodes.Status413PayloadTooLarge, "CaptureLimitExceededException", "The document is too large",
        $"body: expected at most {CaptureLimits.MaxDocumentBytes:N0} bytes; send it as several documents");

    public static IResult Invalid(string field, string expected, string? found) => Of(
        StatusCodes.Status400BadRequest, "ValidationException", "The request was refused", $"{field}: expected {expected}, found {found ?? "nothing"}");

    public static IResult NotAcceptable(string header, string expected, string? found) => Of(
        StatusCodes.Status406NotAcceptable, "NotAcceptableException", "The answer cannot be given in that form", $"{header}: expected {expected}, found {found ?? "nothing"}");

    public static IResult Unreadable(Exception cause) => Of(StatusCodes.Status400BadRequest, "ValidationException", "The body could not be read", cause.Message);

    public static IResult NoSuchEvent(string eventId) => Of(
        StatusCodes.Status404NotFound, "NoSuchResourceException", "No such event", $"eventID: expected the id of an event on record; there is none under {eventId}");

    public static IResult NoSuchCaptureJob(string id) => Of(
        StatusCodes.Status404NotFound, "NoSuchResourceException", "No such capture job", $"captureID: expected the id of a job of the last days; there is none under {id}");

    /// <summary>The ledger could not be written or read just now. Whether a capture was recorded shows when it is repeated; what is on record is not recorded twice.</summary>
    public static IResult Unavailable(bool isFull) => Of(
        isFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable, "ImplementationException",
        isFull ? "There is no space left for the ledger" : "The ledger cannot be used at the moment",
        (isFull ? "The disk that holds the ledger is full." : "The storage that holds the ledger failed.")
            + " This request was not acknowledged; send it again when the administrator has seen to it: what is on record already is not recorded twice.");

    public static IResult Fault() => Of(
        StatusCodes.Status500InternalServerError, "ImplementationException", "Internal error", "This request was not acknowledged. The administrator finds the cause in the log.");

    public static string Line(Refusal refusal) => new CaptureProblem(refusal.EventIndex, refusal.Field, refusal.Expected, refusal.Found).ToString();
}
