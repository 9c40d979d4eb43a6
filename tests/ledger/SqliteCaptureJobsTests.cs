using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Capture;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Tests;

/// <summary>The SQLite engine for capture jobs, one file per test.</summary>
public sealed class SqliteCaptureJobsTests : CaptureJobsConformance
{
    readonly TemporaryFolder folder = new();

    protected override async Task<ICaptureJobs> OpenStore() => await SqliteCaptureJobs.Open(folder.File("jobs.db"));

    protected override ValueTask RemoveStore()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Another_file_is_refused_and_left_as_it_was()
    {
        using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.File("other.db"), Pooling = false }.ToString()))
        {
            other.Open();
            SqliteFile.Execute(other, "CREATE TABLE accounts(name TEXT)");
        }
        var before = await File.ReadAllBytesAsync(folder.File("other.db"));

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(() => SqliteCaptureJobs.Open(folder.File("other.db")));

        Assert.Contains("expected capture jobs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File("other.db")));
    }

    [Fact]
    public async Task Once_closed_it_says_so()
    {
        var closed = await SqliteCaptureJobs.Open(folder.File("jobs.db"));
        await closed.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed.Finish("a", DateTimeOffset.UnixEpoch, []));
    }
}
