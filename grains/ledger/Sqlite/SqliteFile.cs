using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>The file: what marks it as a ledger, its tables, and the settings every connection to it has.</summary>
static class SqliteFile
{
    /// <summary>"TGLG" in ASCII. SQLite keeps it at offset 68 of the file, so that <c>file(1)</c> and we can tell a ledger from another database.</summary>
    public const int ApplicationId = 0x54474C47;

    /// <summary>Version of the tables below. A change of it needs an upgrade step and a paragraph in FORMAT.md.</summary>
    public const int FormatVersion = 1;

    const int LockWaitMilliseconds = 5000;

    // Event ids get one index, not two: originals are unique because their second column is 0 for all of them, and declarations of an error are not
    // because theirs is their own sequence. The index over CBV hashes holds 8 of 32 bytes; a lookup compares the rest with the event's row.
    const string Tables =
        """
        CREATE TABLE event(
            sequence INTEGER PRIMARY KEY,
            record_time INTEGER NOT NULL,
            declares_error INTEGER NOT NULL,
            cbv_hash BLOB NOT NULL,
            event_hash BLOB NOT NULL,
            event_id TEXT NOT NULL,
            json BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX event_by_id ON event(event_id, iif(declares_error, sequence, 0));
        CREATE INDEX event_by_cbv_hash ON event(substr(cbv_hash, 1, 8));

        CREATE TABLE entity(
            number INTEGER PRIMARY KEY,
            code TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE chain(
            entity INTEGER NOT NULL,
            position INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY(entity, position)) STRICT, WITHOUT ROWID;
        CREATE TABLE shard_row(
            shard INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            facts BLOB NOT NULL,
            PRIMARY KEY(shard, sequence)) STRICT, WITHOUT ROWID;

        CREATE TABLE constant(
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    // FULL: a commit returns after the write-ahead log is on the disk. fullfsync makes that true on macOS too and is ignored elsewhere.
    const string WriterSettings =
        """
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -65536;
        PRAGMA wal_autocheckpoint = 8000;
        PRAGMA journal_size_limit = 134217728;
        """;

    const string ReaderSettings =
        """
        PRAGMA query_only = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16384;
        """;

    /// <summary>Makes the file a ledger if it is new, checks that it is one if not, and reads what was fixed when it was made.</summary>
    public static LedgerConstants Prepare(string path, int shardCountIfNew, int projectionVersionIfNew)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCountIfNew, 1);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);

        // Two processes may make the file at once. Changing to a write-ahead log does not wait for locks (SQLite fears a deadlock), so the slower one begins again.
        for (var deadline = Environment.TickCount64 + LockWaitMilliseconds; ; Thread.Sleep(10))
        {
            try
            {
                return PrepareOnce(path, shardCountIfNew, projectionVersionIfNew);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && Environment.TickCount64 < deadline)
            {
            }
        }
    }

    static LedgerConstants PrepareOnce(string path, int shardCountIfNew, int projectionVersionIfNew)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadWriteCreate, settings: "");
        try
        {
            // Nothing may be written before we know whose file it is.
            if (IsEmpty(connection))
                Create(connection, path, shardCountIfNew, projectionVersionIfNew);
            else
                CheckIsLedger(connection, path);
            return ReadConstants(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw new LedgerFormatException($"{path} is not an SQLite database; a TraceGrains ledger was expected", e);
        }
    }

    public static SqliteConnection OpenWriter(string path) => Connect(path, SqliteOpenMode.ReadWrite, WriterSettings);

    // Not opened read-only: the last reader of a write-ahead log may have to recover it. query_only keeps statements from writing.
    public static SqliteConnection OpenReader(string path) => Connect(path, SqliteOpenMode.ReadWrite, ReaderSettings);

    public static LedgerConstants ReadConstants(SqliteConnection connection) =>
        new((int)Number(connection, "SELECT value FROM constant WHERE name = 'shard_count'"),
            (int)Number(connection, "SELECT value FROM constant WHERE name = 'projection_version'"));

    /// <summary>Opens a file with the settings every connection has, and some of its own.</summary>
    public static SqliteConnection Connect(string path, SqliteOpenMode mode, string settings)
    {
        // The ledger pools its own connections, because they carry prepared statements.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // First of all: even a setting may have to read the file.
            raw.sqlite3_busy_timeout(connection.Handle, LockWaitMilliseconds);
            // The plan guarantee. Without it this build of SQLite (STAT4) prepares a statement again whenever a bound range changes: five times the cost of a short read.
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
            Execute(connection, settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static void Create(SqliteConnection connection, string path, int shardCount, int projectionVersion)
    {
        // Both settings are kept in the file and cannot be made inside a transaction.
        Execute(connection, "PRAGMA page_size = 4096");
        if (Text(connection, "PRAGMA journal_mode = WAL") is var mode and not "wal")
            throw new LedgerFormatException($"{path} is on a file system where SQLite cannot keep a write-ahead log (journal mode {mode}); a local disk was expected");

        Execute(connection, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
        if (IsEmpty(connection))
        {
            Execute(connection, Tables);
            Execute(connection, $"INSERT INTO constant VALUES ('shard_count', {shardCount}), ('projection_version', {projectionVersion})");
            Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {FormatVersion}");
        }

        // Otherwise another process made it while we waited for the lock; it goes through the same check as any existing file.
        Execute(connection, "COMMIT");
        CheckIsLedger(connection, path);
    }

    static void CheckIsLedger(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        if (application != ApplicationId)
            throw new LedgerFormatException($"{path} belongs to another program (application id 0x{application:X8}); a TraceGrains ledger (0x{ApplicationId:X8}) was expected");
        if (version != FormatVersion)
            throw new LedgerFormatException($"{path} is a ledger of format version {version}; this program reads version {FormatVersion}" + (version > FormatVersion ? ": use a newer program" : ""));
    }

    static bool IsEmpty(SqliteConnection connection) =>
        Number(connection, "PRAGMA application_id") == 0 && Number(connection, "PRAGMA user_version") == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;

    public static void Execute(SqliteConnection connection, string sql)
    {
        // sqlite3_exec and not a command: a command waits for locks in its own loop, which busy_timeout has done already.
        var result = raw.sqlite3_exec(connection.Handle, sql);
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }

    static string Text(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Step();
        return statement.Text(0);
    }
}
