using System.Globalization;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// A delivery that has been begun and not been taken yet. Its range is fixed, and noted before the first attempt: every attempt, also one after a crash, sends the same events in the same bytes, so
/// that the receiver can tell a repeat by its range.
/// </summary>
[GenerateSerializer]
[Alias("tg.PendingDelivery")]
public sealed record PendingDelivery
{
    /// <summary>The last event before it.</summary>
    [Id(0)] public long After { get; set; }
    /// <summary>The last event that was looked at for it.</summary>
    [Id(1)] public long Through { get; set; }
    /// <summary>Events in it; 0 for a report that there are none.</summary>
    [Id(2)] public int Events { get; set; }
    /// <summary>When it was made (<c>creationDate</c>).</summary>
    [Id(3)] public DateTimeOffset MadeAt { get; set; }
    /// <summary>Attempts that failed.</summary>
    [Id(4)] public int Attempts { get; set; }
    /// <summary>Those of them that the destination refused.</summary>
    [Id(5)] public int Refusals { get; set; }
    /// <summary>Not before this time; null for at once.</summary>
    [Id(6)] public DateTimeOffset? NextAttemptAt { get; set; }
    /// <summary>When it failed first.</summary>
    [Id(7)] public DateTimeOffset? FailedAt { get; set; }
    /// <summary>What went wrong last.</summary>
    [Id(8)] public string? LastError { get; set; }
    /// <summary>Where the ledger stood when it was looked for: what master data said then decides, also when its events are read again.</summary>
    [Id(9)] public long AsOf { get; set; }

    /// <summary>The range as clients see it: <c>after-through</c>.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"{After}-{Through}");
}

/// <summary>A delivery that was given up. The ledger has its events; this says which.</summary>
[GenerateSerializer]
[Alias("tg.DeadLetter")]
public sealed record DeadLetter
{
    /// <summary>The delivery as it stood.</summary>
    [Id(0)] public PendingDelivery Delivery { get; set; } = new();
    /// <summary>When the last attempt failed.</summary>
    [Id(1)] public DateTimeOffset GivenUpAt { get; set; }

    /// <summary>Names it among the subscription's.</summary>
    public string Id => Delivery.Range;
}
