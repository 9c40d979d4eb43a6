using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Ledger.Projection;

/// <summary>The serial-number scopes of active recalls: a unit first heard of later is in scope from its first event on.</summary>
sealed class SerialRanges
{
    readonly Dictionary<int, SerialRange> active = [];

    public void Learn(Fact.RecallStatus status)
    {
        if (status is { Active: true, Range: { } range }) active[status.Node] = range;
        else if (!status.Active) active.Remove(status.Node);
    }

    public IEnumerable<int> RecallsOf(string code) => active.Count == 0 ? [] : active.Where(pair => pair.Value.Contains(code)).Select(pair => pair.Key).Order();
}
