using Orleans.Concurrency;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Recalls;

/// <summary>Finds cases among the codes of the ledger. Of each it only remembers that it is closed, which it stays.</summary>
[Reentrant]
[KeepAlive]
sealed class RecallCasesGrain(ILedger ledger) : Grain, IRecallCasesGrain
{
    const string Start = "urn:tracegrains:recall:";
    const int PageSize = 1_000, AtOnce = 20;

    readonly HashSet<string> closed = [];
    Task? pulsing;

    public async Task<string[]> After(string? after, int first) => [.. (await ledger.FindByPrefix(Start, after, Math.Clamp(first, 0, PageSize))).Select(entity => entity.Code)];

    public async Task<InboxItem[]> Inbox(string party)
    {
        var found = new List<InboxItem>();
        await foreach (var view in Open())
            if (view.IssuedAt is not null && await GrainFactory.GetGrain<IRecallCaseGrain>(view.Id).Party(party) is { } stands) found.Add(new() { Case = view, Party = stands });
        return [.. found.OrderByDescending(item => item.Case.IssuedAt).ThenBy(item => item.Case.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every silo's pulse comes here; one round at a time is enough.</summary>
    public Task Pulse() => pulsing is { IsCompleted: false } ? pulsing : pulsing = PulseAll();

    async Task PulseAll()
    {
        await foreach (var view in Open()) await GrainFactory.GetGrain<IRecallCaseGrain>(view.Id).Pulse();
    }

    async IAsyncEnumerable<CaseView> Open()
    {
        for (string? after = null; ;)
        {
            var page = await After(after, PageSize);
            foreach (var chunk in page.Where(id => !closed.Contains(id)).Chunk(AtOnce))
                foreach (var view in (await Task.WhenAll(chunk.Select(id => GrainFactory.GetGrain<IRecallCaseGrain>(id).View()))).OfType<CaseView>())
                    if (view.State is CaseState.Terminated or CaseState.Withdrawn) closed.Add(view.Id);
                    else yield return view;
            if (page.Length < PageSize) yield break;
            after = page[^1];
        }
    }
}
