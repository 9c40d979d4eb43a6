using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>What a caller of the ledger sees of PostgreSQL's errors.</summary>
static class PostgresFailure
{
    public static Exception Translate(Exception failure, string where) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => new LedgerFencedException($"the batch uses what has been used before: {e.MessageText}", e),
        PostgresException e => new LedgerUnavailableException($"{where}: {e.MessageText} (SQL state {e.SqlState})", e),
        NpgsqlException or IOException or TimeoutException => new LedgerUnavailableException($"{where}: {failure.Message}", failure),
        _ => failure,
    };

    /// <summary>Whether the server went away or is on its way back: the same question can be asked again over another connection.</summary>
    public static bool IsPassing(Exception failure) => failure is PostgresException e
        ? e.SqlState.StartsWith("57P", StringComparison.Ordinal)
        : failure is NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException };
}
