using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The registration code of 20 digits that an authority gave a piece of special equipment (特种设备注册代码): class, division, month of registration, number.</summary>
sealed class EquipmentRegistrationCode() : ChineseScheme("equipment-registration", "特种设备注册代码 special equipment registration code", CodeKind.Device,
    "特种设备注册代码编制规定, items 1 to 4 (4 + 6 + 6 + 4 digits), as read at 360docs.net/doc/0b17400149.html; division codes GB/T 2260",
    "[unverified] newer rules replace this code by the equipment code and the number of the use certificate; codes of this form stay on equipment that has them")
{
    public override string Shape => "20 digits: 4 class, 6 division, 6 month YYYYMM, 4 number";

    /// <summary>A province, a year of this or the last century (150 of 10,000) and a month.</summary>
    public override int OneIn => Divisions.OneIn * 66 * 8;

    protected override string Why => "20 digits with a division code and a month of registration where such a code has them";

    public override bool HasShape(string text) => IsDigits(text, 20);

    public override CodeProblem? Check(string code) =>
        code[0] == '0' ? new("class (places 1 to 4)", "a class of the equipment catalogue, which begins with 1 to 9", code[..4])
        : !Divisions.IsKnown(code[4..10]) ? new("division code (places 5 to 10)", "a division code of GB/T 2260", code[4..10])
        : int.Parse(code.AsSpan(10, 4)) is < 1950 or > 2099 ? new("year (places 11 to 14)", "1950 to 2099", code[10..14])
        : int.Parse(code.AsSpan(14, 2)) is < 1 or > 12 ? new("month (places 15 and 16)", "01 to 12", code[14..16])
        : code[16..] == "0000" ? new("number (places 17 to 20)", "0001 to 9999", "0000")
        : null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("设备分类码 class of equipment", code[..4], EquipmentClasses.NameOf(code[0])),
        new("行政区划代码 division", code[4..10], Divisions.NameOf(code[4..10])),
        new("注册年月 month of registration", code[10..16]),
        new("顺序码 number", code[16..]),
    ];
}
