using Microsoft.Data.Sqlite;
using SQLitePCL;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Index;

/// <summary>The index's file. Nothing in it is precious: a file that is of another version, damaged, or not ours to read is thrown away and made anew.</summary>
static class SqliteIndexFile
{
    /// <summary>"TGIX" in ASCII.</summary>
    const int ApplicationId = 0x54474958;

    const int FormatVersion = 1;

    // Rows of one key lie together in the order of event time: a page of an answer is a short run of them.
    const string Tables =
        """
        CREATE TABLE cursor(
            one INTEGER PRIMARY KEY CHECK (one = 1),
            rules_version INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            event_hash BLOB NOT NULL) STRICT;
        INSERT INTO cursor VALUES (1, 0, 0, x'');
        CREATE TABLE event(
            sequence INTEGER PRIMARY KEY,
            event_time INTEGER NOT NULL) STRICT;
        CREATE TABLE posting(
            key INTEGER NOT NULL,
            event_time INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            PRIMARY KEY(key, event_time, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE word(
            kind INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY(kind, text)) STRICT, WITHOUT ROWID;
        CREATE TABLE master(
            id TEXT NOT NULL,
            vocabulary TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            said TEXT NOT NULL,
            PRIMARY KEY(id, vocabulary, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE master_attribute(
            attribute TEXT NOT NULL,
            value TEXT NOT NULL,
            id TEXT NOT NULL,
            PRIMARY KEY(attribute, value, id)) STRICT, WITHOUT ROWID;
        """;

    // NORMAL: a power cut may take the last transactions with it, never half of one; the cursor goes with them, and the ledger has the events.
    const string WriterSettings =
        """
        PRAGMA synchronous = NORMAL;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -131072;
        PRAGMA wal_autocheckpoint = 16000;
        PRAGMA journal_size_limit = 134217728;
        """;

    const string ReaderSettings =
        """
        PRAGMA query_only = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16384;
        PRAGMA mmap_size = 1073741824;
        """;

    public static void Prepare(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (File.Exists(path) && !IsOurs(path))
            Delete(path);
        if (!File.Exists(path))
            Create(path);
    }

    public static SqliteConnection OpenWriter(string path) => SqliteFile.Connect(path, SqliteOpenMode.ReadWrite, WriterSettings);

    public static SqliteConnection OpenReader(string path) => SqliteFile.Connect(path, SqliteOpenMode.ReadWrite, ReaderSettings);

    static void Create(string path)
    {
        using var connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate, "PRAGMA page_size = 4096");
        SqliteFile.Execute(connection, "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
        SqliteFile.Execute(connection, Tables);
        SqliteFile.Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {FormatVersion}; COMMIT");
    }

    static bool IsOurs(string path)
    {
        try
        {
            using var connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWrite, "");
            var version = Number(connection, "PRAGMA user_version");
            return Number(connection, "PRAGMA application_id") switch
            {
                ApplicationId => version == FormatVersion && Number(connection, "SELECT count(*) FROM cursor") == 1,
                // Made and not finished.
                0 when version == 0 => false,
                var other => throw new LedgerFormatException($"{path} belongs to another program (application id 0x{other:X8}); an index of TraceGrains (0x{ApplicationId:X8}) was expected"),
            };
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT or raw.SQLITE_ERROR)
        {
            return false;
        }
    }

    static void Delete(string path)
    {
        foreach (var file in (ReadOnlySpan<string>)[path, path + "-wal", path + "-shm"])
            File.Delete(file);
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }
}
