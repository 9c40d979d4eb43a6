using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TraceGrains.Benchmarks.Silos;

/// <summary>The silo as it is shipped, in a process of its own on a free loopback port; it ends with the benchmark.</summary>
sealed class SiloProcess : IAsyncDisposable
{
    static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3), StopTime = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly EventHandler endWithBenchmark;

    SiloProcess(Process process, Uri address, TimeSpan readyAfter)
    {
        (this.process, Address, ReadyAfter) = (process, address, readyAfter);
        endWithBenchmark = (_, _) => process.Kill();
        AppDomain.CurrentDomain.ProcessExit += endWithBenchmark;
        process.Refresh();
        ResidentBytes = process.WorkingSet64;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first "ready".</summary>
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

    public static async Task<SiloProcess> Start(string data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tracegrains-silo.dll"), "--data", data, "--urls", address.ToString(), "--Logging:LogLevel:Default=Warning"])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = address };
            while (!await IsReady(client))
            {
                if (process.HasExited || clock.Elapsed > StartTime) throw new InvalidOperationException("the silo did not become ready");
                await Task.Delay(10);
            }
            return new(process, address, clock.Elapsed);
        }
        catch
        {
            if (!process.HasExited) process.Kill();
            throw;
        }
    }

    static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= endWithBenchmark;
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StopTime);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
