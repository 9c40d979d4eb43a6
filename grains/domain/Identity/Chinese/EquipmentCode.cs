using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The equipment code that the maker gives a piece of special equipment for life (特种设备代码): class, maker, year, number.</summary>
sealed class EquipmentCode() : ChineseScheme("equipment", "特种设备代码 special equipment code", CodeKind.Device,
    "特种设备代码编号方法, 1 and 2 (4 + 5 + 4 + 5 characters), as read at 360docs.net/doc/c6782454.html; division codes GB/T 2260",
    "[unverified] codes of 17 characters, with a number of four places, are said to exist; they are not read")
{
    public override string Shape => "18 characters: 4 digits class, 5 maker, 4 year, 5 number (its first place may be a letter)";

    /// <summary>A province and a year of this or the last century.</summary>
    public override int OneIn => Divisions.OneIn * 66;

    protected override string Why => "18 characters with a division code and a year of manufacture where an equipment code has them";

    public override string Normalise(string text) => text.ToUpperInvariant();

    public override bool HasShape(string text) => text.Length == 18 && (char.IsAsciiDigit(text[13]) || char.IsAsciiLetterUpper(text[13])) && text.Where((_, place) => place != 13).All(char.IsAsciiDigit);

    public override CodeProblem? Check(string code) =>
        code[0] == '0' ? new("class (places 1 to 4)", "a class of the equipment catalogue, which begins with 1 to 9", code[..4])
        : !Divisions.IsKnown(code[4..9]) ? new("maker's division (places 5 and 6)", "the first two digits of a division code, or 10 for the national authority", code[4..6])
        : int.Parse(code.AsSpan(9, 4)) is < 1950 or > 2099 ? new("year (places 10 to 13)", "1950 to 2099", code[9..13])
        : null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("设备基本代码 class of equipment", code[..4], EquipmentClasses.NameOf(code[0])),
        new("制造单位代号 maker", code[4..9], Divisions.NameOf(code[4..9])),
        new("制造年份 year of manufacture", code[9..13]),
        new("制造顺序号 number", code[13..]),
    ];
}
