using System.Globalization;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Recalls;

/// <summary>Lets the recall cases tell, remind and hand over.</summary>
sealed class RecallPulse(IGrainFactory grains, IConfiguration configuration, Readiness readiness, TimeProvider clock, ILogger<RecallPulse> log)
    : Pulse(Cadence(configuration["recalls:pulse"]), readiness, clock, log)
{
    static readonly TimeSpan usual = TimeSpan.FromSeconds(30), shortest = TimeSpan.FromSeconds(1), longest = TimeSpan.FromHours(1);

    protected override Task Beat() => grains.GetGrain<IRecallCasesGrain>(0).Pulse();

    static TimeSpan Cadence(string? set) =>
        set is null ? usual
        : TimeSpan.TryParse(set, CultureInfo.InvariantCulture, out var time) && time >= shortest && time <= longest ? time
        : throw new SettingException($"--recalls:pulse: expected a time from {shortest} to {longest}, found '{set}'");
}
