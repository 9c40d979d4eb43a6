using System.Collections.Concurrent;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>A ledger in one SQLite file: the default, for one process and up to some hundred million events.</summary>
/// <remarks>
/// Appends wait in a queue for the one writing thread. Reads run on the caller's thread, each over a snapshot of its own: they never wait for an append,
/// and most take microseconds; keep pages to some thousand rows where a long turn would hurt.
/// A second process may open the same file. The order does not fork: the batch that loses is refused whole.
/// </remarks>
public sealed class SqliteLedger : ILedger
{
    // More readers than this at once are opened as needed and closed after use.
    static readonly int idleReadersMax = 2 * Environment.ProcessorCount;

    readonly ConcurrentStack<SqliteReader> idleReaders = [];
    readonly WriterThread writer;
    readonly string path;
    volatile LedgerConstants constants;
    volatile bool disposed;

    SqliteLedger(string path, LedgerConstants constants)
    {
        this.path = path;
        this.constants = constants;
        writer = new WriterThread(path);
    }

    /// <summary>Opens the ledger in a file, and makes the file and its directory if they are not there.</summary>
    /// <param name="path">The file. SQLite puts two more beside it, <c>-wal</c> and <c>-shm</c>; the three belong together.</param>
    /// <param name="shardCountIfNew">How many lineage shards a new ledger has. An existing one keeps the count it was made with.</param>
    /// <param name="projectionVersionIfNew">Version of the rules that will derive a new ledger's projections. An existing one keeps what it has.</param>
    /// <exception cref="LedgerFormatException">The file is something else, or of a newer version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or made.</exception>
    public static Task<SqliteLedger> Open(string path, int shardCountIfNew, int projectionVersionIfNew)
    {
        var fullPath = Path.GetFullPath(path);
        return Task.Run(() =>
        {
            try
            {
                return new SqliteLedger(fullPath, SqliteFile.Prepare(fullPath, shardCountIfNew, projectionVersionIfNew));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new LedgerUnavailableException($"{fullPath}: {e.Message}", e);
            }
            catch (Microsoft.Data.Sqlite.SqliteException e)
            {
                throw SqliteFailure.Translate(e, fullPath);
            }
        });
    }

    /// <inheritdoc/>
    public LedgerConstants Constants => constants;

    /// <inheritdoc/>
    public ValueTask<LedgerHead> ReadHead(CancellationToken stop = default) => Read(reader => reader.ReadHead(), stop);

    /// <inheritdoc/>
    public Task Append(LedgerBatch batch, CancellationToken stop = default)
    {
        if (batch.Events.Count == 0 && batch.Links.Count + batch.Rows.Count > 0)
            throw new ArgumentException("links and rows without events are a projection: use AppendProjection");
        return Write(batch, stop);
    }

    /// <inheritdoc/>
    public Task AppendProjection(LedgerBatch batch, CancellationToken stop = default)
    {
        if (batch.Events.Count > 0)
            throw new ArgumentException("a projection has no events of its own: use Append");
        return Write(batch, stop);
    }

    /// <inheritdoc/>
    public Task DropProjections(CancellationToken stop = default) => writer.Do(connection =>
    {
        connection.DropProjections();
        constants = constants with { ProjectionVersion = 0 };
        return true;
    }, stop);

    /// <inheritdoc/>
    public Task SetProjectionVersion(int version, CancellationToken stop = default) => writer.Do(connection =>
    {
        connection.SetProjectionVersion(version);
        constants = constants with { ProjectionVersion = version };
        return true;
    }, stop);

    /// <inheritdoc/>
    public ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop = default) =>
        Read(reader => reader.FindEntities(codes, stop), stop);

    /// <inheritdoc/>
    public ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default) =>
        Read(reader => reader.ReadCodes(entities, stop), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Read<IReadOnlyList<NewEntity>>(reader => reader.FindByPrefix(prefix, afterCode, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default) =>
        Read(reader => reader.ReadChainHeads(entities, stop), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Read<IReadOnlyList<ChainEntry>>(reader => reader.ReadChain(entity, afterPosition, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Read(reader => reader.ReadChainSequences(entities, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default) => Read(reader => reader.ReadEvent(sequence), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Read<IReadOnlyList<LedgerEvent>>(reader => reader.ReadEvents(afterSequence, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default) =>
        Read<IReadOnlyList<LedgerEvent>>(reader => reader.ReadEventsAt(sequences, stop), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Read<IReadOnlyList<EventDigest>>(reader => reader.ReadEventHashes(afterSequence, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default) =>
        Read<IReadOnlyList<EventKey>>(reader => reader.FindByEventIds(eventIds, stop), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default) =>
        Read<IReadOnlyList<EventKey>>(reader => reader.FindByCbvHashes(hashes, stop), stop);

    /// <inheritdoc/>
    public ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default) => Read(reader => reader.SequenceAt(recordTime), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, ShardRow.EveryShard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, constants.ShardCount);
        return Read<IReadOnlyList<ShardRow>>(reader => reader.ReadShardRows(shard, afterSequence, max, stop), stop);
    }

    /// <inheritdoc/>
    public ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default) =>
        Read(reader => reader.ReadLastShardSequences(constants.ShardCount), stop);

    /// <summary>Finishes the appends that were asked for, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        CloseIdleReaders();
        // The writer is the last to leave: closing it moves the write-ahead log into the file.
        await writer.DisposeAsync();
    }

    /// <summary>For tests: a setting of the connection that writes.</summary>
    internal Task<string> WriterPragma(string name) => writer.Do(connection => connection.Pragma(name), default);

    async Task Write(LedgerBatch batch, CancellationToken stop)
    {
        BatchRules.CheckForm(batch, constants.ShardCount);
        await writer.Do(connection =>
        {
            connection.Append(batch);
            return true;
        }, stop);
    }

    ValueTask<T> Read<T>(Func<SqliteReader, T> query, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (stop.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(stop);

        SqliteReader? reader = null;
        try
        {
            if (!idleReaders.TryPop(out reader))
                reader = new SqliteReader(path);
            var answer = reader.Snapshot(query);
            GiveBack(reader);
            return ValueTask.FromResult(answer);
        }
        catch (Exception e)
        {
            // Its statements and its snapshot are left as they were; a new reader costs less than putting them in order.
            reader?.Dispose();
            return ValueTask.FromException<T>(SqliteFailure.Translate(e, path));
        }
    }

    void GiveBack(SqliteReader reader)
    {
        if (idleReaders.Count >= idleReadersMax)
        {
            reader.Dispose();
            return;
        }

        idleReaders.Push(reader);
        if (disposed)
            CloseIdleReaders();
    }

    void CloseIdleReaders()
    {
        while (idleReaders.TryPop(out var reader))
            reader.Dispose();
    }
}
