namespace TraceGrains.Ledger.Index;

/// <summary>The two orders of event time; events of one instant by their place in the ledger.</summary>
static class IndexOrder
{
    public static readonly Comparer<IndexEntry> EarliestFirst = Comparer<IndexEntry>.Create((a, b) => (a.EventTime, a.Sequence).CompareTo((b.EventTime, b.Sequence)));

    public static readonly Comparer<IndexEntry> LatestFirst = Comparer<IndexEntry>.Create((a, b) => (b.EventTime, b.Sequence).CompareTo((a.EventTime, a.Sequence)));

    public static readonly Comparer<IndexEntry> FirstRecordedFirst = Comparer<IndexEntry>.Create((a, b) => a.Sequence.CompareTo(b.Sequence));

    public static readonly Comparer<IndexEntry> LastRecordedFirst = Comparer<IndexEntry>.Create((a, b) => b.Sequence.CompareTo(a.Sequence));
}
