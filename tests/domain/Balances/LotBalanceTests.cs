using CsCheck;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Balances;

public class LotBalanceTests
{
    const string Lot = "https://id.gs1.org/01/09506000134352/10/A", Maker = "urn:ex:maker", Shop = "urn:ex:shop", Depot = "urn:ex:depot";

    static readonly DateTimeOffset start = DateTimeOffset.UnixEpoch;

    static EpcisEvent Event(int minute, EventAction action, string? step, decimal? quantity, string? from = null, string? to = null, string? disposition = null, string uom = "KGM") => new()
    {
        Type = EventType.ObjectEvent, Action = action, EventTime = start.AddMinutes(minute), BizStep = step, Disposition = disposition, Quantities = [new(Lot, quantity, uom)],
        Sources = from is null ? [] : [new("possessing_party", from)], Destinations = to is null ? [] : [new("possessing_party", to)],
    };

    static EpcisEvent Made(int minute, decimal? quantity, string at = Maker) => Event(minute, EventAction.Add, "commissioning", quantity, to: at);
    static EpcisEvent Sent(int minute, decimal? quantity, string from, string to, string disposition = "in_transit") => Event(minute, EventAction.Observe, "shipping", quantity, from, to, disposition);
    static EpcisEvent Received(int minute, decimal? quantity, string at) => Event(minute, EventAction.Observe, "receiving", quantity, to: at);
    static EpcisEvent Sold(int minute, decimal? quantity, string by) => Event(minute, EventAction.Observe, "retail_selling", quantity, from: by, disposition: "retail_sold");
    static EpcisEvent Destroyed(int minute, decimal? quantity, string by) => Event(minute, EventAction.Delete, "destroying", quantity, to: by, disposition: "destroyed");
    static EpcisEvent Counted(int minute, decimal? quantity, string by) => Event(minute, EventAction.Observe, "stock_taking", quantity, to: by);
    static EpcisEvent Used(int minute, decimal quantity, string by) => new()
    {
        Type = EventType.TransformationEvent, EventTime = start.AddMinutes(minute), InputQuantities = [new(Lot, quantity, "KGM")], OutputQuantities = [new("urn:ex:other", quantity, "KGM")],
        Destinations = [new("possessing_party", by)],
    };

    static IReadOnlyList<LotBalance> Of(params EpcisEvent[] events) => BalanceFold.Of(events.SelectMany((e, i) => Flows.Of(e, Lot).Select(flow => new TimedFlow(e.EventTime, (ulong)i, i + 1, flow))));

    static decimal Sum(LotBalance balance) => balance.OnHand + balance.InTransit + balance.Used + balance.Sold + balance.Destroyed + balance.Sampled + balance.Unaccounted;

    [Fact]
    public void A_whole_story_adds_up()
    {
        var balance = Assert.Single(Of(
            Made(1, 100), Sent(2, 60, Maker, Shop), Received(3, 60, Shop), Sold(4, 25, Shop), Used(5, 30, Maker), Destroyed(6, 5, Shop), Sent(7, 10, Shop, Maker, "returned"), Sent(8, 4, Maker, Depot)));
        Assert.Equal((100m, 26m, 14m, 30m, 25m, 5m, 0m, 10m), (balance.Produced, balance.OnHand, balance.InTransit, balance.Used, balance.Sold, balance.Destroyed, balance.Unaccounted, balance.Returned));
        Assert.Equal(balance.Produced, Sum(balance));
        Assert.Empty(balance.Discrepancies);
        Assert.Equal([new(Shop, 20m), new(Maker, 6m)], balance.ByParty);
        Assert.True(BalanceTolerance.Holds(balance, "dangerous-goods"));
    }

    [Fact]
    public void What_comes_from_nowhere_or_goes_missing_is_named()
    {
        var more = Assert.Single(Of(Made(1, 10), Sent(2, 12, Maker, Shop), Received(3, 12, Shop)));
        Assert.Equal((12m, -2m), (more.OnHand, more.Unaccounted));
        Assert.Equal(new Discrepancy(DiscrepancyKind.FromNowhere, Maker, 2, 2), Assert.Single(more.Discrepancies));
        var unsent = Assert.Single(Of(Made(1, 10), Received(3, 4, Shop)));
        Assert.Equal((14m, -4m), (unsent.OnHand, unsent.Unaccounted));
        Assert.Equal(DiscrepancyKind.ReceivedUnsent, Assert.Single(unsent.Discrepancies).Kind);
        var less = Assert.Single(Of(Made(1, 10), Counted(2, 9.5m, Maker)));
        Assert.Equal((9.5m, 0.5m, DiscrepancyKind.CountedLess), (less.OnHand, less.Unaccounted, Assert.Single(less.Discrepancies).Kind));
        Assert.False(BalanceTolerance.Holds(less, null));
        Assert.True(BalanceTolerance.Holds(less, "farm-produce"));
        Assert.All([more, unsent, less], balance => Assert.Equal(balance.Produced, Sum(balance)));
    }

