using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios;

/// <summary>What cannot be meant ends the start with one line that names the setting and what was expected; the data stay as they were.</summary>
public sealed class BadSettingsTests : IDisposable
{
    readonly string folder = Scratch.NewFolder();

    string Ledger => Path.Combine(folder, "ledger.db");

    [Theory]
    [InlineData("--shards: expected 1 to 4096, found '0'", "--shards", "0")]
    [InlineData("--shards: expected 1 to 4096, found 'many'", "--shards", "many")]
    [InlineData("--urls: expected addresses such as http://127.0.0.1:5080, found '5080'", "--urls", "5080")]
    [InlineData("--urls: expected a port of 0 to 65535, found 'http://127.0.0.1:70000'", "--urls", "http://127.0.0.1:70000")]
    [InlineData("--limits:perSecond: expected a number from 1 to 1,000,000, found '0'", "--limits:perSecond", "0")]
    public async Task A_value_that_is_none(string line, params string[] arguments) => await Refuses(line, arguments);

    [Fact]
    public async Task An_address_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        await Refuses($"--urls: expected an address that is free, found {url} in use by another program", "--urls", url, "--demo");
    }

    [Fact]
    public async Task Another_shard_count_than_the_ledger_has()
    {
        await using (var silo = await SiloUnderTest.StartOver(folder, "--shards", "3")) { }

        await Refuses($"--shards: expected 3, with which the ledger in {folder} was made (or no --shards at all), found 4", "--shards", "4", "--urls", "http://127.0.0.1:0");

        // Nothing said is nothing wrong.
        await using var again = await SiloUnderTest.StartOver(folder);
        Assert.Contains(again.Process.Output, said => said.Contains("3 shards"));
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        await File.WriteAllTextAsync(Ledger, string.Concat(Enumerable.Repeat("Not a database at all. ", 400)));

        await Refuses($"--data: expected a folder with a TraceGrains ledger or with none; {Ledger} is not an SQLite database; a TraceGrains ledger was expected", "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task The_database_of_another_application()
    {
        Change("CREATE TABLE mail(id INTEGER); PRAGMA application_id = 7");

        await Refuses($"--data: expected a folder with a TraceGrains ledger or with none; {Ledger} belongs to another program (application id 0x00000007); a TraceGrains ledger (0x54474C47) was expected",
            "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task A_ledger_of_a_newer_format()
    {
        await using (var silo = await SiloUnderTest.StartOver(folder, "--shards", "3")) { }
        Change("PRAGMA user_version = 999");

        await Refuses($"--data: expected a folder with a TraceGrains ledger or with none; {Ledger} is a ledger of format version 999; this program reads version 1: use a newer program", "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task Recall_cases_that_are_none()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "cases.db"), string.Concat(Enumerable.Repeat("Not a database at all. ", 400)));

        var (exitCode, _, errors) = await SiloProcess.RunToEnd(folder, "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, exitCode);
        Assert.StartsWith($"--data: expected a folder that can be written, with recall cases of TraceGrains or none; {Path.Combine(folder, "cases.db")}: ", Assert.Single(errors));
    }

    /// <summary>These are read when the ledger is open already, which makes one; still it is one line and no stack.</summary>
    [Theory]
    [InlineData("--admin:key: expected at least 16 characters, found 5", "--admin:key", "short")]
    [InlineData("--public-url: expected an address such as https://trace.example.cn, found 'here'", "--public-url", "here")]
    [InlineData("--label-font: expected a font file, found '/dev/null'", "--label-font", "/dev/null")]
    public async Task A_value_that_only_the_whole_program_can_judge(string line, params string[] arguments)
    {
        var (exitCode, output, errors) = await SiloProcess.RunToEnd(folder, ["--shards", "2", "--urls", "http://127.0.0.1:0", .. arguments]);

        Assert.NotEqual(0, exitCode);
        Assert.Equal([line], errors);
        Assert.DoesNotContain(output, said => said.Contains("Exception", StringComparison.Ordinal));
    }

    async Task Refuses(string line, params string[] arguments)
    {
        var before = Content();
        var (exitCode, output, errors) = await SiloProcess.RunToEnd(folder, arguments);
        Assert.NotEqual(0, exitCode);
        Assert.Equal([line], errors);
        Assert.Empty(output);
        Assert.Equal(before, Content());
    }

    string[] Content() => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];

    void Change(string sql)
    {
        using var database = new SqliteConnection($"Data Source={Ledger};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
