using System.Buffers.Binary;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Tests.Holds;

/// <summary>What may be moved, worked out the slow way from the events themselves: one thing, one moment, all events looked at anew. No amounts in containers.</summary>
sealed class MoveModel
{
    readonly record struct Told(EpcisEvent E, long Time, ulong TieBreak)
    {
        public (long, ulong) Stamp => (Time, TieBreak);
    }

    readonly List<Told> live;
    readonly (long, ulong) before;
    readonly long time;
    readonly bool isMovement;

    /// <summary>As it stands at a moment after events on record.</summary>
    /// <param name="onRecord">What is on record.</param>
    /// <param name="time">The moment.</param>
    /// <param name="tieBreak">Words of that moment count up to here.</param>
    /// <param name="isMovement">Whether the question is about an event that moved it.</param>
    public MoveModel(IReadOnlyList<CanonicalEvent> onRecord, long time, ulong tieBreak, bool isMovement = false)
    {
        var wrong = onRecord.Where(canonical => canonical.Event.ErrorDeclaration is not null).Select(canonical => canonical.Id).ToHashSet();
        live = [.. onRecord.Where(canonical => canonical.Event.ErrorDeclaration is null && !wrong.Contains(canonical.Id)).Select(Of)];
        (before, this.time, this.isMovement) = ((time, tieBreak), time, isMovement);
    }

    static Told Of(CanonicalEvent canonical) => new(canonical.Event, canonical.Event.EventTime.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt64BigEndian(canonical.CbvHash.Span));

    /// <summary>Reasons as <c>kind relation code</c>, those that refuse a class of steps.</summary>
    public SortedSet<string> Refusing(string thing, MoveClass step)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        void Say(MoveReasonKind kind, MoveRelation relation, string code, DateKind? date = null)
        {
            if (MoveRules.Refuses(kind, date, step)) found.Add($"{kind} {relation} {code}");
        }

        Judge(thing, MoveRelation.Itself, thing);
        if (isMovement && LaterSale(thing)) Say(MoveReasonKind.AlreadySold, MoveRelation.Itself, thing);
        foreach (var lot in LotsOf(thing)) OfLot(lot, thing, MoveRelation.Lot);
        foreach (var (container, since) in ContainersOf(thing))
        {
            foreach (var kind in BlocksOf(container)) Say(kind, MoveRelation.Container, container);
            foreach (var (kind, stamp, own) in StatesOf(container).Zip(StatesOf(thing), (theirs, mine) => (theirs.Kind, theirs.Stamp, mine.Stamp)))
                if (kind is { } said && stamp.CompareTo(since) >= 0 && stamp.CompareTo(own) > 0) Say(said, MoveRelation.Container, container);
        }
        foreach (var content in ContentsOf(thing, [thing]))
        {
            Judge(content, MoveRelation.Content, content);
            foreach (var lot in LotsOf(content)) OfLot(lot, content, MoveRelation.Content);
        }
        return found;

        void OfLot(string lot, string unit, MoveRelation relation)
        {
            foreach (var kind in BlocksOf(lot)) Say(kind, relation, lot);
            foreach (var date in OverDates(lot).Where(date => DatesOf(unit).All(own => own.Kind != date))) Say(KindOf(date), relation, lot, date);
        }

