using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Identity.Chinese;

/// <summary>
/// The QR code on seed (农作物种子标签二维码): four lines, variety, producer, unit code, address. The unit code is unique with its producer only, so the identity
/// holds both: <c>urn:tracegrains:cn:seed:{producer}:{unit code}</c>, the producer's name escaped as UTF-8.
/// </summary>
sealed class SeedCode() : ChineseScheme(SeedWord, Label, CodeKind.Unit, Rules, null)
{
    const string SeedWord = "seed", Label = "农作物种子二维码 seed label";
    const string Rules = "Ministry of Agriculture, 农作物种子标签二维码编码规则 (2016-09-18), articles 4 to 7 (four lines in this order; unit code of at most 20 letters and digits), as read at twwtn.com/detail_220949.htm";
    const int UnitLengthMax = 20, NameLengthMax = 100;

    public override string Shape => "the producer's name and a unit code of at most 20 letters and digits, with a colon between them";

    public override int OneIn => CodeCandidate.Declared;

    protected override string Why => "four lines: variety, producer, unit code, address";

    /// <summary>Bare texts are never seed codes: a unit code alone names nothing.</summary>
    public override bool HasShape(string text) => false;

    public override CodeProblem? Check(string code) => null;

    public override IReadOnlyList<CodePart> Parts(string code) =>
        code.Split(':') is [var producer, var unit] ? [Producer(Uri.UnescapeDataString(producer)), Unit(unit)] : [];

    public override bool TryName(string body, [NotNullWhen(true)] out Identification? identified, [NotNullWhen(false)] out string? error)
    {
        identified = null;
        if (body.Split(':') is not [var name, var unit] || UrnText.Canonical(name, NameLengthMax) is not { } producer || !IsUnit(unit))
        {
            error = $"expected {Shape}, found '{LinkPath.Shorten(body)}'";
            return false;
        }
        identified = new(Urn($"{producer}:{unit}"), CodeKind.Unit);
        error = null;
        return true;
    }

    /// <summary>The text of a seed label; null where it has not four lines with an address in the last.</summary>
    public static new CodeCandidate? Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != 4 || !LooksLikeAddress(lines[3]) || lines[..3].Any(LooksLikeAddress))
            return null;
        var candidate = new CodeCandidate
        {
            Scheme = "cn:" + SeedWord, Title = Label, Kind = CodeKind.Unit, OneIn = CodeCandidate.Declared, Why = "four lines: variety, producer, unit code, address", Source = Rules,
            Parts = [new("品种名称 variety", lines[0]), Producer(lines[1]), Unit(lines[2]), new("追溯网址 address", lines[3])],
        };
        if (!IsUnit(lines[2]))
            return candidate with { Problem = new("unit code (line 3)", $"1 to {UnitLengthMax} letters and digits", LinkPath.Shorten(lines[2])) };
        return UrnText.Canonical(Uri.EscapeDataString(lines[1]), NameLengthMax) is { } producer
            ? candidate with { Code = $"{ChineseCodes.Start}{SeedWord}:{producer}:{lines[2]}" }
            : candidate with { Problem = new("producer (line 2)", $"a name of at most {NameLengthMax} characters", LinkPath.Shorten(lines[1])) };
    }

    static CodePart Producer(string name) => new("生产经营者或进口商 producer or importer", name);

    static CodePart Unit(string code) => new("单元识别代码 unit identification code", code, "given by the producer");

    static bool IsUnit(string text) => text.Length is >= 1 and <= UnitLengthMax && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>Labels print the address with and without its scheme.</summary>
    static bool LooksLikeAddress(string line) =>
        line.StartsWith("http", StringComparison.OrdinalIgnoreCase) || line.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
        || line.Contains('.', StringComparison.Ordinal) && line.Contains('/', StringComparison.Ordinal) && line.All(char.IsAscii);
}
