using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>What a caller of the ledger sees of PostgreSQL's errors.</summary>
/// <remarks>Without the driver's exception inside: failures travel between silos, and it cannot; the whole answer would be lost with it.</remarks>
static class PostgresFailure
{
    public static Exception Translate(Exception failure, string where) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => new LedgerFencedException($"the batch uses what has been used before: {e.MessageText}"),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } e => new LedgerFullException($"{where}: {e.MessageText}"),
        _ when IsPassing(failure) => new LedgerAwayException($"{where}: {failure.Message}"),
        PostgresException e => new LedgerUnavailableException($"{where}: {e.MessageText} (SQL state {e.SqlState})"),
        NpgsqlException or IOException or TimeoutException => new LedgerUnavailableException($"{where}: {failure.Message}"),
        _ => failure,
    };

    /// <summary>Whether the server went away or is on its way back: the same question can be asked again over another connection.</summary>
    public static bool IsPassing(Exception failure) => failure is PostgresException e
        ? e.SqlState.StartsWith("57P", StringComparison.Ordinal)
        : failure is NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException };
}