        void Judge(string code, MoveRelation relation, string as_)
        {
            foreach (var kind in BlocksOf(code)) Say(kind, relation, as_);
            foreach (var date in OverDates(code)) Say(KindOf(date), relation, as_, date);
            foreach (var (kind, _) in StatesOf(code)) if (kind is { } said) Say(said, relation, as_);
        }
    }

    static MoveReasonKind KindOf(DateKind date) => date == DateKind.NextInspection ? MoveReasonKind.Overdue : MoveReasonKind.Expired;

    IEnumerable<Told> Before => live.Where(told => told.Stamp.CompareTo(before) < 0);

    static IEnumerable<string> Named(EpcisEvent e) => e.Type == EventType.TransformationEvent
        ? e.OutputEpcs.Concat(e.OutputQuantities.Select(amount => amount.Code))
        : e.Epcs.Concat(e.Quantities.Select(amount => amount.Code)).Concat(e.ParentId is null ? [] : [e.ParentId]);

    IEnumerable<MoveReasonKind> BlocksOf(string code) =>
        Before.Where(told => Named(told.E).Contains(code) || told.E.ParentId == code)
            .SelectMany(told => told.E.PersistentSet.Select(term => (term, IsSet: true, told.Stamp)).Concat(told.E.PersistentUnset.Select(term => (term, IsSet: false, told.Stamp))))
            .GroupBy(word => word.term).Select(group => group.MaxBy(word => word.Stamp)).Where(word => word.IsSet)
            .Select(word => word.term switch
            {
                "recalled" => (MoveReasonKind?)MoveReasonKind.Recalled,
                "destroyed" => MoveReasonKind.Ended,
                "retail_sold" => MoveReasonKind.AlreadySold,
                "unavailable" => MoveReasonKind.OnHold,
                _ when term(word.term) => MoveReasonKind.OnHold,
                _ => null,
            }).OfType<MoveReasonKind>();

    static bool term(string text) => text.StartsWith("urn:tracegrains:hold:", StringComparison.Ordinal);

    IEnumerable<(DateKind Kind, long Until)> DatesOf(string code) =>
        Before.SelectMany(told => told.E.Dates.Where(date => Bears(told.E, date.Kind).Contains(code)).Select(date => (date.Kind, Until: date.Until.ToUnixTimeMilliseconds(), told.Stamp)))
            .GroupBy(date => date.Kind).Select(group => group.MaxBy(date => date.Stamp)).Select(date => (date.Kind, date.Until));

    IEnumerable<DateKind> OverDates(string code) => DatesOf(code).Where(date => date.Until <= time).Select(date => date.Kind);

    /// <summary>Of what the date of an event is kept: of the lots its units are said to be of, else of the units.</summary>
    static HashSet<string> Bears(EpcisEvent e, DateKind kind)
    {
        if (e.Type is not (EventType.ObjectEvent or EventType.TransformationEvent)) return [];
        var (units, amounts) = e.Type == EventType.TransformationEvent ? (e.OutputEpcs, e.OutputQuantities) : (e.Epcs, e.Quantities);
        var of = new HashSet<string>(amounts.Select(amount => amount.Code));
        foreach (var unit in units)
        {
            var lots = kind == DateKind.NextInspection ? [] : SaidLots(e, unit, amounts);
            of.UnionWith(lots.Count == 0 ? [unit] : lots);
        }
        return of;
    }

    static HashSet<string> SaidLots(EpcisEvent e, string unit, IReadOnlyList<Amount> amounts)
    {
        var lots = new HashSet<string>();
        if (e.LotOfInstance.TryGetValue(unit, out var spelt)) lots.Add(spelt);
        if (unit.IndexOf("/21/", StringComparison.Ordinal) is var at and > 0)
        {
            if (e.IlmdLotNumber is { } number) lots.Add($"{unit[..at]}/10/{number}");
            lots.UnionWith(amounts.Select(amount => amount.Code).Where(code => code.StartsWith($"{unit[..at]}/10/", StringComparison.Ordinal)));
        }
        return lots;
    }

    /// <summary>Which lots a thing is of does not depend on time.</summary>
    IEnumerable<string> LotsOf(string thing) => live.SelectMany(told =>
    {
        var e = told.E;
        var lots = new HashSet<string>();
        if (e.LotOfInstance.TryGetValue(thing, out var spelt)) lots.Add(spelt);
        if (e is { Type: EventType.ObjectEvent, Action: EventAction.Add } && e.Epcs.Contains(thing)) lots.UnionWith(SaidLots(e, thing, e.Quantities));
        else if (e.Type == EventType.ObjectEvent && e.Epcs.Contains(thing)) lots.UnionWith(SaidLots(e, thing, []));
        if (e.Type == EventType.TransformationEvent && e.OutputEpcs.Contains(thing)) lots.UnionWith(SaidLots(e, thing, e.OutputQuantities));
        return lots;
    }).Distinct();

    /// <summary>Held, sold, ended: each with the stamp of its latest word.</summary>
    (MoveReasonKind? Kind, (long, ulong) Stamp)[] StatesOf(string thing)
    {
        (MoveReasonKind?, (long, ulong)) held = (null, (long.MinValue, 0)), sold = held, ended = held;
        if (IsAmount(thing)) return [held, sold, ended];
        foreach (var (word, step, stamp) in Words(thing).Where(word => word.Stamp.CompareTo(before) < 0).OrderBy(word => word.Stamp))
        {
            if (word is not null)
                held = (word switch { "damaged" or "unavailable" => MoveReasonKind.OnHold, "recalled" => MoveReasonKind.Recalled, "expired" => MoveReasonKind.Expired, _ => null }, stamp);
            if (IsSale(word) && !(isMovement && stamp.Item1 == time)) sold = (MoveReasonKind.AlreadySold, stamp);
            else if (IsUndone(word)) sold = (null, stamp);
            if (word is "destroyed" or "inactive") ended = (MoveReasonKind.Ended, stamp);
            else if (word == "active" || step == "commissioning") ended = (null, stamp);
        }
        return [held, sold, ended];
    }

    static bool IsAmount(string thing) => thing.Contains("/10/", StringComparison.Ordinal) || thing.Contains(":class:", StringComparison.Ordinal);

    bool LaterSale(string thing)
    {
        if (IsAmount(thing)) return false;
        foreach (var (word, _, _) in Words(thing).Where(word => word.Stamp.CompareTo(before) >= 0 && !(IsSale(word.Word) && word.Stamp.Item1 == time)).OrderBy(word => word.Stamp))
            if (IsSale(word)) return true;
            else if (IsUndone(word)) return false;
        return false;
    }

    static bool IsSale(string? word) => word is "retail_sold" or "dispensed";

    static bool IsUndone(string? word) => word is "returned" or "active" or "available" or "sellable_accessible" or "sellable_not_accessible";

    IEnumerable<(string? Word, string? Step, (long, ulong) Stamp)> Words(string thing)
    {
        foreach (var told in live)
        {
            var e = told.E;
            if (e.Type == EventType.TransformationEvent)
            {
                // What went in is not told of by the disposition: that is of what came out.
                if (e.OutputEpcs.Contains(thing)) yield return (e.Disposition, "commissioning", told.Stamp);
                continue;
            }
            if (!Named(e).Contains(thing)) continue;
            var isCarrier = e.Type == EventType.AggregationEvent && e.ParentId == thing;
            // What an event brings into being was not built in by it.
            var step = isCarrier ? null : e is { Type: EventType.ObjectEvent, Action: EventAction.Add, BizStep: "installing" } ? "commissioning" : e.BizStep;
            var word = e.Disposition ?? step switch { "retail_selling" => "retail_sold", "dispensing" => "dispensed", "destroying" => "destroyed", "decommissioning" => "inactive", _ => null };
            if (e is { Type: EventType.ObjectEvent, Action: EventAction.Delete } && !IsSale(word) && word is not ("destroyed" or "inactive")) word = "inactive";
            yield return (word, step, told.Stamp);
        }
    }

    /// <summary>In what a thing lies, and since when.</summary>
    (string Container, (long, ulong) Since)? ContainerOf(string thing)
    {
        var last = live.Where(told => told.E.Type == EventType.AggregationEvent && told.E.ParentId is { } parent && parent != thing && told.E.Epcs.Contains(thing) && told.Time <= time)
            .OrderBy(told => told.Stamp).Select(told => ((Told, bool)?)(told, true)).LastOrDefault();
        if (last is not ({ } put, _) || put.E.Action == EventAction.Delete) return null;
        var isEmptied = live.Exists(told => told.E is { Type: EventType.AggregationEvent, Action: EventAction.Delete, Epcs.Count: 0, Quantities.Count: 0 } && told.E.ParentId == put.E.ParentId
            && told.Stamp.CompareTo(put.Stamp) > 0 && told.Time <= time);
        return isEmptied ? null : (put.E.ParentId!, put.Stamp);
    }

    IEnumerable<(string, (long, ulong))> ContainersOf(string thing)
    {
        var seen = new HashSet<string> { thing };
        (long, ulong) since = (long.MinValue, 0);
        for (var at = thing; ContainerOf(at) is var (container, put) && seen.Add(container); at = container)
        {
            if (put.CompareTo(since) > 0) since = put;
            yield return (container, since);
        }
    }

    IEnumerable<string> ContentsOf(string container, HashSet<string> seen)
    {
        foreach (var content in live.SelectMany(told => told.E.Epcs).Distinct().Where(content => ContainerOf(content)?.Container == container).ToList())
        {
            if (!seen.Add(content)) continue;
            yield return content;
            foreach (var inner in ContentsOf(content, seen)) yield return inner;
        }
    }
}
