using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The unit identification code of 32 digits on pesticide labels (农药标签二维码 单元识别代码).</summary>
sealed class PesticideCode() : ChineseScheme("pesticide", "农药追溯码 pesticide unit identification code", CodeKind.Unit,
    "Ministry of Agriculture announcement on the format of QR codes on pesticide labels (in force 2018-01-01), item 3, as read at songzhenyu.com/wap/cinfo/27122_467.html and qingchuanbo.com/bingchonghai/135929.html", null)
{
    public override string Shape => "32 digits";

    /// <summary>Registration class and number: which pesticide of which holder.</summary>
    public override int ProductLength => 7;

    /// <summary>Two places of three digits each.</summary>
    public override int OneIn => 11;

    protected override string Why => "32 digits with a registration class and a production type";

    public override bool HasShape(string text) => IsDigits(text, 32);

    public override CodeProblem? Check(string code) => CheckProduct(code) ?? (ProductionType(code[7]) is null ? new("production type (place 8)", "1, 2 or 3", code[7].ToString()) : null);

    protected override CodeProblem? CheckProduct(string product) => RegistrationClass(product[0]) is null ? new("registration class (place 1)", "1, 2 or 3", product[0].ToString()) : null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("登记类别 registration class", code[..1], RegistrationClass(code[0])),
        new("登记证号后六位 last six digits of the registration number", code[1..7]),
        new("生产类型 production type", code[7..8], ProductionType(code[7])),
        new("产品规格码 package specification", code[8..11], "given by the maker"),
        new("随机码 random number", code[11..]),
    ];

    static string? RegistrationClass(char digit) => digit switch { '1' => "PD", '2' => "WP (卫生农药)", '3' => "临时登记 provisional", _ => null };

    static string? ProductionType(char digit) => digit switch { '1' => "登记证持有人生产 made by the holder of the registration", '2' => "委托加工 made on commission", '3' => "委托分装 packed on commission", _ => null };
}
