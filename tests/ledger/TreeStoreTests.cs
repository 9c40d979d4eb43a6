using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Sqlite;
using TraceGrains.Ledger.Transparency;

namespace TraceGrains.Ledger.Tests;

/// <summary>The SQLite store, one file per test.</summary>
public sealed class SqliteTreeStoreTests : TreeStoreConformance
{
    readonly TemporaryFolder folder = new();

    protected override Task<ITreeStore> OpenStore() => Task.FromResult<ITreeStore>(SqliteTreeStore.Open(folder.File("transparency.db")));

    protected override ValueTask RemoveStore()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_and_left_alone()
    {
        await (await SqliteLedger.Open(folder.File("ledger.db"), 4, 1)).DisposeAsync();
        var before = await File.ReadAllBytesAsync(folder.File("ledger.db"));
        Assert.Contains("belongs to another program", Assert.Throws<LedgerFormatException>(() => SqliteTreeStore.Open(folder.File("ledger.db"))).Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File("ledger.db")));
    }
}

/// <summary>The PostgreSQL store, one database per test.</summary>
public sealed class PostgresTreeStoreTests : TreeStoreConformance
{
    string? database;

    protected override async Task<ITreeStore> OpenStore() => await PostgresTreeStore.Open(database ??= await PrivatePostgres.NewDatabase());

    protected override async ValueTask RemoveStore()
    {
        if (database is not null) await PrivatePostgres.Drop(database);
        database = null;
    }
}
