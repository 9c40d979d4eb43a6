using Npgsql;
using NpgsqlTypes;
using TraceGrains.Ledger.Capture;

namespace TraceGrains.Ledger.Postgres;

/// <summary>Capture jobs in PostgreSQL, in a schema of their own beside the ledger's. Documents lie in a table of their own: a job is written often, its document once.</summary>
public sealed class PostgresCaptureJobs : ICaptureJobs
{
    const int ForgottenPerCall = 5_000, PoolSize = 8;

    const string Tables =
        """
        CREATE TABLE capture_job(
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id text COLLATE "C" NOT NULL UNIQUE,
            created_at bigint NOT NULL,
            finished_at bigint,
            state bytea NOT NULL);
        CREATE INDEX capture_job_running ON capture_job(number) WHERE finished_at IS NULL;
        CREATE TABLE capture_document(
            number bigint PRIMARY KEY REFERENCES capture_job ON DELETE CASCADE,
            bytes bytea NOT NULL);
        """;

    const string Columns = "id, created_at, finished_at, state, number";

    static readonly VersionedSchema versions = new("tracegrains_capture", [Tables]);

    readonly NpgsqlDataSource source;
    readonly string where;

    PostgresCaptureJobs(NpgsqlDataSource source, string where) => (this.source, this.where) = (source, where);

    /// <summary>Opens the jobs beside a ledger, and makes their tables if they are not there.</summary>
    /// <exception cref="LedgerFormatException">The tables are somebody else's, of a newer version, or of an older one that may not be upgraded. They are left as they were.</exception>
    /// <exception cref="LedgerUnavailableException">The server does not answer.</exception>
    public static async Task<PostgresCaptureJobs> Open(string connectionString, bool mayUpgrade = false, CancellationToken stop = default)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = versions.Name, MaxAutoPrepare = 16, AutoPrepareMinUsages = 2 };
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = PoolSize;
        builder.Options = $"-c synchronous_commit=on {builder.Options}".TrimEnd();
        builder.ApplicationName ??= "tracegrains-capture";
        var source = NpgsqlDataSource.Create(builder.ToString());
        var where = $"database {builder.Database} on {builder.Host}";
        try
        {
            await versions.Prepare(source, mayUpgrade, stop: stop);
            return new(source, where);
        }
        catch (Exception failure)
        {
            await source.DisposeAsync();
            throw PostgresFailure.Translate(failure, where);
        }
    }

    /// <inheritdoc/>
    public Task Add(CaptureJob job, ReadOnlyMemory<byte>? document, CancellationToken stop = default)
    {
        if (job.FinishedAt is null != document is not null) throw new ArgumentException("a running job has a document, a finished one has none");
        return Do(
            """
            WITH job AS (INSERT INTO capture_job(id, created_at, finished_at, state) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING RETURNING number),
                 kept AS (INSERT INTO capture_document(number, bytes) SELECT number, $5 FROM job WHERE $5 IS NOT NULL)
            SELECT number FROM job
            """,
            async rows => await rows.ReadAsync(stop) ? true : throw new ArgumentException($"{job.Id}: expected an id of its own; it is in use"),
            stop, job.Id, job.CreatedAt.ToUnixTimeMilliseconds(), Milliseconds(job.FinishedAt), job.State, Bytes(document));
    }

    /// <inheritdoc/>
    public Task<bool> Finish(string id, DateTimeOffset finishedAt, byte[] state, CancellationToken stop = default) => Do(
        """
        WITH job AS (UPDATE capture_job SET finished_at = $2, state = $3 WHERE id = $1 AND finished_at IS NULL RETURNING number),
             dropped AS (DELETE FROM capture_document WHERE number IN (SELECT number FROM job))
        SELECT number FROM job
        """,
        rows => rows.ReadAsync(stop), stop, id, finishedAt.ToUnixTimeMilliseconds(), state);

    /// <inheritdoc/>
    public async ValueTask<CaptureJob?> Find(string id, CancellationToken stop = default) => await Do(
        $"SELECT {Columns} FROM capture_job WHERE id = $1", async rows => await rows.ReadAsync(stop) ? Job(rows) : null, stop, id);

    /// <inheritdoc/>
    public async ValueTask<byte[]?> ReadDocument(string id, CancellationToken stop = default) => await Do(
        "SELECT d.bytes FROM capture_document d JOIN capture_job j USING (number) WHERE j.id = $1",
        async rows => await rows.ReadAsync(stop) ? rows.GetFieldValue<byte[]>(0) : null, stop, id);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CaptureJob>> Newest(long? before, int max, CancellationToken stop = default) => await Do(
        $"SELECT {Columns} FROM capture_job WHERE number < $1 ORDER BY number DESC LIMIT $2",
        async rows =>
        {
            var jobs = new List<CaptureJob>();
            while (await rows.ReadAsync(stop)) jobs.Add(Job(rows));
            return jobs;
        }, stop, before ?? long.MaxValue, max);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> Running(CancellationToken stop = default) => await Do(
        "SELECT id FROM capture_job WHERE finished_at IS NULL ORDER BY number",
        async rows =>
        {
            var ids = new List<string>();
            while (await rows.ReadAsync(stop)) ids.Add(rows.GetString(0));
            return ids;
        }, stop);

    /// <inheritdoc/>
    public Task<int> Forget(DateTimeOffset finishedBefore, long keep, CancellationToken stop = default) => Do(
        // The oldest first, as they finish about in that order. An identity leaves a gap where an insert failed, so what is kept is counted, not subtracted.
        """
        WITH gone AS (DELETE FROM capture_job WHERE number IN (
            SELECT number FROM (SELECT number, finished_at FROM capture_job ORDER BY number LIMIT $3) oldest
            WHERE finished_at < $1 OR finished_at IS NOT NULL AND number <= coalesce((SELECT number FROM capture_job ORDER BY number DESC OFFSET $2 LIMIT 1), 0)) RETURNING 1)
        SELECT count(*)::int FROM gone
        """,
        async rows =>
        {
            await rows.ReadAsync(stop);
            return rows.GetInt32(0);
        }, stop, finishedBefore.ToUnixTimeMilliseconds(), keep, ForgottenPerCall);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    async Task<T> Do<T>(string sql, Func<NpgsqlDataReader, Task<T>> read, CancellationToken stop, params object[] parameters)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            foreach (var parameter in parameters) command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter });
            await using var rows = await command.ExecuteReaderAsync(stop);
            return await read(rows);
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            throw PostgresFailure.Translate(failure, where);
        }
    }

    static NpgsqlParameter Milliseconds(DateTimeOffset? time) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = time is { } known ? known.ToUnixTimeMilliseconds() : DBNull.Value };

    static NpgsqlParameter Bytes(ReadOnlyMemory<byte>? bytes) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = bytes is { } known ? known : DBNull.Value };

    static CaptureJob Job(NpgsqlDataReader row) =>
        new(row.GetString(0), Time(row.GetInt64(1)), row.IsDBNull(2) ? null : Time(row.GetInt64(2)), row.GetFieldValue<byte[]>(3), row.GetInt64(4));

    static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
