using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TraceGrains.Tests;

/// <summary>The silo as it is shipped, in a process of its own on a free loopback port; it ends with the program that started it, at the latest.</summary>
sealed class SiloProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3), StopTime = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly EventHandler endWithUs;
    readonly ConcurrentQueue<string> output = [], errors = [];
    readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool disposed;

    SiloProcess(IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(command.First()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var clock = Stopwatch.StartNew();
        process = Process.Start(start)!;
        endWithUs = (_, _) => process.Kill();
        AppDomain.CurrentDomain.ProcessExit += endWithUs;
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            Keep(output, line.Data);
            if (line.Data is null) ready.TrySetException(new InvalidOperationException("the silo ended before it was ready"));
            else if (line.Data.Split("GraphQL and explorer") is [_, var at])
            {
                ReadyAfter = clock.Elapsed;
                ready.TrySetResult(new(new Uri(at.Trim()), "/"));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Resident memory when it was ready.</summary>
    public long ResidentBytes { get; private set; }

    public int Id => process.Id;

    /// <summary>What it has written so far, line by line.</summary>
    public IReadOnlyList<string> Output => [.. output];

    /// <summary>What it has written to its error output so far.</summary>
    public IReadOnlyList<string> Errors => [.. errors];

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
    public static Task<SiloProcess> Start(string data, params string[] more) => StartCommand([.. Command(data), "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", .. more]);

    /// <summary>Starts a silo by a command of one's own; when this returns it is ready.</summary>
    public static async Task<SiloProcess> StartCommand(IEnumerable<string> command)
    {
        var silo = new SiloProcess(command);
        try
        {
            silo.Address = await silo.ready.Task.WaitAsync(StartTime);
            silo.process.Refresh();
            silo.ResidentBytes = silo.process.WorkingSet64;
            return silo;
        }
        catch (Exception failure)
        {
            await silo.Kill();
            throw new InvalidOperationException($"{failure.Message}: {silo.Said}", failure);
        }
    }

    /// <summary>Starts a silo that is expected to end by itself, and waits for that; its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunToEnd(string data, params string[] more)
    {
        var silo = new SiloProcess([.. Command(data), .. more]);
        try
        {
            await silo.process.WaitForExitAsync().WaitAsync(StartTime);
        }
        catch (TimeoutException)
        {
            await silo.Kill();
            throw new InvalidOperationException($"the silo was expected to end by itself: {silo.Said}");
        }
        await silo.ready.Task.ContinueWith(_ => { }, TaskScheduler.Default);
        return (silo.process.ExitCode, silo.Output, silo.Errors);
    }

    /// <summary>The command that starts a silo over a data directory, without access control: what is tested about that sets it itself, and the last word counts.</summary>
    public static string[] Command(string data) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "tracegrains-silo.dll"), "--data", data, "--access", "open"];

    /// <summary>Everything it has written, for a message.</summary>
    public string Said => string.Join('\n', output.Concat(errors));

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task Kill()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end by a signal and does not wait.</summary>
    public async Task Ask(string signal)
    {
        using var ask = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await ask.WaitForExitAsync();
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(StartTime);
        return process.ExitCode;
    }

    /// <summary>Asks it to end by a signal (INT is Ctrl-C, TERM what a service manager sends) and waits; its exit code. Throws when it does not end.</summary>
    public async Task<int> Stop(string signal = "TERM")
    {
        await Ask(signal);
        await process.WaitForExitAsync().WaitAsync(StopTime);
        return process.ExitCode;
    }

    /// <summary>Ends it, gently if it can be. A second call does nothing: after a start that failed its owner still holds the process before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        AppDomain.CurrentDomain.ProcessExit -= endWithUs;
        try
        {
            if (!process.HasExited) await Stop();
        }
        catch (TimeoutException)
        {
            await Kill();
        }
        process.Dispose();
    }

    static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
