using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Chinese;
using TraceGrains.Domain.Identity.Scanning;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary>What stands in a label's symbol and below it.</summary>
static class LabelText
{
    /// <summary>What the symbol holds: the address of the thing's page, or the code alone.</summary>
    /// <param name="code">Canonical code, or a link with lot and serial.</param>
    /// <param name="isLink">Whether it shall lead to a page.</param>
    /// <param name="origin">Scheme and host of the pages.</param>
    public static string Symbol(string code, bool isLink, string origin) => isLink ? origin + LinkPaths.PageOf(code) : BareChinese(code) ?? code;

    /// <summary>The human-readable line: GS1 elements with brackets (GS1 General Specifications, 4.14), a Chinese code as it is printed, any other code as it is.</summary>
    public static string Caption(string code) =>
        code.StartsWith(DigitalLink.CanonicalStem + "/", StringComparison.Ordinal) && DigitalLink.TryParse(code, out var elements, out _) ? ElementString.FormatBracketed(elements)
        : BareChinese(code) ?? code;

    /// <summary>The characters that a Chinese scheme itself prints. Products, lots and seed have no such form.</summary>
    static string? BareChinese(string code) =>
        code.StartsWith(ChineseCodes.Start, StringComparison.Ordinal) && code[ChineseCodes.Start.Length..].Split(':') is [not "seed", var bare] ? bare : null;

    /// <summary>What to print for a reading: of a serialised item with its lot both, so that the first scan already ties unit and lot.</summary>
    public static string Printed(CodeCandidate reading) =>
        reading is { LotCode: { } lot, Code: { } code } && code.IndexOf("/21/", StringComparison.Ordinal) is > 0 and var serial ? lot + code[serial..] : reading.Code!;

    /// <summary>Lines of at most so many characters; what does not fit into the last line is cut there, with an ellipsis.</summary>
    public static string[] Wrap(string text, int width, int linesMax)
    {
        var lines = Elements(text).SelectMany(part => part.EnumerateRunes().Chunk(Math.Max(1, width)).Select(runes => string.Concat(runes.Select(rune => rune.ToString())))).ToArray();
        return lines.Length <= linesMax ? lines : [.. lines[..(linesMax - 1)], lines[linesMax - 1][..^1] + "…"];
    }

    /// <summary>Elements are read one by one, so that each begins a line.</summary>
    static string[] Elements(string text) => text.StartsWith('(') ? [.. text.Split('(', StringSplitOptions.RemoveEmptyEntries).Select(element => "(" + element)] : [text];
}
