using System.Globalization;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>What the reports call things, in two languages.</summary>
static class ReportWords
{
    public static string State(CaseState state, PageWords words) => state switch
    {
        CaseState.Suspected => words.Of("疑似", "Suspected"),
        CaseState.Assessed => words.Of("已评估", "Assessed"),
        CaseState.Issued => words.Of("已发布", "Issued"),
        CaseState.Monitoring => words.Of("实施中", "Under way"),
        CaseState.Widened => words.Of("实施中（范围已扩大）", "Under way, scope widened"),
        CaseState.Narrowed => words.Of("实施中（范围已缩小）", "Under way, scope narrowed"),
        CaseState.Completed => words.Of("已完成", "Completed"),
        CaseState.Terminated => words.Of("已终止", "Terminated"),
        _ => words.Of("已撤回", "Withdrawn"),
    };

    public static string Fate(Fate fate, PageWords words) => fate switch
    {
        Domain.Recalls.Previews.Fate.OnHand => words.Of("在库", "On hand"),
        Domain.Recalls.Previews.Fate.InTransit => words.Of("在途", "In transit"),
        Domain.Recalls.Previews.Fate.Sold => words.Of("已售出", "Sold"),
        Domain.Recalls.Previews.Fate.Destroyed => words.Of("已销毁", "Destroyed"),
        _ => words.Of("下落不明", "Unaccounted for"),
    };

    public static string Kind(GoodsKind kind, PageWords words) => kind switch
    {
        GoodsKind.Thing => words.Of("单件", "Item"),
        GoodsKind.LotAmount => words.Of("批次数量", "Amount of a lot"),
        GoodsKind.LotOfUnits => words.Of("批次（单件另列）", "Lot, counted by its items"),
        _ => words.Of("批次（无余量）", "Lot, no amount on record"),
    };

    public static string Answer(AnswerOutcome? outcome, PageWords words) => outcome is { } known ? AnswerPage.Word(known, words) : words.Of("已转交他人", "Passed on");

    public static string Depth(RecallDepth depth, PageWords words) => depth switch
    {
        RecallDepth.Wholesale => words.Of("批发", "Wholesale"),
        RecallDepth.Retail => words.Of("零售", "Retail"),
        _ => words.Of("消费者", "Consumer"),
    };

    public static string Level(EscalationLevel level, PageWords words) => level switch
    {
        EscalationLevel.District => words.Of("区县", "District"),
        EscalationLevel.City => words.Of("市", "City"),
        _ => "",
    };

    public static string Act(CaseEntry entry, PageWords words) => entry switch
    {
        CaseEntry.Opened => words.Of("立案", "Opened"),
        CaseEntry.Rescoped => words.Of("调整范围", "Scope set anew"),
        CaseEntry.Assessed => words.Of("风险评估", "Hazard assessed"),
        CaseEntry.EvidenceAdded e => words.Of($"证据：{e.Name}", $"Evidence: {e.Name}"),
        CaseEntry.Signed e => words.Of($"签署第 {e.Entry} 条：{e.Statement}", $"Signed entry {e.Entry}: {e.Statement}"),
        CaseEntry.Issued => words.Of("发布召回", "Recall issued"),
        CaseEntry.Spread e => words.Of($"标记完成：{Number(e.Reached)} 件", $"All marked: {Number(e.Reached)}"),
        CaseEntry.Widened e => words.Of($"扩大范围：{e.Reason}", $"Scope widened: {e.Reason}"),
        CaseEntry.Narrowed e => words.Of($"缩小范围：{e.Reason}", $"Scope narrowed: {e.Reason}"),
        CaseEntry.ReportSubmitted e => words.Of($"提交报告：{e.Regime} / {e.Report}", $"Report handed in: {e.Regime} / {e.Report}"),
        CaseEntry.Completed => words.Of("召回完成", "Completed"),
        CaseEntry.Terminated => words.Of("召回终止", "Terminated"),
        CaseEntry.Withdrawn e => words.Of($"撤回：{e.Reason}", $"Withdrawn: {e.Reason}"),
        CaseEntry.Announced e => words.Of($"公告：{e.Where}", $"Announced: {e.Where}"),
        CaseEntry.Agreed e => words.Of($"监管部门同意期限：{e.Regime} / {e.Report}", $"Time agreed with the authority: {e.Regime} / {e.Report}"),
        CaseEntry.ClocksEscalated e => words.Of($"逾期上报：{string.Join("、", e.Obligations)}", $"Overdue, handed up: {string.Join(", ", e.Obligations)}"),
        CaseEntry.DrawCommitted e => words.Of($"有效性检查：{e.Level} 级", $"Effectiveness checks: level {e.Level}"),
        CaseEntry.Drawn e => words.Of($"抽取 {e.Tiers.Sum(tier => tier.Drawn.Length)} 家", $"Drawn: {e.Tiers.Sum(tier => tier.Drawn.Length)} consignees"),
        CaseEntry.Checked e => words.Of($"检查：{e.Party}", $"Checked: {e.Party}"),
        _ => entry.GetType().Name,
    };

    public static string Quantity(decimal? quantity, string? uom, PageWords words) =>
        $"{quantity?.ToString("0.############", CultureInfo.InvariantCulture) ?? words.Of("数量不明", "an unknown amount")} {(string.IsNullOrEmpty(uom) ? words.Of("件", "pieces") : uom)}";

    /// <summary>Things, and amounts of lots beside them.</summary>
    public static string Amount(GoodsAmount? amount, PageWords words)
    {
        if (amount is null || amount.IsEmpty) return "0";
        var parts = amount.Amounts.Select(part => Quantity(part.Value, part.Key, words)).ToList();
        if (amount.Things > 0 || parts.Count == 0) parts.Insert(0, words.Of($"{Number(amount.Things)} 件单品", $"{Number(amount.Things)} items"));
        return string.Join(words.Of("，", ", "), parts);
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Days and hours are told in UTC, as everywhere in the system.</summary>
    public static string Time(DateTimeOffset? time) => time is null ? "—" : $"{Minute(time)} UTC";

    /// <summary>The same under a heading that says so.</summary>
    public static string Minute(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "—";
}
