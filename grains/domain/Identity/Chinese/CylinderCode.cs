using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The use registration code of a gas cylinder (气瓶使用登记代码): kind, province, filler, number. Liquefied-gas cylinders may leave the kind out.</summary>
sealed class CylinderCode() : ChineseScheme("cylinder", "气瓶使用登记代码 gas cylinder registration code", CodeKind.Device,
    "TSG R5001-2005 气瓶使用登记管理规则, annex (1 + 2 + 3 + 6 characters), as read at max.book118.com/html/2015/0724/21809577.shtm; division codes GB/T 2260",
    "[unverified] rules since TSG 08-2017 and TSG 23-2021 let fillers number their cylinders otherwise; such numbers are no codes of this scheme and need a URI of their own")
{
    const char LiquefiedGas = '3';

    public override string Shape => "12 characters: 1 digit kind, 2 province, 3 filler, 6 number; or 11 without the kind";

    /// <summary>A kind (6 of 10) and a province.</summary>
    public override int OneIn => 2 * Divisions.OneIn;

    protected override string Why => "a cylinder kind, a province and a number where such a code has them";

    /// <summary>The kind that was left out is put back, so that both spellings are one cylinder.</summary>
    public override string Normalise(string text) => text.Length == 11 ? LiquefiedGas + text.ToUpperInvariant() : text.ToUpperInvariant();

    public override bool HasShape(string text) => text.Length == 12
        && text.Where((_, place) => place is < 3 or > 6).All(char.IsAsciiDigit) && text[3..7].All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character));

    public override CodeProblem? Check(string code) =>
        KindOf(code[0]) is null ? new("kind (place 1)", "1 to 6", code[..1])
        : !Divisions.IsKnown(code[1..3]) ? new("province (places 2 and 3)", "the first two digits of a division code of GB/T 2260", code[1..3])
        : code[6..] == "000000" ? new("number (places 7 to 12)", "000001 or more", "000000")
        : null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("气瓶品种 kind of cylinder", code[..1], KindOf(code[0])),
        new("省级行政区域 province", code[1..3], Divisions.NameOf(code[1..3])),
        new("使用单位 filler", code[3..6]),
        new("排序代码 number", code[6..]),
    ];

    static string? KindOf(char digit) => digit switch
    {
        '1' => "无缝气瓶 seamless", '2' => "焊接气瓶 welded", '3' => "液化石油气钢瓶 liquefied petroleum gas", '4' => "溶解乙炔气瓶 dissolved acetylene",
        '5' => "车用气瓶 vehicle", '6' => "低温绝热气瓶 cryogenic", _ => null,
    };
}
