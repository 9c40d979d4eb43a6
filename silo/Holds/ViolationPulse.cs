using TraceGrains.Contracts.Holds;
using TraceGrains.Ledger;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Holds;

/// <summary>
/// Tells the watch for violations where the ledger stands: the sequencer does so with each commit, but a word may get lost with a silo. Every silo does, so that the watch goes on whichever of them are there.
/// </summary>
sealed partial class ViolationPulse(IGrainFactory grains, ILedger ledger, Readiness readiness, TimeProvider clock, ILogger<ViolationPulse> log) : BackgroundService
{
    static readonly TimeSpan cadence = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(cadence, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (readiness.IsReady) await Pulse(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    async Task Pulse(CancellationToken stop)
    {
        try
        {
            await grains.GetGrain<IViolationWatchGrain>(0).Tell((await ledger.ReadHead(stop)).Sequence);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogLate(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "the watch for violations was not told where the ledger stands; the next tick tells it")]
    partial void LogLate(Exception failure);
}
