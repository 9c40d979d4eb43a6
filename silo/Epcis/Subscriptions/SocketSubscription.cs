using System.Net.WebSockets;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Subscriptions;
using TraceGrains.Ledger;
using TraceGrains.Silo.Epcis.Queries;

namespace TraceGrains.Silo.Epcis.Subscriptions;

/// <summary>
/// One open WebSocket. It goes on by the same rules as a webhook, with the cursor in the client's hands: every document says where to go on after a break. Events wait in the ledger, not here; a
/// client that reads slowly is read for slowly.
/// </summary>
sealed class SocketSubscription(
    WebSocket socket, NamedQuery query, SubscriptionTiming timing, Spelling spelling, Follower follower, Caller? caller, IGrainFactory grains, ILedger ledger, Recordings recordings, DeliveryRules rules, TimeProvider clock)
{
    /// <summary>Close code: the query was deleted. (1000 to 2999 are the protocol's, RFC 6455 7.4; these are ours.)</summary>
    const WebSocketCloseStatus QueryDeleted = (WebSocketCloseStatus)4404;

    static readonly TimeSpan SendTime = TimeSpan.FromSeconds(60), LookAgain = TimeSpan.FromSeconds(30), CloseTime = TimeSpan.FromSeconds(5);

    readonly string id = Guid.NewGuid().ToString();

    public async Task Run(long cursor, long head, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var reading = ReadUntilClosed(end);
        var (status, said) = (WebSocketCloseStatus.NormalClosure, "");
        try
        {
            (status, said) = await Send(cursor, head, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested) (status, said) = (WebSocketCloseStatus.EndpointUnavailable, "the repository stops; come back with the last cursor");
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            // The client is gone, or takes nothing: there is nobody to say goodbye to.
            socket.Abort();
        }
        catch (Exception)
        {
            (status, said) = (WebSocketCloseStatus.InternalServerError, "something went wrong here; come back with the last cursor");
        }
        await Close(status, said);
        await end.CancelAsync();
        await reading;
    }

    /// <summary>Sends until there is a reason to close.</summary>
    async Task<(WebSocketCloseStatus, string)> Send(long cursor, long head, CancellationToken stop)
    {
        var progress = new DeliveryProgress { Cursor = cursor, AskedAt = clock.GetUtcNow() };
        FollowedEvents? found = null;
        while (true)
        {
            if (follower.IsQueryDeleted) return (QueryDeleted, "the query was deleted");
            var now = clock.GetUtcNow();
            head = Math.Max(head, recordings.Head);
            var step = progress.Next(timing, rules, now, head);
            switch (step.Task)
            {
                case DeliveryTask.Rest:
                    var time = step.Until - now is { } until && until < LookAgain ? until : LookAgain;
                    await follower.Wait(time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time, stop);
                    // News may get lost on its way from another silo.
                    if (clock.GetUtcNow() - now >= LookAgain && !await IsThere()) return (QueryDeleted, "the query was deleted");
                    break;
                case DeliveryTask.Begin:
                    head = Math.Max(head, (await ledger.ReadHead(stop)).Sequence);
                    progress = progress.Begin(head, now);
                    break;
                case DeliveryTask.Look:
                    found = await grains.GetGrain<IEventFollowGrain>(0).Follow(new()
                    {
                        Query = query.Query, After = progress.Cursor, Through = step.Through, EventsMax = progress.EventsOf(rules), FromRecordTime = timing.InitialRecordTime, For = caller,
                    });
                    if (found.Refusal is { } refusal) return (WebSocketCloseStatus.InternalServerError, refusal);
                    progress = progress.Found(timing, step.Through, found.Through, found.Events.Length, now);
                    break;
                case DeliveryTask.Send:
                    await Send(QueryDocument.Write(found!.Events, query.Name, progress.Pending!.MadeAt, spelling, (id, progress.Pending.Through)), stop);
                    progress = progress.Delivered(now);
                    break;
            }
        }
    }

    async Task Send(byte[] document, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(SendTime);
        await socket.SendAsync(document, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, patience.Token);
    }

    async Task<bool> IsThere() => await grains.GetGrain<INamedQueriesGrain>(0).Find(query.Key) is { } found && found.CreatedAt == query.CreatedAt;

    /// <summary>A client has nothing to say but goodbye; what else it says is not looked at.</summary>
    async Task ReadUntilClosed(CancellationTokenSource end)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a word, or cut off by us.
        }
        await end.CancelAsync();
    }

    async Task Close(WebSocketCloseStatus status, string said)
    {
        using var patience = new CancellationTokenSource(CloseTime);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, said, patience.Token);
            // The other half of the goodbye, which the reader hears.
            while (socket.State == WebSocketState.CloseSent) await Task.Delay(20, patience.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
        }
        // Ends the reader, whatever the client does.
        socket.Abort();
    }
}
