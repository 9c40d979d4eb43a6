using System.Buffers.Binary;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Tests.Lineage;

/// <summary>
/// The lineage as it should be, worked out from the events by code in the plainest way: no shards, no numbers, no order of arrival. Slow and obvious.
/// </summary>
sealed class Reference
{
    /// <summary>A moment: event time, and for events of one time their content's hash.</summary>
    public readonly record struct Stamp(long Time, ulong TieBreak) : IComparable<Stamp>
    {
        public int CompareTo(Stamp other) => (Time, TieBreak).CompareTo((other.Time, other.TieBreak));
    }

    public sealed record Stay(string Content, string Container, EdgeKind Kind, Stamp Start, long End);

    /// <summary>A place of a walk: a thing, and from when until when what led there holds.</summary>
    readonly record struct State(string Thing, long From, long Until);

    readonly List<CanonicalEvent> live;
    readonly Dictionary<string, HashSet<(string To, EdgeKind Kind)>> outputs = [], inputs = [];

    public Reference(IEnumerable<CanonicalEvent> arrived)
    {
        var all = arrived.ToList();
        var wrong = all.Where(c => c.Event.ErrorDeclaration is not null).Select(c => c.Id).ToHashSet();
        live = [.. all.Where(c => c.Event.ErrorDeclaration is null && !wrong.Contains(c.Id))];
        Make();
        Belong();
        Stays = [.. Serial(), .. Amounts()];
    }

    public List<Stay> Stays { get; }

    public static Stamp StampOf(CanonicalEvent c) => new(c.Event.EventTime.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt64BigEndian(c.CbvHash.Span));

    void Tie(string from, string to, EdgeKind kind)
    {
        if (!outputs.TryGetValue(from, out var forward)) outputs.Add(from, forward = []);
        if (!inputs.TryGetValue(to, out var backward)) inputs.Add(to, backward = []);
        forward.Add((to, kind));
        backward.Add((from, kind));
    }

    static IEnumerable<string> Codes(IEnumerable<string> epcs, IEnumerable<Amount> amounts) => epcs.Concat(amounts.Select(amount => amount.Code)).Distinct();

    void Make()
    {
        foreach (var process in live.Where(c => c.Event.Type == EventType.TransformationEvent).GroupBy(c => c.Event.TransformationId ?? c.Id))
            foreach (var input in process.SelectMany(c => Codes(c.Event.InputEpcs, c.Event.InputQuantities)).Distinct())
                foreach (var output in process.SelectMany(c => Codes(c.Event.OutputEpcs, c.Event.OutputQuantities)).Distinct())
                    Tie(input, output, EdgeKind.MadeOf);
    }

    void Belong()
    {
        foreach (var e in live.Select(c => c.Event))
        {
            var isMaking = e.Type == EventType.TransformationEvent;
            var units = isMaking ? e.OutputEpcs : e.Type == EventType.ObjectEvent ? e.Epcs : [];
            var amounts = isMaking ? e.OutputQuantities : e.Type == EventType.ObjectEvent && e.Action == EventAction.Add ? e.Quantities : [];
            foreach (var unit in units.Where(unit => unit.Contains("/21/")))
            {
                var product = unit[..unit.IndexOf("/21/", StringComparison.Ordinal)];
                if (e.IlmdLotNumber is not null) Tie($"{product}/10/{e.IlmdLotNumber}", unit, EdgeKind.MemberOf);
                foreach (var amount in amounts.Where(amount => amount.Code.StartsWith(product + "/10/", StringComparison.Ordinal))) Tie(amount.Code, unit, EdgeKind.MemberOf);
            }
            foreach (var (unit, lot) in e.LotOfInstance) Tie(lot, unit, EdgeKind.MemberOf);
        }
    }

    static EdgeKind? PlacementOf(EpcisEvent e) => e.ParentId is null ? null : e.Type switch
    {
        EventType.AggregationEvent => EdgeKind.ContainedIn, EventType.AssociationEvent => EdgeKind.AttachedTo, _ => null,
    };

    static bool Empties(EpcisEvent e, EdgeKind kind, string container) =>
        PlacementOf(e) == kind && e.ParentId == container && e.Action == EventAction.Delete && e.Epcs.Count + e.Quantities.Count == 0;

