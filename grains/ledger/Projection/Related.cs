using TraceGrains.Domain.Lineage;

namespace TraceGrains.Ledger.Projection;

/// <summary>Finds the events on record that bear on whether new ones are new.</summary>
public static class Related
{
    /// <summary>For each event those on record with its id or its CBV hash, in ledger order.</summary>
    public static async Task<List<EventKey>[]> Find(ILedger ledger, IReadOnlyList<EventToRecord> events)
    {
        var byId = (await ledger.FindByEventIds([.. events.Select(e => e.EventId).Distinct()])).ToLookup(key => key.EventId);
        var hashes = events.Select(e => Convert.ToHexString(e.CbvHash)).ToList();
        var byHash = (await ledger.FindByCbvHashes([.. events.DistinctBy(e => Convert.ToHexString(e.CbvHash)).Select(e => e.CbvHash)]))
            .ToLookup(key => Convert.ToHexString(key.CbvHash));
        var related = new List<EventKey>[events.Count];
        for (var i = 0; i < related.Length; i++)
            related[i] = [.. byId[events[i].EventId].Concat(byHash[hashes[i]]).DistinctBy(key => key.Sequence).OrderBy(key => key.Sequence)];
        return related;
    }
}
