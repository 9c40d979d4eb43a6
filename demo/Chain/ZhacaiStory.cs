using static TraceGrains.Demo.Roster;

namespace TraceGrains.Demo.Chain;

/// <summary>A closed case of retail units of one retail lot.</summary>
/// <param name="Code">SGTIN of the case.</param>
/// <param name="Lot">The retail lot.</param>
/// <param name="Units">What is in it, in the order of the serial numbers.</param>
sealed record Case(string Code, string Lot, IReadOnlyList<string> Units);

/// <summary>
/// Pickled mustard tuber from six growers. Lots are split and mixed twice before they are packed, so that one grower's lot is in some of the
/// finished lots and not in others. Real zhacai ferments for months; here it has two weeks.
/// </summary>
sealed class ZhacaiStory(Scene scene)
{
    /// <summary>Salted lot → the raw lots in it. C1 goes into two of them, C2 of the same grower into another.</summary>
    static readonly (string Salted, string[] Raw)[] Salting =
    [
        ("S1", ["A1", "B1"]), ("S2", ["A2", "D1"]), ("S3", ["B2", "C1"]), ("S4", ["C1", "E1"]),
        ("S5", ["D2", "E2"]), ("S6", ["F1", "A3"]), ("S7", ["B3", "C2"]), ("S8", ["D3", "E3"]),
    ];

    /// <summary>Blended lot → the salted lots in it. The last two are packed half in jars, half in catering bags.</summary>
    static readonly (string Blend, string[] Salted, bool HalfInBags)[] Blending =
    [
        ("M1", ["S1", "S2"], false), ("M2", ["S2", "S3"], false), ("M3", ["S4", "S5"], false),
        ("M4", ["S5", "S6"], false), ("M5", ["S3", "S4", "S7"], true), ("M6", ["S7", "S8", "S1"], true),
    ];

    const string Category = "食品";
    const decimal SaltedFromRaw = 0.6m;
    const int JarsPerCase = 12, BagsPerCase = 6, CasesPerPallet = 8;

    readonly Dictionary<string, Amount> raw = [];
    readonly Dictionary<string, Amount> salted = [];
    readonly Dictionary<string, Amount> blended = [];
    Amount salt, chilli;
    string jar = "", bag = "", jarCase = "", bagCase = "";

    public string RecalledLot => raw["C1"].Lot;

    public string DestroyedLot => raw["F2"].Lot;

    public string WronglyNamedInto => salted["S6"].Lot;

    /// <summary>Cases that the distributor in the city, and the one in Wanzhou, took off the maker's pallets.</summary>
    public List<Case> InTheCity { get; } = [];

    public List<Case> InWanzhou { get; } = [];

    public bool IsBag(Case one) => one.Lot.StartsWith(bag, StringComparison.Ordinal);

    public void Tell()
    {
        NameProducts();
        PlanWeights();
        Harvest();
        TakeInAndDestroyTheBadOne();
        Supply();
        SaltThem();
        BlendThem();
        var pallets = Palletise(Pack());
        ShipToTheCity(pallets[..6]);
        ShipToWanzhou(pallets[6..9]);   // The tenth stays in the maker's warehouse.
    }

    void NameProducts()
    {
        foreach (var (i, grower) in Growers.Index())
            scene.Product(grower, 1, $"青菜头（种植户{"甲乙丙丁戊己"[i]}）", $"Mustard tuber of grower {(char)('A' + i)}", "食用农产品");
        scene.Product(Salt, 1, "泡菜盐", "Pickling salt", Category);
        scene.Product(Chilli, 1, "辣椒粉", "Chilli powder", Category);
        scene.Product(Pickler, 1, "盐渍青菜头半成品", "Salted mustard tuber, semi-finished", Category);
        scene.Product(Pickler, 2, "榨菜散料", "Blended zhacai, bulk", Category);
        jar = scene.Product(Pickler, 3, "乌有榨菜 300克瓶装", "Wuyou zhacai, 300 g jar", Category);
        bag = scene.Product(Pickler, 4, "乌有榨菜 1千克餐饮装", "Wuyou zhacai, 1 kg catering bag", Category);
        jarCase = scene.Product(Pickler, 3, "乌有榨菜 300克×12 箱", "Wuyou zhacai, case of 12 jars", Category, level: 1);
        bagCase = scene.Product(Pickler, 4, "乌有榨菜 1千克×6 箱", "Wuyou zhacai, case of 6 bags", Category, level: 1);
    }

