using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Index;

/// <summary>An index in one SQLite file of its own, beside the ledger's: the ledger's durable commit stays small, and the file may be deleted at any time the program does not run.</summary>
public sealed class SqliteEventIndex : IEventIndex, IMasterDataIndex
{
    static readonly int idleReadersMax = 2 * Environment.ProcessorCount;

    readonly ConcurrentStack<SqliteIndexReader> idleReaders = [];
    readonly SemaphoreSlim writing = new(1, 1);
    readonly string path;
    readonly SqliteIndexWriter writer;
    volatile bool disposed;

    SqliteEventIndex(string path) => (this.path, writer) = (path, new(path));

    /// <summary>Opens the index in a file, made anew where it is missing, damaged or of another version.</summary>
    /// <exception cref="LedgerFormatException">The file belongs to another program. It is not changed.</exception>
    public static Task<SqliteEventIndex> Open(string path)
    {
        var fullPath = Path.GetFullPath(path);
        return Task.Run(() =>
        {
            try
            {
                SqliteIndexFile.Prepare(fullPath);
                return new SqliteEventIndex(fullPath);
            }
            catch (SqliteException failure)
            {
                throw SqliteFailure.Translate(failure, fullPath);
            }
        });
    }

    /// <inheritdoc/>
    public ValueTask<IndexCursor> ReadCursor(CancellationToken stop = default) => Read(reader => reader.ReadCursor(), stop);

    /// <inheritdoc/>
    public Task<bool> Add(IndexBatch batch, CancellationToken stop = default) => Write(() => writer.Add(batch), stop);

    /// <inheritdoc/>
    public Task Clear(int rulesVersion, CancellationToken stop = default) => Write(() => writer.Clear(rulesVersion), stop);

    /// <inheritdoc/>
    public ValueTask<int> Count(long key, IndexRange range, int max, CancellationToken stop = default) => Read(reader => reader.Count(key, range, max), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexEntry>> Scan(IReadOnlyCollection<long> keys, IndexRange range, IndexEntry? after, bool descending, int max, CancellationToken stop = default) =>
        Read<IReadOnlyList<IndexEntry>>(reader =>
        {
            if (keys.Count == 1)
                return reader.Scan(keys.First(), range, after, descending, max);
            var merged = new SortedSet<IndexEntry>(descending ? IndexOrder.LatestFirst : IndexOrder.EarliestFirst);
            foreach (var key in keys)
            {
                stop.ThrowIfCancellationRequested();
                merged.UnionWith(reader.Scan(key, range, after, descending, max));
            }
            return [.. merged.Take(max)];
        }, stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexEntry>> ScanRecorded(IReadOnlyCollection<long> keys, IndexRange range, long? after, bool descending, int max, CancellationToken stop = default) =>
        Read<IReadOnlyList<IndexEntry>>(reader => reader.ScanRecorded(keys, range, after, descending, max), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexEntry>> Keep(IReadOnlyList<IndexEntry> entries, IReadOnlyCollection<long> keys, CancellationToken stop = default) =>
        Read<IReadOnlyList<IndexEntry>>(reader => [.. entries.Where(entry => keys.Any(key => reader.Has(key, entry)))], stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadWords(IndexedWord kind, string? after, int max, CancellationToken stop = default) =>
        Read<IReadOnlyList<string>>(reader => reader.ReadWords(kind, after, max), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MasterRecord>> ReadMasters(IReadOnlyList<string> ids, long throughSequence, CancellationToken stop = default) => Masters((reader, found) =>
    {
        foreach (var id in ids) reader.ReadMasters(id, throughSequence, found);
    }, stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MasterRecord>> ReadMasterHistory(string id, int max, CancellationToken stop = default) =>
        Masters((reader, found) => reader.ReadMasterHistory(id, max, found), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MasterRecord>> ListMasters(string? vocabulary, string? afterId, long throughSequence, int max, CancellationToken stop = default) =>
        Masters((reader, found) => reader.ListMasters(vocabulary, afterId, throughSequence, max, found), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> FindMasters(IReadOnlyList<string> attributes, IReadOnlyList<string>? values, int max, CancellationToken stop = default) =>
        Read<IReadOnlyList<string>>(reader =>
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var attribute in attributes)
                foreach (var value in values ?? [null!])
                    reader.FindMasters(attribute, value, max, found);
            return [.. found.Order(StringComparer.Ordinal).Take(max)];
        }, stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await writing.WaitAsync();
        disposed = true;
        writer.Dispose();
        while (idleReaders.TryPop(out var reader))
            reader.Dispose();
        writing.Release();
    }

    ValueTask<IReadOnlyList<MasterRecord>> Masters(Action<SqliteIndexReader, List<MasterRecord>> read, CancellationToken stop) => Read<IReadOnlyList<MasterRecord>>(reader =>
    {
        var found = new List<MasterRecord>();
        read(reader, found);
        return found;
    }, stop);

    ValueTask<T> Read<T>(Func<SqliteIndexReader, T> read, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!idleReaders.TryPop(out var reader))
            reader = new(path);
        try
        {
            var answer = read(reader);
            if (idleReaders.Count < idleReadersMax && !disposed) idleReaders.Push(reader);
            else reader.Dispose();
            return ValueTask.FromResult(answer);
        }
        catch (Exception failure)
        {
            // Its statements may stand anywhere.
            reader.Dispose();
            if (failure is SqliteException) throw SqliteFailure.Translate(failure, path);
            throw;
        }
    }

    async Task<bool> Write(Func<bool> write, CancellationToken stop)
    {
        await writing.WaitAsync(stop);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return await Task.Run(write, CancellationToken.None);
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.Translate(failure, path);
        }
        finally
        {
            writing.Release();
        }
    }
}
