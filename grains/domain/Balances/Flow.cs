using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Balances;

/// <summary>What an event does to an amount of a lot.</summary>
public enum FlowKind
{
    /// <summary>It comes into being: an object event that adds, or the output of a transformation.</summary>
    Produced = 1,
    /// <summary>It is used up: the input of a transformation, or decommissioned.</summary>
    Used = 2,
    /// <summary>It leaves a party for another.</summary>
    Sent = 3,
    /// <summary>It arrives at a party.</summary>
    Received = 4,
    /// <summary>It goes to a consumer or patient.</summary>
    Sold = 5,
    /// <summary>It is destroyed or disposed of.</summary>
    Destroyed = 6,
    /// <summary>It is taken as a sample.</summary>
    Sampled = 7,
    /// <summary>It is stolen, or was looked for and not found.</summary>
    Lost = 8,
    /// <summary>A stock-taking finds so much of it.</summary>
    Counted = 9,
}

/// <summary>An amount of a lot that an event moves.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Party">Where it comes to or leaves: the party, or the place where the event names none; null when it names neither.</param>
/// <param name="Quantity">How much, in the base unit; null when the event does not say.</param>
/// <param name="Uom">Base unit of measure; empty counts pieces.</param>
/// <param name="IsReturn">Whether it goes back to where it came from (disposition <c>returned</c>).</param>
public sealed record Flow(FlowKind Kind, string? Party, decimal? Quantity, string Uom, bool IsReturn = false);

/// <summary>
/// Reads flows out of events. By action first: adding produces and deleting ends, by destruction unless the event says <c>decommissioning</c> or <c>inactive</c>, or that it was sold. An observation is read by its
/// business step and disposition (CBV 2.0, 7.1 and 7.2); one that only looks moves nothing.
/// </summary>
public static class Flows
{
    /// <summary>The flows of one lot in an event, in the order of its lists.</summary>
    public static IEnumerable<Flow> Of(EpcisEvent e, string lot)
    {
        foreach (var amount in e.OutputQuantities.Where(amount => amount.Code == lot)) yield return Make(FlowKind.Produced, Holder(e), amount);
        foreach (var amount in e.InputQuantities.Where(amount => amount.Code == lot)) yield return Make(FlowKind.Used, Holder(e), amount);
        if (e.Type is not (EventType.ObjectEvent or EventType.TransactionEvent)) yield break;
        foreach (var amount in e.Quantities.Where(amount => amount.Code == lot))
            foreach (var (kind, party) in Moves(e)) yield return Make(kind, party, amount, e.Disposition == "returned");
    }

    static IEnumerable<(FlowKind, string?)> Moves(EpcisEvent e)
    {
        var isSold = e.BizStep is "retail_selling" or "dispensing" || e.Disposition is "retail_sold" or "dispensed";
        if (e is { Type: EventType.ObjectEvent, Action: EventAction.Add }) return [(FlowKind.Produced, Holder(e))];
        if (isSold) return [(FlowKind.Sold, From(e) ?? Holder(e))];
        if (e is { Type: EventType.ObjectEvent, Action: EventAction.Delete })
            return [(e.BizStep == "decommissioning" || e.Disposition == "inactive" ? FlowKind.Used : e.BizStep == "sampling" ? FlowKind.Sampled : FlowKind.Destroyed, From(e) ?? Holder(e))];
        if (e.Disposition is "stolen" or "unknown") return [(FlowKind.Lost, From(e) ?? Holder(e))];
        if (e.BizStep == "sampling") return [(FlowKind.Sampled, From(e) ?? Holder(e))];
        if (e.BizStep is "stock_taking" or "cycle_counting") return [(FlowKind.Counted, Holder(e))];
        var custody = CustodyStatement.Of(e);
        if (e.BizStep == "void_shipping") return [];
        if (custody.Step == CustodyStep.Sent) return [(FlowKind.Sent, custody.Holder ?? custody.Place)];
        return e.BizStep is { } step && CustodyStatement.IsInbound(step) && e.Type == EventType.ObjectEvent ? [(FlowKind.Received, Holder(e))] : [];
    }

    static string? Holder(EpcisEvent e) => Possessor(e.Destinations) ?? Possessor(e.Sources) ?? e.BizLocation ?? e.ReadPoint;

    static string? From(EpcisEvent e) => Possessor(e.Sources);

    static string? Possessor(IReadOnlyList<Endpoint> ends) =>
        (ends.FirstOrDefault(end => end.Type == "possessing_party") ?? ends.FirstOrDefault(end => end.Type == "owning_party"))?.Code;

    static Flow Make(FlowKind kind, string? party, Amount amount, bool isReturn = false)
    {
        var (quantity, uom) = Measure.ToBase(amount.Quantity, amount.Uom);
        return new(kind, party, quantity, uom, isReturn);
    }
}
