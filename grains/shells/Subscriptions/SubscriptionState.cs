using TraceGrains.Domain.Access;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>What a subscription keeps. Replaced whole, never changed in place: storage may serialise it while another turn runs.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SubscriptionState")]
sealed record SubscriptionState
{
    /// <summary>The query's key.</summary>
    [Id(0)] public string QueryName { get; init; } = "";
    /// <summary>The query as it was when it was subscribed to; a named query never changes, it can only be deleted.</summary>
    [Id(1)] public byte[] Query { get; init; } = [];
    [Id(2)] public DateTimeOffset CreatedAt { get; init; }
    [Id(3)] public SubscriptionTerms Terms { get; init; } = new();
    [Id(4)] public DeliveryProgress Progress { get; init; } = new();
    /// <summary>Whose it is; null for somebody who sees everything.</summary>
    [Id(5)] public Caller? Owner { get; init; }
}
