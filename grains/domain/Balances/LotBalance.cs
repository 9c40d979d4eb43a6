namespace TraceGrains.Domain.Balances;

/// <summary>What does not add up in a balance.</summary>
public enum DiscrepancyKind
{
    /// <summary>A party gave, used, sold or lost more than ever came to it: something came from nowhere, or an event is missing.</summary>
    FromNowhere = 1,
    /// <summary>More arrived than was ever sent.</summary>
    ReceivedUnsent = 2,
    /// <summary>A stock-taking found less than there should have been.</summary>
    CountedLess = 3,
    /// <summary>A stock-taking found more than there should have been.</summary>
    CountedMore = 4,
    /// <summary>An event does not say how much; the balance is open.</summary>
    AmountUnknown = 5,
}

/// <summary>One thing that does not add up.</summary>
/// <param name="Kind">What.</param>
/// <param name="Party">At whom; null for nobody in particular.</param>
/// <param name="Quantity">How much; null where it is not known.</param>
/// <param name="Sequence">Ledger sequence of the event at which it showed.</param>
public sealed record Discrepancy(DiscrepancyKind Kind, string? Party, decimal? Quantity, long Sequence);

/// <summary>
/// The mass balance of a lot in one unit of measure (BRCGS issue 9, 3.9: quantity check): what was produced is on hand, on its way, used, sold, destroyed, sampled, lost or unaccounted. The identity
/// <c>Produced = OnHand + InTransit + Used + Sold + Destroyed + Sampled + Unaccounted</c> always holds; what does not add up is in <see cref="Unaccounted"/>, with its sign.
/// </summary>
public sealed record LotBalance
{
    /// <summary>Base unit of measure; empty counts pieces.</summary>
    public required string Uom { get; init; }
    /// <summary>Made.</summary>
    public decimal Produced { get; init; }
    /// <summary>With parties, by the book, stock-takings considered.</summary>
    public decimal OnHand { get; init; }
    /// <summary>Sent and not received.</summary>
    public decimal InTransit { get; init; }
    /// <summary>Made into something else.</summary>
    public decimal Used { get; init; }
    /// <summary>With consumers or patients.</summary>
    public decimal Sold { get; init; }
    /// <summary>Destroyed or disposed of.</summary>
    public decimal Destroyed { get; init; }
    /// <summary>Taken as samples.</summary>
    public decimal Sampled { get; init; }
    /// <summary>Sent back, on hand or on its way again; no part of the sum.</summary>
    public decimal Returned { get; init; }
    /// <summary>Stolen, not found, missing in stock-takings; less what came from nowhere.</summary>
    public decimal Unaccounted { get; init; }
    /// <summary>Whether some event does not say how much, so that nothing of this is certain.</summary>
    public bool IsOpen { get; init; }
    /// <summary>What each party has by the book, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, decimal>> ByParty { get; init; } = [];
    /// <summary>What does not add up.</summary>
    public IReadOnlyList<Discrepancy> Discrepancies { get; init; } = [];

    /// <summary>The sum of balances in one unit; parties and discrepancies are not carried over.</summary>
    public static LotBalance Sum(string uom, IEnumerable<LotBalance> balances) => balances.Aggregate(new LotBalance { Uom = uom }, (sum, one) => sum with
    {
        Produced = sum.Produced + one.Produced, OnHand = sum.OnHand + one.OnHand, InTransit = sum.InTransit + one.InTransit, Used = sum.Used + one.Used, Sold = sum.Sold + one.Sold,
        Destroyed = sum.Destroyed + one.Destroyed, Sampled = sum.Sampled + one.Sampled, Returned = sum.Returned + one.Returned, Unaccounted = sum.Unaccounted + one.Unaccounted,
        IsOpen = sum.IsOpen || one.IsOpen,
    });
}

