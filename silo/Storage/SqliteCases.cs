using Microsoft.Data.Sqlite;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using TraceGrains.Grains.Recalls;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Storage;

/// <summary>Grain state that is not in the ledger, on SQLite beside it.</summary>
static class SqliteCases
{
    /// <summary>The invariant under which Orleans' ADO.NET provider loads Microsoft.Data.Sqlite.</summary>
    const string Invariant = "System.Data.SQLite";

    public static ISiloBuilder AddSqliteCases(this ISiloBuilder silo, string path)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        MakePrivate(path);
        try
        {
            Prepare(connection);
        }
        catch (SqliteException failure)
        {
            throw new SettingException($"--data: expected a folder that can be written, with recall cases of TraceGrains or none; {path}: {failure.Message}", failure);
        }
        silo.Services.AddSingleton<IDeletedBytes>(new SqliteDeletedBytes(connection));
        return silo.AddAdoNetGrainStorage(CaseStorage.Provider, options => options.Configure<Serializer>((storage, serializer) =>
        {
            storage.Invariant = Invariant;
            storage.ConnectionString = connection;
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
    }

    /// <summary>Subscriptions keep secrets in it that only this process needs. A file that stands already keeps the mode that its owner gave it.</summary>
    static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        try
        {
            File.Open(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What is wrong with the folder shows when the database is opened.
        }
    }

    static void Prepare(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        using var script = new StreamReader(typeof(SqliteCases).Assembly.GetManifestResourceStream("sqlite-cases.sql")!);
        // Cases are few and written seldom; every write reaches the disk, as in the ledger.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + script.ReadToEnd();
        command.ExecuteNonQuery();
    }
}
