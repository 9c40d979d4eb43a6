using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using TraceGrains.Grains.Recalls;
using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Silo.Storage;

/// <summary>What Orleans keeps in PostgreSQL: who is in the cluster, reminders, and grain state that is not in the ledger. A schema of its own beside the ledger's.</summary>
static class OrleansSchema
{
    const string Invariant = "Npgsql";

    // Cold activations, reminders' ranges and membership each open connections as they please; this is what one silo may have.
    const int PoolSize = 20;

    public static VersionedSchema Versions { get; } = new("tracegrains_orleans", [Script("postgres-orleans.sql")]);

    public static string Connection(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Versions.Name, MaxAutoPrepare = 30, AutoPrepareMinUsages = 2 };
        if (!connectionString.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = PoolSize;
        builder.ApplicationName ??= "tracegrains-orleans";
        return builder.ToString();
    }

    /// <summary>Makes or upgrades the schema.</summary>
    public static async Task Prepare(string connectionString, bool mayUpgrade)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Connection(connectionString)) { Pooling = false }.ToString());
        await Versions.Prepare(source, mayUpgrade);
    }

    /// <summary>Addresses of silos that said within the last minute that they are alive.</summary>
    public static async Task<IReadOnlyList<string>> RunningSilos(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Connection(connectionString)) { Pooling = false }.ToString());
        await using var command = source.CreateCommand("SELECT Address || ':' || Port FROM OrleansMembershipTable WHERE Status = 3 AND IAmAliveTime > now() - interval '1 minute'");
        await using var rows = await command.ExecuteReaderAsync();
        var silos = new List<string>();
        while (await rows.ReadAsync()) silos.Add(rows.GetString(0));
        return silos;
    }

    public static ISiloBuilder AddPostgresCluster(this ISiloBuilder silo, string connectionString)
    {
        var connection = Connection(connectionString);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
        silo.Services.AddSingleton<IDeletedBytes>(new PostgresDeletedBytes(connection));
        return silo.AddAdoNetGrainStorage(CaseStorage.Provider, options => options.Configure<Serializer>((storage, serializer) =>
        {
            storage.Invariant = Invariant;
            storage.ConnectionString = connection;
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
    }

    static string Script(string name)
    {
        using var script = new StreamReader(typeof(OrleansSchema).Assembly.GetManifestResourceStream(name)!);
        return script.ReadToEnd();
    }
}
