using System.Collections.Concurrent;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>The thread that waits for the disk, so that neither a grain's scheduler nor the thread pool does.</summary>
/// <remarks>
/// A thread of its own and not a task: on a small machine the pool has as many threads as processors, and one of them asleep in fsync is half of it.
/// Work is done in the order it was given.
/// </remarks>
sealed class WriterThread : IAsyncDisposable
{
    readonly BlockingCollection<Action> queue = [];
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string path;
    SqliteWriter? writer;

    public WriterThread(string path)
    {
        this.path = path;
        writer = new SqliteWriter(path);
        new Thread(Work) { IsBackground = true, Name = "ledger writer" }.Start();
    }

    /// <summary>Does one piece of work with the writer. It can be cancelled until it begins; after that it ends one way or the other.</summary>
    public Task<T> Do<T>(Func<SqliteWriter, T> work, CancellationToken stop)
    {
        // Asynchronous continuations: the caller's code must not run on this thread.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            queue.Add(() =>
            {
                if (stop.IsCancellationRequested)
                {
                    done.SetCanceled(stop);
                    return;
                }

                try
                {
                    done.SetResult(work(Writer()));
                }
                catch (Exception e)
                {
                    done.SetException(SqliteFailure.Translate(e, path));
                }
            });
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteLedger));
        }

        return done.Task;
    }

    /// <summary>Finishes what was queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await ended.Task;
    }

    SqliteWriter Writer()
    {
        if (writer is { IsBroken: true })
        {
            writer.Dispose();
            writer = null;
        }

        return writer ??= new SqliteWriter(path);
    }

    void Work()
    {
        foreach (var work in queue.GetConsumingEnumerable())
            work();
        writer?.Dispose();
        ended.SetResult();
    }
}
