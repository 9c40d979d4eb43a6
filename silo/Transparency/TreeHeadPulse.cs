using TraceGrains.Contracts.Transparency;
using TraceGrains.Grains.Transparency;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Transparency;

/// <summary>Reminds the transparency log at its cadence. Every silo does, so that it goes on whichever of them are there; the log signs once.</summary>
sealed partial class TreeHeadPulse(IGrainFactory grains, TransparencyOptions options, Readiness readiness, TimeProvider clock, ILogger<TreeHeadPulse> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        // A silo that is still loading has better things to do; a proof that is asked for signs by itself.
        using var timer = new PeriodicTimer(options.Cadence, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (readiness.IsReady) await Pulse();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    async Task Pulse()
    {
        try
        {
            await grains.GetGrain<ITransparencyGrain>(0).Pulse();
        }
        catch (Exception failure)
        {
            LogLate(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "no tree head was signed this time; the next tick tries again")]
    partial void LogLate(Exception failure);
}
