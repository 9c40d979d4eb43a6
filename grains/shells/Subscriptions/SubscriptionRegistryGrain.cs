using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Utilities;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>
/// Knows the subscriptions, durably, and rings for them. However many commits there are, it rings at most once in a while, with the newest place: every subscriber reads the ledger from its
/// own cursor, so a ring that is lost or stands for many loses nothing. It rings for those whom the news may concern; everybody is woken by every silo's pulse.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class SubscriptionRegistryGrain(
    [PersistentState("subscriptionRegistry", CaseStorage.Provider)] IPersistentState<SubscriptionRegistryState> stored, ILedger ledger, TimeProvider clock, ILogger<SubscriptionRegistryGrain> log)
    : Grain, ISubscriptionRegistryGrain
{
    /// <summary>Subscriptions at once.</summary>
    const int SubscriptionsMax = 10_000;

    /// <summary>Keys that are looked at for one ring; beyond, everybody is woken.</summary>
    const int KeysMax = 50_000;

    /// <summary>Subscriptions ended at once, of a deleted query.</summary>
    const int EndedAtOnce = 32;

    static readonly TimeSpan RingPause = TimeSpan.FromMilliseconds(25), PausePerSubscription = TimeSpan.FromMicroseconds(2), ListenersKept = TimeSpan.FromMinutes(2);

    readonly ObserverManager<IRecordingListener> listeners = new(ListenersKept, log);
    readonly SemaphoreSlim writes = new(1);

    /// <summary>What was filed and not rung for.</summary>
    readonly List<(long Through, long[]? Keys)> fresh = [];

    /// <summary>By the query's key; a key may come to stand for another query, so what is read while one is deleted is not kept.</summary>
    readonly Dictionary<string, QueryInterest> interests = new(StringComparer.Ordinal);

    long told, filed, rung;
    int deletions;
    bool isRinging;

    Dictionary<string, string> QueryOf => stored.State.QueryOf;

    public Task Tell(long head)
    {
        told = Math.Max(told, head);
        RingSoon();
        return Task.CompletedTask;
    }

    public Task Filed(long after, long through, long[]? keys)
    {
        // Words may get lost, or come from an index that is built anew.
        fresh.Add((through, after == filed ? keys : null));
        filed = through;
        RingSoon();
        return Task.CompletedTask;
    }

    public async Task Pulse(IRecordingListener listener)
    {
        listeners.Subscribe(listener, listener);
        var head = (await ledger.ReadHead()).Sequence;
        // Everybody, with the newest place: whoever was told already has nothing to do.
        await RingFor(head, null);
    }

    public async Task<bool> Add(string queryKey, string id)
    {
        if (!await Change(queryOf => queryOf.Count < SubscriptionsMax && queryOf.TryAdd(id, queryKey))) return false;
        // What was recorded since the subscription was made has been rung for.
        Grain(id).Wake((await ledger.ReadHead()).Sequence).Ignore();
        return true;
    }

    public Task<bool> Has(string queryKey, string id) => Task.FromResult(QueryOf.GetValueOrDefault(id) == queryKey);

    public Task<string[]> List(string queryKey, string? after, int first) => Task.FromResult(
        QueryOf.Where(pair => pair.Value == queryKey && string.CompareOrdinal(pair.Key, after) > 0).Select(pair => pair.Key).Order(StringComparer.Ordinal).Take(first).ToArray());

    public Task Remove(string id) => Change(queryOf => queryOf.Remove(id));

    public async Task RemoveQuery(string queryKey)
    {
        var ids = QueryOf.Where(pair => pair.Value == queryKey).Select(pair => pair.Key).ToArray();
        foreach (var some in ids.Chunk(EndedAtOnce)) await Task.WhenAll(some.Select(id => Grain(id).End(queryKey)));
        if (ids.Length > 0)
            await Change(queryOf =>
            {
                foreach (var id in ids) queryOf.Remove(id);
                return true;
            });
        deletions++;
        interests.Remove(queryKey);
        await listeners.Notify(listener => listener.QueryDeleted(queryKey));
    }

    void RingSoon()
    {
        if (isRinging || rung >= Math.Min(told, filed)) return;
        isRinging = true;
        _ = Ring();
    }

    async Task Ring()
    {
        try
        {
            while (rung < Math.Min(told, filed))
            {
                rung = Math.Min(told, filed);
                var keys = TakeFresh();
                await RingFor(rung, keys);
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

    /// <summary>The keys of what is rung for now, and perhaps of more; null when they are not known or too many.</summary>
    long[]? TakeFresh()
    {
        var keys = fresh.Any(news => news.Keys is null) ? null : fresh.SelectMany(news => news.Keys!).Distinct().Take(KeysMax + 1).ToArray();
        // What was filed beyond is rung for again when it can be read everywhere.
        fresh.RemoveAll(news => news.Through <= rung);
        return keys is { Length: > KeysMax } ? null : keys;
    }

    /// <summary>Nobody's answer is waited for: no subscriber, however slow, is in another's way.</summary>
    async Task RingFor(long head, long[]? keys)
    {
        listeners.Notify(listener => listener.Recorded(head, keys)).Ignore();
        var known = keys?.ToHashSet();
        foreach (var query in QueryOf.GroupBy(pair => pair.Value, pair => pair.Key))
            if (await MayConcern(query.Key, known))
                foreach (var id in query) Grain(id).Wake(head).Ignore();
    }

    async ValueTask<bool> MayConcern(string queryKey, HashSet<long>? keys)
    {
        if (keys is null) return true;
        if (!interests.TryGetValue(queryKey, out var interest))
        {
            var before = deletions;
            if (await GrainFactory.GetGrain<INamedQueriesGrain>(0).Find(queryKey) is not { } query) return true;
            interest = QueryInterest.Of(query.Query);
            if (before == deletions) interests[queryKey] = interest;
        }
        return interest.MayConcern(keys);
    }

    ISubscriptionGrain Grain(string id) => GrainFactory.GetGrain<ISubscriptionGrain>(SubscriptionKey.Of(id));

    /// <summary>Changes a copy, which takes the place of what was when it is durable; one change after the other.</summary>
    async Task<bool> Change(Func<Dictionary<string, string>, bool> change)
    {
        await writes.WaitAsync();
        try
        {
            var changed = new Dictionary<string, string>(QueryOf, StringComparer.Ordinal);
            if (!change(changed)) return false;
            await stored.Become(new() { QueryOf = changed });
            return true;
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