    /// <summary>A serial thing is in one container of a kind at a time.</summary>
    IEnumerable<Stay> Serial()
    {
        foreach (var put in live)
            if (PlacementOf(put.Event) is { } kind && put.Event.Action != EventAction.Delete)
                foreach (var content in put.Event.Epcs.Distinct().Where(content => content != put.Event.ParentId))
                {
                    var ends = live.Where(c => StampOf(c).CompareTo(StampOf(put)) > 0 && (Empties(c.Event, kind, put.Event.ParentId!)
                        || (PlacementOf(c.Event) == kind && c.Event.ParentId != content && c.Event.Epcs.Contains(content)))).Select(c => StampOf(c).Time);
                    var end = ends.DefaultIfEmpty(long.MaxValue).Min();
                    if (StampOf(put).Time < end) yield return new(content, put.Event.ParentId!, kind, StampOf(put), end);
                }
    }

    /// <summary>An amount may lie in several containers; it has left one when as much was taken out as was put in, when an unknown amount was, or when all was.</summary>
    IEnumerable<Stay> Amounts()
    {
        foreach (var place in live.Where(c => PlacementOf(c.Event) is not null).GroupBy(c => (Kind: PlacementOf(c.Event)!.Value, Container: c.Event.ParentId!)))
            foreach (var content in place.SelectMany(c => c.Event.Quantities).Select(amount => amount.Code).Distinct().Where(content => content != place.Key.Container))
            {
                var inside = 0m;
                var open = new List<Stay>();
                var closed = new List<Stay>();
                foreach (var moment in place.OrderBy(StampOf).GroupBy(StampOf))
                    foreach (var c in moment)
                    {
                        var e = c.Event;
                        var isOut = e.Action == EventAction.Delete;
                        foreach (var amount in e.Quantities.Where(amount => amount.Code == content))
                        {
                            var quantity = Measure.ToBase(amount.Quantity, amount.Uom).Quantity;
                            inside = !isOut ? inside + (quantity ?? 0) : quantity is null ? 0 : Math.Max(0, inside - quantity.Value);
                            if (!isOut) open.Add(new(content, place.Key.Container, place.Key.Kind, StampOf(c), long.MaxValue));
                            else if (inside == 0) Close(StampOf(c).Time);
                        }
                        if (!Empties(e, place.Key.Kind, place.Key.Container)) continue;
                        inside = 0;
                        Close(StampOf(c).Time);
                    }
                void Close(long time)
                {
                    closed.AddRange(open.Select(stay => stay with { End = time }));
                    open.Clear();
                }
                foreach (var stay in open.Concat(closed)) if (stay.Start.Time < stay.End) yield return stay;
            }
    }

    IEnumerable<State> Neighbours(State at, bool forward, EdgeKind follow)
    {
        foreach (var (to, kind) in (forward ? outputs : inputs).GetValueOrDefault(at.Thing, []))
            if ((kind & follow) != 0) yield return new(to, long.MinValue, long.MaxValue);
        foreach (var stay in Stays.Where(stay => (stay.Kind & follow) != 0 && at.Thing == (forward ? stay.Container : stay.Content)))
        {
            var (from, until) = (Math.Max(at.From, stay.Start.Time), Math.Min(at.Until, stay.End));
            if (from < until) yield return new(forward ? stay.Content : stay.Container, from, until);
        }
    }

    /// <summary>How many steps away each thing is that a trace from the start reaches.</summary>
    public Dictionary<string, int> Trace(string start, bool forward, EdgeKind follow)
    {
        var distance = new Dictionary<string, int>();
        var seen = new HashSet<State> { new(start, long.MinValue, long.MaxValue) };
        var wave = seen.ToList();
        for (var steps = 1; wave.Count > 0; steps++)
        {
            wave = [.. wave.SelectMany(state => Neighbours(state, forward, follow)).Where(seen.Add)];
            foreach (var state in wave) if (state.Thing != start) distance.TryAdd(state.Thing, steps);
        }
        return distance;
    }

    /// <summary>The events that count.</summary>
    public IReadOnlyList<CanonicalEvent> Live => live;

    /// <summary>What a thing became in one step over derivations, itself where it went into itself.</summary>
    public IEnumerable<string> Became(string thing) => outputs.GetValueOrDefault(thing, []).Select(tie => tie.To);

