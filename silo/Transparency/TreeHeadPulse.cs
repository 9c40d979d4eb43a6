using TraceGrains.Contracts.Transparency;
using TraceGrains.Grains.Transparency;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Transparency;

/// <summary>Reminds the transparency log to sign a tree head. A proof that is asked for in between signs by itself.</summary>
sealed class TreeHeadPulse(IGrainFactory grains, TransparencyOptions options, Readiness readiness, TimeProvider clock, ILogger<TreeHeadPulse> log) : Pulse(options.Cadence, readiness, clock, log)
{
    protected override Task Beat() => grains.GetGrain<ITransparencyGrain>(0).Pulse();
}
