using System.Buffers.Binary;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Holds;
using TraceGrains.Domain.Identity.Chinese;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Lineage;

/// <summary>Everything the lineage index needs of one event. A pure function of the event, so that every projection can be rebuilt from the ledger.</summary>
/// <param name="Mentions">The codes the event names, each once, in a fixed order. Facts refer to them from 1.</param>
/// <param name="EventTime">When it happened, Unix milliseconds.</param>
/// <param name="TieBreak">Orders events of one instant by their content, so that arrival order never matters: the first 8 bytes of the CBV hash.</param>
/// <param name="Facts">What it says.</param>
public sealed record EventFacts(IReadOnlyList<Mention> Mentions, long EventTime, ulong TieBreak, IReadOnlyList<Fact> Facts)
{
    /// <summary>
    /// Version of these rules. Stored projections of an older version are rebuilt from the events.
    /// </summary>
    public const int RulesVersion = 3;

    /// <summary>Reads the facts out of an event. An error declaration names its entities but states nothing about them.</summary>
    public static EventFacts Of(CanonicalEvent canonical) => new Reader(canonical).Read();

    sealed class Reader(CanonicalEvent canonical)
    {
        readonly EpcisEvent e = canonical.Event;
        readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        readonly List<string> codes = [];
        readonly List<Roles> roles = [];
        readonly List<Fact> facts = [];

        public EventFacts Read()
        {
            MentionEverything();
            if (e.ErrorDeclaration is null)
            {
                State();
                StateSpeltLots();
            }
            NameRoles();
            var mentions = new Mention[codes.Count];
            for (var i = 0; i < mentions.Length; i++) mentions[i] = new(codes[i], roles[i]);
            return new(mentions, e.EventTime.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt64BigEndian(canonical.CbvHash.Span), facts);
        }

        int Ref(string? code, Roles role)
        {
            if (code is null) return 0;
            if (!numbers.TryGetValue(code, out var number))
            {
                codes.Add(code);
                roles.Add(Roles.None);
                numbers.Add(code, number = codes.Count);
            }
            roles[number - 1] |= role;
            return number;
        }

        void MentionEverything()
        {
            Ref(e.ParentId, e.Type == EventType.AssociationEvent ? Roles.Instance | Roles.Device : Roles.Instance);
            foreach (var epc in e.Epcs) Ref(epc, Roles.Instance);
            foreach (var epc in e.InputEpcs) Ref(epc, Roles.Instance);
            foreach (var epc in e.OutputEpcs) Ref(epc, Roles.Instance);
            foreach (var amount in e.Quantities) Ref(amount.Code, Roles.Class);
            foreach (var amount in e.InputQuantities) Ref(amount.Code, Roles.Class);
            foreach (var amount in e.OutputQuantities) Ref(amount.Code, Roles.Class);
            Ref(e.ReadPoint, Roles.Place);
            Ref(e.BizLocation, Roles.Place);
            foreach (var end in e.Sources) Ref(end.Code, end.Type == "location" ? Roles.Place : Roles.Party);
            foreach (var end in e.Destinations) Ref(end.Code, end.Type == "location" ? Roles.Place : Roles.Party);
            foreach (var device in e.SensorDevices) Ref(device, Roles.Device);
            Ref(e.Recall?.RecallId ?? e.Case?.RecallId, Roles.Recall);
        }

        void State()
        {
            if (e.Recall is { } notice)
            {
                StateRecall(notice);
                return;
            }
            var custody = CustodyStatement.Of(e);
            switch (e.Type)
            {
                case EventType.ObjectEvent:
                    StateMembership(e.Action == EventAction.Add ? e.Quantities : [], e.Epcs);
                    StatePositions(custody, e.Epcs, e.Quantities);
                    StateAmounts(custody, e.Quantities, ObjectSign());
                    StateDates(e.Epcs, e.Quantities);
                    break;
                case EventType.AggregationEvent:
                    StatePlacements(EdgeKind.ContainedIn);
                    StatePositions(custody, e.Epcs, e.Quantities);
                    break;
                case EventType.AssociationEvent:
                    StatePlacements(EdgeKind.AttachedTo);
                    StatePositions(custody, e.Epcs, e.Quantities);
                    break;
                case EventType.TransactionEvent:
                    StatePositions(custody, e.Epcs, e.Quantities);
                    break;
                case EventType.TransformationEvent:
                    StateTransformation();
                    StateMembership(e.OutputQuantities, e.OutputEpcs);
                    StatePositions(custody, e.OutputEpcs, e.OutputQuantities, Made);
                    StatePositions(custody with { Disposition = null }, e.InputEpcs, e.InputQuantities, MoveSteps.Consume);
                    StateAmounts(custody, e.OutputQuantities, +1);
                    StateAmounts(custody, e.InputQuantities, -1);
                    StateDates(e.OutputEpcs, e.OutputQuantities);
                    break;
            }
            StateBlocks();
        }

