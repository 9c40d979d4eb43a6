using TraceGrains.Domain.Queries;

namespace TraceGrains.Ledger.Index;

/// <summary>
/// Answers queries. The index says where to look, by its most selective key; the query itself then decides about each event, so that an answer never depends on what is indexed how.
/// </summary>
public sealed class QueryRunner(ILedger ledger, IEventIndex index, IMasterDataIndex masters)
{
    /// <summary>Up to so many places are fetched whole and put into order; beyond, they are walked in the order asked for.</summary>
    const int FewPlaces = 2_000;

    /// <summary>Events looked at for one page. Beyond it the page ends early and says where to go on.</summary>
    const int LookedAtMax = 10_000;

    /// <summary>Places walked over for one page.</summary>
    const int WalkedMax = 400_000;

    /// <summary>Events looked at to count an answer (<c>maxEventCount</c>) or to put it into the order of a field of one's own.</summary>
    const int CountedMax = 200_000;

    const int FirstChunk = 64, LargestChunk = 4_096, ReadsAtOnce = 16;

    /// <summary>Events that are passed in one go in the order of the ledger.</summary>
    const int Stretch = 32_768;

    /// <summary>Answers one page.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="place">Where the page begins; the index has to be as far as its <see cref="QueryPlace.ThroughSequence"/>.</param>
    /// <param name="pageSize">How many events at most, from 1.</param>
    /// <param name="stop">Stops it.</param>
    public Task<QueryResult> Run(EventQuery query, QueryPlace place, int pageSize, CancellationToken stop = default) => Run(query, QueryView.Everything, place, pageSize, stop);

    /// <summary>The same for somebody who sees only some events: for them there are no others, also where events are counted.</summary>
    public async Task<QueryResult> Run(EventQuery query, QueryView view, QueryPlace place, int pageSize, CancellationToken stop = default)
    {
        if (await MasterResolver.Resolve(query, masters, place.ThroughSequence, stop) is not { } resolved)
            return new(QueryOutcome.TooComplex, [], null);
        var search = await Search.Begin(resolved, view, place, ledger, index, stop);
        if (resolved.Order == EventOrder.OwnField)
            return await ByOwnField(search, resolved, place, pageSize, stop);
        if (resolved.Max is { } max && place is { After: null, Skip: 0 } && await Exceeds(search, max, stop) is { } outcome and not QueryOutcome.Page)
            return new(outcome, [], null);
        return await Page(search, place, Math.Min(pageSize, place.Remaining ?? resolved.Limit ?? int.MaxValue), place.Remaining ?? resolved.Limit, stop);
    }

    async Task<QueryResult> Page(Search search, QueryPlace place, int size, int? remaining, CancellationToken stop)
    {
        var found = new List<LedgerEvent>();
        var (after, lastFound) = (place.After, place.After);
        for (int lookedAt = 0, walked = 0, chunk = FirstChunk; ; chunk = Math.Min(chunk * 2, LargestChunk))
        {
            var (entries, passed, last) = await search.Next(after, chunk, stop);
            walked += passed;
            for (var at = 0; at < entries.Count; at += ReadsAtOnce)
                foreach (var (entry, recorded) in await ReadSome(entries, at, stop))
                {
                    // For whom there are other events than those they see, there is a next page only where they see something on it, and it begins behind what they saw.
                    if (found.Count == size && (search.View.IsEverything || remaining == size))
                        return Cut(found, place, after, remaining, remaining == size);
                    lookedAt++;
                    after = entry;
                    if (!search.Query.Matches(Terms(recorded)) || !await search.View.Sees(recorded)) continue;
                    if (found.Count == size)
                        return Cut(found, place, lastFound, remaining, isEnd: false);
                    found.Add(recorded);
                    lastFound = entry;
                }
            if (last is null || found.Count == size && remaining == size)
                return Cut(found, place, after, remaining, isEnd: true);
            after = last;
            if (lookedAt >= LookedAtMax || walked >= WalkedMax)
                return Cut(found, place, after, remaining, isEnd: false);
        }
    }

    static QueryResult Cut(List<LedgerEvent> found, QueryPlace place, IndexEntry? after, int? remaining, bool isEnd) =>
        new(QueryOutcome.Page, found, isEnd ? null : place with { After = after, Remaining = remaining - found.Count });

    async Task<QueryOutcome> Exceeds(Search search, int max, CancellationToken stop)
    {
        var count = 0;
        var outcome = await Each(search, (_, _) => ++count <= max, stop);
        return count > max ? QueryOutcome.TooLarge : outcome;
    }

