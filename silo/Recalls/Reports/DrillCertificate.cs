using System.Globalization;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Drills;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>That a drill was held and how it went, to be shown to auditors: figures, the five proofs, what certification schemes make of it, and who signed.</summary>
static class DrillCertificate
{
    public static Html Of(CaseReport report, DrillView drill, PageWords words) => ReportPage.Of(report, words, words.Of("召回演练证明", "Certificate of a recall drill"),
        Html.Of($""" <a href="?lang={words.Of("en", "zh")}">{words.Of("English", "中文")}</a>"""), Html.Of($"""
            <h1>{words.Of("召回演练证明", "Certificate of a recall drill")}</h1>
            <p class="kind">{report.Case.Title} · {words.Of("开始", "Begun")} {ReportWords.Time(drill.StartedAt)} · {words.Of("完成", "Completed")} {ReportWords.Time(report.Case.CompletedAt)}{(report.Case.TerminatedAt is null ? default : Html.Of($" · {words.Of("终止", "Closed")} {ReportWords.Time(report.Case.TerminatedAt)}"))}</p>
            <h2>{words.Of("指标", "Figures")}</h2>
            <table>{Html.Join(Figures(report, drill, words).Select(row => Html.Of($"""<tr><th>{row.Name}</th><td>{row.Value}</td></tr>""")))}</table>
            <h2>{words.Of("五项证明", "Five proofs")}</h2>
            <table>{Html.Join(drill.Proofs.Select(proof => Html.Of($"""<tr><th>{Name(proof.Proof, words)}</th><td>{(proof.IsProven ? words.Of("已证明", "proven") : words.Of("未证明", "not proven"))}</td><td>{words.Of(proof.WhyZh, proof.WhyEn)}</td></tr>""")))}</table>
            <h2>{words.Of("认证标准", "Certification schemes")}</h2>
            <table>{Html.Join(drill.Schemes.Select(scheme => Html.Of($"""<tr><th>{scheme.Scheme}</th><td>{(scheme.Passed ? words.Of("符合", "met") : words.Of("不符合", "not met"))}</td><td>{string.Join("; ", scheme.Failures)}</td></tr>""")))}</table>
            <h2>{words.Of("签署", "Signed by")}</h2>
            {Signatures(report, words)}
            {ReportPage.Notes(
                words.Of("演练在真实流向图上进行，不作标记、不冻结货物，持有者获知为演练。", "The drill ran on the live lineage; nothing was marked or held, and holders were told that it was an exercise."),
                words.Of("标准的指标并非都经原文核对；认证机构的判断为准。", "Not all marks of the schemes were checked at their source: the certification body decides."))}
            """));

    static IEnumerable<(string Name, string Value)> Figures(CaseReport report, DrillView drill, PageWords words)
    {
        yield return (words.Of("确定范围用时", "Time until the scope was known"), Minutes(drill.MinutesToScope, words));
        yield return (words.Of("全部通知用时", "Time until all holders had been told"), Minutes(drill.MinutesToNotified, words));
        yield return (words.Of("已通知", "Holders told"), Percent(drill.NotifiedPercent));
        yield return (words.Of("2 小时内确认", "Acknowledged within 2 hours"), Percent(drill.AcknowledgedAt2h));
        yield return (words.Of("4 小时内确认", "Acknowledged within 4 hours"), Percent(drill.AcknowledgedAt4h));
        yield return (words.Of("数量核对一致", "Quantity reconciled"), drill.ReconciledPercent is { } share ? Percent(share) : words.Of("未核对", "not reconciled"));
        yield return (words.Of("涉及单品", "Things in reach"), ReportWords.Number(report.Reached.Length));
        yield return (words.Of("持有者", "Holders"), ReportWords.Number(report.Parties.Count(party => party.Party is not null)));
    }

    static Html Signatures(CaseReport report, PageWords words)
    {
        var signed = report.Acts.Where(act => act.Entry is CaseEntry.Completed or CaseEntry.Signed or CaseEntry.Terminated).ToList();
        return Html.Of($"""<table>{Html.Join(signed.Select(act => Html.Of($"""<tr><th>{act.By.Name}{(act.By.Role is null ? "" : $", {act.By.Role}")}</th><td>{ReportWords.Time(act.At)}</td><td>{ReportWords.Act(act.Entry, words)}</td></tr>""")))}</table>""");
    }

    static string Name(DrillProof proof, PageWords words) => proof switch
    {
        DrillProof.ForwardTrace => words.Of("向前追踪", "Forward trace"),
        DrillProof.BackwardTrace => words.Of("向后追溯", "Backward trace"),
        DrillProof.MassBalance => words.Of("物料平衡", "Mass balance"),
        DrillProof.Communication => words.Of("沟通", "Communication"),
        _ => words.Of("纠正措施", "Corrective action"),
    };

    static string Minutes(double? minutes, PageWords words) => minutes is { } known ? known.ToString("0.#", CultureInfo.InvariantCulture) + words.Of(" 分钟", " minutes") : words.Of("未达到", "never");

    static string Percent(double percent) => percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