        /// <summary>Persistent dispositions that block hold of what the event names; of a transformation, of what it made.</summary>
        void StateBlocks()
        {
            if (e.Type == EventType.Extended) return;
            foreach (var (terms, isSet) in new[] { (e.PersistentSet, true), (e.PersistentUnset, false) })
                foreach (var term in terms.Where(Blocks.Blocking))
                {
                    var number = Dispositions.IndexOf(term) is var known and not 0 ? known : -Ref(term, Roles.Term);
                    foreach (var node in Named(e.Type == EventType.TransformationEvent ? e.OutputEpcs : e.Epcs, e.Type == EventType.TransformationEvent ? e.OutputQuantities : e.Quantities))
                        facts.Add(new Fact.Blocked(node, number, isSet));
                }
        }

        /// <summary>Dates are kept once, at the lot, where the event says which lot its units belong to. The next inspection is a device's own.</summary>
        void StateDates(IReadOnlyList<string> units, IReadOnlyList<Amount> amounts)
        {
            foreach (var date in e.Dates)
            {
                var of = new HashSet<int>();
                foreach (var unit in units)
                {
                    var lots = date.Kind == DateKind.NextInspection ? [] : LotsOf(unit, amounts).ToList();
                    if (lots.Count == 0) of.Add(Ref(unit, Roles.Instance));
                    foreach (var lot in lots) of.Add(Ref(lot, Roles.Class));
                }
                // A product has lots of many dates; its code alone says nothing of them.
                foreach (var amount in amounts)
                    if (Identity.Identifier.TryIdentify(amount.Code, out var identified, out _) && identified.Kind != Identity.CodeKind.Product) of.Add(Ref(amount.Code, Roles.Class));
                foreach (var node in of) facts.Add(new Fact.Dated(node, date.Kind, date.Until.ToUnixTimeMilliseconds()));
            }
        }

        /// <summary>The lots of a unit, as far as this event says.</summary>
        IEnumerable<string> LotsOf(string unit, IReadOnlyList<Amount> amounts)
        {
            if (e.LotOfInstance.TryGetValue(unit, out var spelt)) yield return spelt;
            if (ProductOf(unit) is not { } product) yield break;
            var own = e.IlmdLotNumber is { } number ? LotCode(product, number) : null;
            if (own is not null && own != spelt) yield return own;
            foreach (var amount in amounts)
                if (amount.Code != own && amount.Code != spelt && amount.Code.StartsWith(LotStart(product), StringComparison.Ordinal)) yield return amount.Code;
        }

        /// <summary>The step of what an event brings into being, whatever it calls it.</summary>
        const string Made = "commissioning";

        /// <summary>Created amounts count up, ended and sold amounts down, shipped amounts move; what is merely seen changes nothing.</summary>
        int ObjectSign() => e.Action switch { EventAction.Add => +1, EventAction.Delete => -1, _ => e.BizStep is "retail_selling" or "dispensing" ? -1 : 0 };

        void StateTransformation()
        {
            var inputs = Distinct(e.InputEpcs, e.InputQuantities);
            var outputs = Distinct(e.OutputEpcs, e.OutputQuantities);
            if (e.TransformationId is null && (inputs.Count == 1 || outputs.Count == 1))
            {
                foreach (var input in inputs)
                    foreach (var output in outputs)
                        AddTie(input, output, EdgeKind.MadeOf);
                return;
            }
            // Many inputs into many outputs tie through the process: m + n edges instead of m × n; and one process may span several events.
            var process = Ref(e.TransformationId ?? canonical.Id, Roles.Process);
            foreach (var input in inputs) AddTie(input, process, EdgeKind.MadeOf);
            foreach (var output in outputs) AddTie(process, output, EdgeKind.MadeOf);
        }

        List<int> Distinct(IReadOnlyList<string> epcs, IReadOnlyList<Amount> amounts)
        {
            var seen = new HashSet<int>();
            var distinct = new List<int>();
            foreach (var epc in epcs) if (seen.Add(Ref(epc, Roles.Instance))) distinct.Add(Ref(epc, Roles.Instance));
            foreach (var amount in amounts) if (seen.Add(Ref(amount.Code, Roles.Class))) distinct.Add(Ref(amount.Code, Roles.Class));
            return distinct;
        }

