using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Domain.Tests.Recalls;
using static TraceGrains.Domain.Tests.Balances.Trade;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Balances;

/// <summary>Units count one by one, and a piece once however it is told.</summary>
public class UnitBalanceTests
{
    static string[] Units(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(Unit)];

    static EpcisEvent Commissioned(int minute, string[] units, IReadOnlyList<Amount>? amounts = null) =>
        At(minute, EventAction.Add, "commissioning", amounts ?? [], to: Maker) with { Epcs = units, IlmdLotNumber = "A" };

    static EpcisEvent Did(int minute, string step, string[] units, string? from = null, string? to = null, string? disposition = null, EventAction action = EventAction.Observe) =>
        At(minute, action, step, [], from, to, disposition) with { Epcs = units };

    static LotBalance Pieces(params EpcisEvent[] events)
    {
        var balance = Assert.Single(Of(events), balance => balance.Uom.Length == 0);
        Assert.Equal(balance.Total, Sum(balance));
        return balance;
    }

    static readonly EpcisEvent[] moves =
    [
        Did(3, "shipping", Units(1, 4), Maker, Shop), Did(4, "receiving", Units(1, 3), to: Shop), Did(5, "retail_selling", Units(1, 1), from: Shop, disposition: "retail_sold"),
        Did(6, "destroying", Units(2, 2), to: Shop, disposition: "destroyed", action: EventAction.Delete), Did(7, "stock_taking", Units(3, 3), to: Shop, disposition: "unknown"),
        Did(8, "decommissioning", Units(5, 5), to: Maker, disposition: "inactive", action: EventAction.Delete),
        new() { Type = EventType.TransformationEvent, EventTime = DateTimeOffset.UnixEpoch.AddMinutes(9), InputEpcs = Units(6, 6), OutputEpcs = ["urn:ex:gift:1"] },
        Did(10, "shipping", Units(7, 7), Maker, Depot, "returned"),
    ];

    [Fact]
    public void Units_are_counted_where_they_stand()
    {
        var balance = Pieces([Commissioned(1, Units(1, 8)), .. moves]);
        Assert.Equal((8m, 0m, 1m, 2m, 2m, 1m, 1m, 1m, 1m, 1m), (balance.Produced, balance.Opening, balance.OnHand, balance.InTransit, balance.Used, balance.Sold, balance.Destroyed, balance.Lost, balance.Unaccounted, balance.Returned));
        Assert.Equal((DiscrepancyKind.Lost, 1m), (Assert.Single(balance.Discrepancies).Kind, balance.Discrepancies[0].Quantity));
    }

    [Fact]
    public void A_unit_that_was_never_commissioned_came_from_outside()
    {
        var stray = new Dictionary<string, string> { [Unit(9)] = Lot };
        var balance = Pieces(Commissioned(1, Units(1, 8)), Did(2, "receiving", [Unit(9)], to: Shop) with { LotOfInstance = stray });
        Assert.Equal((8m, 1m, 9m, DiscrepancyKind.OriginUnknown), (balance.Produced, balance.Opening, balance.OnHand, Assert.Single(balance.Discrepancies).Kind));
    }

    [Fact]
    public void A_lot_told_in_pieces_and_unit_by_unit_counts_once()
    {
        var serial = Pieces([Commissioned(1, Units(1, 8)), .. moves]);
        // In the event that makes the units, before it, and with every step.
        Assert.Equal(serial.Total, Pieces([Commissioned(1, Units(1, 8), Trade.Pieces(8)), .. moves]).Total);
        var before = Pieces([At(0, EventAction.Add, null, Trade.Pieces(8), to: Maker), Commissioned(1, Units(1, 8)), .. moves]);
        Assert.Equal((serial.Produced, serial.OnHand, serial.Sold, serial.Unaccounted), (before.Produced, before.OnHand, before.Sold, before.Unaccounted));
        // Samples beside the units are something else.
        var beside = Pieces([Commissioned(1, Units(1, 8), Trade.Pieces(3)), .. moves]);
        Assert.Equal((11m, serial.OnHand + 3, serial.Sold), (beside.Produced, beside.OnHand, beside.Sold));
    }

    [Fact]
    public void A_lot_of_which_some_pieces_have_codes_is_told_apart_or_left_open()
    {
        EpcisEvent[] made = [At(0, EventAction.Add, null, Trade.Pieces(10), to: Maker), Commissioned(1, Units(1, 4))];
        // Every event that moved units told their number besides.
        var covered = Pieces([.. made, Did(3, "retail_selling", Units(1, 2), from: Maker, disposition: "retail_sold"), At(3, EventAction.Observe, "retail_selling", Trade.Pieces(3), from: Maker)]);
        Assert.Equal((10m, 3m, 7m, false), (covered.Produced, covered.Sold, covered.OnHand, covered.IsOpen));
        var open = Pieces([.. made, Did(3, "retail_selling", Units(1, 2), from: Maker, disposition: "retail_sold")]);
        Assert.Equal((10m, 2m, 2m, 6m, true), (open.Produced, open.Sold, open.OnHand, open.Unaccounted, open.IsOpen));
        Assert.Equal((DiscrepancyKind.PartlySerialised, 6m), (Assert.Single(open.Discrepancies).Kind, open.Discrepancies[0].Quantity));
    }

    [Fact]
    public void What_weighs_as_much_as_the_units_is_shown_beside_them_and_not_added_up()
    {
        EpcisEvent[] events = [Commissioned(1, Units(1, 8), Kilograms(4)), .. moves];
        var mass = Of(events).Single(balance => balance.Uom == "KGM");
        Assert.Equal((4m, true), (mass.OnHand, mass.IsToldByUnits));
        var sheet = Sheet(LocalLineage.Of(3, Numbered(events)), _ => null);
        Assert.Equal(("", 8m, 1, 1), Assert.Single(sheet.Products, product => product.Product == Product) is var one ? (one.Balance.Uom, one.Balance.Total, one.Lots, one.LotsOutside) : default);
    }

    [Fact]
    public void Too_much_of_one_lot_makes_up_for_nothing_in_another()
    {
        const string second = Product + "/10/B";
        static EpcisEvent OfSecond(EpcisEvent e) => e with { Quantities = [.. e.Quantities.Select(amount => amount with { Code = second })] };
        EpcisEvent[] events = [Made(1, 100), Counted(2, 97, Maker), OfSecond(Made(1, 100)), OfSecond(Counted(3, 103, Maker))];
        var lineage = LocalLineage.Of(3, Numbered(events));
        var strict = Sheet(lineage, _ => "food");
        var sum = Assert.Single(strict.Products);
        Assert.Equal((Product, "food", 200m, 200m, 0m, 2, 2), (sum.Product, sum.Category, sum.Balance.Produced, sum.Balance.OnHand, sum.Balance.Unaccounted, sum.Lots, sum.LotsOutside));
        Assert.Equal([Lot, second], strict.Outside.Select(lot => lineage.Code(lot.Lot)).Order(StringComparer.Ordinal));
        Assert.Equal(0, Sheet(lineage, _ => "farm-produce").Products[0].LotsOutside);
    }

    static BalanceSheet Sheet(LocalLineage lineage, Func<string, string?> categoryOf)
    {
        var things = new NodeSet();
        foreach (var entity in Now(lineage.Ledger.FindByPrefix(Product, null, 1_000))) things.Add(entity.Number);
        return Now(BalanceWalk.Of(ScopeProperties.Scopes(lineage), lineage, things, products => new([.. products.Select(categoryOf)]), BalanceTolerance.Default, long.MaxValue));
    }
}