    /// <summary>Works backwards from what is packed, so that what goes in and what comes out agree at every step.</summary>
    void PlanWeights()
    {
        foreach (var (blend, _, halfInBags) in Blending)
            blended[blend] = Named(Gs1.Lot(Pickler.Product(2), blend), halfInBags ? 83m : 45m, $"榨菜散料批次 {blend}", $"Blended zhacai lot {blend}");
        foreach (var (lot, _) in Salting)
            salted[lot] = Named(Gs1.Lot(Pickler.Product(1), lot), Blending.Where(b => b.Salted.Contains(lot)).Sum(SaltedShare) + 2m + scene.Below(20) / 10m,
                $"盐渍批次 {lot}", $"Salted lot {lot}");
        foreach (var lot in Salting.SelectMany(s => s.Raw).Distinct().Append("F2").Order(StringComparer.Ordinal))
        {
            var grower = lot[0] - 'A';
            var kilograms = lot == "F2" ? 58.5m : Salting.Where(s => s.Raw.Contains(lot)).Sum(RawShare);
            raw[lot] = Named(Gs1.Lot(Growers[grower].Product(1), lot), kilograms, $"种植户{"甲乙丙丁戊己"[grower]}青菜头批次 {lot}", $"Harvest lot {lot} of grower {lot[0]}");
        }
    }

    Amount Named(string lot, decimal kilograms, string zh, string en)
    {
        scene.Names[lot] = (zh, en);
        return new(lot, kilograms, "KGM");
    }

    decimal SaltedShare((string Blend, string[] Salted, bool) b) => decimal.Round(blended[b.Blend].Quantity * 0.94m / b.Salted.Length, 1);

    decimal RawShare((string Salted, string[] Raw) s) => decimal.Round(salted[s.Salted].Quantity / SaltedFromRaw / s.Raw.Length, 1);

    void Harvest()
    {
        foreach (var (i, (lot, amount)) in raw.OrderBy(pair => pair.Key, StringComparer.Ordinal).Index())
        {
            var grower = Growers[lot[0] - 'A'];
            scene.Grow(scene.On(42 - i % 3, 7, i * 5), Words.Harvest, amount, grower);
            // 承诺达标合格证: the grower's own promise that comes with fresh produce.
            if (lot.EndsWith('1'))
                scene.Tell(new(Kind.ObjectEvent, scene.On(42 - i % 3, 10), Words.Certify)
                {
                    Action = "OBSERVE", Disposition = "conformant", ReadPoint = grower.Place(), Amounts = [amount], Paper = ("cert", grower.Paper($"HGZ-{lot}")),
                });
        }
    }

    void TakeInAndDestroyTheBadOne()
    {
        foreach (var (i, (lot, amount)) in raw.OrderBy(pair => pair.Key, StringComparer.Ordinal).Index())
            scene.Deliver(scene.On(41 - i % 3, 6, i * 3), scene.On(41 - i % 3, 9, i * 5), amount, new(Growers[lot[0] - 'A'], Pickler), $"RAW-{lot}");

        var bad = raw["F2"];
        scene.Tell(new(Kind.ObjectEvent, scene.On(38, 14), "inspecting")
        {
            Action = "OBSERVE", Disposition = "non_conformant", ReadPoint = Pickler.Place(), BizLocation = Pickler.Place(), Amounts = [bad],
            Paper = ("testres", Pickler.Paper("NC-0007")), Remarks = [("testItem", "农药残留"), ("limit", "0.05 mg/kg"), ("result", "0.31 mg/kg")],
        });
        scene.Tell(new(Kind.ObjectEvent, scene.On(36, 10), "destroying")
        {
            Action = "DELETE", Disposition = "destroyed", ReadPoint = Pickler.Place(), Amounts = [bad], Paper = ("testres", Pickler.Paper("NC-0007")),
            Remarks = [("witness", Inspectorate.Party), ("method", "无害化处理")],
        });
    }

