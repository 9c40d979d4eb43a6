namespace TraceGrains.Demo;

/// <summary>An invented enterprise and the keys under its demonstration prefix.</summary>
sealed record Business(int Number, string Zh, string En, DemoDistrict District, string Role, params (string Zh, string En)[] Sites)
{
    public string Prefix { get; } = $"952{Number:0000}";

    public string Party => Gs1.Party(Prefix, 0);

    /// <summary>A place of this enterprise; one that names no sites has a single place of its own name.</summary>
    public string Place(int site = 0) => Gs1.Place(Prefix, site + 1);

    public string Product(int item, int level = 0) => Gs1.Product(Prefix, item, level);

    public string Sscc(int serial) => Gs1.Sscc(Prefix, serial);

    /// <summary>A business document as CBV 2.0 (8.5.2) names it: the issuer's GLN and the issuer's own number.</summary>
    public string Paper(string number) => $"urn:epcglobal:cbv:bt:{Gs1.Gln(Prefix, 0)}:{number}";

    public DemoParty AsParty => new(Party, Zh, En, District, Role);

    public IEnumerable<DemoPlace> AsPlaces => Sites.Length == 0
        ? [new(Place(), Zh, En, District, Party)]
        : Sites.Select((site, i) => new DemoPlace(Place(i), Zh + site.Zh, $"{En}, {site.En}", District, Party));
}

/// <summary>
/// The cast. The names come from the literature of what is not there: 子虚, 乌有 and 亡是 are the three non-existent gentlemen of Sima Xiangru's
/// rhapsody, 无何有 is Zhuangzi's land of nothing, 桃源 and 南柯 are the lost valley and the dream.
/// </summary>
static class Roster
{
    static readonly DemoDistrict
        Wanzhou = new("500101", "万州区", "Wanzhou"),
        Fuling = new("500102", "涪陵区", "Fuling"),
        Yuzhong = new("500103", "渝中区", "Yuzhong"),
        Jiangbei = new("500105", "江北区", "Jiangbei"),
        Shapingba = new("500106", "沙坪坝区", "Shapingba"),
        Jiulongpo = new("500107", "九龙坡区", "Jiulongpo"),
        Nanan = new("500108", "南岸区", "Nan'an"),
        Beibei = new("500109", "北碚区", "Beibei"),
        Yubei = new("500112", "渝北区", "Yubei"),
        Changshou = new("500115", "长寿区", "Changshou"),
        Hechuan = new("500117", "合川区", "Hechuan"),
        Nanchuan = new("500119", "南川区", "Nanchuan"),
        Liangping = new("500155", "梁平区", "Liangping"),
        Zhongxian = new("500233", "忠县", "Zhong County"),
        Shizhu = new("500240", "石柱土家族自治县", "Shizhu");

    public static readonly IReadOnlyList<Business> Growers =
    [
        .. "甲乙丙丁戊己".Select((zh, i) => new Business(101 + i, $"虚构青菜头种植户{zh}", $"Fictitious mustard grower {(char)('A' + i)}", Fuling, "grower")),
    ];

    public static readonly Business
        Salt = new(111, "子虚盐业", "Zixu Salt", Wanzhou, "supplier"),
        Chilli = new(112, "子虚辣椒合作社", "Zixu Chilli Co-operative", Shizhu, "supplier"),
        Pickler = new(120, "乌有榨菜厂", "Wuyou Zhacai Works", Fuling, "maker", ("原料场", "intake yard"), ("腌制池", "salting pits"), ("包装车间", "packing hall"), ("成品库", "warehouse")),
        Inspectorate = new(190, "虚构涪陵市场监管所", "Fictitious Fuling market inspectorate", Fuling, "regulator"),
        Distributor = new(201, "亡是供应链", "Wangshi Supply Chain", Jiangbei, "distributor"),
        WanzhouDistributor = new(202, "亡是万州商贸", "Wangshi Wanzhou Trading", Wanzhou, "distributor"),
        YuzhongShop = new(301, "乌托邦超市渝中店", "Utopia Supermarket Yuzhong", Yuzhong, "shop"),
        JiangbeiShop = new(302, "乌托邦超市江北店", "Utopia Supermarket Jiangbei", Jiangbei, "shop"),
        NananShop = new(303, "乌托邦超市南岸店", "Utopia Supermarket Nan'an", Nanan, "shop"),
        ShapingbaShop = new(304, "乌托邦超市沙坪坝店", "Utopia Supermarket Shapingba", Shapingba, "shop"),
        FulingShop = new(305, "乌托邦超市涪陵店", "Utopia Supermarket Fuling", Fuling, "shop"),
        WanzhouShop = new(311, "桃源超市万州一店", "Taoyuan Supermarket Wanzhou No. 1", Wanzhou, "shop"),
        ZhongxianShop = new(312, "桃源超市忠县店", "Taoyuan Supermarket Zhong County", Zhongxian, "shop"),
        Canteen = new(320, "子虚小学食堂", "Zixu Primary School canteen", Shapingba, "canteen"),
        Dairy = new(401, "子虚乳业", "Zixu Dairy", Yubei, "maker", ("收奶站", "milk intake"), ("灌装车间", "filling hall"), ("冷库", "cold store")),
        IngredientMaker = new(501, "无何有原料药厂", "Wuheyou Fine Chemicals", Changshou, "supplier"),
        DrugMaker = new(502, "无何有制药", "Wuheyou Pharma", Beibei, "maker", ("制剂车间", "tablet hall"), ("成品库", "warehouse")),
        DrugWholesaler = new(503, "亡是医药", "Wangshi Medicines", Jiulongpo, "distributor"),
        Hospital = new(504, "南柯医院", "Nanke Hospital", Yuzhong, "hospital", ("药库", "drug store"), ("门诊药房", "outpatient pharmacy"));

    public static readonly IReadOnlyList<Business> Farms =
    [
        new(411, "虚构牧场一号", "Fictitious dairy farm No. 1", Hechuan, "farm"),
        new(412, "虚构牧场二号", "Fictitious dairy farm No. 2", Liangping, "farm"),
        new(413, "虚构牧场三号", "Fictitious dairy farm No. 3", Nanchuan, "farm"),
        new(414, "虚构牧场四号", "Fictitious dairy farm No. 4", Changshou, "farm"),
    ];

    public static readonly IReadOnlyList<Business> Everybody =
    [
        .. Growers, Salt, Chilli, Pickler, Inspectorate, Distributor, WanzhouDistributor,
        YuzhongShop, JiangbeiShop, NananShop, ShapingbaShop, FulingShop, WanzhouShop, ZhongxianShop, Canteen,
        .. Farms, Dairy, IngredientMaker, DrugMaker, DrugWholesaler, Hospital,
    ];
}
