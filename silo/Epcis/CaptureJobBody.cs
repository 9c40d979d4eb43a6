using System.Text.Json.Serialization;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;

namespace TraceGrains.Silo.Epcis;

/// <summary>That an event is recorded: its id, its place in the ledger, whether it had been recorded before, its position in its document.</summary>
sealed record ReceiptBody(string EventID, long Sequence, bool Repeat, int EventIndex)
{
    public static ReceiptBody Of(Receipt receipt) => new(receipt.EventId, receipt.Sequence, receipt.IsRepeat, receipt.EventIndex);
}

/// <summary>One error of a job: a problem document (RFC 9457), and where it is.</summary>
sealed record CaptureErrorBody(string Type, string Title, int Status, string Detail)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? EventIndex { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Field { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Expected { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Found { get; init; }

    public static CaptureErrorBody Of(Refusal refusal)
    {
        var (type, title, status) = Problems.KindOf(refusal);
        return new(type, title, status, Problems.Line(refusal)) { EventIndex = refusal.EventIndex, Field = refusal.Field, Expected = refusal.Expected, Found = refusal.Found };
    }

    public static CaptureErrorBody Ours(string failure) =>
        new("epcisException:ImplementationException", "The document could not be captured; send it again", StatusCodes.Status500InternalServerError, failure);
}

/// <summary>A capture job as the EPCIS 2.0 REST binding describes it (<c>CaptureJob</c>), with the receipts of its events.</summary>
sealed record CaptureJobBody(string CaptureID, DateTime CreatedAt, bool Running, bool Success, string CaptureErrorBehaviour, CaptureErrorBody[] Errors)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTime? FinishedAt { get; init; }

    /// <summary>Receipts in the document's order; left out in a list of jobs and while the job runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReceiptBody[]? Events { get; init; }

    public static CaptureJobBody Of(CaptureJobView job, bool withEvents)
    {
        var isRunning = job.FinishedAt is null;
        CaptureErrorBody[] errors = [.. job.Errors.Select(CaptureErrorBody.Of)];
        if (job.Failure is { } failure) errors = [.. errors, CaptureErrorBody.Ours(failure)];
        return new(job.Id!, job.CreatedAt.UtcDateTime, isRunning, errors.Length == 0, job.Behaviour == TraceGrains.Domain.Events.CaptureErrorBehaviour.Proceed ? "proceed" : "rollback", errors)
        {
            FinishedAt = job.FinishedAt?.UtcDateTime,
            Events = withEvents && !isRunning ? [.. job.Receipts.Select(ReceiptBody.Of)] : null,
        };
    }
}