        /// <summary>
        /// A unit belongs to a lot when its own spelling says so, when the lot number stands in the ILMD of the event that made it, or when that event
        /// lists an amount of a lot of the unit's product.
        /// </summary>
        void StateMembership(IReadOnlyList<Amount> amounts, IReadOnlyList<string> units)
        {
            foreach (var unit in units)
            {
                if (ProductOf(unit) is not { } product) continue;
                var member = Ref(unit, Roles.Instance);
                var ilmdLot = e.IlmdLotNumber is { } lot ? LotCode(product, lot) : null;
                if (ilmdLot is not null) AddTie(Ref(ilmdLot, Roles.Class), member, EdgeKind.MemberOf);
                foreach (var amount in amounts)
                    if (amount.Code != ilmdLot && amount.Code.StartsWith(LotStart(product), StringComparison.Ordinal))
                        AddTie(Ref(amount.Code, Roles.Class), member, EdgeKind.MemberOf);
            }
        }

        /// <summary>Spellings with lot and serial tie unit and lot in whatever event they appear.</summary>
        void StateSpeltLots()
        {
            foreach (var (unit, lot) in e.LotOfInstance.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                if (numbers.ContainsKey(unit))
                    AddTie(Ref(lot, Roles.Class), Ref(unit, Roles.Instance), EdgeKind.MemberOf);
        }

        void AddTie(int from, int to, EdgeKind kind)
        {
            facts.Add(new Fact.Tie(from, to, kind, Forward: true, ToProcess: roles[to - 1] == Roles.Process));
            facts.Add(new Fact.Tie(to, from, kind, Forward: false, ToProcess: roles[from - 1] == Roles.Process));
        }

        void StatePlacements(EdgeKind kind)
        {
            if (e.ParentId is null) return;
            var container = Ref(e.ParentId, Roles.Instance);
            var isOut = e.Action == EventAction.Delete;
            if (isOut && e.Epcs.Count == 0 && e.Quantities.Count == 0)
            {
                facts.Add(new Fact.Placed(container, 0, kind, AsContent: false, Out: true, IsAmount: false, null));
                return;
            }
            foreach (var epc in e.Epcs)
            {
                var content = Ref(epc, Roles.Instance);
                if (content == container) continue;
                facts.Add(new Fact.Placed(content, container, kind, AsContent: true, isOut, IsAmount: false, null));
                facts.Add(new Fact.Placed(container, content, kind, AsContent: false, isOut, IsAmount: false, null));
            }
            foreach (var amount in e.Quantities)
            {
                var content = Ref(amount.Code, Roles.Class);
                if (content == container) continue;
                var quantity = Measure.ToBase(amount.Quantity, amount.Uom).Quantity;
                facts.Add(new Fact.Placed(content, container, kind, AsContent: true, isOut, IsAmount: true, quantity));
                facts.Add(new Fact.Placed(container, content, kind, AsContent: false, isOut, IsAmount: true, quantity));
            }
        }

        void StatePositions(CustodyStatement custody, IReadOnlyList<string> epcs, IReadOnlyList<Amount> amounts, string? step = null)
        {
            // What is made by assembling or killing was not assembled or killed.
            if (e is { Type: EventType.ObjectEvent, Action: EventAction.Add } && MoveSteps.ClassOf(MoveSteps.IndexOf(e.BizStep)) == MoveClass.Using) step = Made;
            // What a holder answers to a recall is a report of what was done, whenever it was.
            var bizStep = e.Case is null ? MoveSteps.IndexOf(step ?? e.BizStep) : (byte)0;
            var ends = e is { Type: EventType.ObjectEvent, Action: EventAction.Delete };
            if (custody is { Step: CustodyStep.None, Place: null, Disposition: null } && bizStep == 0 && !ends) return;
            var holder = Ref(custody.Holder, Roles.Party);
            var consignee = Ref(custody.Consignee, Roles.Party);
            var place = Ref(custody.Place, Roles.Place);
            var disposition = Dispositions.IndexOf(custody.Disposition) is var known and not 0 ? known : -Ref(custody.Disposition, Roles.Term);
            // A lift into which a part is built, a lorry onto which goods are loaded, are not built in or loaded themselves.
            var carrier = e.Type is EventType.AggregationEvent or EventType.AssociationEvent ? Ref(e.ParentId, Roles.Instance) : 0;
            foreach (var node in Named(epcs, amounts))
                facts.Add(new Fact.Position(node, custody.Step, holder, consignee, place, disposition, node == carrier ? (byte)0 : bizStep, ends));
        }

        HashSet<int> Named(IReadOnlyList<string> epcs, IReadOnlyList<Amount> amounts)
        {
            var named = new HashSet<int>();
            if (e.ParentId is not null) named.Add(Ref(e.ParentId, Roles.Instance));
            foreach (var epc in epcs) named.Add(Ref(epc, Roles.Instance));
            foreach (var amount in amounts) named.Add(Ref(amount.Code, Roles.Class));
            return named;
        }

        void StateAmounts(CustodyStatement custody, IReadOnlyList<Amount> amounts, int sign)
        {
            // What is sold or ends leaves whoever had it, and not the buyer whom the event may name as its destination.
            var leaver = sign < 0 && e.Type == EventType.ObjectEvent ? CustodyStatement.Sender(e) : null;
            var here = Ref(leaver ?? custody.Holder, Roles.Party) is var party and not 0 ? party : Ref(custody.Place, Roles.Place);
            foreach (var amount in amounts)
            {
                var (quantity, uom) = Measure.ToBase(amount.Quantity, amount.Uom);
                var lot = Ref(amount.Code, Roles.Class);
                if (sign != 0)
                    facts.Add(new Fact.Held(lot, here, AccountKind.Holder, quantity * sign, uom));
                else if (custody.Step == CustodyStep.Sent)
                {
                    var consignee = Ref(custody.Consignee, Roles.Party);
                    facts.Add(new Fact.Held(lot, here, AccountKind.Holder, -quantity, uom));
                    if (consignee != 0) facts.Add(new Fact.Held(lot, consignee, AccountKind.InTransitTo, quantity, uom));
                }
                else if (custody.Step == CustodyStep.Stated && e.BizStep is { } step && CustodyStatement.IsInbound(step))
                {
                    facts.Add(new Fact.Held(lot, here, AccountKind.InTransitTo, -quantity, uom));
                    facts.Add(new Fact.Held(lot, here, AccountKind.Holder, quantity, uom));
                }
                else if (custody.Step == CustodyStep.Arrived)
                    facts.Add(new Fact.Held(lot, here, AccountKind.Holder, quantity, uom));
            }
        }

        void StateRecall(RecallNotice notice)
        {
            var recall = Ref(notice.RecallId, Roles.Recall);
            if (notice.Kind is RecallNoticeKind.Issued or RecallNoticeKind.Withdrawn)
                facts.Add(new Fact.RecallStatus(recall, notice.Kind == RecallNoticeKind.Issued, notice.Range));
            MarkKind? kind = notice.Kind switch
            {
                RecallNoticeKind.Issued => MarkKind.Scope,
                RecallNoticeKind.Reached => MarkKind.Reached,
                RecallNoticeKind.Released => MarkKind.Released,
                _ => null,
            };
            if (kind is null) return;
            foreach (var node in Distinct(e.Epcs, e.Quantities))
                facts.Add(new Fact.Marked(node, recall, kind.Value));
        }

        /// <summary>The roles of every mention, those made while stating facts included. They come first: a shard counts things by their roles.</summary>
        void NameRoles() => facts.InsertRange(0, codes.Select((_, i) => new Fact.Named(i + 1, roles[i])));

        /// <summary>The product of a serialised trade item, <c>https://id.gs1.org/01/{gtin}</c>, or of a Chinese code that names its product; null for anything else.</summary>
        static string? ProductOf(string unit)
        {
            const string gtin = "https://id.gs1.org/01/";
            if (!unit.StartsWith(gtin, StringComparison.Ordinal)) return ChineseCodes.ProductOf(unit);
            if (unit.Length <= gtin.Length + 14) return null;
            return unit.AsSpan(gtin.Length + 14).StartsWith("/21/") || unit.AsSpan(gtin.Length + 14).StartsWith("/235/") ? unit[..(gtin.Length + 14)] : null;
        }

        /// <summary>A lot number that GS1 could not print (longer than 20, or beyond its character set) makes no lot code.</summary>
        static string? LotCode(string product, string lot) =>
            Identity.Identifier.TryIdentify(LotStart(product) + Uri.EscapeDataString(lot), out var identified, out _) ? identified.Code : null;

        static string LotStart(string product) => product.StartsWith(ChineseCodes.Start, StringComparison.Ordinal) ? product + ChineseCodes.LotWord : product + "/10/";
    }
}
