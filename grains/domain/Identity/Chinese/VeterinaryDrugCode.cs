using System.Globalization;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The traceability code of 24 digits on veterinary drugs (兽药产品追溯二维码). Every package level has its own.</summary>
sealed class VeterinaryDrugCode() : ChineseScheme("veterinary-drug", "兽药追溯码 veterinary drug traceability code", CodeKind.Unit,
    "Ministry of Agriculture announcement on the QR code of veterinary drugs, requirement 1 (QR per GB/T 18284-2000, UTF-8; 8 + 5 + 11 digits), as read at njfzcl.com/page3/v-741.html", null)
{
    public override string Shape => "24 digits that begin with a date YYYYMMDD";

    /// <summary>A random number of eight digits is a day of this or the last century about once in 27 × 50.</summary>
    public override int OneIn => 1_350;

    protected override string Why => "24 digits that begin with a date";

    public override bool HasShape(string text) => IsDigits(text, 24);

    public override CodeProblem? Check(string code) => DateOf(code) is { Year: >= 2000 and < 2100 } ? null : new("date (places 1 to 8)", "a day YYYYMMDD from the year 2000 on", code[..8]);

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("追溯码申请日期 day the code was applied for", code[..8], DateOf(code)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("企业标识 enterprise", code[8..13]),
        new("随机位 random number", code[13..]),
    ];

    static DateOnly? DateOf(string code) => DateOnly.TryParseExact(code.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
