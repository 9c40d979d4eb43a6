using Npgsql;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Silo.Storage;

/// <summary>
/// Copies the table of grain states into new files and lets the old ones go. Nobody reads or writes it meanwhile, so it neither waits nor takes long: where it would, it gives up, and the administrator of the database
/// does it when there is time. The write-ahead log and backups are his anyway.
/// </summary>
sealed class PostgresDeletedBytes(string connectionString) : IDeletedBytes
{
    const string Table = "orleansstorage", Limits = "SET lock_timeout = '5s'; SET statement_timeout = '20s'";

    /// <summary>Whether somebody may see rows as they were before a moment: copying keeps those rows for them.</summary>
    const string OlderSnapshots =
        """
        SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL) AND coalesce(xact_start, query_start, backend_start) < $1)
            OR EXISTS (SELECT FROM pg_prepared_xacts WHERE database = current_database() AND prepared < $1)
            OR EXISTS (SELECT FROM pg_replication_slots WHERE xmin IS NOT NULL)
            OR EXISTS (SELECT FROM pg_stat_replication WHERE backend_xmin IS NOT NULL)
        """;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(10), pause = TimeSpan.FromMilliseconds(100);

    public async Task Scrub()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        var before = await Ask(connection, $"SELECT pg_relation_filenode('{Table}')");
        try
        {
            await Ask(connection, Limits);
            await AwaitOlderSnapshots(connection);
            await Ask(connection, $"VACUUM FULL {Table}");
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled)
        {
            throw new IOException($"{Table}: could not be copied within 20 s; names that were erased may remain in its files until it is (see the runbook)", failure);
        }
        // Who does not own the table gets a warning and nothing done.
        if (Equals(await Ask(connection, $"SELECT pg_relation_filenode('{Table}')"), before))
            throw new IOException($"{Table}: the database did not copy it, as for who does not own it; names that were erased may remain in its files until it is (see the runbook)");
    }

    static async Task AwaitOlderSnapshots(NpgsqlConnection connection)
    {
        var now = (DateTime)(await Ask(connection, "SELECT clock_timestamp()"))!;
        for (var waited = TimeSpan.Zero; await Ask(connection, OlderSnapshots, now) is true; waited += pause)
        {
            if (waited >= patience)
                throw new IOException($"{Table}: a transaction, prepared transaction or standby from before still sees names that were erased, so that a copy would have them; they remain in its files until it is copied without (see the runbook)");
            await Task.Delay(pause);
        }
    }

    static async Task<object?> Ask(NpgsqlConnection connection, string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }
}
