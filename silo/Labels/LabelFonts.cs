using System.Text;
using SkiaSharp;
using TraceGrains.Silo.Hosting;

namespace TraceGrains.Silo.Labels;

/// <summary>
/// Fonts for pictures and PDF: DejaVu Sans Mono, which is part of the program, and for Chinese a font of the machine. Where a character is in neither, the label is
/// refused rather than printed with boxes; SVG and HTML do not need this, there the reader's fonts draw.
/// </summary>
sealed class LabelFonts : IDisposable
{
    /// <summary>Where free and common fonts with Chinese lie. The setting <c>label-font</c> names another file.</summary>
    static readonly string[] KnownPlaces =
    [
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/Hiragino Sans GB.ttc", @"C:\Windows\Fonts\msyh.ttc", @"C:\Windows\Fonts\simsun.ttc",
    ];

    readonly List<SKTypeface> typefaces = [];

    public LabelFonts(IConfiguration configuration)
    {
        using var own = typeof(LabelFonts).Assembly.GetManifestResourceStream("DejaVuSansMono.ttf")!;
        typefaces.Add(SKTypeface.FromStream(own));
        if (configuration["label-font"] is { Length: > 0 } named)
            typefaces.Add(SKTypeface.FromFile(named) ?? throw new SettingException($"--label-font: expected a font file, found '{named}'"));
        else if (KnownPlaces.FirstOrDefault(File.Exists) is { } found && SKTypeface.FromFile(found) is { } installed)
            typefaces.Add(installed);
    }

    /// <summary>The characters of a text that no font here has.</summary>
    public string Missing(string text) => string.Concat(text.EnumerateRunes().Where(rune => FontOf(rune) is null).Distinct().Select(rune => rune.ToString()));

    /// <summary>The text in runs of one font each.</summary>
    public IEnumerable<(string Text, SKTypeface Typeface)> Runs(string text)
    {
        var run = new StringBuilder();
        SKTypeface? current = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var font = FontOf(rune) ?? typefaces[0];
            if (current is not null && !ReferenceEquals(font, current))
            {
                yield return (run.ToString(), current);
                run.Clear();
            }
            current = font;
            run.Append(rune);
        }
        if (current is not null) yield return (run.ToString(), current);
    }

    public void Dispose() => typefaces.ForEach(typeface => typeface.Dispose());

    static bool HasGlyph(SKTypeface typeface, Rune rune)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyph(rune.Value);
    }

    SKTypeface? FontOf(Rune rune) => typefaces.FirstOrDefault(typeface => HasGlyph(typeface, rune));
}
