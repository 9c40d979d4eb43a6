namespace TraceGrains.GraphQL.Transport;

/// <summary>One operation of a connection that has several: over a socket, or over a reserved stream.</summary>
sealed class OpenOperation : IDisposable
{
    readonly CancellationTokenSource stopped;
    readonly Lock guard = new();
    bool isOver;

    /// <param name="id">What its client calls it.</param>
    /// <param name="connectionEnded">The connection is gone.</param>
    public OpenOperation(string id, CancellationToken connectionEnded)
    {
        Id = id;
        stopped = CancellationTokenSource.CreateLinkedTokenSource(connectionEnded);
        Stopped = stopped.Token;
    }

    public string Id { get; }

    /// <summary>Nobody wants its results any more.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Completes when nothing of it runs any longer.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public void Stop()
    {
        lock (guard)
            if (!isOver)
                stopped.Cancel();
    }

    /// <summary>It has come to its end by itself; a connection may outlive thousands of them, so none leaves anything behind.</summary>
    public void Dispose()
    {
        lock (guard)
        {
            isOver = true;
            stopped.Dispose();
        }
    }
}