    /// <summary>Everything a recall of these codes reaches, they themselves included.</summary>
    public HashSet<string> Recalled(IEnumerable<string> scope) => [.. scope.SelectMany(code => Trace(code, true, EdgeKind.Derivation).Keys.Append(code))];

    /// <summary>Whether a run of steps is one a trace may take.</summary>
    public bool IsRun(IReadOnlyList<(string From, string To, EdgeKind Kind, long Start)> steps, bool forward, EdgeKind follow)
    {
        var at = new HashSet<State> { new(steps[0].From, long.MinValue, long.MaxValue) };
        foreach (var (from, to, kind, start) in steps)
        {
            if ((kind & follow) == 0 || at.Any(state => state.Thing != from)) return false;
            if ((kind & EdgeKind.Derivation) != 0)
                at = (forward ? outputs : inputs).GetValueOrDefault(from, []).Contains((to, kind)) ? [new(to, long.MinValue, long.MaxValue)] : [];
            else
                at = [.. Stays.Where(stay => stay.Kind == kind && stay.Start.Time == start && (forward ? (stay.Container, stay.Content) : (stay.Content, stay.Container)) == (from, to))
                    .SelectMany(stay => at.Select(state => new State(to, Math.Max(state.From, stay.Start.Time), Math.Min(state.Until, stay.End)))).Where(state => state.From < state.Until)];
            if (at.Count == 0) return false;
        }
        return true;
    }

    /// <summary>Who has a thing, to whom it is on its way, where it is, and in what state.</summary>
    public (string? Holder, string? Consignee, string? Place, string? Disposition) Standing(string thing)
    {
        var words = new HashSet<(Stamp Stamp, CustodyStatement Word)>();
        var seen = new HashSet<(string, Stamp, long)>();
        void Hear(string of, Stamp from, long until)
        {
            if (!seen.Add((of, from, until))) return;
            foreach (var c in live)
                if (StampOf(c).CompareTo(from) >= 0 && (until == long.MaxValue || StampOf(c).Time < until))
                    foreach (var word in WordsOf(c.Event, of)) words.Add((StampOf(c), word));
            foreach (var stay in Stays.Where(stay => stay.Content == of && stay.Kind == EdgeKind.ContainedIn))
            {
                var start = stay.Start.CompareTo(from) > 0 ? stay.Start : from;
                var end = Math.Min(stay.End, until);
                if (start.Time < end) Hear(stay.Container, start, end);
            }
        }
        Hear(thing, new(long.MinValue, 0), long.MaxValue);
        string? holder = null, consignee = null, place = null, disposition = null;
        foreach (var (_, word) in words.OrderBy(word => word.Stamp))
        {
            place = word.Place ?? place;
            disposition = word.Disposition ?? disposition;
            if (word.Step == CustodyStep.Stated) (holder, consignee) = (word.Holder, null);
            else if (word.Step == CustodyStep.Sent) (holder, consignee) = (word.Holder ?? holder, word.Consignee);
            else if (word.Step == CustodyStep.Arrived && consignee is not null) (holder, consignee) = (consignee, null);
        }
        return (holder ?? place, consignee, place, disposition);
    }

    static IEnumerable<CustodyStatement> WordsOf(EpcisEvent e, string of)
    {
        var word = CustodyStatement.Of(e);
        if (e.Type == EventType.TransformationEvent)
        {
            if (Codes(e.OutputEpcs, e.OutputQuantities).Contains(of)) yield return word;
            if (Codes(e.InputEpcs, e.InputQuantities).Contains(of)) yield return word with { Disposition = null };
        }
        else if (e.ParentId == of || Codes(e.Epcs, e.Quantities).Contains(of)) yield return word;
    }

    /// <summary>The containers a thing is in now, however deep.</summary>
    public HashSet<string> Containers(string thing)
    {
        var found = new HashSet<string>();
        var next = new Queue<string>([thing]);
        while (next.TryDequeue(out var inner))
            foreach (var stay in Stays.Where(stay => stay.Content == inner && stay.Kind == EdgeKind.ContainedIn && stay.End == long.MaxValue))
                if (found.Add(stay.Container)) next.Enqueue(stay.Container);
        return found;
    }
}