    async Task<QueryResult> ByOwnField(Search search, EventQuery query, QueryPlace place, int pageSize, CancellationToken stop)
    {
        var all = new List<(EventTerm? Value, LedgerEvent Event)>();
        var outcome = await Each(search, (terms, recorded) =>
        {
            all.Add((query.OrderValue(terms), recorded));
            return query.Max is not { } max || all.Count <= max;
        }, stop);
        if (query.Max is { } bound && all.Count > bound)
            return new(QueryOutcome.TooLarge, [], null);
        if (outcome != QueryOutcome.Page)
            return new(outcome, [], null);
        var ordered = all.OrderBy(one => one.Value is null);
        ordered = query.Descending ? ordered.ThenByDescending(one => one.Value, OwnOrder.Instance) : ordered.ThenBy(one => one.Value, OwnOrder.Instance);
        var whole = ordered.ThenBy(one => one.Event.Sequence).Take(query.Limit ?? int.MaxValue).Skip(place.Skip);
        var page = whole.Take(pageSize).Select(one => one.Event).ToList();
        var given = place.Skip + page.Count;
        return new(QueryOutcome.Page, page, given < Math.Min(all.Count, query.Limit ?? int.MaxValue) ? place with { Skip = given } : null);
    }

    /// <summary>Takes every event that satisfies the query, until the taker has enough.</summary>
    async Task<QueryOutcome> Each(Search search, Func<EventTerms, LedgerEvent, bool> take, CancellationToken stop)
    {
        IndexEntry? after = null;
        for (var lookedAt = 0; lookedAt < CountedMax;)
        {
            var (entries, _, last) = await search.Next(after, LargestChunk, stop);
            for (var at = 0; at < entries.Count; at += ReadsAtOnce)
                foreach (var (_, recorded) in await ReadSome(entries, at, stop))
                {
                    lookedAt++;
                    var terms = Terms(recorded);
                    if (search.Query.Matches(terms) && await search.View.Sees(recorded) && !take(terms, recorded)) return QueryOutcome.Page;
                }
            if (last is null)
                return QueryOutcome.Page;
            after = last;
        }
        return QueryOutcome.TooComplex;
    }

    // One after the other they would each wait for the network where the ledger is a server.
    async Task<IEnumerable<(IndexEntry, LedgerEvent)>> ReadSome(IReadOnlyList<IndexEntry> entries, int at, CancellationToken stop)
    {
        var some = entries.Skip(at).Take(ReadsAtOnce).ToList();
        var read = (await ledger.ReadEventsAt([.. some.Select(entry => entry.Sequence)], stop)).ToDictionary(recorded => recorded.Sequence);
        return some.Select(entry => (entry, read.GetValueOrDefault(entry.Sequence) ?? throw new InvalidDataException($"the ledger has lost event {entry.Sequence}")));
    }

    static EventTerms Terms(LedgerEvent recorded) => EventTerms.Of(recorded.Json, recorded.EventId, recorded.RecordTime);

    /// <summary>Where to look for a query's events, in the order it asks for.</summary>
    sealed class Search
    {
        readonly IEventIndex index;
        readonly IndexRange range;
        readonly List<IReadOnlyCollection<long>> others;
        readonly IReadOnlyCollection<long> driver;
        readonly List<IndexEntry>? few;
        readonly bool isRecorded;

        Search(EventQuery query, QueryView view, IEventIndex index, IndexRange range, IReadOnlyCollection<long> driver, List<IReadOnlyCollection<long>> others, List<IndexEntry>? few)
        {
            (Query, View, this.index, this.range, this.driver, this.others, this.few) = (query, view, index, range, driver, others, few);
            isRecorded = query.Order == EventOrder.RecordTime;
        }

        public EventQuery Query { get; }

        public QueryView View { get; }

        public static async Task<Search> Begin(EventQuery query, QueryView view, QueryPlace place, ILedger ledger, IEventIndex index, CancellationToken stop)
        {
            var range = await Range(query, place, ledger, stop);
            var sets = IndexKeys.Of(query).ToList();
            if (view.Keys is { } keys) sets.Add(keys);
            if (range.ThroughSequence - range.AfterSequence <= FewPlaces)
                return new(query, view, index, range, [IndexKeys.All], sets, InOrder(query, await index.ScanRecorded([IndexKeys.All], range, null, false, FewPlaces, stop)));
            // Counted without the bounds of sequence: those are no part of the order in which places are filed, and counting has to be quick.
            var counted = range with { AfterSequence = 0, ThroughSequence = long.MaxValue };
            var (best, bestCount) = (-1, FewPlaces + 1);
            for (var at = 0; at < sets.Count && bestCount > 0; at++)
            {
                var count = 0;
                foreach (var key in sets[at])
                    if ((count += await index.Count(key, counted, bestCount - count, stop)) >= bestCount) break;
                if (count < bestCount) (best, bestCount) = (at, count);
            }
            var driver = best >= 0 ? sets[best] : sets.Count > 0 ? sets[0] : [IndexKeys.All];
            sets.Remove(driver);
            return new(query, view, index, range, driver, sets, best >= 0 ? InOrder(query, await index.Scan(driver, range, null, false, FewPlaces, stop)) : null);
        }

