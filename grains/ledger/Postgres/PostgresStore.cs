using Npgsql;

namespace TraceGrains.Ledger.Postgres;

/// <summary>One schema beside the ledger's that some store keeps its tables in: made, read and written with a commit that is on the disk. The twin of <see cref="Sqlite.SqliteStoreFile"/>.</summary>
sealed class PostgresStore : IAsyncDisposable
{
    const int PoolSize = 4;

    readonly NpgsqlDataSource source;
    readonly VersionedSchema schema;
    readonly string where;

    PostgresStore(NpgsqlDataSource source, VersionedSchema schema, string where) => (this.source, this.schema, this.where) = (source, schema, where);

    /// <summary>Opens the schema of a database, and makes it if there is none.</summary>
    /// <exception cref="LedgerFormatException">The schema is something else, or of another version. It is not changed.</exception>
    /// <exception cref="LedgerUnavailableException">The server cannot be reached.</exception>
    public static async Task<PostgresStore> Open(string connectionString, VersionedSchema schema, bool mayUpgrade)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema.Name, MaxPoolSize = PoolSize };
        settings.Options = $"-c synchronous_commit=on {settings.Options}".TrimEnd();
        var store = new PostgresStore(NpgsqlDataSource.Create(settings), schema, $"database {settings.Database} on {settings.Host}:{settings.Port}");
        try
        {
            await schema.Prepare(store.source, mayUpgrade);
            return store;
        }
        catch (Exception failure)
        {
            await store.DisposeAsync();
            if (PostgresFailure.Translate(failure, store.where) is var translated && translated != failure) throw translated;
            throw;
        }
    }

    /// <summary>Works in a transaction that nobody else writes beside: what was looked at is what is followed.</summary>
    public Task<T> Write<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken stop) => Do(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.Run(schema.LockStatement, [], stop);
        var answer = await work(connection);
        await transaction.CommitAsync(stop);
        return answer;
    }, stop);

    /// <summary>Works with a connection.</summary>
    public async Task<T> Do<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken stop)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            return await work(connection);
        }
        catch (Exception failure) when (PostgresFailure.Translate(failure, where) is var translated && translated != failure)
        {
            throw translated;
        }
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
