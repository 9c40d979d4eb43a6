using static TraceGrains.Demo.Roster;

namespace TraceGrains.Demo.Chain;

/// <summary>What the two distributors make of the pallets they took apart: mixed pallets for shops and a canteen, sales, one return, one pallet on the road.</summary>
sealed class RetailStory(Scene scene, ZhacaiStory zhacai, IReadOnlyList<Case> milk)
{
    readonly List<Case> cityStock = [.. zhacai.InTheCity];
    readonly List<Case> milkStock = [.. milk];
    readonly List<Case> wanzhouStock = [.. zhacai.InWanzhou];
    int pallets;

    /// <summary>The first mixed pallet and what stood on it.</summary>
    public (string Sscc, IReadOnlyList<Case> Cases) MixedPallet { get; private set; }

    public string PalletInTransit { get; private set; } = "";

    public void Tell()
    {
        var canteen = Take(cityStock, zhacai.IsBag, 5);
        Deliver(Distributor, Canteen, canteen, 14, step: "accepting");
        scene.TakeOut(scene.On(13, 8), canteen[0].Code, canteen[0].Units, Canteen);

        MixedPallet = StockShop(Distributor, YuzhongShop, [.. Take(cityStock, Any, 7), .. Take(milkStock, Any, 4)], 15, toOpen: 6);
        StockShop(Distributor, JiangbeiShop, [.. Take(cityStock, Any, 6), .. Take(milkStock, Any, 3)], 15, toOpen: 5);
        var nanan = Take(cityStock, Any, 6);
        StockShop(Distributor, NananShop, [.. nanan, .. Take(milkStock, Any, 3)], 14, toOpen: 4);
        StockShop(Distributor, ShapingbaShop, [.. Take(cityStock, Any, 6), .. Take(milkStock, Any, 3)], 13, toOpen: 4);
        StockShop(Distributor, FulingShop, [.. Take(cityStock, Any, 4), .. Take(milkStock, Any, 2)], 12, toOpen: 3);
        SendBack(nanan[^1]);

        StockShop(WanzhouDistributor, WanzhouShop, Take(wanzhouStock, Any, 7), 14, toOpen: 5);
        StockShop(WanzhouDistributor, ZhongxianShop, Take(wanzhouStock, Any, 5), 10, toOpen: 3);
        PalletInTransit = Dispatch(WanzhouDistributor, ZhongxianShop, Take(wanzhouStock, Any, 4), 1).Sscc;
    }

    (string Sscc, IReadOnlyList<Case> Cases) StockShop(Business from, Business shop, IReadOnlyList<Case> cases, int day, int toOpen)
    {
        var sscc = Deliver(from, shop, cases, day);
        foreach (var (i, one) in cases.Take(toOpen).Index())
        {
            scene.TakeOut(scene.On(day - 3, 8, i * 15), one.Code, one.Units, shop);
            var onShelf = one.Units;
            for (var sale = 1; sale <= 3; sale++)
            {
                // A till closes some sales as the end of the item's life and others as an observation: both are in use, both mean sold.
                var units = onShelf.Take(2 + scene.Below(3)).ToArray();
                onShelf = [.. onShelf.Skip(units.Length)];
                if (units.Length > 0)
                    scene.Sell(scene.On(day - 3 - sale * 2, 12 + i, sale * 10), units, shop, sale == 3 ? "DELETE" : "OBSERVE");
            }
        }
        return (sscc, cases);
    }

    string Deliver(Business from, Business to, IReadOnlyList<Case> cases, int day, string step = "receiving")
    {
        var (sscc, transfer, note) = Dispatch(from, to, cases, day);
        scene.Receive(scene.On(day - 1, 6, 30), [sscc], transfer, note, step: step, disposition: "sellable_not_accessible");
        scene.TakeOut(scene.On(day - 1, 7, 10), sscc, pallets % 2 == 0 ? null : [.. cases.Select(one => one.Code)], to);
        return sscc;
    }

    (string Sscc, Transfer Transfer, (string, string) Note) Dispatch(Business from, Business to, IReadOnlyList<Case> cases, int day)
    {
        var inUrns = from == WanzhouDistributor;
        var sscc = from.Sscc(++pallets);
        var transfer = new Transfer(from, to);
        var note = ("desadv", from.Paper($"DN-{pallets}"));
        scene.Put(scene.On(day, 13, pallets % 4 * 12), sscc, [.. cases.Select(one => one.Code)], from, inUrns: inUrns);
        scene.Ship(scene.On(day, 16, pallets % 4 * 12), [sscc], transfer, note, inUrns: inUrns);
        return (sscc, transfer, note);
    }

    void SendBack(Case unopened)
    {
        var paper = ("rma", Distributor.Paper("RMA-0042"));
        var transfer = new Transfer(NananShop, Distributor);
        scene.Ship(scene.On(6, 15), [unopened.Code], transfer, paper);
        scene.Receive(scene.On(5, 9), [unopened.Code], transfer, paper, disposition: "returned");
    }

    static bool Any(Case one) => true;

    static List<Case> Take(List<Case> stock, Predicate<Case> wanted, int count)
    {
        List<Case> taken = [.. stock.FindAll(wanted).Take(count)];
        stock.RemoveAll(taken.Contains);
        return taken;
    }
}
