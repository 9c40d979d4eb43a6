using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Tests.Lineage;
using static TraceGrains.Domain.Tests.Balances.Trade;

namespace TraceGrains.Domain.Tests.Balances;

public class LotBalanceTests
{
    static readonly BalanceTolerance tolerance = BalanceTolerance.Default;

    static LotBalance One(params EpcisEvent[] events)
    {
        var balance = Assert.Single(Of(events));
        Assert.Equal(balance.Total, Sum(balance));
        return balance;
    }

    static void Clean(LotBalance balance, decimal onHand, decimal inTransit)
    {
        Assert.Equal((onHand, inTransit, 0m), (balance.OnHand, balance.InTransit, balance.Unaccounted));
        Assert.Empty(balance.Discrepancies);
    }

    [Fact]
    public void A_whole_story_adds_up()
    {
        var lineage = LocalLineage.Of(3, Numbered([
            Made(1, 100), Sent(2, 60, Maker, Shop), Received(3, 60, Shop), Sold(4, 25, Shop), Used(5, 30, Maker), Destroyed(6, 5, Shop), Sent(7, 10, Shop, Maker, "returned"), Sent(8, 4, Maker, Depot)]));
        var balance = Assert.Single(Of(lineage));
        Assert.Equal((100m, 26m, 14m, 30m, 25m, 5m, 0m, 10m), (balance.Produced, balance.OnHand, balance.InTransit, balance.Used, balance.Sold, balance.Destroyed, balance.Unaccounted, balance.Returned));
        Assert.Empty(balance.Discrepancies);
        Assert.Equal([(Depot, 0m, 4m), (Maker, 6m, 10m), (Shop, 20m, 0m)], PartiesOf(lineage, balance));
        Assert.True(tolerance.Holds(balance, "dangerous-goods"));
    }

    [Fact]
    public void What_comes_from_nowhere_or_goes_missing_is_named()
    {
        var more = One(Made(1, 10), Sent(2, 12, Maker, Shop), Received(3, 12, Shop));
        Assert.Equal((12m, -2m), (more.OnHand, more.Unaccounted));
        Assert.Equal((DiscrepancyKind.FromNowhere, 2m, 2L), (more.Discrepancies[0].Kind, more.Discrepancies[0].Quantity, more.Discrepancies[0].Sequence));
        var unsent = One(Made(1, 10), Received(3, 4, Shop));
        Assert.Equal((14m, -4m), (unsent.OnHand, unsent.Unaccounted));
        Assert.Equal(DiscrepancyKind.ReceivedUnsent, Assert.Single(unsent.Discrepancies).Kind);
        var less = One(Made(1, 10), Counted(2, 9.5m, Maker));
        Assert.Equal((9.5m, 0.5m, DiscrepancyKind.CountedLess), (less.OnHand, less.Unaccounted, Assert.Single(less.Discrepancies).Kind));
        Assert.False(tolerance.Holds(less, null));
        Assert.True(tolerance.Holds(less, "farm-produce"));
        Assert.False(BalanceTolerance.With(new Dictionary<string, ToleranceShares> { ["farm-produce"] = new(0.04m, 0) }).Holds(less, "farm-produce"));
        var stolen = One(Made(1, 100), At(2, EventAction.Observe, "inspecting", Kilograms(1), from: Maker, disposition: "stolen"));
        Assert.Equal((1m, 1m, DiscrepancyKind.Lost), (stolen.Lost, stolen.Unaccounted, Assert.Single(stolen.Discrepancies).Kind));
        Assert.False(tolerance.Holds(stolen, "farm-produce"));
    }

