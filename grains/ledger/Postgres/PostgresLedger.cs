using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>A ledger in a schema of its own in a PostgreSQL database (15 or newer): for several silos, and for more than one machine's disk.</summary>
/// <remarks>
/// Several processes may have it open. The order does not fork: of two batches for one place one is refused whole. Questions are asked again while the server restarts
/// or hands over; appends are not, because a commit whose answer was lost may have happened.
/// </remarks>
public sealed class PostgresLedger : ILedger
{
    readonly AppendQueue queue = new();
    readonly NpgsqlDataSource source;
    readonly PostgresReader reader;
    readonly PostgresWriter writer;
    readonly string where;
    volatile LedgerConstants constants;
    volatile bool disposed;

    PostgresLedger(NpgsqlDataSource source, PostgresReader reader, string where, IReadOnlyDictionary<string, long> fixedAtFirst)
    {
        this.source = source;
        this.reader = reader;
        this.where = where;
        constants = new((int)fixedAtFirst["shard_count"], (int)fixedAtFirst["projection_version"]);
        writer = new(source, new(source, fixedAtFirst["partition_size"]));
    }

    /// <summary>Opens the ledger of a database, and makes its schema if there is none.</summary>
    /// <param name="connectionString">Npgsql's form, <c>Host=…;Database=…;Username=…</c>. Its pool size holds for the ledger alone (16 where it names none).</param>
    /// <param name="shardCountIfNew">How many lineage shards a new ledger has. An existing one keeps the count it was made with.</param>
    /// <param name="projectionVersionIfNew">Version of the rules that will derive a new ledger's projections. An existing one keeps what it has.</param>
    /// <param name="mayUpgrade">Whether a schema of an older version is upgraded; otherwise it is refused.</param>
    /// <param name="partitionSizeIfNew">How many events one partition of a new ledger's event table holds.</param>
    /// <exception cref="LedgerFormatException">The schema is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The server cannot be reached, or would lose what it acknowledged.</exception>
    public static async Task<PostgresLedger> Open(
        string connectionString, int shardCountIfNew, int projectionVersionIfNew, bool mayUpgrade = true, long partitionSizeIfNew = EventPartitions.DefaultSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCountIfNew, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionSizeIfNew, 1);
        var source = PostgresSource.Create(connectionString);
        var where = Where(connectionString);
        try
        {
            await PostgresSource.Check(source, default);
            await LedgerSchema.Versions.Prepare(source, mayUpgrade, connection => Fix(connection, shardCountIfNew, projectionVersionIfNew, partitionSizeIfNew));
            var reader = new PostgresReader(source, where);
            return new(source, reader, where, await reader.ReadConstants(default));
        }
        catch (Exception failure)
        {
            await source.DisposeAsync();
            if (PostgresFailure.Translate(failure, where) is var translated && translated != failure) throw translated;
            throw;
        }
    }

    /// <inheritdoc/>
    public LedgerConstants Constants => constants;

    /// <inheritdoc/>
    public ValueTask<LedgerHead> ReadHead(CancellationToken stop = default) => Open(stop).ReadHead(stop);

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
    public Task DropProjections(CancellationToken stop = default) => Do(async () =>
    {
        await writer.DropProjections();
        constants = constants with { ProjectionVersion = 0 };
    }, stop);

    /// <inheritdoc/>
    public Task SetProjectionVersion(int version, CancellationToken stop = default) => Do(async () =>
    {
        await writer.SetProjectionVersion(version);
        constants = constants with { ProjectionVersion = version };
    }, stop);

    /// <inheritdoc/>
    public ValueTask<int[]> FindEntities(IReadOnlyList<string> codes, CancellationToken stop = default) => Open(stop).FindEntities(codes, stop);

    /// <inheritdoc/>
    public ValueTask<string[]> ReadCodes(IReadOnlyList<int> entities, CancellationToken stop = default) => Open(stop).ReadCodes(entities, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<NewEntity>> FindByPrefix(string prefix, string? afterCode, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return await Open(stop).FindByPrefix(prefix, afterCode, max, stop);
    }

    /// <inheritdoc/>
    public ValueTask<ChainHead[]> ReadChainHeads(IReadOnlyList<int> entities, CancellationToken stop = default) => Open(stop).ReadChainHeads(entities, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ChainEntry>> ReadChain(int entity, int afterPosition, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return await Open(stop).ReadChain(entity, afterPosition, max, stop);
    }

    /// <inheritdoc/>
    public ValueTask<long[][]> ReadChainSequences(IReadOnlyList<int> entities, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return Open(stop).ReadChainSequences(entities, max, stop);
    }

    /// <inheritdoc/>
    public ValueTask<LedgerEvent?> ReadEvent(long sequence, CancellationToken stop = default) => Open(stop).ReadEvent(sequence, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEvent>> ReadEvents(long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return await Open(stop).ReadEvents(afterSequence, max, stop);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEvent>> ReadEventsAt(IReadOnlyList<long> sequences, CancellationToken stop = default) =>
        await Open(stop).ReadEventsAt(sequences, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<EventDigest>> ReadEventHashes(long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        return await Open(stop).ReadEventHashes(afterSequence, max, stop);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<EventKey>> FindByEventIds(IReadOnlyList<string> eventIds, CancellationToken stop = default) =>
        await Open(stop).FindByEventIds(eventIds, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<EventKey>> FindByCbvHashes(IReadOnlyList<byte[]> hashes, CancellationToken stop = default) =>
        await Open(stop).FindByCbvHashes(hashes, stop);

    /// <inheritdoc/>
    public ValueTask<long> SequenceAt(DateTimeOffset recordTime, CancellationToken stop = default) => Open(stop).SequenceAt(recordTime, stop);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ShardRow>> ReadShardRows(int shard, long afterSequence, int max, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, ShardRow.EveryShard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, constants.ShardCount);
        return await Open(stop).ReadShardRows(shard, afterSequence, max, stop);
    }

    /// <inheritdoc/>
    public ValueTask<long[]> ReadLastShardSequences(CancellationToken stop = default) => Open(stop).ReadLastShardSequences(constants.ShardCount, stop);

    /// <summary>Finishes the appends that were asked for, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await queue.Close();
        await source.DisposeAsync();
    }

    async Task Write(LedgerBatch batch, CancellationToken stop)
    {
        BatchRules.CheckForm(batch, constants.ShardCount);
        await Do(() => writer.Append(batch), stop);
    }

    async Task Do(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await queue.Do(work, stop);
        }
        catch (Exception failure) when (PostgresFailure.Translate(failure, where) is var translated && translated != failure)
        {
            throw translated;
        }
    }

    PostgresReader Open(CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        stop.ThrowIfCancellationRequested();
        return reader;
    }

    static async Task Fix(NpgsqlConnection connection, int shardCount, int projectionVersion, long partitionSize)
    {
        await using var command = new NpgsqlCommand("INSERT INTO constant VALUES ('shard_count', $1), ('projection_version', $2), ('partition_size', $3)", connection)
        {
            Parameters = { new() { Value = (long)shardCount }, new() { Value = (long)projectionVersion }, new() { Value = partitionSize } },
        };
        await command.ExecuteNonQueryAsync();
        await EventPartitions.MakeFirst(connection, partitionSize);
    }

    static string Where(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"database {builder.Database ?? builder.Username} on {builder.Host}:{builder.Port}";
    }
}