        /// <summary>The next places behind one: those worth a look, how many were passed, and the last one passed; null at the end.</summary>
        public async Task<(IReadOnlyList<IndexEntry> Entries, int Passed, IndexEntry? Last)> Next(IndexEntry? after, int max, CancellationToken stop)
        {
            IReadOnlyList<IndexEntry> next;
            if (few is null && isRecorded)
                return await NextRecorded(after, max, stop);
            if (few is not null)
                next = [.. few.Skip(after is { } place ? PlaceBehind(place) : 0).Take(max)];
            else
                next = await index.Scan(driver, range, after, Query.Descending, max, stop);
            IndexEntry? last = next.Count == max ? next[^1] : null;
            return (await KeepOthers(next, stop), next.Count, last);
        }

        // The places of a key are filed by event time; in the order of the ledger they are picked out of all events, a stretch at a time.
        async Task<(IReadOnlyList<IndexEntry> Entries, int Passed, IndexEntry? Last)> NextRecorded(IndexEntry? after, int max, CancellationToken stop)
        {
            var stretch = Query.Descending
                ? range with { ThroughSequence = Math.Min(range.ThroughSequence, after is { } before ? before.Sequence - 1 : long.MaxValue) }
                : range with { AfterSequence = Math.Max(range.AfterSequence, after?.Sequence ?? 0) };
            stretch = Query.Descending
                ? stretch with { AfterSequence = Math.Max(range.AfterSequence, stretch.ThroughSequence - Stretch) }
                : stretch with { ThroughSequence = Math.Min(range.ThroughSequence, stretch.AfterSequence + Stretch) };
            var next = await index.ScanRecorded(driver, stretch, null, Query.Descending, max, stop);
            IndexEntry? last = next.Count == max ? next[^1]
                : Query.Descending ? stretch.AfterSequence > range.AfterSequence ? new(0, stretch.AfterSequence + 1) : null
                : stretch.ThroughSequence < range.ThroughSequence ? new(0, stretch.ThroughSequence) : null;
            return (await KeepOthers(next, stop), next.Count == max ? max : Stretch, last);
        }

        async Task<IReadOnlyList<IndexEntry>> KeepOthers(IReadOnlyList<IndexEntry> entries, CancellationToken stop)
        {
            foreach (var keys in others)
                if (entries.Count > 0)
                    entries = await index.Keep(entries, keys, stop);
            return entries;
        }

        int PlaceBehind(IndexEntry place)
        {
            var at = few!.BinarySearch(place, OrderOf(Query));
            return at < 0 ? ~at : at + 1;
        }

        static List<IndexEntry> InOrder(EventQuery query, IReadOnlyList<IndexEntry> entries)
        {
            List<IndexEntry> ordered = [.. entries];
            ordered.Sort(OrderOf(query));
            return ordered;
        }

        static Comparer<IndexEntry> OrderOf(EventQuery query) => (query.Order == EventOrder.RecordTime, query.Descending) switch
        {
            (false, false) => IndexOrder.EarliestFirst,
            (false, true) => IndexOrder.LatestFirst,
            (true, false) => IndexOrder.FirstRecordedFirst,
            (true, true) => IndexOrder.LastRecordedFirst,
        };

        static async Task<IndexRange> Range(EventQuery query, QueryPlace place, ILedger ledger, CancellationToken stop)
        {
            var range = IndexRange.Through(place.ThroughSequence);
            if (query.FromEventTime is { } from) range = range with { FromTime = from.ToUnixTimeMilliseconds() };
            if (query.ToEventTime is { } to) range = range with { BeforeTime = to.ToUnixTimeMilliseconds() };
            var millisecond = TimeSpan.FromMilliseconds(1);
            // Record times never decrease along the ledger.
            if (query.FromRecordTime is { } recorded && recorded > DateTimeOffset.UnixEpoch)
                range = range with { AfterSequence = await ledger.SequenceAt(recorded - millisecond, stop) };
            // In the ledger's order, what lies before the page need not be looked up again.
            if (query is { Order: EventOrder.RecordTime, Descending: false } && place.After is { } after)
                range = range with { AfterSequence = Math.Max(range.AfterSequence, after.Sequence) };
            if (query.ToRecordTime is { } before)
                range = range with { ThroughSequence = before <= DateTimeOffset.UnixEpoch ? 0 : Math.Min(range.ThroughSequence, await ledger.SequenceAt(before - millisecond, stop)) };
            return range;
        }
    }

    /// <summary>Numbers before times before texts; texts by their code points.</summary>
    sealed class OwnOrder : IComparer<EventTerm?>
    {
        public static readonly OwnOrder Instance = new();

        public int Compare(EventTerm? one, EventTerm? other)
        {
            if (one is not { } a || other is not { } b)
                return (one is null).CompareTo(other is null);
            if (Rank(a) != Rank(b))
                return Rank(a).CompareTo(Rank(b));
            return Rank(a) switch { 0 => decimal.Compare(a.Number!.Value, b.Number!.Value), 1 => a.Time!.Value.CompareTo(b.Time!.Value), _ => string.CompareOrdinal(a.Text, b.Text) };
        }

        static int Rank(EventTerm term) => term.Number is not null ? 0 : term.Time is not null ? 1 : 2;
    }
}
