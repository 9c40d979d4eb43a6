using TraceGrains.Contracts.Recalls;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Recalls;

/// <summary>Lets the recall cases tell, remind and hand over at their cadence. Every silo does, so that it goes on whichever of them are there; a round is run once at a time.</summary>
sealed partial class RecallPulse(IGrainFactory grains, IConfiguration configuration, Readiness readiness, TimeProvider clock, ILogger<RecallPulse> log) : BackgroundService
{
    static readonly TimeSpan usual = TimeSpan.FromSeconds(30);

    readonly TimeSpan cadence = configuration["recalls:pulse"] switch
    {
        null => usual,
        var text when TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromHours(1) => time,
        var text => throw new SettingException($"--recalls:pulse: expected a time from 00:00:01 to 01:00:00, found '{text}'"),
    };

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(cadence, clock);
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
            await grains.GetGrain<IRecallCasesGrain>(0).Pulse();
        }
        catch (Exception failure)
        {
            LogLate(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "recall cases told nobody this time; the next tick tries again")]
    partial void LogLate(Exception failure);
}
