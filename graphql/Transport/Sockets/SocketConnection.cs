using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.Sockets;

/// <summary>
/// One open socket. One task reads, one writes, and each operation has its own. The way to the writer is short: whoever has something to send waits there until the client has
/// taken what came before, so that a client that reads slowly is read for slowly, and a client that does not read is not listened to either.
/// </summary>
sealed class SocketConnection(WebSocket socket, Caller caller, string? authorization, OperationRunner runner, IGraphQLTextSerializer serializer, TimeProvider clock)
{
    /// <summary>How long a client may take to begin.</summary>
    public static readonly TimeSpan InitialiseWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to receive one message; after that it is taken for dead.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(60);

    static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);

    readonly Channel<Message> outgoing = Channel.CreateBounded<Message>(new BoundedChannelOptions(4) { SingleReader = true });
    readonly ConcurrentDictionary<string, OpenOperation> operations = new(StringComparer.Ordinal);
    readonly TaskCompletionSource<SocketClose> closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource ended = new();
    bool initialised;

    /// <summary>Serves the client until either side has had enough.</summary>
    /// <param name="refused">Why nothing is to be served; null when something is.</param>
    /// <param name="stopping">The program ends.</param>
    public async Task Run(SocketClose? refused, CancellationToken stopping)
    {
        if (refused is { } reason)
            closing.TrySetResult(reason);
        using var goingAway = stopping.Register(() => closing.TrySetResult(SocketClose.GoingAway));
        using var initialise = clock.CreateTimer(_ => { if (!Volatile.Read(ref initialised)) closing.TrySetResult(SocketClose.TooLate); }, null, InitialiseWithin, Timeout.InfiniteTimeSpan);
        var (reading, writing) = (Read(), Write());
        var why = await closing.Task;

        await ended.CancelAsync();
        outgoing.Writer.TryComplete();
        // Somebody who takes nothing is not waited for.
        using (var hurry = clock.CreateTimer(_ => socket.Abort(), null, CloseWithin, Timeout.InfiniteTimeSpan))
            await writing;
        using var patience = new CancellationTokenSource(CloseWithin, clock);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await why.Send(socket, patience.Token);
            // The other half of the goodbye, which the reader hears.
            await reading.WaitAsync(patience.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
        }
        socket.Abort();   // Ends the reader, whatever the client does.
        await reading;
        await Task.WhenAll(operations.Values.Select(operation => operation.Ended));
    }

    async Task Read()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                if (buffer.Capacity > 64 * 1024)
                    buffer = new(4096);   // One long message is no reason to keep its room for hours.
                buffer.ResetWrittenCount();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.GetMemory(4096), CancellationToken.None);
                    buffer.Advance(part.Count);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        closing.TrySetResult(SocketClose.Normal);
                        return;
                    }
                    if (part.MessageType == WebSocketMessageType.Binary)
                        closing.TrySetResult(SocketClose.Binary);
                    if (buffer.WrittenCount > Limits.BodyBytesMax)
                    {
                        closing.TrySetResult(SocketClose.TooBig);
                        buffer.ResetWrittenCount();
                    }
                }
                while (!part.EndOfMessage);
                // What a client says after it was shown the door is not listened to, but read, until it goes.
                if (!closing.Task.IsCompleted)
                    await Hear(buffer.WrittenMemory);
            }
        }
        catch (MalformedRequest malformed)
        {
            closing.TrySetResult(SocketClose.Malformed(malformed.Message));
            await ReadUntilGone();
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            await ReadUntilGone();   // It ended while an answer waited to be sent.
        }
        catch (Exception failure) when (failure is WebSocketException or ObjectDisposedException or IOException)
        {
            closing.TrySetResult(SocketClose.Normal);   // Gone without a word, or cut off by us.
        }
        catch (Exception)
        {
            closing.TrySetResult(SocketClose.Fault);
        }
    }

    async Task ReadUntilGone()
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
        }
    }

    async Task Hear(ReadOnlyMemory<byte> utf8)
    {
        switch (SocketMessage.Read(utf8, serializer))
        {
            case SocketMessage.ConnectionInit when initialised:
                closing.TrySetResult(SocketClose.InitialisedTwice);
                break;
            case SocketMessage.ConnectionInit init:
                if (!await Identify(init.Payload))
                {
                    if (caller.Services.GetService<IOperationWitness>() is { } witness) await witness.CredentialsRefused();
                    closing.TrySetResult(SocketClose.Forbidden);
                    break;
                }
                _ = caller.Services.GetService<IConnectionCredentials>().EndWith(authorization, () => closing.TrySetResult(SocketClose.CredentialsEnded), ended.Token);
                Volatile.Write(ref initialised, true);
                await Say("""{"type":"connection_ack"}""");
                break;
            case SocketMessage.Ping ping:
                await Say(ping.Payload is { } payload ? $$"""{"type":"pong","payload":{{payload}}}""" : """{"type":"pong"}""");
                break;
            case SocketMessage.Subscribe when !initialised:
                closing.TrySetResult(SocketClose.Unauthorized);
                break;
            case SocketMessage.Subscribe subscribe:
                await Begin(subscribe);
                break;
            case SocketMessage.Complete complete:
                // One that is not there has ended by itself in the meantime.
                if (operations.TryRemove(complete.Id, out var stopped))
                    stopped.Stop();
                break;
        }
    }

    /// <summary>A browser page sends its credentials here, because it cannot send headers. Without any, whoever opened the socket goes on as who they were.</summary>
    async Task<bool> Identify(Inputs payload)
    {
        if (!(payload.TryGetValue("authorization", out var given) || payload.TryGetValue("Authorization", out given)) || caller.Services.GetService<IConnectionCredentials>() is not { } credentials) return true;
        if (given is not string presented || await credentials.Read(presented) is not { } known) return false;
        authorization = presented;
        caller = caller with { Viewer = new(caller.Services.GetRequiredService<IGrainFactory>(), known) };
        return true;
    }

    async Task Begin(SocketMessage.Subscribe subscribe)
    {
        if (operations.ContainsKey(subscribe.Id))
        {
            closing.TrySetResult(SocketClose.IdInUse(subscribe.Id));
            return;
        }
        if (operations.Count >= Limits.OperationsMax)
        {
            var full = Http.HttpAnswers.Failure("TOO_MANY_OPERATIONS", $"expected at most {Limits.OperationsMax} operations at once on one socket");
            await Say($$"""{"id":{{serializer.Serialize(subscribe.Id)}},"type":"error","payload":{{serializer.Serialize(full.Errors!.ToArray())}}}""");
            return;
        }
        var operation = new OpenOperation(subscribe.Id, ended.Token);
        operations[subscribe.Id] = operation;
        operation.Ended = Task.Run(() => Work(operation, subscribe.Request));
    }

    async Task Work(OpenOperation operation, IncomingRequest request)
    {
        var (id, pace) = (serializer.Serialize(operation.Id), new Pace());
        try
        {
            var result = await runner.Run(request, TransportRule.Anything, caller, pace, operation.Stopped);
            string? lastError = null;
            await foreach (var outgoing in new ResultStream(serializer, pace).Of(result, operation.Stopped))
            {
                lastError = outgoing.Errors;
                if (lastError is null)
                    await Say($$"""{"id":{{id}},"type":"next","payload":{{outgoing.Json}}}""", operation);
            }
            // From here on the client may use the id again.
            operations.TryRemove(new(operation.Id, operation));
            await Say(lastError is null ? $$"""{"id":{{id}},"type":"complete"}""" : $$"""{"id":{{id}},"type":"error","payload":{{lastError}}}""", operation);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException)
        {
            // Stopped by the client, or the socket is gone.
        }
        catch (Exception)
        {
            closing.TrySetResult(SocketClose.Fault);
        }
        finally
        {
            operations.TryRemove(new(operation.Id, operation));
            operation.Dispose();
        }
    }

    ValueTask Say(string message, OpenOperation? of = null) => outgoing.Writer.WriteAsync(new(message, of), of?.Stopped ?? ended.Token);

    async Task Write()
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync())
            {
                // The client has completed it: nothing of it is to follow.
                if (message.Of?.Stopped.IsCancellationRequested == true || socket.State != WebSocketState.Open)
                    continue;
                using var patience = new CancellationTokenSource(SendWithin, clock);
                await socket.SendAsync(Encoding.UTF8.GetBytes(message.Text).AsMemory(), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, patience.Token);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The client is gone, or takes nothing: there is nobody to say goodbye to.
            socket.Abort();
            closing.TrySetResult(SocketClose.Normal);
            outgoing.Writer.TryComplete();
            while (outgoing.Reader.TryRead(out _))
            {
            }
        }
    }

    readonly record struct Message(string Text, OpenOperation? Of);
}
