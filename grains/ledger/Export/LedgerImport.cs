using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Ledger.Export;

/// <summary>
/// Records the events of an export in a ledger, each at its place with its record time, and derives everything else from them. Each frame is one durable append, so an
/// import that was interrupted goes on where it stopped when it is run again; what is there already is compared.
/// </summary>
public static class LedgerImport
{
    /// <summary>Imports a stream. Nobody else may write to the ledger meanwhile; if somebody does, the import ends with <see cref="LedgerFencedException"/> and nothing is mixed up.</summary>
    /// <exception cref="ExportDamagedException">The stream is damaged or cut off. The events before that are imported.</exception>
    /// <exception cref="LedgerMismatchException">The ledger has other events than the stream, or too few for it to go on from. Nothing was changed.</exception>
    /// <param name="open">Opens the ledger, told what the stream is: a new ledger has to be made with the stream's shard count to be equal in every row. The caller closes it.</param>
    /// <param name="stream">The stream, at its start; it is only read forward.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="stop">Interrupts between two appends.</param>
    public static async Task<TransferResult> Run(Func<ExportHeader, Task<ILedger>> open, Stream stream, Action<TransferProgress>? progress = null, CancellationToken stop = default)
    {
        var reader = await ExportReader.Open(stream, stop);
        var ledger = await open(reader.Header);
        var head = await ledger.ReadHead(stop);
        await CheckContinues(ledger, reader.Header, head.Sequence, stop);
        await LedgerRebuild.IfNeeded(ledger, stop: stop);
        var projector = await LedgerProjector.Continue(ledger);
        var (recorded, skipped) = (head.Sequence, 0L);
        while (await reader.Next(stop) is { } events)
        {
            var known = events.TakeWhile(e => e.Sequence <= head.Sequence).ToList();
            await CheckSame(ledger, known, stop);
            skipped += known.Count;
            var added = events.Skip(known.Count).ToList();
            if (added.Count > 0)
            {
                if (added[0].RecordTime < head.RecordTime)
                    throw new LedgerMismatchException($"event {added[0].Sequence} was recorded at {added[0].RecordTime:O}, before the ledger's last event ({head.RecordTime:O})");
                var placed = await Replay.Place(ledger, added, stop);
                await ledger.Append(await projector.Project(placed) with { Events = added }, stop);
                recorded = added[^1].Sequence;
            }
            progress?.Invoke(new(events[^1].Sequence, 0));
        }
        return new(head.Sequence + 1, recorded, skipped);
    }

    static async Task CheckContinues(ILedger ledger, ExportHeader header, long head, CancellationToken stop)
    {
        if (header.After > head)
            throw new LedgerMismatchException($"the export begins after event {header.After}, the ledger ends at {head}: import an export of what is between first");
        if (header.After > 0 && Convert.ToHexStringLower(await LedgerExport.HashOf(ledger, header.After, stop)) != header.AfterHash)
            throw new LedgerMismatchException($"event {header.After} of the ledger is not the one that the export continues: they are of different ledgers");
    }

    static async Task CheckSame(ILedger ledger, List<LedgerEvent> known, CancellationToken stop)
    {
        if (known.Count == 0) return;
        var stored = await ledger.ReadEventHashes(known[0].Sequence - 1, known.Count, stop);
        for (var i = 0; i < known.Count; i++)
            if (i >= stored.Count || stored[i].Sequence != known[i].Sequence || !stored[i].EventHash.AsSpan().SequenceEqual(known[i].EventHash))
                throw new LedgerMismatchException($"event {known[i].Sequence} of the ledger is not event {known[i].Sequence} of the export: an import needs an empty ledger, or one with the same events to go on from");
    }
}
