namespace TraceGrains.Demo.Chain;

/// <summary>The whole story, and whom to look at in it.</summary>
sealed record Story(Journal Journal, DemoCast Cast)
{
    public static Story Tell(int seed, DateTimeOffset end)
    {
        var scene = new Scene(seed, end);
        var zhacai = new ZhacaiStory(scene);
        zhacai.Tell();
        var dairy = new DairyStory(scene);
        dairy.Tell();
        var retail = new RetailStory(scene, zhacai, dairy.InTheCity);
        retail.Tell();
        var drugs = new DrugStory(scene);
        drugs.Tell();
        return new(scene.Journal, Introduce(scene, zhacai, dairy, retail, drugs));
    }

    static DemoCast Introduce(Scene scene, ZhacaiStory zhacai, DairyStory dairy, RetailStory retail, DrugStory drugs)
    {
        var book = scene.Book;
        var reached = book.Reached(zhacai.RecalledLot);
        string[] units = [.. reached.Where(book.IsUnit).Order(StringComparer.Ordinal)];
        var shelf = retail.MixedPallet.Cases;
        var @case = shelf.First(one => reached.Contains(one.Lot) && one.Units.Any(book.IsSold));
        var cast = new DemoCast
        {
            Parties = [.. Roster.Everybody.Select(one => one.AsParty)],
            Places = [.. Roster.Everybody.SelectMany(one => one.AsPlaces)],
            Products = scene.Products,
            RecalledLot = zhacai.RecalledLot,
            Case = @case.Code,
            Pallet = retail.MixedPallet.Sscc,
            SoldUnit = @case.Units.First(book.IsSold),
            UntouchedUnit = shelf.First(one => !reached.Contains(one.Lot)).Units[0],
            PalletInTransit = retail.PalletInTransit,
            WronglyNamedInto = zhacai.WronglyNamedInto,
            DestroyedLot = zhacai.DestroyedLot,
            HospitalDrugUnit = drugs.DispensedBox,
            DrugCodeUnit = drugs.DrugCode,
            Sensor = dairy.Sensor,
            Lorry = dairy.Lorry,
            Crate = dairy.Crate,
            ExpectedReachedLots = [.. reached.Where(book.IsLot).Order(StringComparer.Ordinal)],
            ExpectedReachedUnits = units.Length,
            ExpectedReachedUnitsByHolder = units.CountBy(book.Holder).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            ExpectedReachedUnitsInTransit = units.Count(book.IsOnTheRoad),
            ExpectedReachedUnitsSold = units.Count(book.IsSold),
            Units = book.Units,
            Names = scene.Names,
        };
        Name(scene.Names, cast);
        return cast;
    }

    static void Name(Dictionary<string, (string Zh, string En)> names, DemoCast cast)
    {
        foreach (var party in cast.Parties)
            names[party.Code] = (party.Zh, party.En);
        foreach (var place in cast.Places)
            names[place.Code] = (place.Zh, place.En);
        foreach (var product in cast.Products)
            names[product.Code] = (product.Zh, product.En);
        names[cast.Case] = ("含问题批次的一箱榨菜", "A case of zhacai made from the recalled lot");
        names[cast.Pallet] = ("发往渝中店的混装托盘", "The mixed pallet for the Yuzhong shop");
        names[cast.PalletInTransit] = ("途中的托盘", "The pallet still on the road");
        names[cast.SoldUnit] = ("已售出的一瓶问题榨菜", "A sold jar made from the recalled lot");
        names[cast.UntouchedUnit] = ("同托盘未受影响的一件", "A unit of the same pallet that the recall does not reach");
        names[cast.HospitalDrugUnit] = ("医院发出的一盒药", "A box the hospital dispensed");
        names[cast.DrugCodeUnit] = ("二十位药品追溯码的一盒药", "A box with a 20-digit drug code");
    }
}
