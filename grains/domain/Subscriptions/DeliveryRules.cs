namespace TraceGrains.Domain.Subscriptions;

/// <summary>How patient deliveries are; an administrator's choice.</summary>
public sealed record DeliveryRules
{
    /// <summary>Pause after the first failure; it doubles with every further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Attempts in a row after which the subscription is suspended. With the pauses above that is about 17 hours.</summary>
    public int Attempts { get; init; } = 100;
    /// <summary>Refusals of one delivery after which it is put aside as a dead letter and the next one is sent.</summary>
    public int Refusals { get; init; } = 5;
    /// <summary>Events in one delivery.</summary>
    public int EventsMax { get; init; } = 100;
    /// <summary>Dead letters of one subscription; one more suspends it.</summary>
    public int DeadLettersMax { get; init; } = 1_000;
    /// <summary>By whose clocks schedules run.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// The pause after so many failures in a row: doubling, capped, and between half and all of that, so that subscribers that failed together do not come back together.
    /// </summary>
    /// <param name="failures">From 1.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    public TimeSpan PauseAfter(int failures, double chance)
    {
        // 2^40 first pauses are longer than any cap; beyond, the product would overflow.
        var full = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, Math.Clamp(failures - 1, 0, 40)), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + chance / 2));
    }
}
