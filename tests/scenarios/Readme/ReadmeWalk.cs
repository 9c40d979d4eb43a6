using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TraceGrains.Scenarios.Readme;

/// <summary>One step of the walk: what the README says about it, what a shell does, and what came back.</summary>
sealed record Step(string Says, string Command, string Output);

/// <summary>The five-minute walk as it stands in README.md: its shell blocks, run by bash against a silo.</summary>
static partial class ReadmeWalk
{
    const string Mark = "\u001e";

    /// <summary>What a reader types to start the silo, without what starts .NET.</summary>
    public static string[] StartArguments => StartCommand().Match(Blocks[0]).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs every command after the start against a silo, in one shell, in order.</summary>
    public static async Task<IReadOnlyList<Step>> Run(Uri silo)
    {
        var paragraphs = Blocks.Skip(1).SelectMany(block => block.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)).ToList();
        var script = string.Join('\n', paragraphs.Select(paragraph => $"{paragraph}\necho '{Mark}'\n")).Replace("http://127.0.0.1:5080", silo.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        try
        {
            await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (TimeoutException)
        {
            bash.Kill(entireProcessTree: true);
            throw;
        }
        Assert.Equal(0, bash.ExitCode);
        var answers = (await output).Split(Mark + "\n");
        Assert.Equal(paragraphs.Count + 1, answers.Length);
        return [.. paragraphs.Zip(answers, (paragraph, answer) => new Step(
            string.Join(' ', paragraph.Split('\n').Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))),
            string.Join('\n', paragraph.Split('\n').Where(line => !line.StartsWith('#'))), answer.Trim()))];
    }

    static string[] Blocks { get; } = [.. ShellBlock().Matches(Section().Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n")).Value).Select(block => block.Groups[1].Value.Trim('\n'))];

    [GeneratedRegex(@"^## Five minutes\n.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^dotnet run --project silo -- (.*)$", RegexOptions.Multiline)]
    private static partial Regex StartCommand();
}
