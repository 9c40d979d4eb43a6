using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Projection;

namespace TraceGrains.Grains.Capture;

/// <summary>
/// Decides for some documents, one after the other, which of their events are new, and gives those their places. A document with a conflict leaves nothing behind,
/// unless each of its events stands for itself.
/// </summary>
sealed class AdmissionDesk(ILedger ledger, long lastSequence, DateTimeOffset recordTime)
{
    readonly Dictionary<string, List<(EventKey Key, EventToRecord Event)>> hereById = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<(EventKey Key, EventToRecord Event)>> hereByHash = new(StringComparer.Ordinal);

    /// <summary>The new events with their places.</summary>
    public List<PlacedEvent> Placed { get; } = [];

    /// <summary>The new events as the ledger keeps them.</summary>
    public List<LedgerEvent> Recorded { get; } = [];

    public async Task<CaptureAnswer[]> Admit(IReadOnlyList<(EventToRecord[] Events, bool EachByItself)> documents)
    {
        var all = documents.SelectMany(document => document.Events).ToList();
        var onRecord = await Related.Find(ledger, all);
        var answers = new CaptureAnswer[documents.Count];
        for (int d = 0, first = 0; d < documents.Count; first += documents[d++].Events.Length)
            answers[d] = await AdmitDocument(documents[d].Events, documents[d].EachByItself, onRecord.AsMemory(first, documents[d].Events.Length));
        return answers;
    }

    async Task<CaptureAnswer> AdmitDocument(EventToRecord[] document, bool eachByItself, ReadOnlyMemory<List<EventKey>> onRecord)
    {
        var start = Placed.Count;
        var receipts = new List<Receipt>(document.Length);
        var problems = new List<Refusal>();
        for (var i = 0; i < document.Length; i++)
        {
            var e = document[i];
            var related = WithThoseHere(e, onRecord.Span[i]);
            var sameDeclarations = e.DeclaresError ? await SameDeclarations(e, related) : [];
            switch (Admission.Decide(e, related, sameDeclarations.Contains))
            {
                case Admission.Repeat repeat:
                    receipts.Add(new() { EventIndex = i, Sequence = repeat.Sequence, EventId = related.First(key => key.Sequence == repeat.Sequence).EventId, IsRepeat = true });
                    break;
                case Admission.Conflict conflict:
                    problems.Add(await Explain(e, i, conflict));
                    break;
                case Admission.New admitted:
                    receipts.Add(new() { EventIndex = i, Sequence = Place(e, admitted), EventId = e.EventId });
                    break;
            }
        }
        if (problems.Count == 0 || eachByItself) return new() { Receipts = [.. receipts], Problems = [.. problems] };
        TakeBack(start);
        return new() { Problems = [.. problems] };
    }

    long Place(EventToRecord e, Admission.New admitted)
    {
        var sequence = lastSequence + Placed.Count + 1;
        var hash = LedgerHash.EventHash(recordTime, e.Json);
        Placed.Add(new(e, sequence, hash, admitted.Withdraws));
        Recorded.Add(new(sequence, recordTime, e.EventId, e.DeclaresError, e.CbvHash, hash, e.Json));
        var here = (new EventKey(sequence, e.EventId, e.DeclaresError, e.CbvHash), e);
        Add(hereById, e.EventId, here);
        Add(hereByHash, Convert.ToHexString(e.CbvHash), here);
        return sequence;
    }

    void TakeBack(int start)
    {
        for (var i = start; i < Placed.Count; i++)
        {
            var sequence = Placed[i].Sequence;
            hereById[Placed[i].Event.EventId].RemoveAll(item => item.Key.Sequence == sequence);
            hereByHash[Convert.ToHexString(Placed[i].Event.CbvHash)].RemoveAll(item => item.Key.Sequence == sequence);
        }
        Placed.RemoveRange(start, Placed.Count - start);
        Recorded.RemoveRange(start, Recorded.Count - start);
    }

    List<EventKey> WithThoseHere(EventToRecord e, List<EventKey> onRecord)
    {
        if (Placed.Count == 0) return onRecord;
        var here = hereById.GetValueOrDefault(e.EventId, []).Concat(hereByHash.GetValueOrDefault(Convert.ToHexString(e.CbvHash), []))
            .Select(item => item.Key).DistinctBy(key => key.Sequence).OrderBy(key => key.Sequence);
        return [.. onRecord, .. here];
    }

    async Task<HashSet<long>> SameDeclarations(EventToRecord e, List<EventKey> related)
    {
        var same = new HashSet<long>();
        foreach (var key in related)
            if (key.DeclaresError && key.EventId == e.EventId && EpcisJson.FirstDifference(e.Json, await BytesOf(key.Sequence)) is null)
                same.Add(key.Sequence);
        return same;
    }

    async Task<Refusal> Explain(EventToRecord e, int index, Admission.Conflict conflict) => new()
    {
        EventIndex = index, Field = "eventID", IsConflict = true, Found = e.EventId,
        Expected = $"an id of its own: the event on record under this id (sequence {conflict.Sequence}) differs in {EpcisJson.FirstDifference(e.Json, await BytesOf(conflict.Sequence)) ?? "content"}",
    };

    async Task<byte[]> BytesOf(long sequence) =>
        sequence > lastSequence
            ? Placed[(int)(sequence - lastSequence) - 1].Event.Json
            : (await ledger.ReadEvent(sequence))?.Json ?? throw new InvalidDataException($"the ledger has lost event {sequence}");

    static void Add(Dictionary<string, List<(EventKey, EventToRecord)>> index, string key, (EventKey, EventToRecord) item)
    {
        if (!index.TryGetValue(key, out var list)) index.Add(key, list = []);
        list.Add(item);
    }
}
