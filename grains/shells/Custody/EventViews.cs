using Orleans.Concurrency;
using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Custody;

/// <summary>Shows recorded events.</summary>
static class EventViews
{
    public static async Task<EventView> Of(ILedger ledger, LedgerEvent recorded) => new()
    {
        Sequence = recorded.Sequence, RecordTime = recorded.RecordTime, EventId = recorded.EventId, Json = recorded.Json, DeclaresError = recorded.DeclaresError,
        EventHash = Convert.ToHexStringLower(recorded.EventHash), CbvHash = CanonicalEvent.CbvHashId(recorded.CbvHash),
        WithdrawnBy = recorded.DeclaresError ? null : (await ledger.FindByEventIds([recorded.EventId])).FirstOrDefault(key => key.DeclaresError)?.Sequence,
    };
}

/// <summary>Reads single events from the ledger.</summary>
[StatelessWorker]
sealed class EventsGrain(ILedger ledger) : Grain, IEventsGrain
{
    public async Task<EventView[]> ById(string eventId)
    {
        var views = new List<EventView>();
        foreach (var key in (await ledger.FindByEventIds([eventId])).OrderBy(key => key.DeclaresError).ThenBy(key => key.Sequence))
            if (await ledger.ReadEvent(key.Sequence) is { } recorded) views.Add(await EventViews.Of(ledger, recorded));
        return [.. views];
    }

    public async Task<EventView?> At(long sequence) => await ledger.ReadEvent(sequence) is { } recorded ? await EventViews.Of(ledger, recorded) : null;
}
