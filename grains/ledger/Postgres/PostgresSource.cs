using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>The pool of connections to a ledger, with the settings every one of them has.</summary>
static class PostgresSource
{
    const int PoolSize = 16;

    // Every statement looks rows up by key, many keys at once. Left alone, the planner would fix plans for the empty tables of a young ledger (read them whole, for a
    // hash join) and keep them while the tables grow. A writer that fell silent inside a transaction is thrown out, so that it cannot block its successor.
    const string Session = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c idle_in_transaction_session_timeout=10s";

    public static NpgsqlDataSource Create(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = LedgerSchema.Versions.Name, MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        // Most of what an administrator says stands; a default of the server that would lose events does not.
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = PoolSize;
        if (builder.ApplicationName is null) builder.ApplicationName = "tracegrains";
        builder.Options = $"-c synchronous_commit=on {Session} {builder.Options}".TrimEnd();
        return new NpgsqlDataSourceBuilder(builder.ToString()).Build();
    }

    /// <summary>Refuses a server on which an acknowledged event could be lost, or whose text is not UTF-8.</summary>
    public static async Task Check(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')");
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        if (row.GetInt32(0) < 150000) throw new LedgerFormatException($"PostgreSQL {row.GetInt32(0) / 10000} is too old; 15 or newer was expected");
        if (row.GetString(1) != "UTF8") throw new LedgerFormatException($"the database's encoding is {row.GetString(1)}; UTF8 was expected");
        if (row.GetString(2) != "on" || row.GetString(3) != "on")
            throw new LedgerUnavailableException("the server runs with fsync or full_page_writes off: a power cut would lose what was acknowledged. Set both on");
        if (row.GetString(4) is not ("on" or "remote_apply"))
            throw new LedgerUnavailableException($"synchronous_commit is {row.GetString(4)}: a power cut would lose what was acknowledged. Expected on or remote_apply");
    }
}
