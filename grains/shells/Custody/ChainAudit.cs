using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Custody;

/// <summary>Recomputes a chain from the stored events and says where it first fails to hold (invariant I4).</summary>
static class ChainAudit
{
    const int PageSize = 500;

    public static async Task<ChainVerdict> Run(ILedger ledger, int entity, string code, CancellationToken stop)
    {
        var at = ChainHead.None;
        long last = 0;
        while (true)
        {
            var entries = await ledger.ReadChain(entity, at.Position, PageSize, stop);
            foreach (var entry in entries)
            {
                if (Fault(entry, at, last, code) is { } fault)
                    return new()
                    {
                        Holds = false, Checked = at.Position, Head = Convert.ToHexStringLower(at.Hash),
                        BrokenAt = at.Position + 1, BrokenSequence = entry.Link.Position == at.Position + 1 ? entry.Link.Sequence : null, Reason = fault,
                    };
                at = new(entry.Link.Position, entry.Link.Hash, entry.Link.Sequence);
                last = entry.Link.Sequence;
            }
            if (entries.Count < PageSize) break;
        }
        return new() { Holds = true, Checked = at.Position, Head = Convert.ToHexStringLower(at.Hash) };
    }

    static string? Fault(ChainEntry entry, ChainHead before, long lastSequence, string code)
    {
        var link = entry.Link;
        if (link.Position != before.Position + 1) return $"link {before.Position + 1} is missing: the next stored link is {link.Position}";
        if (link.Sequence <= lastSequence) return $"out of order: event {link.Sequence} stands after event {lastSequence}";
        if (entry.Event is not { } recorded) return $"event {link.Sequence} is missing from the ledger";
        var hash = LedgerHash.EventHash(recorded.RecordTime, recorded.Json);
        if (!hash.AsSpan().SequenceEqual(recorded.EventHash)) return $"event {link.Sequence} was changed: its record time or bytes do not give its hash";
        if (!LedgerHash.Link(before.Hash, hash).AsSpan().SequenceEqual(link.Hash)) return $"link {link.Position} was changed: it is not the hash over the link before and event {link.Sequence}";
        try
        {
            var canonical = EpcisJson.ReadStored(recorded.Json);
            if (!canonical.CbvHash.Span.SequenceEqual(recorded.CbvHash)) return $"event {link.Sequence} was changed: its content does not give its CBV hash";
            if (canonical.Id != recorded.EventId) return $"event {link.Sequence} was changed: it is stored under another id than its own";
            return EventToRecord.Of(canonical).Codes.Contains(code) ? null : $"event {link.Sequence} does not name {code}";
        }
        catch (FormatException malformed)
        {
            return $"event {link.Sequence} was changed: {malformed.Message}";
        }
    }
}
