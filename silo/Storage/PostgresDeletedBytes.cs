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

    public async Task Scrub()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        var before = await Ask(connection, $"SELECT pg_relation_filenode('{Table}')");
        try
        {
            await Ask(connection, Limits);
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

    static async Task<object?> Ask(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
