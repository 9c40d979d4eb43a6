using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>Sends deliveries; the host implements it. It never throws on what a destination does: that is an outcome.</summary>
public interface IWebhooks
{
    /// <summary>One attempt. Waits its turn where the destination has as many at once as it may.</summary>
    Task<DeliveryOutcome> Post(WebhookDelivery delivery, CancellationToken stop);
}

/// <summary>What is sent where.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The subscription's id.</summary>
    public required string SubscriptionId { get; init; }
    /// <summary>The query's name.</summary>
    public required string QueryName { get; init; }
    /// <summary>Where to, and how signed and spelt.</summary>
    public required SubscriptionTerms Terms { get; init; }
    /// <summary>Which range.</summary>
    public required PendingDelivery Delivery { get; init; }
    /// <summary>Its events.</summary>
    public required IReadOnlyList<QueriedEvent> Events { get; init; }
}
