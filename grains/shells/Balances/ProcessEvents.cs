using TraceGrains.Contracts.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Recalls;

namespace TraceGrains.Grains.Balances;

/// <summary>The events of a transformation: a process has no chain, but the ties at it know which events made them.</summary>
sealed class ProcessEvents(ILedger ledger, ILineageShards shards, long bound)
{
    /// <summary>By transformationID, or by the id of an event; none where there is no such transformation. Whether some were left out.</summary>
    public async ValueTask<(IReadOnlyList<RecordedEvent> Events, bool IsCut)> Find(string id)
    {
        var scopes = new ScopeLedger(ledger);
        var named = await scopes.EventById(id, bound);
        if (named is { Canonical.Event: { Type: EventType.TransformationEvent, TransformationId: null } } ) return (await scopes.IsWithdrawn(named.Sequence, bound) ? [] : [named], false);
        var process = named?.Canonical.Event.TransformationId ?? (named is null ? id : null);
        var number = process is null ? 0 : (await ledger.FindEntities([process]))[0];
        if (number == 0) return ([], false);
        var sequences = new SortedSet<long>();
        foreach (var direction in (TraceDirection[])[TraceDirection.Forward, TraceDirection.Backward])
            foreach (var step in await shards.Steps(number % shards.Count, [Window.At(number)], direction, EdgeKind.MadeOf, bound)) sequences.Add(step.Sequence);
        var events = new List<RecordedEvent>();
        foreach (var recorded in await ledger.ReadEventsAt([.. sequences.Take(TransformationView.EventsMax)]))
            if (EpcisJson.ReadStored(recorded.Json) is var canonical && canonical.Event.TransformationId == process) events.Add(new(recorded.Sequence, canonical));
        return (events, sequences.Count > TransformationView.EventsMax);
    }
}
