using CsCheck;
using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Domain.Tests.Lineage;
using TraceGrains.Domain.Tests.Recalls;
using static TraceGrains.Domain.Tests.Balances.Trade;
using static TraceGrains.Domain.Tests.Lineage.LocalLineage;

namespace TraceGrains.Domain.Tests.Balances;

/// <summary>Who has how much of a lot, and is therefore asked by a recall: whoever has the container that it lies in, and not whoever packed it.</summary>
public class HoldingTests
{
    static LocalLineage Told(params EpcisEvent[] events) => LocalLineage.Of(3, Numbered(events));

    static string Held(LocalLineage lineage) => string.Join(", ", Now(HoldingWalk.Of(lineage, [lineage.Number(Lot)], long.MaxValue))[lineage.Number(Lot)].Select(holding => Print(lineage, holding)).Order(StringComparer.Ordinal));

    static string Print(LocalLineage lineage, Holding holding) => $"{lineage.CodeOrNull(holding.Account)} {holding.Kind} {holding.Quantity?.ToString("0.##", null) ?? "?"} {holding.Uom}";

    /// <summary>The parties that a recall of the lot asks, and for how much of it.</summary>
    static string Asked(LocalLineage lineage)
    {
        var parties = Now(GoodsWalk.Of(lineage, [lineage.Number(Lot)], new(), long.MaxValue));
        foreach (var (party, stock) in parties) Assert.All(stock.Lots, holding => Assert.Equal(party, holding.Account));
        return string.Join(", ", parties.Values.SelectMany(stock => stock.Lots).Select(holding => Print(lineage, holding)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_recall_asks_whoever_has_the_container_and_not_whoever_packed_it()
    {
        EpcisEvent[] packed = [Made(1, 60), Packed(2, Crate, 60, Maker), Packed(3, Pallet, null, Maker) with { Quantities = [], Epcs = [Crate] }];
        Assert.Equal($"{Maker} Holder 60 KGM", Asked(Told(packed)));
        EpcisEvent[] shipped = [.. packed, OfContainer(Sent(4, null, Maker, Depot))];
        Assert.Equal($"{Depot} InTransitTo 60 KGM", Asked(Told(shipped)));
        EpcisEvent[] arrived = [.. shipped, OfContainer(Received(5, null, Depot))];
        Assert.Equal($"{Depot} Holder 60 KGM", Asked(Told(arrived)));
        // Part of it was unpacked, and stays when the crate goes on; so much is the other's.
        EpcisEvent[] goneOn = [.. arrived, Packed(6, Crate, 20, Depot, isOut: true), OfContainer(Sent(7, null, Depot, Shop)), OfContainer(Received(8, null, Shop))];
        Assert.Equal($"{Depot} Holder 20 KGM, {Shop} Holder 40 KGM", Asked(Told(goneOn)));
        // What the answer says is done with it is done by whoever has it now, and leaves nobody else to ask.
        Assert.Equal($"{Depot} Holder 20 KGM", Asked(Told([.. goneOn, Destroyed(9, 40, Shop)])));
    }

    [Fact]
    public void What_nobody_says_who_packed_was_packed_by_the_only_one_who_had_any()
    {
        EpcisEvent[] told = [Made(1, 100), Packed(2, Pallet, 60, Maker) with { BizLocation = null }, OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop))];
        Assert.Equal($"{Maker} Holder 40 KGM, {Shop} Holder 60 KGM", Asked(Told(told)));
        var balance = Assert.Single(Of(told));
        Assert.Equal((100m, 0m), (balance.OnHand, balance.Unaccounted));
        // Either may have packed it: both have what they are told to have, and whoever got the pallet is asked as well.
        Assert.Equal($"{Depot} Holder 60 KGM, {Maker} Holder 100 KGM, {Shop} Holder 70 KGM", Asked(Told(Made(0, 70, Shop), Made(1, 100), told[1], OfContainer(Received(4, null, Depot)))));
    }

    [Fact]
    public void The_sheet_and_the_dry_run_tell_of_the_same_holders()
    {
        var lineage = Told(Made(1, 100), Packed(2, Pallet, 60, Maker), OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop)));
        const string expected = $"{Maker} Holder 40 KGM, {Shop} Holder 60 KGM";
        var lot = lineage.Number(Lot);
        Assert.Equal(expected, Asked(lineage));
        var things = new NodeSet();
        things.Add(lot);
        Assert.Equal(expected, string.Join(", ", Now(ImpactWalk.Of(ScopeProperties.Scopes(lineage), lineage, things, long.MaxValue)).Held
            .Select(held => Print(lineage, new() { Account = held.Account, Kind = held.Kind, Quantity = held.Quantity, Uom = held.Uom })).Order(StringComparer.Ordinal)));
        Assert.Equal([(Maker, 40m), (Shop, 60m)], Sheet(lineage, lot).Select(line => (lineage.Code(line.Standing.Holder), line.Quantity!.Value)).Order());
    }

    static List<Domain.Recalls.Reports.GoodsLine> Sheet(LocalLineage lineage, int lot)
    {
        var lines = new List<Domain.Recalls.Reports.GoodsLine>();
        var pages = SheetWalk.Of(lineage, [lot], new(), long.MaxValue).GetAsyncEnumerator();
        while (Now(pages.MoveNextAsync())) lines.AddRange(pages.Current);
        return lines;
    }

    [Fact]
    public void Whoever_has_a_container_is_asked_also_where_amounts_are_not_told()
    {
        // How much was packed nobody says: neither of them can be left out.
        var unknown = Packed(2, Pallet, null, Maker) with { Quantities = Kilograms(null) };
        Assert.Equal($"{Maker} Holder ? KGM, {Shop} Holder ? KGM", Asked(Told(Made(1, 100), unknown, OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop)))));
        Assert.Equal($"{Maker} Holder ? KGM, {Shop} InTransitTo ? KGM", Asked(Told(Made(1, 100), unknown, OfContainer(Sent(3, null, Maker, Shop)))));
        // No event names the lot but the one that packed it, with the packer or without.
        EpcisEvent[] carried = [OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop))];
        Assert.Equal($"{Maker} Holder 60 KGM", Asked(Told(Packed(2, Pallet, 60, Maker), OfContainer(Received(3, null, Maker)))));
        Assert.Equal($"{Shop} Holder 60 KGM", Asked(Told([Packed(2, Pallet, 60, Maker), .. carried])));
        Assert.Equal($"{Shop} Holder 60 KGM", Asked(Told([Packed(2, Pallet, 60, Maker) with { BizLocation = null }, .. carried])));
        // Who sent the container off nobody says: it comes to the one to whom it was sent.
        Assert.Equal($"{Shop} InTransitTo 60 KGM", Asked(Told(Made(1, 60), Packed(2, Pallet, 60, Maker), OfContainer(At(3, EventAction.Observe, "shipping", [], to: Shop)))));
    }

    [Fact]
    public void An_account_names_the_event_that_last_changed_it()
    {
        Holding[] Of(LocalLineage lineage) => Now(HoldingWalk.Of(lineage, [lineage.Number(Lot)], long.MaxValue))[lineage.Number(Lot)];
        var lineage = Told(Made(1, 100), Sent(2, 60, Maker, Shop), Received(3, 50, Shop), Sold(4, 5, Shop));
        Assert.Equal([(Maker, AccountKind.Holder, 2L), (Shop, AccountKind.Holder, 4L), (Shop, AccountKind.InTransitTo, 3L)], Of(lineage).Select(holding => (lineage.Code(holding.Account), holding.Kind, holding.LastSequence)).Order());
        var packed = Told(Made(1, 100), Packed(2, Pallet, 60, Maker), OfContainer(Sent(3, null, Maker, Shop)), OfContainer(Received(4, null, Shop)));
        Assert.Equal([(Maker, 2L), (Shop, 2L)], Of(packed).Select(holding => (packed.Code(holding.Account), holding.LastSequence)).Order());
    }

    [Fact]
    public void Whoever_has_goods_after_a_careful_trade_is_asked_for_exactly_these_and_nobody_else() =>
        Gen.Select(BalanceProperties.Careful, Gen.Int[1, 5]).Sample((history, shards) =>
        {
            var lineage = LocalLineage.Of(shards, Numbered(history.Events));
            var expected = history.Stock.Where(pair => pair.Value > 0).Select(pair => $"{pair.Key} Holder {pair.Value:0.##} KGM").Order(StringComparer.Ordinal);
            Assert.Equal(string.Join(", ", expected), Held(lineage));
            Assert.Equal(Held(lineage), Asked(lineage));
        }, iter: Proof.Rounds(500), print: sample => World.Print(Numbered(sample.Item1.Events)));
}
