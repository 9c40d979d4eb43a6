using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>One stream for many operations: reserved first, opened once, and gone when its connection is. What is ready before it is opened waits for that.</summary>
sealed class ReservedStream(string token)
{
    readonly ConcurrentDictionary<string, OpenOperation> operations = [];
    readonly CancellationTokenSource ended = new();
    int opened;

    public string Token => token;

    public Channel<EventFrame> Frames { get; } = EventStream.Frames();

    /// <summary>Opens it; false when that was done before: a token is good for one connection.</summary>
    public bool TryOpen() => Interlocked.Exchange(ref opened, 1) == 0;

    /// <summary>Whether it has as many operations as it may.</summary>
    public bool IsFull => operations.Count >= Limits.OperationsMax;

    /// <summary>Begins an operation; null when one of that id is under way.</summary>
    public OpenOperation? Begin(string id)
    {
        var operation = new OpenOperation(id, ended.Token);
        if (operations.TryAdd(id, operation))
            return operation;
        operation.Dispose();
        return null;
    }

    /// <summary>An operation has come to its end; its id may be used again.</summary>
    public void Leave(OpenOperation operation) => operations.TryRemove(new(operation.Id, operation));

    /// <summary>Stops an operation; one that is not there has ended by itself.</summary>
    public void Stop(string id)
    {
        if (operations.TryRemove(id, out var operation))
            operation.Stop();
    }

    /// <summary>Stops all of them.</summary>
    public void End()
    {
        ended.Cancel();
        Frames.Writer.TryComplete();
    }
}
