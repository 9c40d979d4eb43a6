namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// How far a subscription has come, and every rule of how it goes on. A value: time, chance and what came of an attempt go in, the next value comes out; whoever holds it does the looking,
/// sending and storing.
/// </summary>
[GenerateSerializer]
[Alias("tg.DeliveryProgress")]
public sealed record DeliveryProgress
{
    /// <summary>Every event through this place in the ledger has been delivered or put aside as a dead letter, or does not satisfy the query.</summary>
    [Id(0)] public long Cursor { get; set; }
    /// <summary>The delivery under way; null when there is none.</summary>
    [Id(1)] public PendingDelivery? Pending { get; set; }
    /// <summary>Through where the scheduled run under way looks; null when none is.</summary>
    [Id(2)] public long? RunThrough { get; set; }
    /// <summary>Whether that run has sent anything.</summary>
    [Id(3)] public bool HasReported { get; set; }
    /// <summary>When the query was asked last, or the subscription was made (<c>minRecordTime</c>).</summary>
    [Id(4)] public DateTimeOffset AskedAt { get; set; }
    /// <summary>When the destination last took a delivery.</summary>
    [Id(5)] public DateTimeOffset? NotifiedAt { get; set; }
    /// <summary>Events per delivery where the destination asked for fewer than usual; 0 when it did not.</summary>
    [Id(6)] public int EventsMax { get; set; }
    /// <summary>Since when nothing is sent; null while the subscription is active.</summary>
    [Id(7)] public DateTimeOffset? SuspendedAt { get; set; }
    /// <summary>Why.</summary>
    [Id(8)] public string? SuspendedBecause { get; set; }
    /// <summary>Deliveries that were given up, oldest first.</summary>
    [Id(9)] public DeadLetter[] DeadLetters { get; set; } = [];

    /// <summary>What to do next.</summary>
    /// <param name="timing">When the subscriber is told.</param>
    /// <param name="rules">Whose clocks count.</param>
    /// <param name="now">The time.</param>
    /// <param name="head">Where the ledger stands, as far as is known.</param>
    public DeliveryStep Next(SubscriptionTiming timing, DeliveryRules rules, DateTimeOffset now, long head)
    {
        if (SuspendedAt is not null) return new(DeliveryTask.Rest);
        if (Pending is { } pending) return pending.NextAttemptAt > now ? new(DeliveryTask.Rest, pending.NextAttemptAt) : new(DeliveryTask.Send);
        if (timing.Schedule is not { } schedule) return Cursor < head ? new(DeliveryTask.Look, Through: head) : new(DeliveryTask.Rest);
        if (RunThrough is { } through) return new(DeliveryTask.Look, Through: through);
        // Times that passed while nothing ran are one run: the events are the same.
        var due = schedule.Next(AskedAt, rules.Zone);
        return due <= now ? new(DeliveryTask.Begin) : new(DeliveryTask.Rest, due);
    }

    /// <summary>How many events the next delivery may hold.</summary>
    public int EventsOf(DeliveryRules rules) => EventsMax > 0 ? EventsMax : rules.EventsMax;

    /// <summary>A scheduled run begins.</summary>
    public DeliveryProgress Begin(long head, DateTimeOffset now) => this with { RunThrough = Math.Max(head, Cursor), HasReported = false, AskedAt = now };

    /// <summary>The query was asked for what lies behind the cursor.</summary>
    /// <param name="timing">When the subscriber is told.</param>
    /// <param name="asOf">How far was to be looked.</param>
    /// <param name="through">How far was looked.</param>
    /// <param name="events">How many events satisfy it.</param>
    /// <param name="now">The time.</param>
    public DeliveryProgress Found(SubscriptionTiming timing, long asOf, long through, int events, DateTimeOffset now)
    {
        var asked = timing.Schedule is null ? this with { AskedAt = now } : this;
        var isEnd = RunThrough is { } end && through >= end;
        if (events > 0 || isEnd && timing.ReportIfEmpty && !HasReported)
            return asked with { HasReported = true, Pending = new() { After = Cursor, Through = through, AsOf = asOf, Events = events, MadeAt = now } };
        return asked with { Cursor = Math.Max(Cursor, through), RunThrough = isEnd ? null : RunThrough };
    }

