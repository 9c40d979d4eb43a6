using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>
/// A schema of our own in somebody's database, made and upgraded by the program itself. Its table <c>schema_version</c> says how many of <paramref name="steps"/> have been taken.
/// </summary>
/// <remarks>
/// All steps run in one transaction under an advisory lock: of several processes that start at once one does the work and the others find it done, and an upgrade that
/// is interrupted has not happened. A step that was released is never changed; a change is another step.
/// </remarks>
/// <param name="name">Name of the schema.</param>
/// <param name="steps">SQL, in order; unqualified names mean this schema.</param>
public sealed class VersionedSchema(string name, IReadOnlyList<string> steps)
{
    // "TGLG", as in the header of an SQLite ledger. The second half of the key tells schemas apart.
    const int LockClass = 0x54474C47;

    /// <summary>Name of the schema.</summary>
    public string Name => name;

    /// <summary>The version this program makes and reads.</summary>
    public int Version => steps.Count;

    /// <summary>Makes what is missing; does nothing when all is there.</summary>
    /// <param name="source">Connections whose search path is this schema.</param>
    /// <param name="mayUpgrade">Whether an older version is upgraded. An empty schema is filled in any case.</param>
    /// <param name="whenNew">Runs in the same transaction when the schema was empty.</param>
    /// <param name="stop">Gives up; nothing has happened then.</param>
    /// <returns>The version found; equal to <see cref="Version"/> when there was nothing to do.</returns>
    /// <exception cref="LedgerFormatException">The schema is somebody else's, newer than the program, or older and may not be upgraded. It was left as it was.</exception>
    public async Task<int> Prepare(NpgsqlDataSource source, bool mayUpgrade, Func<NpgsqlConnection, Task>? whenNew = null, CancellationToken stop = default)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({LockClass}, hashtext('{name}'))", stop);
        var found = await Find(connection, stop);
        if (found > steps.Count)
            throw new LedgerFormatException($"schema {name} in {Where(connection)} has version {found}; this program reads version {steps.Count}: use a newer program");
        if (found == steps.Count)
            return found;
        if (found > 0 && !mayUpgrade)
            throw new LedgerFormatException(
                $"schema {name} in {Where(connection)} has version {found}, this program needs version {steps.Count}: stop every silo, then run 'tracegrains-silo migrate' or start one with --migrate");

        if (found == 0)
            await Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {name}; CREATE TABLE {name}.schema_version(version integer NOT NULL); INSERT INTO {name}.schema_version VALUES (0)", stop);
        for (var step = found; step < steps.Count; step++)
            await Execute(connection, steps[step], stop);
        await Execute(connection, $"UPDATE {name}.schema_version SET version = {steps.Count}", stop);
        if (found == 0 && whenNew is not null)
            await whenNew(connection);
        await transaction.CommitAsync(stop);
        return found;
    }

    /// <summary>Takes the lock of this schema until the transaction ends: who else writes where the order matters waits.</summary>
    internal string LockStatement => $"SELECT pg_advisory_xact_lock({LockClass}, hashtext('{name}'))";

    async Task<int> Find(NpgsqlConnection connection, CancellationToken stop)
    {
        var isThere = await Scalar(connection, $"SELECT to_regclass('{name}.schema_version') IS NOT NULL", stop) is true;
        if (isThere)
            return await Scalar(connection, $"SELECT version FROM {name}.schema_version", stop) is int version ? version : 0;
        var others = (long)(await Scalar(connection, $"SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('{name}')", stop))!;
        return others == 0 ? 0 : throw new LedgerFormatException(
            $"schema {name} in {Where(connection)} belongs to another program: it has {others} tables and no schema_version; an empty schema or TraceGrains' own was expected");
    }

    static string Where(NpgsqlConnection connection) => $"database {connection.Database} on {connection.Host}:{connection.Port}";

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }

    static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop);
    }
}
