using Orleans.Concurrency;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Contracts.Subscriptions;

/// <summary>One webhook subscription of a named query (EPCIS 2.0 REST binding, <c>/queries/{name}/subscriptions/{id}</c>).</summary>
[Alias("tg.ISubscriptionGrain")]
public interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Makes the subscription of the query of a key (<see cref="Queries.NamedQuery.Key"/>); it is durable when this answers. The terms have been checked.</summary>
    [Alias("Create")]
    Task<SubscriptionView> Create(string queryKey, [Immutable] byte[] query, [Immutable] SubscriptionTerms terms);

    /// <summary>The same for somebody who does not see everything: only what they see is sent.</summary>
    [Alias("CreateFor")]
    Task<SubscriptionView> CreateFor(string queryKey, [Immutable] byte[] query, [Immutable] SubscriptionTerms terms, Caller owner);

    /// <summary>How it stands; null when there is none.</summary>
    [Alias("View")]
    Task<SubscriptionView?> View();

    /// <summary>Ends it; false when there is none of that query. A delivery under way is broken off.</summary>
    [Alias("End")]
    Task<bool> End(string queryKey);

    /// <summary>Says that the ledger has come this far; does not wait.</summary>
    [Alias("Wake")]
    [OneWay]
    Task Wake(long head);

    /// <summary>Suspends it, lets it go on, or puts its cursor elsewhere; null when there is none.</summary>
    /// <param name="isActive">Whether it sends; null as before.</param>
    /// <param name="cursor">Behind which event it goes on, from 0; null where it is.</param>
    [Alias("Change")]
    Task<SubscriptionView?> Change(bool? isActive, long? cursor);

    /// <summary>Sends a dead letter once more, now; null when there is none of that id, else what went wrong, empty for nothing.</summary>
    [Alias("Redeliver")]
    [ResponseTimeout("00:05:00")]
    Task<string?> Redeliver(string letter);

    /// <summary>Throws a dead letter away; false when there is none of that id.</summary>
    [Alias("Discard")]
    Task<bool> Discard(string letter);
}

/// <summary>Keys of <see cref="ISubscriptionGrain"/>.</summary>
public static class SubscriptionKey
{
    const string Prefix = "s:";

    /// <summary>The key of a subscription's grain. The letter before the id keeps storage from taking it for a number.</summary>
    public static string Of(string id) => Prefix + id;

    /// <summary>The id in a key.</summary>
    public static string IdIn(string key) => key[Prefix.Length..];
}

/// <summary>A subscription as its client sees it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SubscriptionView")]
public sealed class SubscriptionView
{
    /// <summary>Its id.</summary>
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>The query's name.</summary>
    [Id(1)] public string QueryName { get; set; } = "";
    /// <summary>When it was made.</summary>
    [Id(2)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>What was asked for, without the secret.</summary>
    [Id(3)] public SubscriptionTerms Terms { get; set; } = new();
    /// <summary>How far it has come.</summary>
    [Id(4)] public DeliveryProgress Progress { get; set; } = new();
    /// <summary>Whose it is; null for somebody who sees everything.</summary>
    [Id(5)] public Caller? Owner { get; set; }
}
