using Npgsql;
using TraceGrains.Ledger.Postgres;

namespace TraceGrains.Ledger.Tests;

/// <summary>What only the PostgreSQL engine promises: its schema, its partitions, its settings, and what happens when the server goes away.</summary>
public sealed class PostgresSchemaTests
{
    [Fact]
    public async Task Several_processes_may_make_the_schema_at_once()
    {
        var database = await PrivatePostgres.NewDatabase();
        var ledgers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => PostgresLedger.Open(database, n, n)));
        Assert.Single(ledgers.Select(ledger => ledger.Constants).Distinct());
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        Assert.Equal(1, await PrivatePostgres.Sql(database, "SELECT version FROM tracegrains_ledger.schema_version"));
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_by_name()
    {
        var database = await PrivatePostgres.NewDatabase();
        await (await PostgresLedger.Open(database, 4, 1)).DisposeAsync();
        await PrivatePostgres.Sql(database, "UPDATE tracegrains_ledger.schema_version SET version = 99");

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(() => PostgresLedger.Open(database, 4, 1));
        Assert.Contains("version 99", refused.Message);
        Assert.Contains("newer program", refused.Message);
        Assert.Equal(99, await PrivatePostgres.Sql(database, "SELECT version FROM tracegrains_ledger.schema_version"));
    }

    [Fact]
    public async Task A_schema_of_another_program_is_refused_and_left_as_it_was()
    {
        var database = await PrivatePostgres.NewDatabase();
        await PrivatePostgres.Sql(database, "CREATE SCHEMA tracegrains_ledger; CREATE TABLE tracegrains_ledger.theirs(x int)");

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(() => PostgresLedger.Open(database, 4, 1));
        Assert.Contains("tracegrains_ledger", refused.Message);
        Assert.Contains("another program", refused.Message);
        Assert.Equal(1L, await PrivatePostgres.Sql(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'tracegrains_ledger'::regnamespace"));
    }

    [Fact]
    public async Task An_older_version_is_upgraded_step_by_step_and_only_when_allowed()
    {
        var database = await PrivatePostgres.NewDatabase();
        await using var source = NpgsqlDataSource.Create(database + ";Search Path=ours");
        string[] steps = ["CREATE TABLE item(number int); INSERT INTO item VALUES (1)", "ALTER TABLE item ADD name text DEFAULT 'as before'", "SELECT 1/0"];
        await new VersionedSchema("ours", steps[..1]).Prepare(source, mayUpgrade: false);

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(() => new VersionedSchema("ours", steps[..2]).Prepare(source, mayUpgrade: false));
        Assert.Contains("tracegrains-silo migrate", refused.Message);

        // A step that fails takes the ones before it back.
        await Assert.ThrowsAsync<PostgresException>(() => new VersionedSchema("ours", steps).Prepare(source, mayUpgrade: true));
        Assert.Equal(1, await PrivatePostgres.Sql(database, "SELECT version FROM ours.schema_version"));

        var found = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => new VersionedSchema("ours", steps[..2]).Prepare(source, mayUpgrade: true)));
        Assert.Equal([1, 2, 2, 2, 2], found.Order());
        Assert.Equal("as before", await PrivatePostgres.Sql(database, "SELECT name FROM ours.item"));
    }

    [Fact]
    public async Task The_next_partition_is_made_ahead_of_need()
    {
        var database = await PrivatePostgres.NewDatabase();
        await using var ledger = await PostgresLedger.Open(database, 4, 1, partitionSizeIfNew: 3);
        var batches = new Batches();
        await ledger.Append(batches.Next(["a"]));
        Assert.Equal("event_from_1 event_from_4", await Partitions(database));
        await ledger.Append(batches.Next(["a"], ["a"], ["a"], ["a"], ["a"], ["a"]));
        Assert.Equal("event_from_1 event_from_4 event_from_7 event_from_10", await Partitions(database));
        Assert.Equal([3L, 3L, 1L], (await Task.WhenAll(new[] { 1, 4, 7 }.Select(first => PrivatePostgres.Sql(database, $"SELECT count(*) FROM tracegrains_ledger.event_from_{first}")))).Cast<long>());
    }

    [Fact]
    public async Task A_partition_can_be_archived_and_brought_back()
    {
        var database = await PrivatePostgres.NewDatabase();
        await using var ledger = await PostgresLedger.Open(database, 4, 1, partitionSizeIfNew: 3);
        var batches = new Batches();
        await ledger.Append(batches.Next(["a"], ["b"], ["a"], ["a"], ["b"]));
        await PrivatePostgres.Sql(database, "ALTER TABLE tracegrains_ledger.event DETACH PARTITION tracegrains_ledger.event_from_1");

        // What decides whether an event is new stays, and so do the chains.
        Assert.Equal([1, 4], (await ledger.FindByEventIds(["urn:uuid:event-1", "urn:uuid:event-4"])).Select(key => (int)key.Sequence));
        Assert.Equal([true, true, false], (await ledger.ReadChain(1, 0, 10)).Select(entry => entry.Event is null));
        Assert.Equal([4, 5], (await ledger.ReadEvents(0, 10)).Select(e => (int)e.Sequence));
        Assert.Equal(3, await ledger.SequenceAt(Batches.Start));
        Assert.Equal(4, await ledger.SequenceAt(Batches.Start.AddMilliseconds(4)));
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.DropProjections());
        Assert.Contains("events 1 to 3 are archived", refused.Message);
        await ledger.Append(batches.Next(["a"], ["c"], ["c"]));

        await PrivatePostgres.Sql(database, "ALTER TABLE tracegrains_ledger.event ATTACH PARTITION tracegrains_ledger.event_from_1 FOR VALUES FROM (1) TO (4)");
        Assert.All(await ledger.ReadChain(1, 0, 10), entry => Assert.NotNull(entry.Event));
        Assert.Equal(Enumerable.Range(1, 8), (await ledger.ReadEvents(0, 10)).Select(e => (int)e.Sequence));
    }

    [Fact]
    public async Task The_order_of_codes_does_not_depend_on_the_databases_locale()
    {
        var database = await PrivatePostgres.NewDatabase("LOCALE_PROVIDER icu ICU_LOCALE 'zh' LC_COLLATE 'C' LC_CTYPE 'C'");
        await using var ledger = await PostgresLedger.Open(database, 4, 1);
        string[] codes = ["a", "B", "ä", "Z", "z", "_", "鱼", "阿"];
        await ledger.Append(new Batches().Next(codes));
        Assert.Equal(codes.Order(StringComparer.Ordinal), (await ledger.FindByPrefix("", null, 10)).Select(entity => entity.Code));
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        var database = await PrivatePostgres.NewDatabase();
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await PrivatePostgres.Sql(database, $"CREATE DATABASE {name}_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
        var refused = await Assert.ThrowsAsync<LedgerFormatException>(() => PostgresLedger.Open(database.Replace(name!, name + "_ascii"), 4, 1));
        Assert.Contains("UTF8", refused.Message);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("local")]
    [InlineData("remote_write")]
    public async Task Commits_that_do_not_wait_for_the_disk_are_refused(string setting)
    {
        var database = await PrivatePostgres.NewDatabase();
        var refused = await Assert.ThrowsAsync<LedgerUnavailableException>(() => PostgresLedger.Open($"{database};Options=-c synchronous_commit={setting}", 4, 1));
        Assert.Contains("synchronous_commit", refused.Message);
    }

    [Fact]
    public async Task A_default_that_loses_events_does_not_reach_the_ledger()
    {
        var database = await PrivatePostgres.NewDatabase();
        await PrivatePostgres.Sql(database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET synchronous_commit = off");
        await (await PostgresLedger.Open(database, 4, 1)).DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var failure = await Assert.ThrowsAsync<LedgerAwayException>(() => PostgresLedger.Open("Host=127.0.0.1;Port=1;Database=nowhere;Username=x;Password=secret", 4, 1));
        Assert.Contains("nowhere on 127.0.0.1:1", failure.Message);
        Assert.DoesNotContain("secret", failure.ToString());
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_crash_of_the_server_and_readers_wait_for_it()
    {
        await using var server = await PrivatePostgres.New();
        await using var ledger = await PostgresLedger.Open(server.ConnectionString("postgres"), 4, 1);
        var batches = new Batches();
        for (var i = 0; i < 20; i++)
            await ledger.Append(batches.Next([$"a{i}"], ["b"]));

        await server.Crash();
        Assert.Equal(40, (await ledger.ReadHead()).Sequence);
        var next = batches.Next(["c"]);
        // The pool may hold another connection that does not know yet; such a failure says that nothing was written.
        for (var attempt = 0; ; attempt++)
            try
            {
                await ledger.Append(next);
                break;
            }
            catch (LedgerUnavailableException) when (attempt < 20)
            {
                Assert.Equal(40, (await ledger.ReadHead()).Sequence);
            }
        Assert.Equal(41, (await ledger.ReadHead()).Sequence);
    }

    [Fact]
    public async Task A_writer_that_fell_silent_inside_a_transaction_does_not_block_the_others_for_ever()
    {
        var database = await PrivatePostgres.NewDatabase();
        await using var ledger = await PostgresLedger.Open(database, 4, 1);
        await using var frozen = PostgresSource.Create(database);
        await using var connection = await frozen.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var lockIt = new NpgsqlCommand(LedgerSchema.Versions.LockStatement, connection))
            await lockIt.ExecuteNonQueryAsync();

        await ledger.Append(new Batches().Next(["a"]));
        Assert.Equal(1, (await ledger.ReadHead()).Sequence);
    }

    static async Task<object?> Partitions(string database) => await PrivatePostgres.Sql(database,
        "SELECT string_agg(relname, ' ' ORDER BY length(relname), relname) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'tracegrains_ledger.event'::regclass");
}
