using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TraceGrains.Tests;

/// <summary>The silo as it is shipped, in a process of its own on a free loopback port; it ends with the program that started it, at the latest.</summary>
sealed class SiloProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3), StopTime = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly EventHandler endWithUs;

    SiloProcess(Process process, Uri address, TimeSpan readyAfter)
    {
        (this.process, Address, ReadyAfter) = (process, address, readyAfter);
        endWithUs = (_, _) => process.Kill();
        AppDomain.CurrentDomain.ProcessExit += endWithUs;
        process.Refresh();
        ResidentBytes = process.WorkingSet64;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan ReadyAfter { get; }

    /// <summary>Resident memory when it was ready.</summary>
    public long ResidentBytes { get; }

    /// <summary>Processor time it has used so far: what a request costs, whatever else runs on the machine.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a silo over a data directory, on a port that the system chooses; when this returns it is ready.</summary>
    public static async Task<SiloProcess> Start(string data, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tracegrains-silo.dll"), "--data", data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. more])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var said = new StringBuilder();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException($"the silo ended before it was ready: {said}"));
            else if (line.Data.Split("GraphQL and explorer") is [_, var at]) ready.TrySetResult(new(new Uri(at.Trim()), "/"));
            else said.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        try
        {
            var address = await ready.Task.WaitAsync(StartTime);
            return new(process, address, clock.Elapsed);
        }
        catch
        {
            if (!process.HasExited) process.Kill();
            throw;
        }
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= endWithUs;
        if (process.HasExited)
        {
            process.Dispose();
            return;
        }
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StopTime);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await Kill();
        }
        process.Dispose();
    }
}
