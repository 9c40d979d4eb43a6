using System.Security.Cryptography;
using System.Text;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>The frame of a report as a page that prints.</summary>
static class ReportPage
{
    public static readonly PageStyle Style = new("provenance.css", "report.css");

    /// <summary>A page of a case.</summary>
    public static Html Of(CaseReport report, PageWords words, string title, Html headerEnd, Html body) => PageFrame.Of(words, title, title, headerEnd, Html.Of($"""
        {(report.IsDrill ? Html.Of($"""<p class="drill">{words.Of("演练：本报告不涉及真实召回。", "Exercise: this is no real recall.")}</p>""") : default)}{body}
        """), words.Of(
            $"{report.Case.Id} · 截至账本第 {ReportWords.Number(report.AsOf)} 条（{ReportWords.Time(report.AsOfTime)}）· 生成于 {ReportWords.Time(report.Now)}",
            $"{report.Case.Id} · as of event {ReportWords.Number(report.AsOf)} of the ledger ({ReportWords.Time(report.AsOfTime)}) · made {ReportWords.Time(report.Now)}"), Style);

    public static Html Notes(params string[] notes) => Html.Of($"""<ol class="notes">{Html.Join(notes.Select(note => Html.Of($"<li>{note}</li>")))}</ol>""");

    public static IResult Send(HttpContext http, Html page)
    {
        http.Response.Headers.ContentSecurityPolicy = Style.ContentSecurityPolicy;
        return Send(http, Encoding.UTF8.GetBytes(page.ToString()), "text/html; charset=utf-8");
    }

    public static IResult Send(HttpContext http, byte[] bytes, string mediaType)
    {
        ReportHeaders.Set(http.Response, SHA256.HashData(bytes));
        return Results.Bytes(bytes, mediaType);
    }
}