    void Supply()
    {
        salt = Named(Gs1.Lot(Salt.Product(1), "Y26"), 40m, "泡菜盐批次 Y26", "Salt lot Y26");
        chilli = Named(Gs1.Lot(Chilli.Product(1), "H11"), 24m, "辣椒粉批次 H11", "Chilli lot H11");
        foreach (var (amount, supplier) in new[] { (salt, Salt), (chilli, Chilli) })
        {
            scene.Grow(scene.On(42, 8), "creating_class_instance", amount, supplier);
            scene.Deliver(scene.On(41, 8), scene.On(40, 15), amount, new(supplier, Pickler), "S-100");
        }
    }

    void SaltThem()
    {
        foreach (var (i, plan) in Salting.Index())
        {
            var day = 38 - i / 3;
            Amount[] roots = [.. plan.Raw.Select(lot => raw[lot] with { Quantity = RawShare(plan) })];
            var brine = salt with { Quantity = decimal.Round(salted[plan.Salted].Quantity * 0.06m, 1) };
            switch (plan.Salted)
            {
                case "S3":
                    // One pit filled on two days and emptied on a third: three events, one process.
                    scene.Make([(scene.On(38, 15), [roots[0], brine]), (scene.On(37, 15), [roots[1]])], scene.On(35, 9), Words.Salting, salted["S3"],
                        Pickler, site: 1, Gs1.Document(Pickler.Prefix, 1, "PIT3"));
                    break;
                case "S6":
                    SaltWithASlipOfThePen(roots, brine);
                    break;
                default:
                    scene.Make(scene.On(day, 11, i * 7), Words.Salting, [.. roots, brine], salted[plan.Salted], Pickler, site: 1);
                    break;
            }
        }
    }

    /// <summary>The clerk wrote C1 for F1. Two days later the event is declared wrong and told again: whoever forgets that recalls too much.</summary>
    void SaltWithASlipOfThePen(IReadOnlyList<Amount> roots, Amount brine)
    {
        var at = scene.On(37, 11, 40);
        var noticed = scene.On(35, 16);
        var (wrongId, rightId) = (scene.NewId(), scene.NewId());
        var right = scene.Transformation(at, Words.Salting, Pickler, site: 1) with { Inputs = [.. roots, brine], Outputs = [salted["S6"]], Id = rightId, CapturedAt = noticed };
        var wrong = right with { Inputs = [roots[0] with { Lot = raw["C1"].Lot }, roots[1], brine], Id = wrongId, CapturedAt = null };

        scene.Book.Lot(salted["S6"].Lot, Pickler);
        foreach (var input in right.Inputs)
            scene.Book.Becomes(input.Lot, salted["S6"].Lot);
        scene.Tell(wrong);
        scene.Tell(wrong with { Error = (noticed, rightId), CapturedAt = noticed });
        scene.Tell(right);
    }

    void BlendThem()
    {
        foreach (var (i, plan) in Blending.Index())
        {
            var shares = plan.Salted.Select(lot => salted[lot] with { Quantity = SaltedShare(plan) });
            var spice = chilli with { Quantity = decimal.Round(blended[plan.Blend].Quantity * 0.06m, 1) };
            scene.Make(scene.On(30 - i / 2, 9, i % 2 * 180), Words.Blending, [.. shares, spice], blended[plan.Blend], Pickler, site: 1);
        }
    }

    /// <summary>Each blended lot becomes one retail lot of jars, or one of jars and one of bags. Answers the cases of each blended lot.</summary>
    List<List<Case>> Pack()
    {
        var cases = new List<List<Case>>();
        foreach (var (i, (blend, _, halfInBags)) in Blending.Index())
        {
            var jars = PackOne(blend, jar, jarCase, "瓶装", "jars", halfInBags ? 96 : 144, JarsPerCase, halfInBags ? 29m : 45m, 27 - i / 2, 8 + i % 2 * 4);
            cases.Add(halfInBags
                ? [.. jars.Zip(PackOne(blend, bag, bagCase, "餐饮装", "bags", 48, BagsPerCase, 54m, 25, 8 + i % 2 * 4)).SelectMany(pair => new[] { pair.First, pair.Second })]
                : jars);
        }
        return cases;
    }

