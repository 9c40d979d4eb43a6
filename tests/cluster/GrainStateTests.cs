using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;
using TraceGrains.Grains.Access;
using TraceGrains.Grains.Recalls;
using TraceGrains.Silo.Storage;

namespace TraceGrains.Cluster.Tests;

/// <summary>Grain state on PostgreSQL when several activations write at once, as may happen when silos come and go.</summary>
public sealed class GrainStateTests : IAsyncLifetime
{
    const int Writers = 8, Keys = 40;

    string database = "";
    IHost host = null!;

    IGrainStorage Storage => host.Services.GetRequiredKeyedService<IGrainStorage>(CaseStorage.Provider);

    public async ValueTask InitializeAsync()
    {
        database = await PrivatePostgres.NewDatabase();
        await OrleansSchema.Prepare(database, mayUpgrade: false);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            silo.AddPostgresCluster(database);
            silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("test", "test"));
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
        });
        host = builder.Build();
        await host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await PrivatePostgres.Drop(database);
    }

    [Fact]
    public async Task Of_those_who_write_first_one_wins_and_the_others_hear_it()
    {
        for (var key = 0; key < Keys; key++)
        {
            var id = GrainId.Create("case", $"urn:x:{key}");
            var first = await Race(id, _ => new GrainState<RecallState>(new()));
            var winner = Assert.Single(first, state => state is not null)!;
            Assert.Equal(winner.State!.IssuedSequence, (await Read(id)).State!.IssuedSequence);

            // All have read the same version.
            var second = await Race(id, _ => Read(id).GetAwaiter().GetResult());
            Assert.Single(second, state => state is not null);
        }
        Assert.Equal((long)Keys, await PrivatePostgres.Sql(database, "SELECT count(*) FROM tracegrains_orleans.orleansstorage"));
    }

    [Fact]
    public async Task State_that_was_cleared_is_gone_and_can_be_written_again()
    {
        var id = GrainId.Create("case", "urn:x:cleared");
        Assert.False((await Read(id)).RecordExists);
        var state = new GrainState<RecallState>(new() { IssuedSequence = 7 });
        await Storage.WriteStateAsync("recall-case", id, state);
        var stale = await Read(id);
        Assert.Equal(7, stale.State!.IssuedSequence);
        await Storage.ClearStateAsync("recall-case", id, state);
        Assert.False((await Read(id)).RecordExists);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => Storage.WriteStateAsync("recall-case", id, stale));
        var again = await Read(id);
        again.State = new() { IssuedSequence = 8 };
        await Storage.WriteStateAsync("recall-case", id, again);
        Assert.Equal(8, (await Read(id)).State!.IssuedSequence);
    }

    [Fact]
    public async Task Of_states_that_were_replaced_nothing_is_left_in_the_files_of_the_table()
    {
        var (id, erased, kept) = (GrainId.Create("persons", "0"), $"erased {Guid.NewGuid()}", $"kept {Guid.NewGuid()}");
        PersonsState Of(params string[] names) => new() { Persons = [.. names.Concat(Enumerable.Range(0, 50).Select(_ => Guid.NewGuid().ToString())).Select(name => new PersonRecord { Name = name, Commitment = name, Salt = new byte[32] })] };
        // Compressed, a name would be there and not be found.
        await PrivatePostgres.Sql(database, "ALTER TABLE tracegrains_orleans.orleansstorage ALTER COLUMN payloadbinary SET STORAGE EXTERNAL");
        var state = new GrainState<PersonsState>(Of(erased, kept));
        await Storage.WriteStateAsync("persons", id, state);
        state.State = Of(kept);
        await Storage.WriteStateAsync("persons", id, state);
        Assert.Equal((true, true), (await IsInFiles(erased), await IsInFiles(kept)));
        await host.Services.GetRequiredService<IDeletedBytes>().Scrub();
        Assert.Equal((false, true), (await IsInFiles(erased), await IsInFiles(kept)));
        var read = new GrainState<PersonsState>(new());
        await Storage.ReadStateAsync("persons", id, read);
        Assert.Equal(kept, read.State!.Persons[0].Name);
    }

    /// <summary>Whether a text stands in the files of the table, dead rows included.</summary>
    async Task<bool> IsInFiles(string text)
    {
        await PrivatePostgres.Sql(database, "CHECKPOINT");
        return await PrivatePostgres.Sql(database, $"""
            SELECT bool_or(position(convert_to('{text}', 'UTF8') IN pg_read_binary_file(pg_relation_filepath(file))) > 0)
            FROM (SELECT unnest(ARRAY[oid, reltoastrelid]) AS file FROM pg_class WHERE oid = 'tracegrains_orleans.orleansstorage'::regclass) AS files
            """) is true;
    }

    [Fact]
    public async Task Erasing_gives_up_where_somebody_holds_the_table()
    {
        await using var connection = new Npgsql.NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var reading = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE tracegrains_orleans.orleansstorage IN ACCESS SHARE MODE", connection, reading);
        await command.ExecuteNonQueryAsync();
        var failure = await Assert.ThrowsAsync<IOException>(() => host.Services.GetRequiredService<IDeletedBytes>().Scrub());
        Assert.Contains("runbook", failure.Message);
    }

    [Fact]
    public async Task Erasing_gives_up_where_somebody_still_sees_what_was_before()
    {
        await using var connection = new Npgsql.NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var reading = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var command = new Npgsql.NpgsqlCommand("SELECT 1", connection, reading);
        await command.ExecuteScalarAsync();
        var failure = await Assert.ThrowsAsync<IOException>(() => host.Services.GetRequiredService<IDeletedBytes>().Scrub());
        Assert.Contains("from before", failure.Message);
        await reading.RollbackAsync();
        await host.Services.GetRequiredService<IDeletedBytes>().Scrub();
    }

    /// <summary>Everybody writes at once; who could, answers what it wrote.</summary>
    async Task<GrainState<RecallState>?[]> Race(GrainId id, Func<int, GrainState<RecallState>> read)
    {
        var states = Enumerable.Range(0, Writers).Select(writer =>
        {
            var state = read(writer);
            state.State = new() { IssuedSequence = writer };
            return state;
        }).ToList();
        return await Task.WhenAll(states.Select(state => Task.Run(async () =>
        {
            try
            {
                await Storage.WriteStateAsync("recall-case", id, state);
                return state;
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        })));
    }

    async Task<GrainState<RecallState>> Read(GrainId id)
    {
        var state = new GrainState<RecallState>(new());
        await Storage.ReadStateAsync("recall-case", id, state);
        return state;
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
