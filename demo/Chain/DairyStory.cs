using static TraceGrains.Demo.Roster;

namespace TraceGrains.Demo.Chain;

/// <summary>
/// Milk from four farms. The tank is not emptied between lots, so a heel of the last lot is an input of the next until the tank is washed.
/// Long-life milk goes to the distributor in cases; fresh milk goes to shops in crates that come back, on a lorry with a thermometer.
/// </summary>
sealed class DairyStory(Scene scene)
{
    const string Category = "食品";
    const int Tanks = 8, TanksPerWash = 3, UnitsPerPack = 12, PacksPerLot = 6;

    static readonly Business[] Shops = [YuzhongShop, JiangbeiShop, NananShop];

    readonly List<string> crates = [.. Enumerable.Range(1, 9).Select(i => Gs1.Crate(Dairy.Prefix, 90, $"K{i:00}"))];
    string longLife = "", longLifeCase = "", fresh = "";

    public string Lorry { get; } = Gs1.Asset(Dairy.Prefix, "LORRY1");

    public string Sensor { get; } = Gs1.Asset(Dairy.Prefix, "TEMP01");

    public string SecondSensor { get; } = Gs1.Asset(Dairy.Prefix, "TEMP02");

    /// <summary>The crate that is used on every trip.</summary>
    public string Crate => crates[2];

    /// <summary>Long-life cases in the distributor's stock before it serves the shops.</summary>
    public List<Case> InTheCity { get; } = [];

    public void Tell()
    {
        foreach (var (i, farm) in Farms.Index())
            scene.Product(farm, 1, $"生牛乳（{farm.Zh}）", $"Raw milk of farm No. {i + 1}", "食用农产品");
        var tankMilk = scene.Product(Dairy, 1, "贮奶罐混合乳", "Commingled tank milk", Category);
        longLife = scene.Product(Dairy, 2, "子虚纯牛奶 1升（超高温灭菌）", "Zixu UHT milk, 1 l", Category);
        longLifeCase = scene.Product(Dairy, 2, "子虚纯牛奶 1升×12 箱", "Zixu UHT milk, case of 12", Category, level: 1);
        fresh = scene.Product(Dairy, 3, "子虚鲜牛奶 950毫升（巴氏杀菌）", "Zixu fresh pasteurised milk, 950 ml", Category);
        scene.Names[Lorry] = ("子虚乳业一号冷藏车", "Zixu Dairy refrigerated lorry 1");
        scene.Names[Sensor] = ("温度记录仪 TEMP01", "Temperature logger TEMP01");
        scene.Names[SecondSensor] = ("温度记录仪 TEMP02", "Temperature logger TEMP02");
        foreach (var (i, crate) in crates.Index())
            scene.Names[crate] = ($"周转箱 K{i + 1:00}", $"Returnable crate K{i + 1:00}");

        scene.Attach(scene.On(40, 6), Lorry, Sensor, Dairy, site: 2);
        for (var i = 0; i < Tanks; i++)
        {
            var day = 40 - i * 4;
            var tank = FillTank(i, day, Gs1.Lot(tankMilk, $"T{i + 1}"));
            if (i % 2 == 0)
                BottleLongLife(i / 2 + 1, tank, day - 1);
            else
                BottleAndDeliverFresh(i / 2, tank, day);
        }
    }

    Amount FillTank(int i, int day, string lot)
    {
        List<Amount> inputs = [];
        foreach (var farm in new[] { Farms[i % 4], Farms[(i + 1) % 4] })
        {
            var milk = new Amount(Gs1.Lot(farm.Product(1), $"R{i + 1}"), 40m + scene.Below(30) / 10m, "LTR");
            scene.Grow(scene.On(day, 4), Words.Milking, milk, farm);
            scene.Deliver(scene.On(day, 4, 40), scene.On(day, 6, 30), milk, new(farm, Dairy), $"MILK-{i + 1}");
            inputs.Add(milk);
        }
        if (i % TanksPerWash != 0)
            inputs.Add(new(Gs1.Lot(Dairy.Product(1), $"T{i}"), 3.5m, "LTR"));

        var tank = new Amount(lot, inputs.Sum(input => input.Quantity), "LTR");
        scene.Names[lot] = ($"贮奶罐批次 T{i + 1}", $"Tank lot T{i + 1}");
        scene.Make(scene.On(day, 7, 10), "creating_class_instance", inputs, tank, Dairy, site: 0);
        return tank;
    }

