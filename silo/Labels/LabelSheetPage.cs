using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Labels;

/// <summary>Sheets of labels as HTML to print: millimetres on A4, nothing loaded from anywhere.</summary>
static class LabelSheetPage
{
    public static (Html Page, string Policy) Of(IReadOnlyList<Label> labels, SheetLayout layout)
    {
        var style = string.Create(CultureInfo.InvariantCulture, $$"""
            @page{size:A4 portrait;margin:0}
            *{box-sizing:border-box}
            body{margin:0;background:#fff}
            section{width:{{SheetLayout.PageWidth}}mm;height:{{SheetLayout.PageHeight}}mm;padding:{{layout.Margin:0.##}}mm;display:grid;grid-template-columns:repeat({{layout.Columns}},{{layout.CellWidth:0.##}}mm);grid-auto-rows:{{layout.CellHeight:0.##}}mm;gap:{{layout.Gap:0.##}}mm;break-after:page;overflow:hidden}
            div{display:flex;justify-content:center;align-items:flex-start;break-inside:avoid}
            """);
        var pages = labels.Chunk(layout.PerPage).Select(page => Html.Of($"""
            <section>{Html.Join(page.Select(label => Html.Of($"<div>{LabelSvg.Of(label, layout.LabelWidth(label).ToString("0.##", CultureInfo.InvariantCulture) + "mm")}</div>")))}</section>
            """));
        var html = Html.Of($"""
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>Labels</title>{Html.Trusted($"<style>{style}</style>")}</head><body>
            {Html.Join(pages)}</body></html>
            """);
        return (html, $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
