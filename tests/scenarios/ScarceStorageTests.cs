using System.Globalization;
using TraceGrains.Scenarios.Documents;
using TraceGrains.Scenarios.Silos;

namespace TraceGrains.Scenarios;

/// <summary>A full disk and one that cannot be written: a clear word, nothing acknowledged lost, and on it goes when there is space again.</summary>
public sealed class ScarceStorageTests
{
    /// <summary>More than an empty ledger and its recall cases take.</summary>
    const int SmallMegabytes = 3;

    /// <summary>A small file system of its own where mounting is permitted, a limit on the length of files where not: both come up in the write.</summary>
    [Fact]
    public async Task A_full_disk()
    {
        var folder = Scratch.NewFolder();
        var isMounted = Shell.Try("mount", "-t", "tmpfs", "-o", $"size={SmallMegabytes}m", "tmpfs", folder);
        try
        {
            if (isMounted)
            {
                await using var silo = await SiloProcess.Start(folder, "--shards", "2");
                await FillAndGoOn(silo, folder, 507, () => Shell.Must("mount", "-o", "remount,size=200m", folder));
            }
            else
            {
                await LimitedLength(folder);
            }
        }
        finally
        {
            if (isMounted) Shell.Must("umount", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An I/O error of another kind than a full disk.</summary>
    [Fact]
    public async Task A_file_that_may_not_grow()
    {
        var folder = Scratch.NewFolder();
        try
        {
            await LimitedLength(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task LimitedLength(string folder)
    {
        // The signal that comes with the limit is ignored, so that the write fails instead of the process.
        await using var silo = await SiloProcess.StartCommand(
            ["bash", "-c", "trap '' XFSZ; exec \"$@\"", "bash", .. SiloProcess.Command(folder), "--shards", "2", "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        var id = silo.Id.ToString(CultureInfo.InvariantCulture);
        Shell.Must("prlimit", "--pid", id, $"--fsize={SmallMegabytes * 1024 * 1024}:unlimited");
        await FillAndGoOn(silo, folder, 503, () => Shell.Must("prlimit", "--pid", id, "--fsize=unlimited:unlimited"));
    }

    /// <summary>Captures until there is no more space, makes space, and goes on with the same process; then a fresh one finds everything acknowledged.</summary>
    static async Task FillAndGoOn(SiloProcess process, string folder, int status, Action makeSpace)
    {
        var acknowledged = new List<(byte[] Document, long[] Sequences)>();
        using var silo = new CaptureClient(process.Address);
        Answer answer;
        var number = 0;
        byte[] document;
        do
        {
            document = Document(number++);
            answer = await silo.Capture(document);
            if (answer.Status == 202) acknowledged.Add((document, answer.Sequences));
            Assert.True(number < 1_000, "the disk does not fill");
        }
        while (answer.Status == 202);

        Assert.True(answer.Status == status, $"{answer.Status} {answer.Body}\n{process.Said}");
        Assert.NotEmpty(acknowledged);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.NotEmpty(answer.Root.GetProperty("title").GetString()!);
        Assert.Contains("not acknowledged", answer.Root.GetProperty("detail").GetString());
        Assert.DoesNotContain("   at ", answer.Body);
        // It stays refused while there is no space, and reading goes on. A document that is on record is refused too: its repeat would be a job, and there is no room to keep one.
        Assert.Equal(status, (await silo.Capture(document)).Status);
        Assert.Equal(200, await silo.Read(EventId(0)));

        makeSpace();

        answer = await silo.Capture(document);
        Assert.True(answer.Status == 202, $"{answer.Status} {answer.Body}\n{process.Said}");
        acknowledged.Add((document, answer.Sequences));
        await process.Kill();
        await using var again = await SiloProcess.Start(folder);
        using var client = new CaptureClient(again.Address);
        foreach (var (sent, sequences) in acknowledged) Assert.Equal(sequences, (await client.Capture(sent)).Sequences);
        Assert.Equal(Enumerable.Range(1, acknowledged.Sum(one => one.Sequences.Length)).Select(place => (long)place), acknowledged.SelectMany(one => one.Sequences).Order());
    }

    /// <summary>A data folder that cannot be written, or that is no folder, ends the start with a line that names it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_cannot_be_written(bool hasLedger)
    {
        var folder = Scratch.NewFolder();
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        if (hasLedger) await (await SiloUnderTest.StartOver(data, "--shards", "2")).DisposeAsync();
        var isMounted = Shell.Try("mount", "--bind", data, data) && Shell.Try("mount", "-o", "remount,bind,ro", data);
        try
        {
            if (!isMounted)
            {
                // Whoever runs this may write everywhere and mount nothing: a file in the folder's place is refused by every system.
                Directory.Delete(data, recursive: true);
                await File.WriteAllTextAsync(data, "");
            }

            var (exitCode, output, errors) = await SiloProcess.RunToEnd(data, "--urls", "http://127.0.0.1:0");

            Assert.NotEqual(0, exitCode);
            Assert.StartsWith("--data: expected a folder that can be written; " + data, Assert.Single(errors));
            Assert.Empty(output);
        }
        finally
        {
            if (isMounted) Shell.Must("umount", data);
            Directory.Delete(folder, recursive: true);
        }
    }

    static string EventId(int number) => $"urn:uuid:00000000-0000-4000-8000-{number:x12}";

    static byte[] Document(int number) => Event.Document(Enumerable.Range(0, 20).Select(i =>
        Event.Observe(EventId(number * 20 + i), i, Enumerable.Range(0, 10).Select(unit => Event.Unit((number * 20 + i) * 10 + unit + 1)))));
}