/// <summary>An event's flows with what orders them.</summary>
/// <param name="Time">Event time: the order in which things happened.</param>
/// <param name="TieBreak">Orders events of one instant by their content, so that arrival order never shows.</param>
/// <param name="Sequence">Place in the ledger.</param>
/// <param name="Flow">The flow.</param>
public readonly record struct TimedFlow(DateTimeOffset Time, ulong TieBreak, long Sequence, Flow Flow);

/// <summary>Adds flows up in the order in which they happened.</summary>
public static class BalanceFold
{
    static readonly FlowKind[] inOrder = [FlowKind.Produced, FlowKind.Received];

    /// <summary>One balance for each unit of measure that the flows use.</summary>
    public static IReadOnlyList<LotBalance> Of(IEnumerable<TimedFlow> flows) =>
        [.. flows.GroupBy(flow => flow.Flow.Uom).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => One(group.Key, group))];

    static LotBalance One(string uom, IEnumerable<TimedFlow> flows)
    {
        var (totals, stock, discrepancies) = (new Dictionary<FlowKind, decimal>(), new Dictionary<string, decimal>(), new List<Discrepancy>());
        decimal lost = 0, returned = 0;
        var isOpen = false;
        // What comes in at one instant comes before what goes out.
        foreach (var (_, _, sequence, flow) in flows.OrderBy(flow => flow.Time).ThenBy(flow => inOrder.Contains(flow.Flow.Kind) ? 0 : 1).ThenBy(flow => flow.TieBreak).ThenBy(flow => flow.Sequence))
        {
            var party = flow.Party ?? "";
            if (flow.Quantity is not { } quantity)
            {
                isOpen = true;
                discrepancies.Add(new(DiscrepancyKind.AmountUnknown, flow.Party, null, sequence));
                continue;
            }
            if (flow.Kind == FlowKind.Counted)
            {
                var short_ = stock.GetValueOrDefault(party) - quantity;
                if (short_ != 0) discrepancies.Add(new(short_ > 0 ? DiscrepancyKind.CountedLess : DiscrepancyKind.CountedMore, flow.Party, Math.Abs(short_), sequence));
                lost += short_;
                stock[party] = quantity;
                continue;
            }
            totals[flow.Kind] = totals.GetValueOrDefault(flow.Kind) + quantity;
            if (flow.IsReturn && flow.Kind == FlowKind.Sent) returned += quantity;
            if (flow.Kind == FlowKind.Lost) lost += quantity;
            if (flow.Kind is FlowKind.Produced or FlowKind.Received)
            {
                stock[party] = stock.GetValueOrDefault(party) + quantity;
                continue;
            }
            var left = stock.GetValueOrDefault(party) - quantity;
            if (left < 0)
            {
                discrepancies.Add(new(DiscrepancyKind.FromNowhere, flow.Party, -left, sequence));
                // It must have come from somewhere: a negative part of what nobody can account for.
                lost += left;
                left = 0;
            }
            stock[party] = left;
        }
        var inTransit = totals.GetValueOrDefault(FlowKind.Sent) - totals.GetValueOrDefault(FlowKind.Received);
        if (inTransit < 0)
        {
            discrepancies.Add(new(DiscrepancyKind.ReceivedUnsent, null, -inTransit, flows.Where(flow => flow.Flow.Kind == FlowKind.Received).Max(flow => flow.Sequence)));
            lost += inTransit;
            inTransit = 0;
        }
        return new()
        {
            Uom = uom, Produced = totals.GetValueOrDefault(FlowKind.Produced), OnHand = stock.Values.Sum(), InTransit = inTransit, Used = totals.GetValueOrDefault(FlowKind.Used),
            Sold = totals.GetValueOrDefault(FlowKind.Sold), Destroyed = totals.GetValueOrDefault(FlowKind.Destroyed), Sampled = totals.GetValueOrDefault(FlowKind.Sampled), Returned = returned,
            Unaccounted = lost, IsOpen = isOpen, Discrepancies = [.. discrepancies.OrderBy(one => one.Sequence)],
            ByParty = [.. stock.Where(pair => pair.Value != 0).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
        };
    }
}
