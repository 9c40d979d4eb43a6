using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Audit;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Grains.Tests.Access;

public sealed class AuditTests
{
    /// <summary>A real log that fails as often as a test asks, before or after it has written.</summary>
    sealed class Door(IAuditLog inner) : IAuditLog
    {
        int appends;

        public int Appends => appends;

        public int FailBefore;
        public int FailAfter;

        public ValueTask<AuditRecord?> ReadLast(CancellationToken stop = default) => inner.ReadLast(stop);

        public async Task Append(IReadOnlyList<AuditRecord> records, CancellationToken stop = default)
        {
            if (Interlocked.Decrement(ref FailBefore) >= 0) throw new LedgerAwayException("away");
            await inner.Append(records, stop);
            Interlocked.Increment(ref appends);
            if (Interlocked.Decrement(ref FailAfter) >= 0) throw new LedgerAwayException("nobody knows whether it was written");
        }

        public ValueTask<IReadOnlyList<AuditRecord>> Read(long after, int first, AuditFilter filter, CancellationToken stop = default) => inner.Read(after, first, filter, stop);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    static async Task<(InProcessTestCluster Cluster, Door Log)> Start(string file)
    {
        var door = new Door(SqliteAuditLog.Open(file));
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IAuditLog>(door);
            silo.Services.AddSingleton(TimeProvider.System);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return (cluster, door);
    }

    static string FileIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "audit.db");

    static AuditNote Note(string target) => new() { Time = DateTimeOffset.UtcNow, Caller = new() { Role = Role.Quality, Subject = "s", Party = "urn:ex:p" }, Action = "query", Target = target, Outcome = "ok" };

    static async Task<IReadOnlyList<AuditRecord>> Whole(IAuditLog log)
    {
        var all = await log.Read(0, int.MaxValue, AuditFilter.Any);
        Assert.Null(AuditChain.FirstBroken(0, AuditEntry.Start, all));
        return all;
    }

    static async Task In(Func<string, Task> test)
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-audit-");
        try
        {
            await test(FileIn(folder));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Two clusters over one file know nothing of each other, as the two sides of a cut network would.</summary>
    [Fact]
    public Task Two_recorders_at_once_leave_one_chain_and_lose_nothing() => In(async file =>
    {
        var (one, log) = await Start(file);
        await using var first = one;
        var (other, _) = await Start(file);
        await using var second = other;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var grain = (writer % 2 == 0 ? one : other).Client.GetGrain<IAuditGrain>(0);
            for (var i = 0; i < 40; i++)
                // As the silo does: what was overtaken too often is told again.
                await Again.Ask(async () =>
                {
                    await grain.Record([Note($"{writer}:{i}:a"), Note($"{writer}:{i}:b")]);
                    return true;
                });
        }));
        var all = await Whole(log);
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(writer => Enumerable.Range(0, 40).SelectMany(i => new[] { $"{writer}:{i}:a", $"{writer}:{i}:b" })).Order(StringComparer.Ordinal), all.Select(record => record.Entry.Target).Order(StringComparer.Ordinal));
        foreach (var cluster in new[] { one, other }) Assert.Null((await cluster.Client.GetGrain<IAuditGrain>(0).Verify()).BrokenAt);
    });

    [Fact]
    public Task What_arrives_while_a_commit_is_under_way_is_one_commit() => In(async file =>
    {
        var (cluster, log) = await Start(file);
        await using var running = cluster;
        var grain = cluster.Client.GetGrain<IAuditGrain>(0);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => grain.Record([Note($"{i}")])));
        Assert.Equal(2_000, (await Whole(log)).Count);
        Assert.InRange(log.Appends, 1, 1_000);
    });

    [Fact]
    public Task A_commit_that_fails_is_told_and_the_next_one_follows() => In(async file =>
    {
        var (cluster, log) = await Start(file);
        await using var running = cluster;
        var grain = cluster.Client.GetGrain<IAuditGrain>(0);
        await grain.Record([Note("first")]);
        log.FailBefore = 1;
        await Assert.ThrowsAsync<LedgerAwayException>(() => grain.Record([Note("not written")]));
        log.FailAfter = 1;
        await Assert.ThrowsAsync<LedgerAwayException>(() => grain.Record([Note("written, but who knows")]));
        await grain.Record([Note("last")]);
        Assert.Equal(["first", "written, but who knows", "last"], (await Whole(log)).Select(record => record.Entry.Target));
        Assert.Equal(3, (await grain.Verify()).Checked);
    });

    [Fact]
    public Task A_log_that_was_cut_short_or_written_anew_under_a_running_silo_says_so() => In(async file =>
    {
        var (cluster, log) = await Start(file);
        await using var running = cluster;
        var grain = cluster.Client.GetGrain<IAuditGrain>(0);
        foreach (var target in new[] { "a", "b", "c" }) await grain.Record([Note(target)]);
        Sql(file, "DELETE FROM audit WHERE number > 1");
        Assert.Equal((1, 2), ((await grain.Verify()).Checked, (await grain.Verify()).BrokenAt ?? 0));
        await grain.Record([Note("d")]);
        Assert.Equal(["a", "LOST", "d"], (await Whole(log)).Select(record => record.Entry.Outcome == "LOST" ? "LOST" : record.Entry.Target));

        // Written anew, so that it holds in itself.
        var entry = (await Whole(log))[2].Entry with { Target = "forged" };
        var hash = entry.Hash((await Whole(log))[1].Hash);
        Sql(file, $"UPDATE audit SET target = 'forged', hash = x'{Convert.ToHexString(hash)}' WHERE number = 3");
        await Whole(log);
        Assert.Equal(3, (await grain.Verify()).BrokenAt);
    });

    static void Sql(string file, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
