using Microsoft.Data.Sqlite;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>One SQLite file beside the ledger's that some store keeps its tables in: made, recognised, read and written with a commit that is on the disk.</summary>
/// <param name="path">The file.</param>
/// <param name="what">What the store is, for messages: "a transparency store".</param>
/// <param name="applicationId">Tells the file from others.</param>
/// <param name="version">Version of its tables.</param>
/// <param name="tables">Statements that make them.</param>
sealed class SqliteStoreFile(string path, string what, int applicationId, int version, string tables) : IDisposable
{
    readonly string connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true }.ToString();

    /// <summary>Opens the file, and makes it if it is not there.</summary>
    /// <exception cref="LedgerFormatException">The file is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The file cannot be opened, read or made.</exception>
    public void Open()
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        Do(connection =>
        {
            if (connection.Number("PRAGMA application_id") == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0) Create(connection);
            else CheckIsOurs(connection);
            return true;
        });
    }

    void Create(SqliteConnection connection)
    {
        connection.Run("PRAGMA journal_mode = WAL");
        connection.Run("BEGIN IMMEDIATE");
        if (connection.Number("SELECT count(*) FROM sqlite_schema") == 0) connection.Run(tables + $"PRAGMA application_id = {applicationId}; PRAGMA user_version = {version}");
        connection.Run("COMMIT");
    }

    void CheckIsOurs(SqliteConnection connection)
    {
        var (application, found) = (connection.Number("PRAGMA application_id"), connection.Number("PRAGMA user_version"));
        if (application != applicationId) throw new LedgerFormatException($"{path} belongs to another program (application id 0x{application:X8}); {what} (0x{applicationId:X8}) was expected");
        if (found != version) throw new LedgerFormatException($"{path} is {what} of format version {found}; this program reads version {version}");
    }

    /// <summary>Works in a transaction that nobody else writes beside, also with a second process over the same file: what was looked at is what is followed.</summary>
    public T Write<T>(Func<SqliteConnection, T> work) => Do(connection =>
    {
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            var answer = work(connection);
            connection.Run("COMMIT");
            return answer;
        }
        catch
        {
            connection.Run("ROLLBACK");
            throw;
        }
    });

    /// <summary>Works with a connection.</summary>
    public T Do<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            // FULL: what is answered is on the disk.
            connection.Run("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA busy_timeout = 5000");
            return work(connection);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Translate(e, path);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}

/// <summary>Statements with parameters <c>$p0</c>, <c>$p1</c>, ….</summary>
static class SqliteStatements
{
    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var command = Command(connection, sql, values);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(read(rows));
        return all;
    }

    public static long Number(this SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public static void Run(this SqliteConnection connection, string sql, params object[] values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement with many sets of values, prepared once; how often it ran.</summary>
    public static int RunEach(this SqliteConnection connection, string sql, IEnumerable<object[]> all)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var runs = 0;
        foreach (var values in all)
        {
            for (var i = 0; i < values.Length; i++)
                if (runs == 0) command.Parameters.AddWithValue($"$p{i}", values[i]);
                else command.Parameters[i].Value = values[i];
            if (runs++ == 0) command.Prepare();
            command.ExecuteNonQuery();
        }
        return runs;
    }

    static SqliteCommand Command(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"$p{i}", values[i]);
        return command;
    }
}