    [Fact]
    public void Units_add_up_where_a_factor_is_known_and_stand_apart_where_none_is()
    {
        var balances = Of(Made(1, 2), Event(2, EventAction.Observe, "retail_selling", 500, from: Maker, disposition: "retail_sold", uom: "GRM"), Event(3, EventAction.Add, "commissioning", 7, to: Maker, uom: "BX"));
        Assert.Equal([("BX", 7m), ("KGM", 1.5m)], balances.Select(balance => (balance.Uom, balance.OnHand)));
    }

    [Fact]
    public void An_event_that_does_not_say_how_much_leaves_the_balance_open()
    {
        var balance = Assert.Single(Of(Made(1, 10), Sold(2, null, Maker)));
        Assert.True(balance.IsOpen);
        Assert.Equal(new Discrepancy(DiscrepancyKind.AmountUnknown, Maker, null, 2), Assert.Single(balance.Discrepancies));
        Assert.False(BalanceTolerance.Holds(balance, "farm-produce"));
    }

    /// <summary>A history that a careful trade writes: nobody gives what he has not.</summary>
    static readonly Gen<EpcisEvent[]> careful = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 20]).Array[1, 30].Select(acts =>
    {
        string[] parties = [Maker, Shop, Depot];
        var stock = new Dictionary<string, decimal> { [Maker] = 50, [Shop] = 0, [Depot] = 0 };
        var events = new List<EpcisEvent> { Made(0, 50) };
        foreach (var (act, from, to, asked) in acts)
        {
            var (party, other) = (parties[from], parties[to]);
            var quantity = Math.Min(asked, stock[party]);
            var minute = events.Count * 2;
            if (act == 0)
            {
                stock[party] += asked;
                events.Add(Made(minute, asked, party));
            }
            else if (quantity > 0)
            {
                stock[party] -= quantity;
                if (act is 1 or 2 && party != other)
                {
                    stock[other] += quantity;
                    events.Add(Sent(minute, quantity, party, other));
                    events.Add(Received(minute + 1, quantity, other));
                }
                else events.Add(act switch { 3 => Sold(minute, quantity, party), 4 => Destroyed(minute, quantity, party), _ => Used(minute, quantity, party) });
            }
        }
        return events.ToArray();
    });

    [Fact]
    public void Whatever_was_told_carefully_adds_up_to_nothing_unaccounted_in_any_order_of_arrival() =>
        Gen.Select(careful, Gen.Int).Sample((events, seed) =>
        {
            var arrived = events.ToArray();
            new Random(seed).Shuffle(arrived);
            var balance = Assert.Single(Of(arrived));
            Assert.Equal(0, balance.Unaccounted);
            Assert.Empty(balance.Discrepancies);
            Assert.Equal(balance.Produced, Sum(balance));
        }, iter: Proof.Rounds(2_000));

    [Fact]
    public void Whatever_was_told_the_sum_holds() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Gen.Int[0, 20]).Array[0, 20].Sample(acts =>
        {
            string[] parties = [Maker, Shop, Depot];
            var events = acts.Select((act, i) => act.Item1 switch
            {
                0 => Made(i, act.Item3, parties[act.Item2]), 1 => Sent(i, act.Item3, parties[act.Item2], Shop), 2 => Received(i, act.Item3, parties[act.Item2]), 3 => Sold(i, act.Item3, parties[act.Item2]),
                4 => Destroyed(i, act.Item3, parties[act.Item2]), 5 => Counted(i, act.Item3, parties[act.Item2]), _ => Used(i, act.Item3, parties[act.Item2]),
            }).ToArray();
            foreach (var balance in Of(events)) Assert.Equal(balance.Produced, Sum(balance));
        }, iter: Proof.Rounds(2_000));
}
