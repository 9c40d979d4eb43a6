using System.Globalization;
using System.Runtime.InteropServices;

namespace TraceGrains.Benchmarks.Output;

/// <summary>Numbers mean nothing without the machine they come from.</summary>
static class Machine
{
    public static void Print()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        Console.WriteLine($"""
            {Environment.ProcessorCount} cores of {Processor()}, {memory} GB, load {Load()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.
            Absolute times drift with the machine and what else runs on it; ratios within one table are what counts.
            """);
    }

    /// <summary>The one-minute load average, where there is one.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var model = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
