using Orleans.Concurrency;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>Finds cases among the codes of the ledger. Stateless.</summary>
[StatelessWorker]
[Reentrant]
sealed class RecallCasesGrain(ILedger ledger) : Grain, IRecallCasesGrain
{
    public async Task<string[]> After(string? after, int first) =>
        [.. (await ledger.FindByPrefix("urn:tracegrains:recall:", after, Math.Clamp(first, 0, 1_000))).Select(entity => entity.Code)];
}
