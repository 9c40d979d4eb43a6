using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>One prepared statement, used again and again by the one thread that has its connection.</summary>
/// <remarks>
/// It calls SQLite directly. A <see cref="SqliteCommand"/> makes parameters and a reader object for every execution, and a batch is thousands of one-row
/// inserts: numbers in FORMAT.md, "Measured".
/// </remarks>
sealed class Statement : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt handle;

    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string value)
    {
        // With an explicit length: the overload for strings stops at U+0000.
        Span<byte> buffer = stackalloc byte[512];
        if (value.Length > buffer.Length / 3)
            buffer = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        Check(raw.sqlite3_bind_text(handle, parameter, buffer[..Encoding.UTF8.GetBytes(value, buffer)]));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // A span of nothing has no address, and SQLite takes a blob without address for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, parameter, 0) : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Moves to the next row; after the last one answers false and is ready to be bound again.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
        {
            // The exception reads the connection's last error, which a reset may touch: build it first.
            var failure = Failure(result);
            Reset();
            throw failure;
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement that answers no rows; returns how many rows it changed.</summary>
    public int Run()
    {
        Step();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Runs a statement that answers one number.</summary>
    public long Scalar()
    {
        var value = Step() ? Int64(0) : 0;
        Reset();
        return value;
    }

    /// <summary>Leaves the rows that were not read; needed before the next binding.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    /// <summary>Text as the bytes that are stored, whatever they are.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public void Dispose() => handle.Dispose();

    void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    SqliteException Failure(int result) => new($"{raw.sqlite3_errmsg(database).utf8_to_string()} (SQLite error {result})", result & 0xFF, result);
}
