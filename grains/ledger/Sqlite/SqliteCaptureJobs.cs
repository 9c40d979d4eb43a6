using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Capture;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>Capture jobs in one SQLite file. Documents lie in a table of their own: a job is written often, its document once.</summary>
public sealed class SqliteCaptureJobs : ICaptureJobs
{
    /// <summary>"TGCJ" in ASCII; see <see cref="SqliteFile.ApplicationId"/>.</summary>
    const int ApplicationId = 0x5447434A;
    const int FormatVersion = 1, ForgottenPerCall = 5_000;

    const string Tables =
        """
        CREATE TABLE capture_job(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            finished_at INTEGER,
            state BLOB NOT NULL) STRICT;
        CREATE INDEX capture_job_running ON capture_job(number) WHERE finished_at IS NULL;
        CREATE TABLE capture_document(
            number INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL) STRICT;
        """;

    const string Columns = "id, created_at, finished_at, state, number";

    readonly GroupCommit writer;
    readonly string path, readers;

    SqliteCaptureJobs(SqliteConnection connection, string path)
    {
        this.path = path;
        readers = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();
        writer = new(connection, "capture jobs");
    }

    /// <summary>Opens the jobs in a file, and makes the file if it is not there.</summary>
    /// <exception cref="LedgerFormatException">The file is something else, or of a newer version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or made.</exception>
    public static Task<SqliteCaptureJobs> Open(string path) => Task.Run(() =>
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            connection.Open();
            SqliteFile.Execute(connection, "PRAGMA busy_timeout = 5000");
            // Looked at before anything is changed, and again under the lock: another process may make the file at the same time.
            IsNew(connection, path);
            SqliteFile.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864; BEGIN IMMEDIATE");
            if (IsNew(connection, path)) SqliteFile.Execute(connection, $"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {FormatVersion}");
            SqliteFile.Execute(connection, "COMMIT");
            return new SqliteCaptureJobs(connection, path);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            throw failure is IOException or UnauthorizedAccessException ? new LedgerUnavailableException($"{path}: {failure.Message}", failure) : SqliteFailure.Translate(failure, path);
        }
    });

    static bool IsNew(SqliteConnection connection, string path)
    {
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if ((application, version) == (ApplicationId, FormatVersion)) return false;
        return application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0
            ? true
            : throw new LedgerFormatException($"{path}: expected capture jobs of format version {FormatVersion} (application id 0x{ApplicationId:X8}), found version {version} of 0x{application:X8}");
    }

    /// <inheritdoc/>
    public Task Add(CaptureJob job, ReadOnlyMemory<byte>? document, CancellationToken stop = default)
    {
        if (job.FinishedAt is null != document is not null) throw new ArgumentException("a running job has a document, a finished one has none");
        return writer.Do(connection =>
        {
            using var insert = new Statement(connection, "INSERT INTO capture_job(id, created_at, finished_at, state) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(id) DO NOTHING");
            insert.Bind(1, job.Id).Bind(2, job.CreatedAt.ToUnixTimeMilliseconds()).Bind(4, job.State);
            if (job.FinishedAt is { } finished) insert.Bind(3, finished.ToUnixTimeMilliseconds());
            if (insert.Run() == 0) throw new ArgumentException($"{job.Id}: expected an id of its own; it is in use");
            if (document is not { } bytes) return true;
            using var keep = new Statement(connection, "INSERT INTO capture_document(number, bytes) VALUES (last_insert_rowid(), ?1)");
            keep.Bind(1, bytes.Span).Run();
            return true;
        }, stop);
    }

    /// <inheritdoc/>
    public Task<bool> Finish(string id, DateTimeOffset finishedAt, byte[] state, CancellationToken stop = default) => writer.Do(connection =>
    {
        using var finish = new Statement(connection, "UPDATE capture_job SET finished_at = ?2, state = ?3 WHERE id = ?1 AND finished_at IS NULL");
        if (finish.Bind(1, id).Bind(2, finishedAt.ToUnixTimeMilliseconds()).Bind(3, state).Run() == 0) return false;
        using var drop = new Statement(connection, "DELETE FROM capture_document WHERE number = (SELECT number FROM capture_job WHERE id = ?1)");
        drop.Bind(1, id).Run();
        return true;
    }, stop);

    /// <inheritdoc/>
    public ValueTask<CaptureJob?> Find(string id, CancellationToken stop = default) => Read(connection =>
    {
        using var find = new Statement(connection, $"SELECT {Columns} FROM capture_job WHERE id = ?1");
        return find.Bind(1, id).Step() ? Job(find) : null;
    });

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadDocument(string id, CancellationToken stop = default) => Read(connection =>
    {
        using var read = new Statement(connection, "SELECT bytes FROM capture_document WHERE number = (SELECT number FROM capture_job WHERE id = ?1)");
        return read.Bind(1, id).Step() ? read.Bytes(0) : null;
    });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CaptureJob>> Newest(long? before, int max, CancellationToken stop = default) => Read<IReadOnlyList<CaptureJob>>(connection =>
    {
        using var read = new Statement(connection, $"SELECT {Columns} FROM capture_job WHERE number < ?1 ORDER BY number DESC LIMIT ?2");
        read.Bind(1, before ?? long.MaxValue).Bind(2, max);
        var jobs = new List<CaptureJob>();
        while (read.Step()) jobs.Add(Job(read));
        return jobs;
    });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> Running(CancellationToken stop = default) => Read<IReadOnlyList<string>>(connection =>
    {
        using var read = new Statement(connection, "SELECT id FROM capture_job WHERE finished_at IS NULL ORDER BY number");
        var ids = new List<string>();
        while (read.Step()) ids.Add(read.Text(0));
        return ids;
    });

    /// <inheritdoc/>
    public Task<int> Forget(DateTimeOffset finishedBefore, long keep, CancellationToken stop = default) => writer.Do(connection =>
    {
        // Jobs are looked through from the oldest on, and finish about in that order: what is to go lies at the beginning. Numbers have few gaps, so the newest
        // minus the count tells the oldest that is kept without counting.
        using var forget = new Statement(connection,
            """
            DELETE FROM capture_job WHERE number IN (
                SELECT number FROM (SELECT number, finished_at FROM capture_job ORDER BY number LIMIT ?3)
                WHERE finished_at < ?1 OR finished_at IS NOT NULL AND number <= (SELECT max(number) FROM capture_job) - ?2)
            """);
        return forget.Bind(1, finishedBefore.ToUnixTimeMilliseconds()).Bind(2, keep).Bind(3, ForgottenPerCall).Run();
    }, stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        using var pooled = new SqliteConnection(readers);
        SqliteConnection.ClearPool(pooled);
    }

    ValueTask<T> Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = new SqliteConnection(readers);
            connection.Open();
            return ValueTask.FromResult(read(connection));
        }
        catch (SqliteException failure)
        {
            return ValueTask.FromException<T>(SqliteFailure.Translate(failure, path));
        }
    }

    static CaptureJob Job(Statement row) =>
        new(row.Text(0), Time(row.Int64(1)), row.IsNull(2) ? null : Time(row.Int64(2)), row.Bytes(3), row.Int64(4));

    static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }
}
