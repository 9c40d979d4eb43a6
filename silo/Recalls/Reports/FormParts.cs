using System.Globalization;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>What the Chinese forms are put together from: each field in Chinese with English beside it.</summary>
static class FormParts
{
    public static readonly PageWords Zh = new(chinese: true), En = new(chinese: false);

    /// <summary>A field that the system cannot know.</summary>
    public static Html Blank => Html.Of($"""<span class="blank">（由企业填写）To be filled in</span>""");

    public static Html Section(string zh, string en) => Html.Of($"<h2>{zh} <small>{en}</small></h2>");

    public static Html Table(params Html[] rows) => Html.Of($"""<table class="form">{Html.Join(rows)}</table>""");

    public static Html Field(string zh, string en, Html value) => Html.Of($"<tr><th>{zh}<small>{en}</small></th><td>{value}</td></tr>");

    /// <summary>Text that somebody wrote, in whatever language; a blank where there is none.</summary>
    public static Html Text(string? text) => string.IsNullOrWhiteSpace(text) ? Blank : Html.Of($"{text}");

    public static Html Both(string zh, string en) => Html.Of($"{zh}<br><small>{en}</small>");

    public static Html Amount(GoodsAmount? amount) => Both(ReportWords.Amount(amount, Zh), ReportWords.Amount(amount, En));

    public static Html Name(PublicName? name, string? code) => code is null ? Blank : name is null ? Html.Of($"{code}") : Html.Of($"{name.Zh} <small>{name.En}</small> <small>{code}</small>");

    /// <summary>A share of things one by one; null where there are none.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "—" : (100m * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static Html Class(RecallClass? gravity) => gravity is { } known ? Both(Zh.RecallClass(known.ToString()), En.RecallClass(known.ToString())) : Blank;

    public static Html Products(IReadOnlyList<FormProduct> products, int inAll) => products.Count == 0 ? Blank : Html.Of($"""
        {Html.Join(products.Select(product => Html.Of($"""
            <p>{Name(product.Name, product.Code.Length == 0 ? "其他 Other" : product.Code)}<br>{ReportWords.Amount(product.Amount, Zh)} <small>{ReportWords.Amount(product.Amount, En)}</small><br>
            <small>批次 Lots ({product.LotsInAll}): {string.Join(" ", product.Lots)}{(product.LotsInAll > product.Lots.Count ? " …" : "")}</small></p>
            """)))}{(inAll > products.Count ? Html.Of($"<p><small>另有 {inAll - products.Count} 种，见产品清单 {inAll - products.Count} more: see the sheet of goods</small></p>") : default)}
        """);

    public static Html Stamp => Html.Of($"""<p class="stamp"><span>企业（签章） <small>Enterprise, seal</small> ____________</span><span>法定代表人或负责人 <small>Signed</small> ____________</span><span>____ 年 ____ 月 ____ 日</span></p>""");
}
