using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;
using static TraceGrains.Silo.Recalls.Reports.FormParts;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>食品召回总结报告: what was told to whom, what came back, and what was done with it.</summary>
static class SummaryForm
{
    const int EntriesShown = 60;

    static readonly AnswerOutcome[] recovered = [AnswerOutcome.Quarantined, AnswerOutcome.Returned, AnswerOutcome.Reworked, AnswerOutcome.Destroyed];

    public static Html Of(FormFacts facts)
    {
        var (report, view, parties) = (facts.Report, facts.Report.Case, facts.Parties);
        var (total, sold) = (facts.Counts.All, facts.Of(Fate.Sold));
        var back = GoodsAmount.Sum(recovered.Select(outcome => facts.Counts.ByOutcome.GetValueOrDefault(outcome)).OfType<GoodsAmount>());
        return ReportPage.Of(report, Zh, "食品召回总结报告", Html.Of($" <small>Food recall summary</small>"), Html.Of($"""
            <h1>食品召回总结报告 <small>Food recall summary</small></h1>
            <p class="kind">{view.Title} · {ReportWords.State(view.State, Zh)} <small>{ReportWords.State(view.State, En)}</small></p>
            {Table(
                Field("企业名称", "Enterprise", Name(facts.FirmName, facts.Firm)), Field("召回食品", "The food", Products(facts.Products, facts.Counts.ByProduct.Count)),
                Field("召回原因", "Reason", Text(view.Reason)), Field("召回等级", "Class", FormParts.Class(view.Class)))}
            {Section("一、召回通知发布情况", "1 Notices")}
            {Table(
                Field("通知生产经营者", "Operators told", Both($"{parties.Notified.Count} 户；已回应 {parties.Responded.Count} 户", $"{parties.Notified.Count}; {parties.Responded.Count} responded")),
                Field("通知消费者", "Consumers told", Blank),
                Field("通知方式", "How", Both("系统通知（收件箱、事件流、限时答复链接）", "by the system (inbox, stream, answer link)")),
                Field("通知时间", "When", Html.Of($"{ReportWords.Time(parties.FirstNotified)} – {ReportWords.Time(parties.LastNotified)}")))}
            {Section("二、食品召回情况", "2 What was brought back")}
            {Table(
                Field("累计收回、处置数量", "Brought back or made harmless", Amount(back)), Field("涉及批次", "Lots", Html.Of($"{facts.Counts.Lots.Count}")),
                Field("其中", "Of which", Html.Join(facts.Counts.ByOutcome.Select(pair => Html.Of($"{ReportWords.Answer(pair.Key, Zh)} <small>{ReportWords.Answer(pair.Key, En)}</small>: {ReportWords.Amount(pair.Value, Zh)}<br>")))),
                Field("涉及总量", "In all", Amount(total)), Field("已售出总量", "Sold in all", Amount(sold)),
                Field("收回占涉及单品的比例", "Share of the items reached", Html.Of($"{Share(back.Things, total.Things)}")), Field("收回占已售出单品的比例", "As a share of the items sold", Html.Of($"{Share(back.Things, sold.Things)}")),
                Field("尚待答复", "Still to be answered for", Both($"{parties.Owing.Count} 户", $"{parties.Owing.Count} operators")))}
            {Section("三、计划实施情况", "3 How the plan was carried out")}
            {Table([.. report.Acts.TakeLast(EntriesShown).Select(act => Field($"{act.Number}. {ReportWords.Time(act.At)}", act.By.Name + (act.By.Role is { } role ? $", {role}" : ""), Both(ReportWords.Act(act.Entry, Zh), ReportWords.Act(act.Entry, En))))])}
            {Section("四、处置与监督", "4 Disposal and supervision")}
            {Destroyed(facts)}
            {Section("五、结论与整改", "5 Outcome and what is changed")}
            {Table(
                Field("召回结果", "Outcome", Text(report.Last<CaseEntry.Completed>()?.Statement)), Field("未答复说明", "Why although not all have answered", report.Last<CaseEntry.Completed>() is { Unanswered: null } ? Both("全部已答复", "all have answered") : Text(report.Last<CaseEntry.Completed>()?.Unanswered)),
                Field("教训与整改", "Lessons", Text(view.Lessons)))}
            {Stamp}
            {ReportPage.Notes(
                "《食品召回管理办法》未见规定总结报告的格式（未经原文逐条核对）；栏目参照市场监管部门公布的样表。 No form is known to be prescribed for the summary (not checked article by article); the fields follow a form published by a county authority.",
                "“收回、处置”指封存、退回、返工、销毁；比例按单品计，批次数量不折算。 Brought back: quarantined, returned, reworked or destroyed. Shares count items one by one; amounts of lots are not converted.",
                "数量由账本实时统计；标“由企业填写”的内容系统不掌握。 Counts are worked out live from the ledger; what is marked as to be filled in the system does not know.")}
            """));
    }

    static Html Destroyed(FormFacts facts) => facts.Report.Destructions.Count == 0 ? Table(Field("销毁", "Destroyed", Both("无", "none"))) : Table([.. facts.Report.Destructions.Select(destroyed => Field(
        ReportWords.Time(destroyed.At), facts.PartyNames.GetValueOrDefault(destroyed.Party) ?? destroyed.Party,
        Both($"销毁单品 {destroyed.Things} 件、批次数量 {destroyed.Amounts} 笔；见证人 {destroyed.Witness}；证据 {destroyed.Documents} 份", $"{destroyed.Things} items and {destroyed.Amounts} amounts of lots; witness {destroyed.Witness}; {destroyed.Documents} documents")))]);
}
