using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Utilities;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>
/// Knows the subscriptions, durably, and rings for them. However many commits there are, it rings at most once in a while, with the newest place: every subscriber reads the ledger from its
/// own cursor, so a ring that is lost or stands for many loses nothing.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class SubscriptionRegistryGrain(
    [PersistentState("subscriptionRegistry", CaseStorage.Provider)] IPersistentState<SubscriptionRegistryState> stored, ILedger ledger, TimeProvider clock, ILogger<SubscriptionRegistryGrain> log)
    : Grain, ISubscriptionRegistryGrain
{
    /// <summary>Subscriptions at once.</summary>
    const int SubscriptionsMax = 10_000;

    /// <summary>Subscriptions ended at once, of a deleted query.</summary>
    const int EndedAtOnce = 32;

    static readonly TimeSpan RingPause = TimeSpan.FromMilliseconds(25), PausePerSubscription = TimeSpan.FromMicroseconds(20), ListenersKept = TimeSpan.FromMinutes(2);

    readonly ObserverManager<IRecordingListener> listeners = new(ListenersKept, log);
    readonly SemaphoreSlim writes = new(1);
    long told, rung;
    bool isRinging;

    Dictionary<string, string> QueryOf => stored.State.QueryOf;

    public Task Tell(long head)
    {
        told = Math.Max(told, head);
        if (!isRinging && rung < told)
        {
            isRinging = true;
            _ = Ring();
        }
        return Task.CompletedTask;
    }

    public async Task Pulse(IRecordingListener listener)
    {
        listeners.Subscribe(listener, listener);
        var head = (await ledger.ReadHead()).Sequence;
        told = Math.Max(told, head);
        // Everybody, with the newest place: whoever was told already has nothing to do.
        RingFor(head);
    }

    public Task<bool> Add(string queryName, string id) => Change(queryOf => queryOf.Count < SubscriptionsMax && queryOf.TryAdd(id, queryName));

    public Task<bool> Has(string queryName, string id) => Task.FromResult(QueryOf.GetValueOrDefault(id) == queryName);

    public Task<string[]> List(string queryName, string? after, int first) => Task.FromResult(
        QueryOf.Where(pair => pair.Value == queryName && string.CompareOrdinal(pair.Key, after) > 0).Select(pair => pair.Key).Order(StringComparer.Ordinal).Take(first).ToArray());

    public Task Remove(string id) => Change(queryOf => queryOf.Remove(id));

    public async Task RemoveQuery(string queryName)
    {
        var ids = QueryOf.Where(pair => pair.Value == queryName).Select(pair => pair.Key).ToArray();
        foreach (var some in ids.Chunk(EndedAtOnce)) await Task.WhenAll(some.Select(id => Grain(id).End(queryName)));
        if (ids.Length > 0)
            await Change(queryOf =>
            {
                foreach (var id in ids) queryOf.Remove(id);
                return true;
            });
        await listeners.Notify(listener => listener.QueryDeleted(queryName));
    }

    async Task Ring()
    {
        try
        {
            while (rung < told)
            {
                rung = told;
                RingFor(rung);
                await Task.Delay(RingPause + PausePerSubscription * QueryOf.Count, clock);
            }
        }
        catch (Exception failure)
        {
            LogRingFailed(failure);
        }
        finally
        {
            isRinging = false;
        }
    }

    void RingFor(long head)
    {
        // Neither is waited for: no subscriber, however slow, is in another's way.
        listeners.Notify(listener => listener.Recorded(head)).Ignore();
        foreach (var id in QueryOf.Keys) Grain(id).Wake(head).Ignore();
    }

    ISubscriptionGrain Grain(string id) => GrainFactory.GetGrain<ISubscriptionGrain>(SubscriptionKey.Of(id));

    /// <summary>Changes a copy, which takes the place of what was when it is durable; one change after the other.</summary>
    async Task<bool> Change(Func<Dictionary<string, string>, bool> change)
    {
        await writes.WaitAsync();
        var before = stored.State;
        try
        {
            var changed = new Dictionary<string, string>(before.QueryOf, StringComparer.Ordinal);
            if (!change(changed)) return false;
            stored.State = new() { QueryOf = changed };
            await stored.WriteStateAsync();
            return true;
        }
        catch
        {
            stored.State = before;
            throw;
        }
        finally
        {
            writes.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "subscribers were not told of new events; the next event or pulse does")]
    partial void LogRingFailed(Exception failure);
}

/// <summary>What is stored: ids of subscriptions, and the query each is of.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.SubscriptionRegistryState")]
sealed class SubscriptionRegistryState
{
    [Id(0)] public Dictionary<string, string> QueryOf { get; set; } = new(StringComparer.Ordinal);
}
