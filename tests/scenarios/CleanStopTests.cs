using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios;

/// <summary>Started as an administrator starts it: a few lines say what it serves and where, and it goes without a word.</summary>
public sealed class CleanStopTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_says_what_it_serves_and_stops_with_exit_code_0(string signal)
    {
        var folder = Scratch.NewFolder();
        try
        {
            // A runner in the background hands on an ignored SIGINT; a terminal does not.
            await using var silo = await SiloProcess.StartCommand(["env", "--default-signal=INT", .. SiloProcess.Command(folder), "--shards", "4", "--urls", "http://127.0.0.1:0"]);
            using var http = new HttpClient { BaseAddress = silo.Address };
            Assert.Equal("ready", await http.GetStringAsync("/health/ready"));

            Assert.Equal(0, await silo.Stop(signal));

            Assert.Empty(silo.Errors);
            Assert.InRange(silo.Output.Count, 4, 12);
            Assert.Contains(silo.Output, line => line.Contains(new Uri(silo.Address, "/graphql").ToString()));
            Assert.Contains(silo.Output, line => line.Contains(new Uri(silo.Address, "/epcis/capture").ToString()));
            Assert.Contains(silo.Output, line => line.Contains(folder));
            Assert.DoesNotContain(silo.Output, line => line.Contains("Exception") || line.StartsWith("   at ", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Closing folds the write-ahead log into the file, so that a stopped silo's ledger is one file.</summary>
    [Fact]
    public async Task A_stopped_silo_leaves_the_ledger_in_one_file()
    {
        await using var silo = await SiloUnderTest.Start();
        Assert.Equal(202, (await silo.Capture(Documents.Event.Document(Documents.Event.Observe("urn:uuid:6a3b0c7e-0000-4000-8000-000000000001", 1, Documents.Event.Unit(1)))))!.Status);

        Assert.Equal(0, await silo.Process.Stop());

        Assert.Equal(["ledger.db"], Directory.GetFiles(silo.Folder, "ledger.db*").Select(Path.GetFileName));
    }
}
