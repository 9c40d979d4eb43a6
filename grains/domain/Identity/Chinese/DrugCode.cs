using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The drug traceability code of 20 digits (药品追溯码, the form of 码上放心 and of the supervision code before it): 7 identification, 9 serial, 4 check.</summary>
/// <remarks>
/// Every package level has codes of its own; the code does not say which level it is. That a small package lies in a medium and that in a large one is said by
/// aggregation events, as for every other container.
/// </remarks>
sealed class DrugCode() : ChineseScheme("drug", "药品追溯码 drug traceability code", CodeKind.Unit,
    "NMPAB/T 1002-2019: 20 characters of which the first 7 are the drug identification code, or an ISO scheme (requirements as read at dgwenxi.com/Article/shumayinshuajiyaopin_1.html); 7 + 9 + 4 digits and package levels as read at qiudei.com/caigou/show-124609.html",
    "[unverified] the last 4 digits are check digits made by an unpublished algorithm: not checked; whether the first digit is always 8; which digits, if any, show the package level")
{
    public override string Shape => "20 digits";

    public override int ProductLength => 7;

    public override int OneIn => 1;

    protected override string Why => "20 digits, as a drug traceability code has them; nothing in it can be checked without the registry";

    public override bool HasShape(string text) => IsDigits(text, 20);

    public override CodeProblem? Check(string code) => null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("药品标识码 drug identification code", code[..7], "names the drug, its specification, its package and its holder, in the registry"),
        new("单件序列号 serial number", code[7..16]),
        new("校验位 check digits", code[16..], "[unverified] unpublished algorithm, not checked"),
    ];
}
