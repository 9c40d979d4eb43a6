using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Ledger.Index;

/// <summary>Turns recorded events into what the index takes. Pure.</summary>
public static class EventIndexing
{
    static readonly (string Field, IndexedWord Kind)[] Listed =
    [
        ("eventType", IndexedWord.EventType), ("bizStep", IndexedWord.BizStep), ("bizLocation", IndexedWord.BizLocation), ("readPoint", IndexedWord.ReadPoint),
        ("disposition", IndexedWord.Disposition),
    ];

    /// <summary>The key under which events with a value in a listed field are filed.</summary>
    public static long KeyOf(IndexedWord kind, string word) => IndexKeys.OfValue(Listed.First(one => one.Kind == kind).Field, word);

    /// <summary>The next events of the ledger, which follow <paramref name="afterSequence"/>.</summary>
    public static IndexBatch BatchOf(long afterSequence, IReadOnlyList<LedgerEvent> events)
    {
        var indexed = new List<IndexedEvent>(events.Count);
        var masters = new List<MasterRecord>();
        foreach (var recorded in events)
            if (MasterDataEvent.TryRead(recorded.Json) is { } elements)
                masters.AddRange(elements.Select(element => new MasterRecord(element.Id, element.Vocabulary, recorded.Sequence, element.Attributes, element.Children)));
            else if (!CaseEntryEvent.IsIn(recorded.Json))
                indexed.Add(Of(recorded));
        return new(afterSequence, events[^1].Sequence, events[^1].EventHash, indexed, masters);
    }

    static IndexedEvent Of(LedgerEvent recorded)
    {
        var terms = EventTerms.Of(recorded.Json, recorded.EventId, recorded.RecordTime);
        var words = new List<(IndexedWord, string)>();
        foreach (var (field, kind) in Listed)
            foreach (var term in terms.Of(field))
                words.Add((kind, term.Text!));
        return new(new(terms.EventTime.ToUnixTimeMilliseconds(), recorded.Sequence), IndexKeys.Of(terms), words);
    }
}
