using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>One thread that writes to one file: whatever was asked for while a transaction was under way is the next transaction, so that many writers wait for one disk.</summary>
sealed class GroupCommit : IAsyncDisposable
{
    sealed record Waiting(Func<SqliteConnection, object> Work, TaskCompletionSource<object> Done, CancellationToken Stop);

    readonly BlockingCollection<Waiting> queue = [];
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SqliteConnection connection;

    public GroupCommit(SqliteConnection connection, string name)
    {
        this.connection = connection;
        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Does some work in a transaction; when this returns it is durable. Work that fails takes back only what it did itself.</summary>
    public async Task<T> Do<T>(Func<SqliteConnection, T> work, CancellationToken stop) where T : notnull
    {
        var mine = new Waiting(connection => work(connection), new(TaskCreationOptions.RunContinuationsAsynchronously), stop);
        try
        {
            queue.Add(mine, stop);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(GroupCommit));
        }
        return (T)await mine.Done.Task;
    }

    void Work()
    {
        foreach (var first in queue.GetConsumingEnumerable())
        {
            List<Waiting> group = [first];
            while (group.Count < 1_000 && queue.TryTake(out var next)) group.Add(next);
            Commit(group);
        }
        ended.SetResult();
    }

    void Commit(List<Waiting> group)
    {
        var results = new List<(Waiting Of, object Result)>();
        try
        {
            SqliteFile.Execute(connection, "BEGIN IMMEDIATE");
            foreach (var one in group)
                if (one.Stop.IsCancellationRequested) one.Done.TrySetCanceled(one.Stop);
                else if (Try(one) is { } result) results.Add((one, result));
            SqliteFile.Execute(connection, "COMMIT");
        }
        catch (Exception failure)
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) SQLitePCL.raw.sqlite3_exec(connection.Handle, "ROLLBACK");
            foreach (var one in group) one.Done.TrySetException(SqliteFailure.Translate(failure, connection.DataSource));
            return;
        }
        foreach (var (of, result) in results) of.Done.TrySetResult(result);
    }

    object? Try(Waiting one)
    {
        SqliteFile.Execute(connection, "SAVEPOINT one");
        try
        {
            var result = one.Work(connection);
            SqliteFile.Execute(connection, "RELEASE one");
            return result;
        }
        catch (Exception failure) when (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            SqliteFile.Execute(connection, "ROLLBACK TO one; RELEASE one");
            one.Done.TrySetException(SqliteFailure.Translate(failure, connection.DataSource));
            return null;
        }
    }

    /// <summary>Finishes what was asked for, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await ended.Task;
        connection.Dispose();
        queue.Dispose();
    }
}
