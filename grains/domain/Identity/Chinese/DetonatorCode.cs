using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The 13 characters on the shell of an industrial detonator (工业雷管编码). A code may come again after ten years.</summary>
sealed class DetonatorCode() : ChineseScheme("detonator", "工业雷管编码 industrial detonator code", CodeKind.Unit,
    "GA 441-2003 (scope and terms as read at bzfyw.com/standard/GA441-2003.html); 工业雷管编码基本规则及技术条件, 4.1 and 4.2 (layout and character ranges) as read at 360docs.net/doc/104643503.html",
    "[unverified] the UID of electronic detonators (GA 1531-2018) is another code and not read here")
{
    /// <summary>Small letters that the rules leave out, because they look like capitals or digits.</summary>
    const string LeftOut = "cosuvwxz";

    public override string Shape => "13 characters: 2 digits maker, 1 year, 2 month, 2 day, 1 letter or digit, 5 digits";

    /// <summary>12 months and 31 days of 100 each.</summary>
    public override int OneIn => 27;

    protected override string Why => "13 characters with a maker, a month and a day where a detonator code has them";

    public override bool HasShape(string text) => text.Length == 13 && char.IsAsciiLetterOrDigit(text[7]) && text.Where((_, place) => place != 7).All(char.IsAsciiDigit);

    public override CodeProblem? Check(string code)
    {
        if (code[..2] == "00")
            return new("maker (places 1 and 2)", "01 to 99", "00");
        var month = Number(code, 3);
        if (month is < 1 or > 12)
            return new("month (places 4 and 5)", "01 to 12", code[3..5]);
        // The year is one digit, so 29 February is always possible.
        var last = month switch { 2 => 29, 4 or 6 or 9 or 11 => 30, _ => 31 };
        if (Number(code, 5) < 1 || Number(code, 5) > last)
            return new("day (places 6 and 7)", $"01 to {last}", code[5..7]);
        return LeftOut.Contains(code[7], StringComparison.Ordinal) ? new("feature number (place 8)", $"a digit, a capital letter, or a small letter other than {LeftOut}", code[7].ToString()) : null;
    }

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("生产企业代号 maker", code[..2]),
        new("生产年份 year of production", code[2..3], "last digit of the year"),
        new("生产月份 month", code[3..5]),
        new("生产日期 day", code[5..7]),
        new("特征号 feature number", code[7..8], "variety, shift, machine or section"),
        new("流水号 serial number", code[8..]),
    ];

    static int Number(string code, int at) => (code[at] - '0') * 10 + code[at + 1] - '0';
}