    [Fact]
    public void One_movement_told_in_several_steps_moves_goods_once()
    {
        Clean(One(Made(1, 100), Sent(2, 60, Maker, Shop, step: "staging_outbound"), Sent(3, 60, Maker, Shop, step: "loading"), Sent(4, 60, Maker, Shop), Sent(4, 60, Maker, Shop, step: "departing"),
            Received(6, 60, Shop, "arriving"), Received(7, 60, Shop), Received(8, 58, Shop, "accepting"), Received(9, 60, Shop, "storing")), 100, 0);
        // A sending of its own, told by another step than the first, to somebody else.
        Clean(One(Made(1, 100), Sent(2, 60, Maker, Shop), Sent(3, 10, Maker, Depot, step: "departing")), 30, 70);
        // Put away where it was made: it was there all along.
        Clean(One(Made(1, 100), Received(2, 100, Maker, "storing")), 100, 0);
        // The delivery note besides the delivery.
        Clean(One(Made(1, 100), Sent(2, 60, Maker, Shop), Sent(2, 60, Maker, Shop) with { Type = EventType.TransactionEvent, Action = EventAction.Add }), 40, 60);
    }

    [Fact]
    public void A_place_stands_for_the_party_that_has_it()
    {
        var lineage = LocalLineage.Of(3, Numbered([
            Made(1, 100), At(2, EventAction.Observe, "shipping", Kilograms(60), place: PlaceOf(Maker)), Received(3, 60, Shop), At(4, EventAction.Observe, "retail_selling", Kilograms(25), place: PlaceOf(Shop))]));
        var balance = Assert.Single(Of(lineage));
        Clean(balance, 75, 0);
        Assert.Equal([(Maker, 40m, 0m), (Shop, 35m, 0m)], PartiesOf(lineage, balance));
        // Nobody but places is ever named.
        Clean(One(At(1, EventAction.Add, null, Kilograms(10), place: "urn:ex:a"), At(2, EventAction.Observe, "shipping", Kilograms(4), place: "urn:ex:a"), At(3, EventAction.Observe, "receiving", Kilograms(4), place: "urn:ex:b")), 10, 0);
        // Sent to a party, taken in at a place of nobody known.
        Clean(One(Made(1, 10), Sent(2, 4, Maker, Shop), At(3, EventAction.Observe, "receiving", Kilograms(4), place: "urn:ex:b")), 10, 0);
    }

    [Fact]
    public void Goods_in_a_container_go_where_it_goes()
    {
        EpcisEvent[] packed = [Made(1, 100), Packed(2, Pallet, 60, Maker)];
        Clean(One(packed), 100, 0);
        EpcisEvent[] shipped = [.. packed, OfContainer(Sent(3, null, Maker, Shop))];
        Clean(One(shipped), 40, 60);
        EpcisEvent[] arrived = [.. shipped, OfContainer(Received(4, null, Shop))];
        var lineage = LocalLineage.Of(3, Numbered([.. arrived, Packed(5, Pallet, 20, Shop, isOut: true), Sold(6, 15, Shop), OfContainer(Sent(7, null, Shop, Depot)), OfContainer(Received(8, null, Depot)), Packed(9, Pallet, null, Depot, isOut: true),
            OfContainer(Sent(10, null, Depot, Maker)), OfContainer(Received(11, null, Maker))]));
        var balance = Assert.Single(Of(lineage));
        Clean(balance, 85, 0);
        Assert.Equal([(Depot, 40m, 0m), (Maker, 40m, 0m), (Shop, 5m, 0m)], PartiesOf(lineage, balance));
        // A crate on the pallet; the pallet is stolen.
        var stolen = One(Made(1, 100), Packed(2, Crate, 60, Maker), Packed(3, Pallet, null, Maker) with { Quantities = [], Epcs = [Crate] }, OfContainer(Sent(4, null, Maker, Shop)),
            OfContainer(At(5, EventAction.Observe, null, [], disposition: "stolen")));
        Assert.Equal((40m, 0m, 60m, 60m), (stolen.OnHand, stolen.InTransit, stolen.Lost, stolen.Unaccounted));
        // How much was packed nobody says.
        Assert.True(One([Made(1, 100), Packed(2, Pallet, null, Maker) with { Quantities = Kilograms(null) }, OfContainer(Sent(3, null, Maker, Shop))]).IsOpen);
    }

