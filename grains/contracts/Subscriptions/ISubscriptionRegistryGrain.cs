using Orleans.Concurrency;

namespace TraceGrains.Contracts.Subscriptions;

/// <summary>Which subscriptions there are, and the bell that wakes them. Queries go by their keys (<see cref="Queries.NamedQuery.Key"/>). One grain.</summary>
[Alias("tg.ISubscriptionRegistryGrain")]
public interface ISubscriptionRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Says that everything up to here can be read everywhere; does not wait. May be lost: the next word or pulse says the same.</summary>
    [Alias("Tell")]
    [OneWay]
    Task Tell(long head);

    /// <summary>Says that the index has filed what lies between two places, and under which keys; does not wait, and may be lost.</summary>
    /// <param name="after">The last event before.</param>
    /// <param name="through">The last event filed.</param>
    /// <param name="keys">The keys of all of them, each once; null when they are too many to say.</param>
    [Alias("Filed")]
    [OneWay]
    Task Filed(long after, long through, [Immutable] long[]? keys);

    /// <summary>A silo lives and listens: it is told of new events for a few pulses' time, and every subscription is woken, whoever else may have forgotten it.</summary>
    [Alias("Pulse")]
    Task Pulse(IRecordingListener listener);

    /// <summary>Notes a subscription of a query; false when there are too many.</summary>
    [Alias("Add")]
    Task<bool> Add(string queryKey, string id);

    /// <summary>Whether the query has a subscription of that id.</summary>
    [Alias("Has")]
    Task<bool> Has(string queryKey, string id);

    /// <summary>Ids of a query's subscriptions, in ordinal order, after one.</summary>
    [Alias("List")]
    Task<string[]> List(string queryKey, string? after, int first);

    /// <summary>Forgets a subscription.</summary>
    [Alias("Remove")]
    Task Remove(string id);

    /// <summary>Ends every subscription of a query, also those of WebSockets.</summary>
    [Alias("RemoveQuery")]
    [ResponseTimeout("00:05:00")]
    Task RemoveQuery(string queryKey);
}

/// <summary>Hears of what is recorded.</summary>
[Alias("tg.IRecordingListener")]
public interface IRecordingListener : IGrainObserver
{
    /// <summary>The ledger has come this far.</summary>
    /// <param name="head">How far.</param>
    /// <param name="keys">Under which keys the news is filed; null when nobody knows.</param>
    [Alias("Recorded")]
    [OneWay]
    Task Recorded(long head, [Immutable] long[]? keys);

    /// <summary>The named query of a key is deleted.</summary>
    [Alias("QueryDeleted")]
    [OneWay]
    Task QueryDeleted(string queryKey);
}
