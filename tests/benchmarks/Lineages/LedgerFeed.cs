using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Benchmarks.Lineages;

/// <summary>Puts events into a ledger as the sequencer does, without the sequencer: one caller, batch after batch.</summary>
sealed class LedgerFeed(ILedger ledger, LedgerProjector projector, long last)
{
    static readonly DateTimeOffset RecordTime = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<LedgerFeed> Open(ILedger ledger) => new(ledger, await LedgerProjector.Continue(ledger), (await ledger.ReadHead()).Sequence);

    public static EventToRecord[] Read(byte[] document)
    {
        var read = EpcisJson.ReadDocument(document);
        return read.Problems.Count > 0 ? throw new InvalidOperationException($"a generated document is refused: {read.Problems[0]}") : [.. read.Events.Select(EventToRecord.Of)];
    }

    /// <summary>Derives the rows of some events that nobody has recorded before.</summary>
    public async Task<LedgerBatch> Derive(IReadOnlyList<EventToRecord> events)
    {
        var placed = new List<PlacedEvent>(events.Count);
        var recorded = new List<LedgerEvent>(events.Count);
        foreach (var e in events)
        {
            var hash = LedgerHash.EventHash(RecordTime, e.Json);
            placed.Add(new(e, ++last, hash, []));
            recorded.Add(new(last, RecordTime, e.EventId, e.DeclaresError, e.CbvHash, hash, e.Json));
        }
        return await projector.Project(placed) with { Events = recorded };
    }

    public async Task Append(IReadOnlyList<EventToRecord> events) => await ledger.Append(await Derive(events));
}
