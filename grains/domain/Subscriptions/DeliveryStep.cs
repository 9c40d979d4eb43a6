namespace TraceGrains.Domain.Subscriptions;

/// <summary>What a subscription has to do next.</summary>
public enum DeliveryTask
{
    /// <summary>Nothing until a time, or until somebody says that there is something new.</summary>
    Rest = 0,
    /// <summary>Ask the query for what lies between the cursor and a place in the ledger.</summary>
    Look = 1,
    /// <summary>Begin a scheduled run: through wherever the ledger stands now.</summary>
    Begin = 2,
    /// <summary>Send the pending delivery.</summary>
    Send = 3,
}

/// <summary>What to do next.</summary>
/// <param name="Task">What.</param>
/// <param name="Until">For <see cref="DeliveryTask.Rest"/>: until when at the latest; null for no such time.</param>
/// <param name="Through">For <see cref="DeliveryTask.Look"/>: up to where.</param>
public readonly record struct DeliveryStep(DeliveryTask Task, DateTimeOffset? Until = null, long Through = 0);
