using TraceGrains.Domain.Lineage;

namespace TraceGrains.Ledger.Projection;

/// <summary>Derives every stored projection anew from the events alone (invariant I9).</summary>
public static class LedgerRebuild
{
    const int BatchSize = 1_000;

    /// <summary>Rebuilds when the stored projections come from other rules than <see cref="EventFacts.RulesVersion"/>. Interrupted, it starts over at the next start.</summary>
    public static async Task IfNeeded(ILedger ledger, Action<long>? progress = null, CancellationToken stop = default)
    {
        if (ledger.Constants.ProjectionVersion != EventFacts.RulesVersion) await Run(ledger, progress, stop);
    }

    /// <summary>Rebuilds. <paramref name="progress"/> hears the sequence reached.</summary>
    public static async Task Run(ILedger ledger, Action<long>? progress = null, CancellationToken stop = default)
    {
        await ledger.DropProjections(stop);
        var projector = await LedgerProjector.Continue(ledger);
        for (long after = 0; ;)
        {
            var events = await ledger.ReadEvents(after, BatchSize, stop);
            if (events.Count == 0) break;
            var placed = await Replay.Place(ledger, events, stop);
            await ledger.AppendProjection(await projector.Project(placed), stop);
            after = events[^1].Sequence;
            progress?.Invoke(after);
        }
        await ledger.SetProjectionVersion(EventFacts.RulesVersion, stop);
    }
}
