using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Audit;
using TraceGrains.Ledger.Audit;
using TraceGrains.Ledger.Postgres;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Tests;

/// <summary>What every engine of the audit log must do.</summary>
public abstract class AuditLogConformance : IAsyncLifetime
{
    static readonly DateTimeOffset start = new(2026, 5, 3, 8, 0, 0, 123, TimeSpan.Zero);

    readonly List<IAuditLog> opened = [];

    protected abstract Task<IAuditLog> OpenLog();

    protected abstract ValueTask RemoveLog();

    async Task<IAuditLog> Open()
    {
        var log = await OpenLog();
        opened.Add(log);
        return log;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in opened) await log.DisposeAsync();
        await RemoveLog();
        GC.SuppressFinalize(this);
    }

    /// <summary>Entries that follow one another, from a number on.</summary>
    static List<AuditRecord> Run(long from, int count, byte[]? previous = null)
    {
        var (records, hash) = (new List<AuditRecord>(), previous ?? AuditEntry.Start);
        for (var number = from; number < from + count; number++)
        {
            var entry = new AuditEntry(number, start.AddSeconds(number), number % 2 == 0 ? "李" : "key:1", Role.Quality, number % 3 == 0 ? null : "urn:ex:party", number % 2 == 0 ? "query" : "POST /epcis/capture", $"\"x\" 😀 {number}", "ok", number % 2 == 0 ? "" : "λ");
            records.Add(new(entry, hash = entry.Hash(hash)));
        }
        return records;
    }

    static void Same(IEnumerable<AuditRecord> expected, IEnumerable<AuditRecord> found) =>
        Assert.Equal(expected.Select(record => (record.Entry, Convert.ToHexString(record.Hash))), found.Select(record => (record.Entry, Convert.ToHexString(record.Hash))));

    [Fact]
    public async Task Entries_come_back_as_they_were_written_also_after_a_restart()
    {
        var (log, all) = (await Open(), Run(1, 7));
        Assert.Null(await log.ReadLast());
        await log.Append(all[..3]);
        await log.Append(all[3..]);
        Same(all, await log.Read(0, 100, AuditFilter.Any));
        Same(all[2..4], await log.Read(2, 2, AuditFilter.Any));
        var again = await Open();
        Same(all, await again.Read(0, 100, AuditFilter.Any));
        Same([all[^1]], [(await again.ReadLast())!]);
        Assert.Null(AuditChain.FirstBroken(0, AuditEntry.Start, await again.Read(0, 100, AuditFilter.Any)));
    }

    [Fact]
    public async Task Filters_take_what_fits_all_of_them()
    {
        var (log, all) = (await Open(), Run(1, 12));
        await log.Append(all);
        Same(all.Where(record => record.Entry.Subject == "李"), await log.Read(0, 100, new(Subject: "李")));
        Same(all.Where(record => record.Entry is { Subject: "李", Party: not null } && record.Entry.Number > 4), await log.Read(4, 100, new(Subject: "李", Party: "urn:ex:party")));
        Same(all.Where(record => record.Entry.Action.StartsWith("POST", StringComparison.Ordinal)), await log.Read(0, 100, new(Action: "POST")));
        Same(all[3..6], await log.Read(0, 100, new(From: start.AddSeconds(4), Until: start.AddSeconds(7))));
    }

    [Fact]
    public async Task Of_two_who_write_the_same_place_one_is_refused_whole()
    {
        var (one, other, all) = (await Open(), await Open(), Run(1, 5));
        await one.Append(all[..2]);
        await Assert.ThrowsAsync<LedgerFencedException>(() => other.Append(Run(2, 2)));
        await Assert.ThrowsAsync<LedgerFencedException>(() => other.Append(Run(4, 2)));
        await other.Append(all[2..]);
        Same(all, await one.Read(0, 100, AuditFilter.Any));
    }

    [Fact]
    public async Task Writers_at_once_leave_one_order()
    {
        var logs = new[] { await Open(), await Open() };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            var log = logs[writer % 2];
            for (var done = 0; done < 10;)
            {
                var last = await log.ReadLast();
                try
                {
                    await log.Append(Run((last?.Entry.Number ?? 0) + 1, 3, last?.Hash));
                    done++;
                }
                catch (LedgerFencedException)
                {
                }
            }
        }));
        var all = await logs[0].Read(0, 1_000, AuditFilter.Any);
        Assert.Equal(120, all.Count);
        Assert.Null(AuditChain.FirstBroken(0, AuditEntry.Start, all));
    }
}

public sealed class SqliteAuditLogTests : AuditLogConformance
{
    readonly TemporaryFolder folder = new();

    protected override Task<IAuditLog> OpenLog() => Task.FromResult<IAuditLog>(SqliteAuditLog.Open(folder.File("audit.db")));

    protected override ValueTask RemoveLog()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The PostgreSQL log, one database per test.</summary>
public sealed class PostgresAuditLogTests : AuditLogConformance
{
    string? database;

    protected override async Task<IAuditLog> OpenLog() => await PostgresAuditLog.Open(database ??= await PrivatePostgres.NewDatabase());

    protected override async ValueTask RemoveLog()
    {
        if (database is not null) await PrivatePostgres.Drop(database);
        database = null;
    }
}
