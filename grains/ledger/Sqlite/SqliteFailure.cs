using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>What a caller of the ledger sees of SQLite's errors.</summary>
static class SqliteFailure
{
    public static Exception Translate(Exception failure, string path) => failure switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } full => new LedgerFullException($"{path}: no space left on the disk", full),
        SqliteException other => new LedgerUnavailableException($"{path}: {other.Message}", other),
        _ => failure,
    };
}
