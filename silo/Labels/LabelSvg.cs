using System.Globalization;
using System.Text;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary>A label as SVG: sharp at every size; the text is drawn by whatever font the reader has, so every script works.</summary>
static class LabelSvg
{
    /// <param name="label">The label.</param>
    /// <param name="width">Width with its unit, such as <c>300px</c> or <c>40mm</c>.</param>
    public static Html Of(Label label, string width)
    {
        var path = new StringBuilder();
        foreach (var (x, y, length) in label.Symbol.Runs())
            path.Append(CultureInfo.InvariantCulture, $"M{x + label.QuietZone} {y + label.QuietZone}h{length}v1h-{length}z");
        var lines = label.Lines.Select((line, i) => Html.Of($"""<text x="{Number(label.Width / 2.0)}" y="{Number(label.BaseLine(i))}">{line}</text>"""));
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {label.Width} {Number(label.Height)}" width="{width}" shape-rendering="crispEdges" role="img" aria-label="{label.Caption}"><rect width="100%" height="100%" fill="#fff"/><path d="{path.ToString()}" fill="#000"/><g font-family="ui-monospace, 'DejaVu Sans Mono', monospace" font-size="{Number(label.TextHeight)}" text-anchor="middle" fill="#000">{Html.Join(lines)}</g></svg>
            """);
    }

    static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
