using System.Collections.Concurrent;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>
/// This silo's ear: keeps the registry of subscriptions awake, whichever silo it lives on, and hears from it what is recorded, for the WebSockets of this process. As long as one silo lives, every
/// subscription is woken every few seconds; so no reminders are needed, nor a storage that has them.
/// </summary>
sealed partial class Recordings(IGrainFactory grains, ILogger<Recordings> log) : BackgroundService, IRecordingListener, ILedgerNews
{
    static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(20), PauseAfterTrouble = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<Follower, bool> followers = new();
    long head;

    /// <summary>Where the ledger stands, as far as this silo has heard.</summary>
    public long Head => Volatile.Read(ref head);

    /// <summary>Listens for those who follow a query, until it is disposed.</summary>
    public Follower Follow(NamedQuery query) => Follow(query.Key, QueryInterest.Of(query.Query));

    public INewsWait Follow(QueryInterest interest) => Follow(queryKey: null, interest);

    Follower Follow(string? queryKey, QueryInterest interest)
    {
        var follower = new Follower(queryKey, interest, gone => followers.TryRemove(gone, out _));
        followers.TryAdd(follower, true);
        return follower;
    }

    public Task Recorded(long head, long[]? keys)
    {
        if (head > Head) Volatile.Write(ref this.head, head);
        var known = keys?.ToHashSet();
        foreach (var follower in followers.Keys)
            if (follower.Interest.MayConcern(known)) follower.Signal();
        return Task.CompletedTask;
    }

    public Task QueryDeleted(string queryKey)
    {
        foreach (var follower in followers.Keys)
            if (follower.QueryKey == queryKey) follower.SignalDeleted();
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var listener = grains.CreateObjectReference<IRecordingListener>(this);
        while (!stop.IsCancellationRequested)
        {
            var pause = PulseEvery;
            try
            {
                await grains.GetGrain<ISubscriptionRegistryGrain>(0).Pulse(listener);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                LogPulseFailed(failure);
                pause = PauseAfterTrouble;
            }
            await Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Warning, "subscriptions could not be woken; trying again")]
    partial void LogPulseFailed(Exception failure);
}

/// <summary>One who waits for news of a named query, or of a thing.</summary>
sealed class Follower(string? queryKey, QueryInterest interest, Action<Follower> leave) : INewsWait
{
    readonly SemaphoreSlim news = new(0, 1);
    readonly Lock guard = new();

    public string? QueryKey => queryKey;

    public QueryInterest Interest => interest;

    public bool IsQueryDeleted { get; private set; }

    /// <summary>Returns when there is news, which may have been said before, or when the time is over.</summary>
    public Task Wait(TimeSpan time, CancellationToken stop) => news.WaitAsync(time, stop);

    public void Signal()
    {
        lock (guard)
            if (news.CurrentCount == 0) news.Release();
    }

    public void SignalDeleted()
    {
        IsQueryDeleted = true;
        Signal();
    }

    public void Dispose() => leave(this);
}
