using System.Buffers;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>The unified social credit code of 18 characters (统一社会信用代码) of companies and other organisations: the identity of a party that has no GLN.</summary>
sealed class SocialCreditCode() : ChineseScheme("uscc", "统一社会信用代码 unified social credit code", CodeKind.Party,
    "GB 32100-2015 (layout 1 + 1 + 6 + 9 + 1; check character C18 = 31 − (Σ Ci × 3^(i−1)) mod 31), as quoted at juejin.cn/post/7075205616116957221 and cloud.tencent.cn; division codes GB/T 2260",
    "[unverified] registration authorities other than 1, 5, 9 and Y are not named; the inner check character of the organisation code (GB 11714) is not enforced")
{
    const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public override string Shape => "18 digits and capital letters without I, O, S, V and Z, the third to eighth digits";

    /// <summary>One check character of 31, and a province.</summary>
    public override int OneIn => 31 * Divisions.OneIn;

    protected override string Why => "18 characters with a division code and the right check character";

    public override string Normalise(string text) => text.ToUpperInvariant();

    public override bool HasShape(string text) => text.Length == 18 && text.AsSpan().IndexOfAnyExcept(Characters) < 0 && !text.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9');

    public override CodeProblem? Check(string code) =>
        !Divisions.IsKnown(code[2..8]) ? new("division code (places 3 to 8)", "a division code of GB/T 2260", code[2..8])
        : CheckCharacter(code.AsSpan(0, 17)) is var expected && expected != code[17] ? new("check character (place 18)", expected.ToString(), code[17].ToString())
        : null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
    [
        new("登记管理部门 registration authority", code[..1], code[0] switch { '1' => "机构编制", '5' => "民政", '9' => "市场监管(工商)", 'Y' => "其他", _ => null }),
        new("机构类别 class of organisation", code[1..2]),
        new("登记管理机关行政区划 division of the authority", code[2..8], Divisions.NameOf(code[2..8])),
        new("主体标识码 organisation code", code[8..17]),
        new("校验码 check character", code[17..], CheckCharacter(code.AsSpan(0, 17)) is var expected && expected == code[17] ? "right" : $"should be {expected}"),
    ];

    /// <summary>The check character that belongs behind 17 characters of the alphabet.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in body)
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }
}
