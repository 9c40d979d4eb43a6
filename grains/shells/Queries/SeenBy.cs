using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Queries;

/// <summary>The events there are for somebody: those that they see whole, and those that others show them.</summary>
/// <param name="grains">Where to ask what is theirs, and to note what was shown by grants.</param>
/// <param name="viewer">Who, where some events are shown to them in part; null for somebody who sees whole what they see.</param>
/// <param name="view">What the query runs over.</param>
sealed class SeenBy(IGrainFactory grains, Viewer? viewer, QueryView view)
{
    /// <summary>What the query runs over.</summary>
    public QueryView View => view;

    /// <param name="grains">Where to ask what is theirs.</param>
    /// <param name="caller">Who; null for somebody who sees everything.</param>
    /// <param name="seenAs">By which rule they see an event.</param>
    public static async Task<SeenBy> Of(IGrainFactory grains, Caller? caller, SeenAs seenAs = SeenAs.Event)
    {
        if (caller is null || new Viewer(grains, caller) is not { SeesAll: false } viewer) return new(grains, null, QueryView.Everything);
        if (seenAs == SeenAs.Violation)
            return new(grains, null, new(await Families(viewer), async recorded => ViolationEvent.TryRead(recorded.Json) is { } violation && await viewer.SeesViolationsOf(violation.Holder)));
        // What others show is filed under theirs.
        var keys = await viewer.IsShownMore() ? null : await Families(viewer);
        return new(grains, viewer, new(keys, async recorded => await viewer.Shown(recorded.Json) is not null));
    }

    /// <summary>An enterprise's events are filed by whom they concern, so that finding them takes no look at those of others. A district's are known only by what master data says of each place.</summary>
    static async Task<HashSet<long>?> Families(Viewer viewer) => viewer.Reach == Reach.Own && await viewer.Own() is { } own ? own.Families()?.Select(IndexKeys.OfFamily).ToHashSet() : null;

    /// <summary>Found events as they may be told. That some were shown by grants is on record before they are.</summary>
    public async Task<IReadOnlyList<LedgerEvent>> Shown(IReadOnlyList<LedgerEvent> events, string action, DateTimeOffset now)
    {
        if (viewer is null) return events;
        var shown = new List<LedgerEvent>(events.Count);
        foreach (var recorded in events)
            if (await viewer.Shown(recorded.Json) is { } json) shown.Add(recorded with { Json = json.ToArray() });
        if (viewer.UsedGrants is { Count: > 0 } used)
            await grains.GetGrain<IAuditGrain>(0).Record([new() { Time = now, Caller = viewer.Caller, Action = action, Target = $"by grant {string.Join(", ", used)}", Outcome = "ok" }]);
        return shown;
    }
}
