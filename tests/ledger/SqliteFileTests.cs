using Microsoft.Data.Sqlite;
using TraceGrains.Ledger.Sqlite;

namespace TraceGrains.Ledger.Tests;

/// <summary>What only the SQLite engine promises: its file, its settings, and what happens when the disk is full.</summary>
public sealed class SqliteFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Path => folder.File("deeper/ledger.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Commits_wait_for_the_disk()
    {
        await using var ledger = await Open();
        Assert.Equal("wal", await ledger.WriterPragma("journal_mode"));
        Assert.Equal("2", await ledger.WriterPragma("synchronous"));
        Assert.Equal("1", await ledger.WriterPragma("fullfsync"));
    }

    [Fact]
    public async Task The_file_says_what_it_is()
    {
        await (await Open()).DisposeAsync();
        Assert.Equal((long)SqliteFile.ApplicationId, Sql("PRAGMA application_id"));
        Assert.Equal((long)SqliteFile.FormatVersion, Sql("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        Sql("CREATE TABLE theirs(x); INSERT INTO theirs VALUES (1)");
        var before = await File.ReadAllBytesAsync(Path);

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(Open);
        Assert.Contains(Path, refused.Message);
        Assert.Contains("TraceGrains ledger", refused.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var text = string.Concat(Enumerable.Repeat("dear diary, ", 500));
        await File.WriteAllTextAsync(Path, text);

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(Open);
        Assert.Contains(Path, refused.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(Path));
    }

    [Theory]
    [InlineData(SqliteFile.FormatVersion + 1)]
    [InlineData(0)]
    public async Task A_ledger_of_another_version_is_refused_by_name(int version)
    {
        await (await Open()).DisposeAsync();
        Sql($"PRAGMA user_version = {version}");

        var refused = await Assert.ThrowsAsync<LedgerFormatException>(Open);
        Assert.Contains(Path, refused.Message);
        Assert.Contains($"version {version}", refused.Message);
        Assert.Contains($"version {SqliteFile.FormatVersion}", refused.Message);
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_unavailable()
    {
        Directory.CreateDirectory(Path);
        var failure = await Assert.ThrowsAsync<LedgerUnavailableException>(Open);
        Assert.Contains(Path, failure.Message);
    }

    [Fact]
    public async Task Several_processes_may_make_the_file_at_once()
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => SqliteLedger.Open(Path, n, n)));
        Assert.Single(ledgers.Select(ledger => ledger.Constants).Distinct());
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_full_disk_is_a_clear_error_and_leaves_nothing_half_stored()
    {
        await using var ledger = await Open();
        var batches = new Batches();
        await ledger.Append(batches.Next(["a"]));
        var before = await ledger.ReadHead();

        await ledger.WriterPragma($"max_page_count = {await ledger.WriterPragma("page_count")}");
        var big = new Batches(before).Next(new Draft("b") { Json = new string('x', 1_000_000) });
        var failure = await Assert.ThrowsAsync<LedgerFullException>(() => ledger.Append(big));
        Assert.Contains("no space left", failure.Message);
        Assert.Contains(Path, failure.Message);
        Assert.Equal(before, await ledger.ReadHead());
        Assert.Equal((int[])[0], await ledger.FindEntities(["b"]));

        await ledger.WriterPragma("max_page_count = 1000000");
        await ledger.Append(big);
        Assert.Equal(1_000_000, (await ledger.ReadEvent(2))!.Json.Length);
    }

    [Fact]
    public async Task A_lock_held_by_somebody_else_is_waited_for_and_then_an_error()
    {
        await using var ledger = await Open();
        await ledger.WriterPragma("busy_timeout = 50");
        var batch = new Batches().Next(["a"]);
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            other.Open();
            using var lockIt = other.CreateCommand();
            lockIt.CommandText = "BEGIN IMMEDIATE";
            lockIt.ExecuteNonQuery();
            var failure = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.Append(batch));
            Assert.Contains("locked", failure.Message);
        }

        await ledger.Append(batch);
        Assert.Equal(1, (await ledger.ReadHead()).Sequence);
    }

    [Fact]
    public async Task A_link_whose_event_is_gone_shows_as_damage()
    {
        await using (var ledger = await Open())
            await ledger.Append(new Batches().Next(["a"], ["a"]));
        Sql("DELETE FROM event WHERE sequence = 1");

        await using var damaged = await Open();
        var chain = await damaged.ReadChain(1, 0, 10);
        Assert.Equal([true, false], chain.Select(entry => entry.Event is null));
        Assert.Equal([1, 2], chain.Select(entry => entry.Link.Sequence));
    }

    Task<SqliteLedger> Open() => SqliteLedger.Open(Path, 4, 1);

    object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
