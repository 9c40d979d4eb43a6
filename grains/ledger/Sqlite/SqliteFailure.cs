using Microsoft.Data.Sqlite;

namespace TraceGrains.Ledger.Sqlite;

/// <summary>What a caller of the ledger sees of SQLite's errors.</summary>
static class SqliteFailure
{
    public static Exception Translate(Exception failure, string path) => failure is SqliteException e
        ? new LedgerUnavailableException($"{path}: {e.Message}", e)
        : failure;
}
