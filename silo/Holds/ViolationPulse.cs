using TraceGrains.Contracts.Holds;
using TraceGrains.Ledger;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Holds;

/// <summary>Tells the watch for violations where the ledger stands: the sequencer does so with each commit, but a word may get lost with a silo.</summary>
sealed class ViolationPulse(IGrainFactory grains, ILedger ledger, Readiness readiness, TimeProvider clock, ILogger<ViolationPulse> log) : Pulse(TimeSpan.FromSeconds(5), readiness, clock, log)
{
    protected override async Task Beat() => await grains.GetGrain<IViolationWatchGrain>(0).Tell((await ledger.ReadHead()).Sequence);
}
