using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Queries;

/// <summary>The events there are for somebody: those that they see whole.</summary>
static class SeenBy
{
    /// <param name="grains">Where to ask what is theirs.</param>
    /// <param name="caller">Who; null for somebody who sees everything.</param>
    public static async Task<QueryView> Of(IGrainFactory grains, Caller? caller)
    {
        if (caller is null) return QueryView.Everything;
        var viewer = new Viewer(grains, caller);
        if (viewer.SeesAll) return QueryView.Everything;
        // An enterprise's events are filed by whom they concern, so that finding them takes no look at those of others. A district's are known only by what master data says of each place.
        var keys = viewer.Reach == Reach.Own && await viewer.Own() is { } own ? own.Families()?.Select(IndexKeys.OfFamily).ToHashSet() : null;
        return new(keys, recorded => viewer.SeesEvent(recorded.Json));
    }
}