    void BottleLongLife(int number, Amount tank, int day)
    {
        var (units, lot) = Bottle($"U{number}", longLife, tank, 74m, day, "bestBeforeDate", shelfLifeDays: 180);
        var cases = scene.Serials(longLifeCase, PacksPerLot).Zip(units.Chunk(UnitsPerPack), (code, content) => new Case(code, lot, content)).ToList();
        foreach (var (i, one) in cases.Index())
            scene.Put(scene.On(day, 13, i * 10), one.Code, one.Units, Dairy, site: 1);

        var pallet = Dairy.Sscc(number);
        string[] codes = [.. cases.Select(one => one.Code)];
        var transfer = new Transfer(Dairy, Distributor, FromSite: 2);
        var note = ("desadv", Dairy.Paper($"DN-U{number}"));
        scene.Put(scene.On(day, 15), pallet, codes, Dairy, site: 2);
        scene.Ship(scene.On(day - 1, 8), [pallet], transfer, note);
        scene.Receive(scene.On(day - 1, 11), [pallet], transfer, note);
        scene.TakeOut(scene.On(day - 2, 9), pallet, codes, Distributor);
        if (day > 16)
            InTheCity.AddRange(cases);
    }

    void BottleAndDeliverFresh(int trip, Amount tank, int day)
    {
        var (units, _) = Bottle($"V{trip + 1}", fresh, tank, 70m, day, "sellByDate", shelfLifeDays: 10);
        // The pool of crates is larger than a trip: each trip starts elsewhere in it, so that a crate meets other lots and other shops.
        string[] used = [.. Enumerable.Range(0, PacksPerLot).Select(i => crates[(trip * 2 + i) % 9])];
        if (!used.Contains(Crate))
            used[0] = Crate;
        foreach (var (i, crate) in used.Index())
            scene.Put(scene.On(day, 13, i * 10), crate, units.Chunk(UnitsPerPack).ElementAt(i), Dairy, site: 1);

        var thermometer = trip < 3 ? Sensor : SecondSensor;
        if (trip == 3)
        {
            scene.Detach(scene.On(day, 15), Lorry, Sensor, Dairy, site: 2);
            scene.Attach(scene.On(day, 15, 20), Lorry, SecondSensor, Dairy, site: 2);
            scene.Attach(scene.On(day, 15, 40), Crate, Sensor, Dairy, site: 2);
        }

        day--;
        scene.Put(scene.On(day, 5), Lorry, used, Dairy, site: 2, step: "loading");
        foreach (var (stop, shop) in Shops.Index())
            scene.Ship(scene.On(day, 5, 20 + stop * 10), Drop(stop), To(shop), Note(stop));
        for (var hour = 6; hour <= 9; hour++)
            scene.Measure(scene.On(day, hour, 50), Lorry, new(thermometer, trip == 2 && hour == 8 ? 9.4m : 2.5m + scene.Below(20) / 10m),
                trip == 2 && hour == 8 ? "non_conformant" : null);
        foreach (var (stop, shop) in Shops.Index())
        {
            scene.TakeOut(scene.On(day, 10 + stop), Lorry, Drop(stop), shop, step: "unloading");
            scene.Receive(scene.On(day, 10 + stop, 15), Drop(stop), To(shop), Note(stop), disposition: "sellable_accessible");
            foreach (var (i, crate) in Drop(stop).Index())
            {
                string[] content = [.. scene.Book.Contents(crate)];
                scene.TakeOut(scene.On(day, 14 + stop, i * 15), crate, i == 0 ? content : null, shop);
                scene.Sell(scene.On(day - 1 - i, 18, stop * 10), content[..(7 + scene.Below(5))], shop);
            }
            // Empty crates go home. What they carry next has nothing to do with what they carried.
            var home = new Transfer(shop, Dairy, ToSite: 2);
            scene.Ship(scene.On(day - 2, 7, stop * 10), Drop(stop), home);
            scene.Receive(scene.On(day - 2, 11, stop * 10), Drop(stop), home);
        }
        if (trip == 3)
            scene.Detach(scene.On(day - 2, 15), Crate, Sensor, Dairy, site: 2);

        string[] Drop(int stop) => used[(stop * 2)..(stop * 2 + 2)];
        Transfer To(Business shop) => new(Dairy, shop, FromSite: 2);
        (string, string) Note(int stop) => ("desadv", Dairy.Paper($"DN-V{trip + 1}-{stop + 1}"));
    }

    (IReadOnlyList<string> Units, string Lot) Bottle(string lotNumber, string product, Amount tank, decimal litres, int day, string dateTerm, int shelfLifeDays)
    {
        var lot = Gs1.Lot(product, lotNumber);
        scene.Names[lot] = ($"牛奶批次 {lotNumber}", $"Milk lot {lotNumber}");
        var units = scene.Serials(product, UnitsPerPack * PacksPerLot);
        scene.Make(scene.On(day, 9), Words.Heating, [tank with { Quantity = litres }], new(lot, units.Count, null), Dairy, site: 1);
        // The filling line prints lot and serial into one code; both spellings name the same bottle.
        scene.Serialise(scene.On(day, 10, 30), lot, units, new(lotNumber, dateTerm, scene.On(day, 0).AddDays(shelfLifeDays)), Dairy, site: 1, lotInEveryCode: true);
        return (units, lot);
    }
}