    List<Case> PackOne(string blend, string product, string caseProduct, string zh, string en, int count, int perCase, decimal kilograms, int day, int hour)
    {
        var retailLot = Gs1.Lot(product, blend);
        scene.Names[retailLot] = ($"乌有榨菜{zh}批次 {blend}", $"Wuyou zhacai {en}, lot {blend}");
        var units = scene.Serials(product, count);
        scene.PackUnits(scene.On(day, hour), blended[blend] with { Quantity = kilograms }, units, new(retailLot, 3m, null),
            new(blend, "bestBeforeDate", scene.On(day, 0).AddMonths(12)), Pickler, site: 2);

        var caseCodes = scene.Serials(caseProduct, count / perCase);
        List<Case> cases = [.. caseCodes.Zip(units.Chunk(perCase), (code, content) => new Case(code, retailLot, content))];
        foreach (var (i, one) in cases.Index())
            scene.Put(scene.On(day, hour + 1, i * 10), one.Code, one.Units, Pickler, site: 2);
        return cases;
    }

    /// <summary>The warehouse fills its pallets from all lines at once: every pallet carries several lots.</summary>
    List<(string Sscc, Case[] Cases)> Palletise(List<List<Case>> lines)
    {
        var order = Enumerable.Range(0, lines.Max(line => line.Count)).SelectMany(round => lines.Where(line => round < line.Count).Select(line => line[round]));
        List<(string, Case[])> pallets = [.. order.Chunk(CasesPerPallet).Select((cases, i) => (Pickler.Sscc(i + 1), cases))];
        foreach (var (i, (sscc, cases)) in pallets.Index())
            scene.Put(scene.On(24, 8 + i), sscc, [.. cases.Select(one => one.Code)], Pickler, site: 3);
        return pallets;
    }

    void ShipToTheCity(IReadOnlyList<(string Sscc, Case[] Cases)> pallets)
    {
        foreach (var (i, (sscc, cases)) in pallets.Index())
        {
            var note = ("desadv", Pickler.Paper($"DN-{100 + i}"));
            var transfer = new Transfer(Pickler, Distributor, FromSite: 3);
            scene.Ship(scene.On(23 - i / 2, 7, i % 2 * 20), [sscc], transfer, note);
            // The last pallet's receipt was found in a drawer and sent in nine days late, when the pallet was long taken apart and part of its
            // goods were in the shops: whoever replays the events as they came in leaves the rest with the maker.
            scene.Receive(scene.On(22 - i / 2, 10, i % 2 * 20), [sscc], transfer, note, capturedAt: i == 5 ? scene.On(11, 17) : null);
            scene.TakeOut(scene.On(18, 8, i * 25), sscc, i % 3 == 0 ? null : [.. cases.Select(one => one.Code)], Distributor);
            InTheCity.AddRange(cases);
        }
    }

    /// <summary>The distributor in Wanzhou runs an older ERP: its side of the story is written in EPC URNs.</summary>
    void ShipToWanzhou(IReadOnlyList<(string Sscc, Case[] Cases)> pallets)
    {
        foreach (var (i, (sscc, cases)) in pallets.Index())
        {
            var note = ("desadv", Pickler.Paper($"DN-{110 + i}"));
            var transfer = new Transfer(Pickler, WanzhouDistributor, FromSite: 3);
            scene.Ship(scene.On(21, 7, i * 20), [sscc], transfer, note);
            scene.Receive(scene.On(20, 14, i * 20), [sscc], transfer, note, inUrns: true);
            scene.TakeOut(scene.On(17, 9, i * 20), sscc, [.. cases.Select(one => one.Code)], WanzhouDistributor, inUrns: true);
            InWanzhou.AddRange(cases);
        }
    }
}
