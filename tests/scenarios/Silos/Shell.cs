using System.Diagnostics;

namespace TraceGrains.Scenarios.Silos;

/// <summary>What only the system's own tools can do.</summary>
static class Shell
{
    /// <summary>Whether the command succeeded.</summary>
    public static bool Try(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static void Must(string command, params string[] arguments) => Assert.True(Try(command, arguments), $"{command} {string.Join(' ', arguments)} failed");
}
