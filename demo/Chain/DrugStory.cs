using static TraceGrains.Demo.Roster;

namespace TraceGrains.Demo.Chain;

/// <summary>Tablets: active ingredient, tablet lot, boxes in medium packs in large packs, a wholesaler, a hospital that dispenses.</summary>
sealed class DrugStory(Scene scene)
{
    const string Category = "药品";
    const int Lots = 3, BoxesPerMedium = 8, MediumPerLarge = 4, LargePerLot = 3;

    public string DispensedBox { get; private set; } = "";

    /// <summary>A box from a line that still prints the 20-digit code: no GS1 key, a Chinese drug code.</summary>
    public string DrugCode => "urn:tracegrains:cn:drug:81234567890123456789";

    public void Tell()
    {
        var ingredient = scene.Product(IngredientMaker, 1, "虚构原料药", "Fictitious active ingredient", Category);
        var tablets = scene.Product(DrugMaker, 1, "虚构片 裸片", "Fictitine tablets, unpacked", Category);
        var box = scene.Product(DrugMaker, 2, "虚构片 24片/盒", "Fictitine tablets, box of 24", Category);
        var medium = scene.Product(DrugMaker, 2, "虚构片 中包装 8盒", "Fictitine tablets, medium pack of 8 boxes", Category, level: 1);
        var large = scene.Product(DrugMaker, 2, "虚构片 大箱 32盒", "Fictitine tablets, large case of 32 boxes", Category, level: 2);

        for (var i = 0; i < Lots; i++)
        {
            var active = new Amount(Gs1.Lot(ingredient, $"API{i + 1}"), 2.4m, "KGM");
            scene.Names[active.Lot] = ($"原料药批次 API{i + 1}", $"Active ingredient lot API{i + 1}");
            scene.Grow(scene.On(41 - i, 9), "creating_class_instance", active, IngredientMaker);
            scene.Deliver(scene.On(40 - i, 8), scene.On(40 - i, 14), active, new(IngredientMaker, DrugMaker), $"API-{i + 1}");

            var pressed = new Amount(Gs1.Lot(tablets, $"P{i + 1}"), BoxesPerMedium * MediumPerLarge * LargePerLot * 24, null);
            scene.Names[pressed.Lot] = ($"裸片批次 P{i + 1}", $"Unpacked tablet lot P{i + 1}");
            scene.Make(scene.On(36 - i, 10), Words.Pressing, [active], pressed, DrugMaker, site: 0);
            Distribute(i, PackLot(i, pressed, box, medium, large));
        }
    }

    (List<string> Large, List<string[]> Boxes) PackLot(int i, Amount pressed, string box, string medium, string large)
    {
        var lotNumber = $"D{i + 1}";
        var lot = Gs1.Lot(box, lotNumber);
        scene.Names[lot] = ($"虚构片批次 {lotNumber}", $"Fictitine lot {lotNumber}");
        string[] boxes = [.. scene.Serials(box, BoxesPerMedium * MediumPerLarge * LargePerLot)];
        if (i == 0)
            boxes[1] = DrugCode;
        else if (i == 1)
            DispensedBox = boxes[2];
        scene.Make(scene.On(33 - i, 9), "creating_class_instance", [pressed], new(lot, boxes.Length, null), DrugMaker, site: 0);
        scene.Serialise(scene.On(33 - i, 10, 20), lot, boxes, new(lotNumber, "itemExpirationDate", scene.On(33 - i, 0).AddMonths(24)), DrugMaker, site: 0);

        string[] mediums = [.. scene.Serials(medium, MediumPerLarge * LargePerLot)];
        foreach (var (n, content) in boxes.Chunk(BoxesPerMedium).Index())
            scene.Put(scene.On(33 - i, 12, n * 10), mediums[n], content, DrugMaker, site: 0);
        List<string> larges = [.. scene.Serials(large, LargePerLot)];
        foreach (var (n, content) in mediums.Chunk(MediumPerLarge).Index())
            scene.Put(scene.On(33 - i, 15, n * 10), larges[n], content, DrugMaker, site: 0);
        scene.Tell(new(Kind.ObjectEvent, scene.On(31 - i, 9), "inspecting")
        {
            Action = "OBSERVE", Disposition = "conformant", ReadPoint = DrugMaker.Place(1), BizLocation = DrugMaker.Place(1), Epcs = larges,
            Paper = ("testres", DrugMaker.Paper($"QA-{lotNumber}")),
        });
        return (larges, [.. boxes.Chunk(BoxesPerMedium)]);
    }

    /// <summary>Two large cases of each lot go to the wholesaler, one on to the hospital; the rest stays where it is.</summary>
    void Distribute(int i, (List<string> Large, List<string[]> Boxes) lot)
    {
        var toWholesaler = new Transfer(DrugMaker, DrugWholesaler, FromSite: 1);
        var bill = ("desadv", DrugMaker.Paper($"DN-{i + 1}"));
        scene.Ship(scene.On(28 - i * 2, 8), lot.Large[..2], toWholesaler, bill);
        scene.Receive(scene.On(28 - i * 2, 15), lot.Large[..2], toWholesaler, bill);

        var toHospital = new Transfer(DrugWholesaler, Hospital);
        var delivery = ("desadv", DrugWholesaler.Paper($"DN-{i + 1}"));
        scene.Ship(scene.On(22 - i * 3, 9), [lot.Large[0]], toHospital, delivery);
        scene.Receive(scene.On(22 - i * 3, 13), [lot.Large[0]], toHospital, delivery, disposition: "sellable_not_accessible");

        string[] mediums = [.. scene.Book.Contents(lot.Large[0])];
        scene.TakeOut(scene.On(21 - i * 3, 8), lot.Large[0], mediums, Hospital);
        scene.TakeOut(scene.On(20 - i * 3, 8), mediums[0], null, Hospital, site: 1);
        var boxes = lot.Boxes[0];
        for (var n = 0; n < 3; n++)
            scene.Sell(scene.On(19 - i * 3 - n * 3, 10 + n), boxes[(n * 2)..(n * 2 + 2)], Hospital, step: "dispensing", disposition: "dispensed", site: 1);
    }
}
