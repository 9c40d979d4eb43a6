using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Ledger.Projection;

/// <summary>Works recorded events out anew, so that everything derived from them can be: for a rebuild, and for an import.</summary>
static class Replay
{
    /// <summary>Some consecutive events with what they withdraw. Those of them that are not in the ledger yet count as if they were.</summary>
    public static async Task<List<PlacedEvent>> Place(ILedger ledger, IReadOnlyList<LedgerEvent> events, CancellationToken stop)
    {
        var read = new EventToRecord[events.Count];
        await Parallel.ForAsync(0, read.Length, stop, (i, _) =>
        {
            read[i] = Read(events[i]);
            return ValueTask.CompletedTask;
        });
        var onRecord = await Related.Find(ledger, read);
        var keys = events.Select(e => new EventKey(e.Sequence, e.EventId, e.DeclaresError, e.CbvHash)).ToList();
        var byId = keys.ToLookup(key => key.EventId);
        var byHash = keys.ToLookup(key => Convert.ToHexString(key.CbvHash));
        var placed = new List<PlacedEvent>(read.Length);
        for (var i = 0; i < read.Length; i++)
        {
            var sequence = events[i].Sequence;
            var related = onRecord[i].Concat(byId[read[i].EventId]).Concat(byHash[Convert.ToHexString(read[i].CbvHash)])
                .Where(key => key.Sequence < sequence).DistinctBy(key => key.Sequence).OrderBy(key => key.Sequence).ToList();
            var withdraws = Admission.Decide(read[i], related, _ => false) is Admission.New admitted ? admitted.Withdraws : [];
            placed.Add(new(read[i], sequence, events[i].EventHash, withdraws));
        }
        return placed;
    }

    static EventToRecord Read(LedgerEvent recorded)
    {
        try
        {
            return EventToRecord.Of(EpcisJson.ReadStored(recorded.Json));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"event {recorded.Sequence} cannot be read: {e.Message}", e);
        }
    }
}