    [Fact]
    public void Goods_that_move_by_their_name_and_with_their_container_move_once()
    {
        EpcisEvent[] packed = [Made(1, 100), Packed(2, Pallet, 60, Maker)];
        EpcisEvent Both(EpcisEvent e) => e with { Epcs = [Pallet] };
        foreach (var sent in (EpcisEvent[])[Both(Sent(3, 60, Maker, Shop)), Sent(3, 60, Maker, Shop), OfContainer(Sent(3, null, Maker, Shop))])
            foreach (var received in (EpcisEvent[])[Both(Received(4, 60, Shop)), Received(4, 60, Shop), OfContainer(Received(4, null, Shop))])
            {
                var lineage = LocalLineage.Of(2, Numbered([.. packed, sent, received, Packed(5, Pallet, null, Shop, isOut: true), Sold(6, 10, Shop)]));
                var balance = Assert.Single(Of(lineage));
                Clean(balance, 90, 0);
                Assert.Equal([(Maker, 40m, 0m), (Shop, 50m, 0m)], PartiesOf(lineage, balance));
            }
        // Counted where they came with the pallet.
        var counted = One([.. packed, OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop)), Counted(5, 57, Shop)]);
        Assert.Equal((97m, 3m), (counted.OnHand, counted.Unaccounted));
    }

    [Fact]
    public void What_must_have_been_is_taken_for_granted_and_said()
    {
        var arrival = One(Made(1, 100), Sent(2, 60, Maker, Shop), Sold(3, 25, Shop));
        Assert.Equal((40m, 35m, 0m), (arrival.OnHand, arrival.InTransit, arrival.Unaccounted));
        Assert.Equal((DiscrepancyKind.ArrivalNotTold, 25m), (Assert.Single(arrival.Discrepancies).Kind, arrival.Discrepancies[0].Quantity));
        var foreign = One(Received(1, 50, Shop), Sold(2, 20, Shop));
        Assert.Equal((0m, 50m, 30m, 0m, DiscrepancyKind.OriginUnknown), (foreign.Produced, foreign.Opening, foreign.OnHand, foreign.Unaccounted, Assert.Single(foreign.Discrepancies).Kind));
        var entered = One(At(1, EventAction.Add, "stock_taking", Kilograms(50), to: Shop), Sold(2, 20, Shop));
        Assert.Equal((0m, 50m), (entered.Produced, entered.Opening));
        Clean(entered, 30, 0);
        var back = One(Made(1, 10), Sold(2, 6, Maker), Received(3, 2, Maker, disposition: "returned"));
        Assert.Equal((4m, 2m), (back.Sold, back.Returned));
        Clean(back, 6, 0);
        Clean(One(Made(1, 10), Sent(2, 6, Maker, Shop), At(3, EventAction.Observe, "void_shipping", Kilograms(6), from: Maker, to: Shop)), 10, 0);
        // Clocks differ: it was received before it was sent.
        Clean(One(Made(1, 10), Received(2, 6, Shop), Sent(3, 6, Maker, Shop)), 10, 0);
    }

    [Fact]
    public void Units_of_measure_add_up_where_a_factor_is_known_and_stand_apart_where_none_is()
    {
        var balances = Of(Made(1, 2), At(2, EventAction.Observe, "retail_selling", [new(Lot, 500, "GRM")], from: Maker), At(3, EventAction.Add, null, [new(Lot, 7, "BX")], to: Maker));
        Assert.Equal([("BX", 7m), ("KGM", 1.5m)], balances.Select(balance => (balance.Uom, balance.OnHand)));
    }

    [Fact]
    public void An_event_that_does_not_say_how_much_leaves_the_balance_open()
    {
        foreach (var quantity in (decimal?[])[null, decimal.MaxValue])
        {
            var balance = One(Made(1, 10), Sold(2, quantity, Maker));
            Assert.True(balance.IsOpen);
            Assert.Equal((DiscrepancyKind.AmountUnknown, null, 2L), (Assert.Single(balance.Discrepancies).Kind, balance.Discrepancies[0].Quantity, balance.Discrepancies[0].Sequence));
            Assert.False(tolerance.Holds(balance, "farm-produce"));
        }
    }
}
