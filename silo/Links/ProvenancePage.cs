using System.Globalization;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Silo.Links;

/// <summary>The page behind a scanned code: plain HTML, nothing loaded from anywhere, no scripts, readable on a phone.</summary>
static class ProvenancePage
{
    public static Html Of(PublicRecord record, PageWords words)
    {
        var title = Title(record, words);
        return Frame(words, title, record.Code, Html.Of($"""
            {Banner(record, words)}
            <h1>{title}</h1>
            <p class="kind">{words.Kind(record.Kind)}{Expiry(record, words)}</p>
            {MadeFrom(record, words)}
            {Story(record, words)}
            {CodeTable(record, words)}
            """));
    }

    /// <summary>For a code that is right but that no event has named.</summary>
    public static Html Unknown(PublicRecord record, PageWords words) => Frame(words, words.Of("没有记录", "Not on record"), record.Code, Html.Of($"""
        {(record.Wider is { IsRecalled: true } recalled ? Banner(recalled, words) : default)}
        <h1>{words.Of("这个编码没有追溯记录", "There is no record of this code")}</h1>
        <p>{words.Of("编码格式正确，但没有任何企业上报过它。可能尚未上报，也可能是仿冒。请向销售者核实，必要时拨打 12315。",
            "The code is well formed, but no enterprise has reported it. It may not have been reported yet, or it may be a copy. Ask the seller.")}</p>
        {(record.Wider is { } wider ? Html.Of($"""<p><a class="button" href="{LinkPaths.PageOf(wider.Code)}">{words.Of("查看已知的", "See what is known of the ")}{words.Kind(wider.Kind)}{(wider.Name is { } name ? " " + name.In(words.IsChinese) : "")}</a></p>""") : default)}
        {CodeTable(record, words)}
        """));

    /// <summary>For a text that is no right code.</summary>
    public static Html Malformed(string asked, CodeProblem problem, PageWords words) => Frame(words, words.Of("编码有误", "This code is not right"), null, Html.Of($"""
        <h1>{words.Of("编码有误", "This code is not right")}</h1>
        <p class="code">{asked}</p>
        <dl><dt>{words.Of("位置", "Where")}</dt><dd>{problem.Field}</dd>
        <dt>{words.Of("应为", "Expected")}</dt><dd>{problem.Expected}</dd>
        {(problem.Found is { } found ? Html.Of($"<dt>{words.Of("实际", "Found")}</dt><dd>{found}</dd>") : default)}</dl>
        <p>{words.Of("请重新扫描，或逐字核对后再输入。", "Scan it again, or compare it character by character.")}</p>
        """));

    static string Title(PublicRecord record, PageWords words) => record.Name?.In(words.IsChinese) ?? words.Kind(record.Kind);

    static Html Banner(PublicRecord record, PageWords words)
    {
        if (!record.IsRecalled)
            return Html.Of($"""<p class="state good">{words.Of("有追溯记录，目前没有召回", "On record; no recall in force")}</p>""");
        return Html.Of($"""
            <section class="state bad" role="alert"><h2>{words.Of("已召回，请勿食用或使用", "Recalled: do not eat or use it")}</h2>
            {Html.Join(record.Recalls.Select(recall => Html.Of($"""<p><b>{words.RecallClass(recall.Class)}</b> · {Day(recall.IssuedAt)}<br>{recall.Reason}</p>""")))}
            <p>{words.Of("请停止使用并退回购买处。", "Stop using it and take it back to where you bought it.")}</p></section>
            """);
    }

    static Html Expiry(PublicRecord record, PageWords words) =>
        record.Expires is { } day ? Html.Of($" · {words.Of("有效期至", "use by")} {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}") : default;

    static Html MadeFrom(PublicRecord record, PageWords words) => record.MadeFrom.Count == 0 ? default
        : Html.Of($"""<p class="from">{words.Of("原料：", "Made from: ")}{string.Join(words.Of("、", ", "), record.MadeFrom.Select(name => name.In(words.IsChinese)))}</p>""");

    static Html Story(PublicRecord record, PageWords words) => record.Steps.Count == 0 ? default : Html.Of($"""
        <h2>{words.Of("流转过程", "Its way here")}</h2>
        <ol class="story">{Html.Join(record.Steps.Select(step => Step(step, words)))}</ol>
        """);

    static Html Step(PublicStep step, PageWords words) => Html.Of($"""
        <li><time datetime="{step.Time.ToString("O", CultureInfo.InvariantCulture)}">{step.Time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>
        <b>{words.Step(step)}</b>{Place(step.Who, " · ", words)}{Place(step.To, " → ", words)}</li>
        """);

    static Html Place(PublicName? name, string lead, PageWords words) => name is null ? default
        : Html.Of($"""<span>{lead}{name.In(words.IsChinese)}{(name.DistrictIn(words.IsChinese) is { } district ? Html.Of($""" <small>{district}</small>""") : default)}</span>""");

    static Html CodeTable(PublicRecord record, PageWords words) => Html.Of($"""
        <h2>{words.Of("编码", "The code")}</h2>
        <table>{Html.Join(record.Parts.Select(part => Html.Of($"""<tr><th>{part.Name}</th><td>{part.Value}{(part.Meaning is null ? default : Html.Of($"<br><small>{part.Meaning}</small>"))}</td></tr>""")))}
        {(record.LotCode is { } lot ? Html.Of($"""<tr><th>{words.Of("批次", "Batch")}</th><td><a href="{LinkPaths.PageOf(lot)}">{Uri.UnescapeDataString(lot[(lot.LastIndexOfAny(['/', ':']) + 1)..])}</a></td></tr>""") : default)}</table>
        <p class="code">{record.Code}</p>
        """);

    static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Html Frame(PageWords words, string title, string? code, Html body) => PageFrame.Of(
        words, title, words.Of("产品追溯", "Product traceability"), code is null ? default : Html.Of($""" <a href="?lang={words.Of("en", "zh")}">{words.Of("English", "中文")}</a>"""), body,
        words.Of("信息由各环节企业上报；本页只显示可公开的内容。", "Reported by the enterprises along the way; this page shows what is public."));
}
