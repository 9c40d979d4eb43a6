using TraceGrains.Domain.Queries;

namespace TraceGrains.Ledger.Index;

/// <summary>
/// Where events are found by what they say. A projection of the ledger: fed in its order, behind it by a moment, and made anew whenever it is missing. One suite of tests,
/// <c>EventIndexConformance</c>, says what every engine must do.
/// </summary>
/// <remarks>The index knows keys and places, nothing of queries: <see cref="QueryRunner"/> plans with them and decides about the events themselves.</remarks>
public interface IEventIndex : IAsyncDisposable
{
    /// <summary>How far the ledger is indexed, and by which rules.</summary>
    ValueTask<IndexCursor> ReadCursor(CancellationToken stop = default);

    /// <summary>Files events, all or none, and moves the cursor. A batch that does not follow the cursor changes nothing and answers false: somebody else has fed the index.</summary>
    Task<bool> Add(IndexBatch batch, CancellationToken stop = default);

    /// <summary>Empties the index and notes the version of the rules that will fill it.</summary>
    Task Clear(int rulesVersion, CancellationToken stop = default);

    /// <summary>How many events are filed under a key within a range; counting stops at <paramref name="max"/>.</summary>
    ValueTask<int> Count(long key, IndexRange range, int max, CancellationToken stop = default);

    /// <summary>Events filed under one of the keys, each once, in the order of event time, beginning behind a place; at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<IndexEntry>> Scan(IReadOnlyCollection<long> keys, IndexRange range, IndexEntry? after, bool descending, int max, CancellationToken stop = default);

    /// <summary>Events filed under one of the keys in the order of the ledger, beginning behind a sequence number; at most <paramref name="max"/>. Looks at every event of the range on its way.</summary>
    ValueTask<IReadOnlyList<IndexEntry>> ScanRecorded(IReadOnlyCollection<long> keys, IndexRange range, long? after, bool descending, int max, CancellationToken stop = default);

    /// <summary>Those of the events that are filed under one of the keys, in the order asked.</summary>
    ValueTask<IReadOnlyList<IndexEntry>> Keep(IReadOnlyList<IndexEntry> entries, IReadOnlyCollection<long> keys, CancellationToken stop = default);

    /// <summary>The values seen in a field, in ordinal order, after a value (null from the start).</summary>
    ValueTask<IReadOnlyList<string>> ReadWords(IndexedWord kind, string? after, int max, CancellationToken stop = default);
}

/// <summary>How far an index has come.</summary>
/// <param name="RulesVersion">Version of <see cref="EventTerms"/> that filled it.</param>
/// <param name="Sequence">The last indexed event; 0 for none.</param>
/// <param name="EventHash">That event's hash, by which an index of another ledger is told; empty for none.</param>
public sealed record IndexCursor(int RulesVersion, long Sequence, byte[] EventHash);

/// <summary>An event's place in an index.</summary>
/// <param name="EventTime">Event time, Unix milliseconds.</param>
/// <param name="Sequence">Its place in the ledger.</param>
public readonly record struct IndexEntry(long EventTime, long Sequence);

/// <summary>Which events to look at.</summary>
/// <param name="FromTime">First event time, Unix milliseconds.</param>
/// <param name="BeforeTime">First event time beyond, Unix milliseconds.</param>
/// <param name="AfterSequence">Last sequence number before.</param>
/// <param name="ThroughSequence">Last sequence number.</param>
public readonly record struct IndexRange(long FromTime, long BeforeTime, long AfterSequence, long ThroughSequence)
{
    /// <summary>Everything up to a place in the ledger.</summary>
    public static IndexRange Through(long sequence) => new(long.MinValue, long.MaxValue, 0, sequence);

    /// <summary>Whether an event lies in it.</summary>
    public bool Contains(IndexEntry entry) =>
        entry.EventTime >= FromTime && entry.EventTime < BeforeTime && entry.Sequence > AfterSequence && entry.Sequence <= ThroughSequence;
}

/// <summary>Fields whose values are listed.</summary>
public enum IndexedWord
{
    /// <summary>Event types.</summary>
    EventType = 1,
    /// <summary>Business steps.</summary>
    BizStep = 2,
    /// <summary>Business locations.</summary>
    BizLocation = 3,
    /// <summary>Read points.</summary>
    ReadPoint = 4,
    /// <summary>Dispositions.</summary>
    Disposition = 5,
}

/// <summary>What an index takes of one event.</summary>
/// <param name="Entry">Its place.</param>
/// <param name="Keys">The keys it is filed under.</param>
/// <param name="Words">Values of the fields that are listed.</param>
public sealed record IndexedEvent(IndexEntry Entry, IReadOnlyCollection<long> Keys, IReadOnlyList<(IndexedWord Kind, string Text)> Words);

/// <summary>The next events of the ledger, as an index takes them.</summary>
/// <param name="AfterSequence">The cursor it follows.</param>
/// <param name="ThroughSequence">The last of the events; events that are not filed (master data) count.</param>
/// <param name="EventHash">Hash of that last event.</param>
/// <param name="Events">The events, in ledger order.</param>
/// <param name="Masters">Master data among them, in ledger order.</param>
public sealed record IndexBatch(long AfterSequence, long ThroughSequence, byte[] EventHash, IReadOnlyList<IndexedEvent> Events, IReadOnlyList<MasterRecord> Masters);
