namespace TraceGrains.Domain.Subscriptions;

/// <summary>What became of an attempt.</summary>
public enum DeliveryVerdict
{
    /// <summary>The destination took it (2xx).</summary>
    Delivered = 0,
    /// <summary>The destination does not want this delivery: sending the same again will hardly help.</summary>
    Refused = 1,
    /// <summary>The destination asks for smaller deliveries (413).</summary>
    TooLarge = 2,
    /// <summary>The destination cannot be reached, does not answer in time, or has trouble of its own or with whoever calls it: later may be better.</summary>
    Failed = 3,
}

/// <summary>What became of an attempt, and what the destination said.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Said">For people; empty when delivered.</param>
/// <param name="RetryAfter">How long the destination asks to be left alone; null when it did not say.</param>
public readonly record struct DeliveryOutcome(DeliveryVerdict Verdict, string Said = "", TimeSpan? RetryAfter = null)
{
    // Not about the delivery: who may call (401, 403, 407), where (404, 410), how fast (408, 425, 429) and what is locked (423).
    static readonly int[] Passing = [401, 403, 404, 407, 408, 410, 423, 425, 429];

    /// <summary>What a status code of the destination means.</summary>
    public static DeliveryOutcome OfStatus(int status, TimeSpan? retryAfter = null) => status switch
    {
        >= 200 and < 300 => new(DeliveryVerdict.Delivered),
        413 => new(DeliveryVerdict.TooLarge, "the destination answered 413"),
        >= 400 and < 500 when !Passing.Contains(status) => new(DeliveryVerdict.Refused, $"the destination answered {status}", retryAfter),
        // A redirect is not followed: the subscriber named one address, and that one was checked.
        _ => new(DeliveryVerdict.Failed, $"the destination answered {status}", retryAfter),
    };
}
