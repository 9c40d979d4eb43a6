namespace TraceGrains.Ledger.Postgres;

/// <summary>Does one piece of work after the other, in the order given; whoever closes it waits for what was given before.</summary>
sealed class AppendQueue
{
    readonly Lock gate = new();
    Task last = Task.CompletedTask;
    bool closed;

    /// <summary>The work can be cancelled until it begins; after that it ends one way or the other.</summary>
    public Task Do(Func<Task> work, CancellationToken stop)
    {
        lock (gate)
        {
            if (closed) return Task.FromException(new ObjectDisposedException(nameof(PostgresLedger)));
            var mine = After(last, work, stop);
            last = mine;
            return mine;
        }
    }

    public Task Close()
    {
        lock (gate)
        {
            closed = true;
            return last.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    static async Task After(Task before, Func<Task> work, CancellationToken stop)
    {
        // Off the caller's scheduler, and off the lock.
        await before.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.RunContinuationsAsynchronously, TaskScheduler.Default).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        await work().ConfigureAwait(false);
    }
}
