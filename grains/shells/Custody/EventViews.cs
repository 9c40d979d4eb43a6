using Orleans.Concurrency;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Custody;

/// <summary>Shows recorded events.</summary>
static class EventViews
{
    /// <summary>Events as they are shown, in the order given: one look-up for all of what withdrew them.</summary>
    public static async Task<EventView[]> Of(ILedger ledger, IReadOnlyList<LedgerEvent> recorded, CancellationToken stop)
    {
        string[] ids = [.. recorded.Where(one => !one.DeclaresError).Select(one => one.EventId).Distinct(StringComparer.Ordinal)];
        var declared = ids.Length == 0 ? [] : (await ledger.FindByEventIds(ids, stop)).Where(key => key.DeclaresError).GroupBy(key => key.EventId, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().Sequence, StringComparer.Ordinal);
        return [.. recorded.Select(one => new EventView
        {
            Sequence = one.Sequence, RecordTime = one.RecordTime, EventId = one.EventId, Json = one.Json, DeclaresError = one.DeclaresError,
            EventHash = Convert.ToHexStringLower(one.EventHash), CbvHash = CanonicalEvent.CbvHashId(one.CbvHash),
            WithdrawnBy = !one.DeclaresError && declared.TryGetValue(one.EventId, out var declaration) ? declaration : null,
        })];
    }
}

/// <summary>Reads single events from the ledger.</summary>
[StatelessWorker]
[Reentrant]
sealed class EventsGrain(ILedger ledger) : Grain, IEventsGrain
{
    public async Task<EventView[]> ById(string eventId) => (await ByIds([eventId], default))[0];

    public async Task<EventView[][]> ByIds(string[] eventIds, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var keys = await ledger.FindByEventIds(eventIds, stop);
        var recorded = await ledger.ReadEventsAt([.. keys.Select(key => key.Sequence)], stop);
        var views = (await EventViews.Of(ledger, recorded, stop)).ToLookup(view => view.EventId, StringComparer.Ordinal);
        return [.. eventIds.Select(id => views[id].OrderBy(view => view.DeclaresError).ThenBy(view => view.Sequence).ToArray())];
    }

    public async Task<EventView?[]> At(long[] sequences, CancellationToken stop)
    {
        stop = Metering.Stop(stop);
        var views = (await EventViews.Of(ledger, await ledger.ReadEventsAt(sequences, stop), stop)).ToDictionary(view => view.Sequence);
        return [.. sequences.Select(views.GetValueOrDefault)];
    }
}
