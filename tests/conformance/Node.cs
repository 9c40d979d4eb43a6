using System.Diagnostics;

namespace TraceGrains.Conformance.Tests;

/// <summary>Runs tests that are written for Node.js, with the packages of <c>package-lock.json</c>.</summary>
static class Node
{
    /// <summary>The scripts' folder, in the repository: there its packages lie beside it.</summary>
    static readonly string Folder = Path.Combine(Corpus.RepositoryRoot, "tests", "conformance");

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a script's tests against a silo; a failure of one of them fails this with what was said about it.</summary>
    public static async Task Test(string script, Uri silo)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), $"the packages are missing: run 'npm ci' in {Folder}, as ./test does (Debian: apt-get install npm)");
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", Path.Combine("clients", script)])
            {
                WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["SILO"] = silo.ToString(), ["SCHEMA"] = new Uri(Path.Combine(Corpus.RepositoryRoot, "graphql", "schema.graphql")).ToString() },
            },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("node is missing: these tests need Node.js 20.19 or newer (Debian: apt-get install nodejs)");
        }
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script} did not end within {Patience}");
        }
        var report = await said;
        Assert.True(process.ExitCode == 0, $"{Failures(report)}\n{await complained}");
        Assert.Matches(@"(?m)^# pass [1-9]", report);
        Assert.Matches(@"(?m)^# skipped 0", report);
    }

    /// <summary>From each "not ok" to the next test.</summary>
    static string Failures(string report)
    {
        var failing = false;
        return string.Join('\n', report.Split('\n').Where(line =>
        {
            var text = line.TrimStart();
            if (text.StartsWith("not ok", StringComparison.Ordinal)) failing = true;
            else if (text.StartsWith("ok ", StringComparison.Ordinal)) failing = false;
            return failing;
        }));
    }
}
