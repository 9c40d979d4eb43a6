using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Silo.Links;
using static TraceGrains.Silo.Recalls.Reports.FormParts;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>食品召回计划: the eight contents that 食品召回管理办法 asks of a food recall plan.</summary>
static class PlanForm
{
    public static Html Of(FormFacts facts)
    {
        var (report, view) = (facts.Report, facts.Report.Case);
        var (total, reachable) = (facts.Counts.All, facts.Of(Fate.OnHand, Fate.InTransit));
        return ReportPage.Of(report, Zh, "食品召回计划", Html.Of($" <small>Food recall plan</small>"), Html.Of($"""
            <h1>食品召回计划 <small>Food recall plan</small></h1>
            <p class="kind">{view.Title} · {ReportWords.State(view.State, Zh)} <small>{ReportWords.State(view.State, En)}</small></p>
            {Section("一、企业基本情况", "1 The producer")}
            {Table(
                Field("名称", "Name", Name(facts.FirmName, facts.Firm)), Field("住所", "Address", Blank), Field("法定代表人", "Legal representative", Blank),
                Field("具体负责人、联系方式", "Person in charge, contact", Blank))}
            {Section("二、召回食品", "2 The food")}
            {Table(
                Field("名称、批次、数量", "Names, lots, quantities", Products(facts.Products, facts.Counts.ByProduct.Count)), Field("商标、规格、生产日期", "Trade mark, size, production dates", Blank),
                Field("数量合计", "In all", Amount(total)),
                Field("召回区域范围", "Region", facts.Districts.Count == 0 ? Blank : Html.Of($"{string.Join("、", facts.Districts.Select(district => $"{district.Zh}（{district.Parties}）"))}<br><small>{string.Join(", ", facts.Districts.Select(district => $"{district.En} ({district.Parties})"))}</small>")))}
            {Section("三、召回原因及危害后果", "3 Reason and hazard")}
            {Table(Field("召回原因", "Reason", Text(view.Reason)), Field("危害后果", "Hazard", Text(view.Hazard)))}
            {Section("四、召回等级、流程及时限", "4 Class, course and time limits")}
            {Table(
                Field("召回等级", "Class", FormParts.Class(view.Class)), Field("召回深度", "Depth", view.Depth is { } depth ? Both(ReportWords.Depth(depth, Zh), ReportWords.Depth(depth, En)) : Blank),
                Field("流程", "Course", Text(view.Strategy)), Field("时限", "Time limits", Limits(view.Class)))}
            {Section("五、召回通知或者公告的内容及发布方式", "5 Notice: contents and how it is given")}
            {Table(
                Field("内容", "Contents", Text(view.Instructions)),
                Field("发布方式", "How", Both($"通过系统逐一通知持有者（收件箱、事件流、限时答复链接）；已通知 {facts.Parties.Notified.Count} 家", $"each holder is told by the system (inbox, stream, answer link); {facts.Parties.Notified.Count} told so far")))}
            {Section("六、相关食品生产经营者的义务和责任", "6 Duties of the other operators")}
            {Table(Field("义务", "Duties", Both("立即停止生产经营、封存涉事食品，通知下游，配合召回，并通过系统如实答复处理结果", "stop making and selling at once, set the food apart, tell whoever it was passed on to, cooperate, and answer truthfully in the system what became of it")))}
            {Section("七、召回食品的处置措施、费用承担情况", "7 Disposal and costs")}
            {Table(Field("处置措施", "Disposal", Text(view.Instructions)), Field("费用承担", "Costs", Blank))}
            {Section("八、召回的预期效果", "8 Expected effect")}
            {Table(
                Field("可召回数量", "Can be brought back", Amount(reachable)),
                Field("占涉及单品的比例", "Share of the items", Html.Of($"{Share(reachable.Things, total.Things)}")),
                Field("已售出、已销毁、下落不明", "Sold, destroyed, unaccounted for", Html.Of($"{ReportWords.Amount(facts.Of(Fate.Sold), Zh)} / {ReportWords.Amount(facts.Of(Fate.Destroyed), Zh)} / {ReportWords.Amount(facts.Of(Fate.Unaccounted), Zh)}")))}
            {Stamp}
            {ReportPage.Notes(
                "八项内容依《食品召回管理办法》（2015 年总局令第 12 号，2020 年修订）对召回计划的规定，据法院公布的转载核对；条文序号未经原文核对。 The eight contents follow the measure on food recalls, checked against a reprint published by a court; article numbers were not checked at the source.",
                "时限依该办法：一级 24 小时内启动、10 个工作日内完成；二级 48 小时、20 个工作日；三级 72 小时、30 个工作日；起算时点未经原文核对。第六项为通用表述。 Time limits as the measure sets them by class; from when they run was not checked at the source. Part 6 is worded by the project.",
                "数量由账本实时统计；标“由企业填写”的内容系统不掌握。 Counts are worked out live from the ledger; what is marked as to be filled in the system does not know.")}
            """));
    }

    static Html Limits(RecallClass? gravity) => gravity switch
    {
        RecallClass.I => Both("24 小时内启动，10 个工作日内完成", "begun within 24 hours, done within 10 working days"),
        RecallClass.II => Both("48 小时内启动，20 个工作日内完成", "begun within 48 hours, done within 20 working days"),
        RecallClass.III => Both("72 小时内启动，30 个工作日内完成", "begun within 72 hours, done within 30 working days"),
        _ => Blank,
    };
}
