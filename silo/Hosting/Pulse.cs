namespace TraceGrains.Silo.Hosting;

/// <summary>Calls a grain at a cadence. Every silo does, so that it goes on whichever of them are there; the grain sees to it that the work is done once.</summary>
abstract partial class Pulse(TimeSpan cadence, Readiness readiness, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>One beat.</summary>
    protected abstract Task Beat();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(cadence, clock);
        try
        {
            // A silo that is still loading has better things to do.
            while (await timer.WaitForNextTickAsync(stop))
                if (readiness.IsReady) await BeatOrLog();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    async Task BeatOrLog()
    {
        try
        {
            await Beat();
        }
        catch (Exception failure)
        {
            LogMissed(failure, GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Pulse} missed a beat; the next one tries again")]
    partial void LogMissed(Exception failure, string pulse);
}
