using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Balances;

/// <summary>
/// Reads flows out of events. By action first: adding produces and deleting ends, by destruction unless the event says <c>decommissioning</c> or <c>inactive</c>, or that it was sold. An observation is read by its
/// business step and disposition (CBV 2.0, 7.1 and 7.2); one that only looks moves nothing.
/// </summary>
public static class Flows
{
    /// <summary>Larger quantities, like negative ones, are slips of the pen and say nothing; as many of these as a ledger holds events still add up without overflow.</summary>
    public const decimal QuantityMax = 1_000_000_000_000_000_000m;

    /// <summary>Every flow of an event, in the order of its lists.</summary>
    public static IEnumerable<Flow> Of(EpcisEvent e)
    {
        var (from, to, place) = (End(e.Sources), End(e.Destinations), e.BizLocation ?? e.ReadPoint);
        var (units, inputs, outputs) = (new UnitCount(e.Epcs), new UnitCount(e.InputEpcs), new UnitCount(e.OutputEpcs));
        if (e.Type == EventType.TransformationEvent)
        {
            foreach (var amount in e.OutputQuantities)
                if (!outputs.Tell(amount)) yield return Make(FlowKind.Produced, amount, null, Party(e.Destinations) ?? Party(e.Sources), place, isLoose: outputs.StandBeside(amount));
            foreach (var amount in e.InputQuantities)
                if (!inputs.Tell(amount)) yield return Make(FlowKind.Used, amount, Party(e.Sources) ?? Party(e.Destinations), null, place);
            yield break;
        }
        if (e.Type is not (EventType.ObjectEvent or EventType.TransactionEvent) || KindOf(e) is not { } kind) yield break;
        var stage = kind switch
        {
            FlowKind.Sent => FlowStages.Outbound(e.BizStep), FlowKind.Received => FlowStages.Inbound(e.BizStep), FlowKind.Sold => (byte)1, _ => (byte)0,
        };
        if (e.Type == EventType.TransactionEvent) stage |= FlowStages.Paper;
        // Who has goods that are only seen, made or counted is whoever the event names; only what moves has two ends.
        if (kind is FlowKind.Produced or FlowKind.Opened or FlowKind.Counted) (from, to) = (null, Party(e.Destinations) ?? Party(e.Sources));
        if (kind is FlowKind.Used or FlowKind.Destroyed or FlowKind.Sampled or FlowKind.Lost) (from, to) = (Party(e.Sources) ?? Party(e.Destinations), null);
        foreach (var amount in e.Quantities)
            if (!units.Tell(amount)) yield return Make(kind, amount, from, to, place, stage, e.Disposition == "returned", kind == FlowKind.Produced && units.StandBeside(amount));
    }

    static FlowKind? KindOf(EpcisEvent e)
    {
        var (outbound, inbound, isObject) = (FlowStages.Outbound(e.BizStep), FlowStages.Inbound(e.BizStep), e.Type == EventType.ObjectEvent);
        if (isObject && e.Action == EventAction.Add) return inbound > 0 || IsCounting(e) ? FlowKind.Opened : FlowKind.Produced;
        var isGone = e.Disposition is "retail_sold" or "dispensed" && (e.BizStep is null || outbound > 0 || (isObject && e.Action == EventAction.Delete));
        if (e.BizStep is "retail_selling" or "dispensing" || isGone) return FlowKind.Sold;
        if (outbound > 0) return FlowKind.Sent;
        if (inbound > 0 && e.Action != EventAction.Delete) return FlowKind.Received;
        // A transaction is a paper about goods; what befalls them otherwise an object event tells.
        if (!isObject) return null;
        if (e.Action == EventAction.Delete)
            return e.BizStep == "decommissioning" || e.Disposition == "inactive" ? FlowKind.Used : e.BizStep == "sampling" ? FlowKind.Sampled : e.Disposition is "stolen" or "unknown" ? FlowKind.Lost : FlowKind.Destroyed;
        if (e.BizStep == "destroying") return FlowKind.Destroyed;
        if (e.Disposition is "stolen" or "unknown") return FlowKind.Lost;
        if (e.BizStep == "sampling") return FlowKind.Sampled;
        if (IsCounting(e)) return FlowKind.Counted;
        return e.BizStep == "void_shipping" ? FlowKind.Voided : null;
    }

    static bool IsCounting(EpcisEvent e) => e.BizStep is "stock_taking" or "cycle_counting";

    static string? Party(IReadOnlyList<Endpoint> ends) => ends.FirstOrDefault(end => end.Type == "possessing_party")?.Code ?? ends.FirstOrDefault(end => end.Type == "owning_party")?.Code;

    static string? End(IReadOnlyList<Endpoint> ends) => Party(ends) ?? ends.FirstOrDefault(end => end.Type == "location")?.Code;

    static Flow Make(FlowKind kind, Amount amount, string? from, string? to, string? place, byte stage = 0, bool isReturn = false, bool isLoose = false)
    {
        var (quantity, uom) = Measure.ToBase(amount.Quantity, amount.Uom);
        return new(kind, amount.Code, from, to, place, stage, quantity is >= 0 and <= QuantityMax ? quantity : null, uom, isReturn, isLoose);
    }

    /// <summary>The units of a list by product, counted when first asked for: lists are long and pieces beside them rare.</summary>
    sealed class UnitCount(IReadOnlyList<string> units)
    {
        Dictionary<string, int>? byProduct;

        /// <summary>As many pieces of a lot as the list has units of its product are those units, told a second time; another number is something else (EPCIS 2.0, 7.4.1: an event's lists name different things).</summary>
        public bool Tell(Amount amount) => StandBeside(amount) && amount.Quantity == Of(amount);

        /// <summary>Whether the list has units of the product of an amount in pieces.</summary>
        public bool StandBeside(Amount amount) => amount.Uom is null && Of(amount) > 0;

        int Of(Amount amount)
        {
            if (units.Count == 0 || ProductCode.Of(amount.Code) is not { } product) return 0;
            byProduct ??= units.Where(ProductCode.IsUnit).GroupBy(unit => ProductCode.Of(unit)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
            return byProduct.GetValueOrDefault(product);
        }
    }
}
