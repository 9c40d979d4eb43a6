using System.Text.Json;
using System.Text.Json.Serialization;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>A subscription as it is answered: the binding's members, and how it stands. The secret is never among them.</summary>
sealed record SubscriptionBody
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonPropertyName("subscriptionID")]
    public required string SubscriptionId { get; init; }
    public required string QueryName { get; init; }
    public required string Dest { get; init; }
    public bool? Stream { get; init; }
    public Dictionary<string, string>? Schedule { get; init; }
    public bool? ReportIfEmpty { get; init; }
    public DateTime? InitialRecordTime { get; init; }
    public required DateTime MinRecordTime { get; init; }
    public required string EpcFormat { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? LastNotifiedAt { get; init; }
    /// <summary>active or suspended.</summary>
    public required string Status { get; init; }
    public DateTime? SuspendedAt { get; init; }
    public string? SuspendedBecause { get; init; }
    /// <summary>Through which place in the ledger everything has been delivered or put aside.</summary>
    public required long Cursor { get; init; }
    public DeliveryBody? Pending { get; init; }
    public required int DeadLetters { get; init; }

    public static IResult Of(SubscriptionView view) => Results.Json(BodyOf(view), Json);

    public static IResult Of(IEnumerable<SubscriptionView> views) => Results.Json(views.Select(BodyOf), Json);

    public static IResult Of(IEnumerable<DeadLetter> letters) => Results.Json(letters.Select(letter => DeliveryBody.Of(letter.Delivery) with { GivenUpAt = letter.GivenUpAt.UtcDateTime }), Json);

    static SubscriptionBody BodyOf(SubscriptionView view)
    {
        var (timing, progress) = (view.Terms.Timing, view.Progress);
        return new()
        {
            SubscriptionId = view.Id, QueryName = view.QueryName, Dest = view.Terms.Destination, EpcFormat = view.Terms.EpcFormat, CreatedAt = view.CreatedAt.UtcDateTime,
            Stream = timing.Schedule is null ? true : null, Schedule = timing.Schedule?.Fields.ToDictionary(), ReportIfEmpty = timing.Schedule is null ? null : timing.ReportIfEmpty,
            InitialRecordTime = timing.InitialRecordTime?.UtcDateTime,
            // Initially the time from which on events count, then that of the latest question.
            MinRecordTime = (timing.InitialRecordTime is { } initial && progress.AskedAt == view.CreatedAt ? initial : progress.AskedAt).UtcDateTime,
            LastNotifiedAt = progress.NotifiedAt?.UtcDateTime, Status = progress.SuspendedAt is null ? "active" : "suspended",
            SuspendedAt = progress.SuspendedAt?.UtcDateTime, SuspendedBecause = progress.SuspendedBecause, Cursor = progress.Cursor,
            Pending = progress.Pending is { } pending ? DeliveryBody.Of(pending) : null, DeadLetters = progress.DeadLetters.Length,
        };
    }
}

/// <summary>A delivery that was not taken, yet or ever.</summary>
sealed record DeliveryBody
{
    /// <summary>Its part of the ledger, as in the header of the delivery.</summary>
    public required string Range { get; init; }
    public required int Events { get; init; }
    public required DateTime MadeAt { get; init; }
    public required int Attempts { get; init; }
    public DateTime? FailedAt { get; init; }
    public DateTime? NextAttemptAt { get; init; }
    public string? LastError { get; init; }
    public DateTime? GivenUpAt { get; init; }

    public static DeliveryBody Of(PendingDelivery delivery) => new()
    {
        Range = delivery.Range, Events = delivery.Events, MadeAt = delivery.MadeAt.UtcDateTime, Attempts = delivery.Attempts, FailedAt = delivery.FailedAt?.UtcDateTime,
        NextAttemptAt = delivery.NextAttemptAt?.UtcDateTime, LastError = delivery.LastError,
    };
}