    /// <summary>The destination took the pending delivery.</summary>
    public DeliveryProgress Delivered(DateTimeOffset now) => Passed() with { NotifiedAt = now, DeadLetters = Without(Pending!.Range) };

    /// <summary>An attempt to send the pending delivery failed.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="rules">How patient to be.</param>
    /// <param name="now">The time.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    public DeliveryProgress Failed(DeliveryOutcome outcome, DeliveryRules rules, DateTimeOffset now, double chance)
    {
        // Asked again for fewer: what remains of the range is the next delivery's.
        if (outcome.Verdict == DeliveryVerdict.TooLarge && Pending!.Events > 1) return this with { Pending = null, EventsMax = Pending.Events / 2 };
        var isRefusal = outcome.Verdict is DeliveryVerdict.Refused or DeliveryVerdict.TooLarge;
        var failed = Pending! with
        {
            Attempts = Pending.Attempts + 1, Refusals = Pending.Refusals + (isRefusal ? 1 : 0), FailedAt = Pending.FailedAt ?? now, LastError = outcome.Said, NextAttemptAt = null,
        };
        if (failed.Refusals >= rules.Refusals)
            return DeadLetters.Length < rules.DeadLettersMax
                ? Passed() with { DeadLetters = [.. Without(failed.Range), new() { Delivery = failed, GivenUpAt = now }] }
                : (this with { Pending = failed }).Suspend($"{DeadLetters.Length} dead letters wait for their subscriber", now);
        if (failed.Attempts >= rules.Attempts)
            // Not passed: whoever cannot take this one cannot take the next, and order is kept for the day it can.
            return (this with { Pending = failed, DeadLetters = [.. Without(failed.Range), new() { Delivery = failed, GivenUpAt = now }] })
                .Suspend($"{failed.Attempts} attempts failed; the last: {outcome.Said}", now);
        var pause = rules.PauseAfter(failed.Attempts, chance);
        if (outcome.RetryAfter is { } asked && asked > pause) pause = asked < rules.LongestPause ? asked : rules.LongestPause;
        return this with { Pending = failed with { NextAttemptAt = now + pause } };
    }

    /// <summary>Nothing is sent from now on.</summary>
    public DeliveryProgress Suspend(string because, DateTimeOffset now) => this with { SuspendedAt = now, SuspendedBecause = because };

    /// <summary>Goes on, with the pending delivery as if it had never failed.</summary>
    public DeliveryProgress Resume() => this with { SuspendedAt = null, SuspendedBecause = null, EventsMax = 0, Pending = Pending is null ? null : Fresh(Pending) };

    /// <summary>The subscriber chooses behind which event to go on: further on skips, further back sends again.</summary>
    public DeliveryProgress MoveTo(long cursor) => this with { Cursor = cursor, Pending = null, RunThrough = null, HasReported = false };

    /// <summary>A dead letter was sent once more; null when there is none of that id.</summary>
    public DeliveryProgress? Redelivered(string id, DeliveryOutcome outcome, DateTimeOffset now)
    {
        if (DeadLetters.FirstOrDefault(letter => letter.Id == id) is not { } letter) return null;
        if (outcome.Verdict == DeliveryVerdict.Delivered)
            return Pending?.Range == id ? Delivered(now) : this with { NotifiedAt = now, DeadLetters = Without(id) };
        var again = letter with { GivenUpAt = now, Delivery = letter.Delivery with { Attempts = letter.Delivery.Attempts + 1, LastError = outcome.Said } };
        return this with { DeadLetters = [.. DeadLetters.Select(other => other.Id == id ? again : other)] };
    }

    /// <summary>A dead letter is thrown away; null when there is none of that id. Of a suspended subscription's pending delivery only the note goes: resuming sends it, or skips it by a cursor.</summary>
    public DeliveryProgress? Discard(string id) => DeadLetters.Any(letter => letter.Id == id) ? this with { DeadLetters = Without(id) } : null;

    static PendingDelivery Fresh(PendingDelivery pending) => pending with { Attempts = 0, Refusals = 0, NextAttemptAt = null, FailedAt = null, LastError = null };

    DeliveryProgress Passed()
    {
        var through = Math.Max(Cursor, Pending!.Through);
        return this with { Cursor = through, Pending = null, RunThrough = RunThrough is { } end && through < end ? end : null };
    }

    DeadLetter[] Without(string id) => [.. DeadLetters.Where(letter => letter.Id != id)];
}
