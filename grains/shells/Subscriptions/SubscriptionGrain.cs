using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Grains.Recalls;
using TraceGrains.Grains.Telemetry;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>
/// Does what <see cref="DeliveryProgress"/> says is next: looks, notes the range durably, sends, moves the cursor. One step at a time; what a client orders breaks an attempt off and goes first.
/// A crash loses nothing: the stored range is sent again, and what was looked at in vain is looked at again.
/// </summary>
[Reentrant]
sealed partial class SubscriptionGrain(
    [PersistentState("subscription", CaseStorage.Provider)] IPersistentState<SubscriptionState> stored, ILedger ledger, IWebhooks webhooks, DeliveryRules rules, TimeProvider clock,
    ILogger<SubscriptionGrain> log) : Grain, ISubscriptionGrain
{
    /// <summary>Events looked at in vain before the cursor is stored: so many are looked at again after a crash.</summary>
    const int UnstoredMax = 50_000;

    static readonly TimeSpan UnstoredTime = TimeSpan.FromMinutes(1), PauseAfterTrouble = TimeSpan.FromSeconds(5), LongestSleep = TimeSpan.FromHours(1), RedeliveryTime = TimeSpan.FromMinutes(3);

    readonly SemaphoreSlim steps = new(1);
    readonly CancellationTokenSource gone = new();
    CancellationTokenSource? attempt;

    /// <summary>How far it has come; ahead of what is stored by deliveries that were taken since, at most.</summary>
    DeliveryProgress progress = new();

    /// <summary>Events of the pending delivery, from looking until the first attempt; read again for a later one, so that those who wait hold no memory.</summary>
    QueriedEvent[]? pendingEvents;

    IGrainTimer? timer;
    long head;
    bool isPumping, isWoken;

    string Id => SubscriptionKey.IdIn(this.GetPrimaryKeyString());

    SubscriptionState State => stored.State;

    /// <summary>A cleared row is still a row, so that the record existing says too little.</summary>
    bool Exists => State.QueryName.Length > 0;

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        progress = State.Progress;
        if (!Exists) return;
        head = (await ledger.ReadHead(stop)).Sequence;
        Kick();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken stop) => gone.CancelAsync();

    public Task<SubscriptionView> Create(string queryKey, byte[] query, SubscriptionTerms terms) => Make(queryKey, query, terms, null);

    public Task<SubscriptionView> CreateFor(string queryKey, byte[] query, SubscriptionTerms terms, Caller owner) => Make(queryKey, query, terms, owner);

    Task<SubscriptionView> Make(string queryKey, byte[] query, SubscriptionTerms terms, Caller? owner) => First(async () =>
    {
        var now = clock.GetUtcNow();
        head = (await ledger.ReadHead()).Sequence;
        var from = terms.Timing.InitialRecordTime is { } initial && initial <= now ? await Before(initial) : head;
        var state = new SubscriptionState { QueryName = queryKey, Query = query, CreatedAt = now, Terms = terms, Progress = new() { Cursor = from, AskedAt = now }, Owner = owner };
        await Write(state);
        return ViewOf(state);
    });

    public Task<SubscriptionView?> View() => Task.FromResult(Exists ? ViewOf(State) : null);

    public Task<bool> End(string queryKey) => First(async () =>
    {
        if (State.QueryName != queryKey) return false;
        await stored.ClearStateAsync();
        DeactivateOnIdle();
        return true;
    });

    public Task Wake(long head)
    {
        this.head = Math.Max(this.head, head);
        Kick();
        return Task.CompletedTask;
    }

    public Task<SubscriptionView?> Change(bool? isActive, long? cursor) => First(async () =>
    {
        if (!Exists) return null;
        var next = cursor is { } place ? progress.MoveTo(place) : progress;
        if (isActive == true) next = next.Resume();
        else if (isActive == false) next = next.Suspend("the subscriber asked for it", clock.GetUtcNow());
        await Save(next);
        pendingEvents = null;
        return ViewOf(State);
    });

    public Task<string?> Redeliver(string id) => First(async () =>
    {
        if (progress.DeadLetters.FirstOrDefault(letter => letter.Id == id) is not { } letter) return null;
        var outcome = await SendOnce(letter.Delivery);
        await Save(progress.Redelivered(id, outcome, clock.GetUtcNow())!);
        return (string?)outcome.Said;
    });

    public Task<bool> Discard(string id) => First(async () =>
    {
        if (progress.Discard(id) is not { } next) return false;
        await Save(next);
        return true;
    });

    /// <summary>What a client orders: an attempt under way is broken off, its outcome is not waited for. The receiver may get that delivery twice.</summary>
    async Task<T> First<T>(Func<Task<T>> act)
    {
        attempt?.Cancel();
        await steps.WaitAsync();
        try
        {
            return await act();
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            steps.Release();
            Kick();
        }
    }

    void Kick()
    {
        isWoken = true;
        if (isPumping || !Exists || gone.IsCancellationRequested) return;
        isPumping = true;
        _ = Metering.Apart(Pump);
    }

    async Task Pump()
    {
        DateTimeOffset? wakeAt = null;
        try
        {
            while (isWoken && !gone.IsCancellationRequested)
            {
                isWoken = false;
                wakeAt = await GoOn();
            }
        }
        catch (InconsistentStateException)
        {
            // Another activation goes on.
            DeactivateOnIdle();
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogTrouble(failure);
            wakeAt = clock.GetUtcNow() + PauseAfterTrouble;
        }
        isPumping = false;
        if (!gone.IsCancellationRequested) SleepUntil(wakeAt);
    }

    /// <summary>Works until there is nothing to do; answers when there will be, at the latest.</summary>
    async Task<DateTimeOffset?> GoOn()
    {
        while (true)
        {
            await steps.WaitAsync(gone.Token);
            try
            {
                if (!Exists) return null;
                var now = clock.GetUtcNow();
                var step = progress.Next(State.Terms.Timing, rules, now, head);
                switch (step.Task)
                {
                    case DeliveryTask.Rest:
                        if (IsWorthStoring) await Save(progress);
                        return step.Until;
                    case DeliveryTask.Begin:
                        head = (await ledger.ReadHead()).Sequence;
                        progress = progress.Begin(head, now);
                        break;
                    case DeliveryTask.Look:
                        await Look(step.Through);
                        break;
                    case DeliveryTask.Send:
                        await SendPending();
                        break;
                }
            }
            finally
            {
                steps.Release();
            }
        }
    }

    /// <summary>What was delivered is stored with the next range, or now that none follows. A run that sent nothing is stored as well, or a restart would ask again ahead of the schedule.</summary>
    bool IsWorthStoring => progress.NotifiedAt != State.Progress.NotifiedAt || progress.Cursor - State.Progress.Cursor >= UnstoredMax
        || State.Terms.Timing.Schedule is not null && progress.AskedAt - State.Progress.AskedAt >= UnstoredTime;

    async Task Look(long through)
    {
        var found = await Follow(progress.Cursor, through, progress.EventsOf(rules));
        if (found.Refusal is { } refusal)
        {
            await Save(progress.Suspend(refusal, clock.GetUtcNow()));
            return;
        }
        var next = progress.Found(State.Terms.Timing, through, found.Through, found.Events.Length, clock.GetUtcNow());
        if (next.Pending is null)
        {
            progress = next;
            return;
        }
        await Save(next);
        pendingEvents = found.Events;
    }

    async Task SendPending()
    {
        using var trying = attempt = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        try
        {
            var outcome = await Send(progress.Pending!, trying.Token, pendingEvents);
            trying.Token.ThrowIfCancellationRequested();
            if (outcome.Verdict == DeliveryVerdict.Delivered) progress = progress.Delivered(clock.GetUtcNow());
            else await Save(progress.Failed(outcome, rules, clock.GetUtcNow(), Random.Shared.NextDouble()));
            if (progress.SuspendedAt is not null) LogSuspended(Id);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            // Somebody's order goes first; the delivery is tried again after it.
        }
        finally
        {
            attempt = null;
            pendingEvents = null;
        }
    }

    /// <summary>One attempt that somebody waits for, its turn included.</summary>
    async Task<DeliveryOutcome> SendOnce(PendingDelivery delivery)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
        patience.CancelAfter(RedeliveryTime);
        try
        {
            return await Send(delivery, patience.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return new(DeliveryVerdict.Failed, $"its turn did not come within {RedeliveryTime.TotalMinutes:0} min: other deliveries to this destination wait as well");
        }
    }

    async Task<DeliveryOutcome> Send(PendingDelivery delivery, CancellationToken stop, QueriedEvent[]? events = null)
    {
        events ??= await ReadAgain(delivery);
        var outcome = await webhooks.Post(new() { SubscriptionId = Id, QueryName = NamedQuery.NameOf(State.QueryName), Terms = State.Terms, Delivery = delivery, Events = events }, stop);
        Instruments.Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeName(outcome.Verdict)));
        return outcome;
    }

    /// <summary>The events of a delivery, by the same question as before, to the end of its range: looking may stop short of it elsewhere than the first time.</summary>
    async Task<QueriedEvent[]> ReadAgain(PendingDelivery delivery)
    {
        var events = new List<QueriedEvent>();
        for (var after = delivery.After; delivery.Events > 0 && after < delivery.Through;)
        {
            var found = await Follow(after, delivery.AsOf, Math.Max(1, delivery.Events - events.Count + 1));
            if (found.Refusal is { } refusal) throw new InvalidOperationException($"a delivery cannot be read again: {refusal}");
            events.AddRange(found.Events.Where(recorded => recorded.Sequence <= delivery.Through));
            after = found.Through;
        }
        return [.. events];
    }

    static string OutcomeName(DeliveryVerdict verdict) => verdict switch
    {
        DeliveryVerdict.Delivered => "delivered", DeliveryVerdict.Refused => "refused", DeliveryVerdict.TooLarge => "too_large", _ => "failed",
    };

    Task<FollowedEvents> Follow(long after, long through, int max) => GrainFactory.GetGrain<IEventFollowGrain>(0)
        .Follow(new() { Query = State.Query, After = after, Through = through, EventsMax = max, FromRecordTime = State.Terms.Timing.InitialRecordTime, For = State.Owner });

    /// <summary>The last event recorded before a time.</summary>
    async Task<long> Before(DateTimeOffset time) => time <= DateTimeOffset.UnixEpoch ? 0 : await ledger.SequenceAt(time - TimeSpan.FromMilliseconds(1));

    async Task Save(DeliveryProgress next)
    {
        await Write(State with { Progress = next });
        progress = next;
    }

    /// <summary>Durable first, memory second.</summary>
    async Task Write(SubscriptionState next)
    {
        var before = stored.State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
            progress = next.Progress;
        }
        catch
        {
            stored.State = before;
            throw;
        }
    }

    void SleepUntil(DateTimeOffset? time)
    {
        if (time is not { } due)
        {
            timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        var sleep = due - clock.GetUtcNow();
        sleep = sleep < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : sleep > LongestSleep ? LongestSleep : sleep;
        if (timer is null)
            timer = this.RegisterGrainTimer(
                (self, _) =>
                {
                    self.Kick();
                    return Task.CompletedTask;
                }, this, new() { DueTime = sleep, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        else
            timer.Change(sleep, Timeout.InfiniteTimeSpan);
    }

    SubscriptionView ViewOf(SubscriptionState state) => new()
    {
        Id = Id, QueryName = NamedQuery.NameOf(state.QueryName), CreatedAt = state.CreatedAt, Terms = state.Terms with { SignatureToken = null }, Progress = progress, Owner = state.Owner,
    };

    [LoggerMessage(LogLevel.Error, "a subscription could not go on; it tries again")]
    partial void LogTrouble(Exception failure);

    [LoggerMessage(LogLevel.Warning, "subscription {Id} is suspended: its destination takes no deliveries")]
    partial void LogSuspended(string id);
}
