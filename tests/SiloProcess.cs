using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TraceGrains.Tests;

/// <summary>The silo as it is shipped, in a process of its own on a free loopback port; it ends with the program that started it, at the latest.</summary>
sealed class SiloProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3), StopTime = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly EventHandler endWithUs;

    readonly ConcurrentQueue<string> said;

    SiloProcess(Process process, Uri address, TimeSpan readyAfter, ConcurrentQueue<string> said)
    {
        (this.process, Address, ReadyAfter, this.said) = (process, address, readyAfter, said);
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
        var said = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) said.Enqueue(line.Data);
            if (line.Data is null) ready.TrySetException(new InvalidOperationException($"the silo ended before it was ready: {string.Join(Environment.NewLine, said)}"));
            else if (line.Data.Split("GraphQL and explorer") is [_, var at]) ready.TrySetResult(new(new Uri(at.Trim()), "/"));
        };
        process.BeginOutputReadLine();
        try
        {
            var address = await ready.Task.WaitAsync(StartTime);
            return new(process, address, clock.Elapsed, said);
        }
        catch
        {
            if (!process.HasExited) process.Kill();
            throw;
        }
    }

    /// <summary>What it has written to its standard output.</summary>
    public IReadOnlyCollection<string> Said => said;

    /// <summary>Asks it to end, as an administrator or a container's host does; it may take its time.</summary>
    public async Task AskToStop()
    {
        using var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(StartTime);
        return process.ExitCode;
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
        await AskToStop();
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
