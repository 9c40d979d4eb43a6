using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Reports;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Where the recall stands, on one page: the counts, and the six points of a recall status report (21 CFR 7.53(b)).</summary>
static class StatusPage
{
    /// <summary>What fits the page; the sheet of goods and the JSON form have all.</summary>
    const int ConsigneesShown = 8, NamesShown = 4, ProductsShown = 4, TitleShown = 80, ReasonShown = 240, NameShown = 40;

    public static async Task<Html> Of(CaseReport report, GoodsCounts counts, ReportNames names, PageWords words)
    {
        var parties = new PartyCounts(report.Parties);
        var consignees = parties.Known.OrderByDescending(party => party.Things + party.OnTheWay + party.Lots).ThenBy(party => party.Party, StringComparer.Ordinal).Take(ConsigneesShown).ToList();
        await names.Load(consignees.Concat(parties.Silent.Take(NamesShown)).Select(party => party.Party).Concat(counts.ByProduct.Keys));
        return ReportPage.Of(report, words, words.Of("召回进展报告", "Recall status report"), Html.Of($""" <a href="?lang={words.Of("en", "zh")}">{words.Of("English", "中文")}</a>"""), Html.Of($"""
            {Head(report, words)}
            {Tiles(report, counts, words)}
            <h2>{words.Of("进展要点（21 CFR 7.53）", "The points of 21 CFR 7.53")}</h2>
            <table>{Points(report, counts, parties, names, words)}</table>
            {Products(counts, names, words)}
            {Consignees(consignees, parties.Known.Count, names, words)}
            {ReportPage.Notes(Notes(report, words))}
            """));
    }

    static Html Head(CaseReport report, PageWords words)
    {
        var view = report.Case;
        var title = view.Class is { } gravity ? words.RecallClass(gravity.ToString()) : words.Of("尚未定级", "Class not decided yet");
        return Html.Of($"""
            <section class="state bad"><h2>{title} · {(view.Title.Length > 0 ? Shorten(view.Title, TitleShown) : report.ShortName)} · {ReportWords.State(view.State, words)}</h2><p>{Shorten(view.Reason, ReasonShown)}</p></section>
            <p class="kind">{words.Of("立案", "Opened")} {ReportWords.Time(view.OpenedAt)} · {words.Of("发布", "Issued")} {ReportWords.Time(view.IssuedAt)} · {words.Of("标记完成", "All marked")} {ReportWords.Time(view.SpreadAt)}{(view.CompletedAt is null ? default : Html.Of($" · {words.Of("完成", "Completed")} {ReportWords.Time(view.CompletedAt)}"))}{(view.TerminatedAt is null ? default : Html.Of($" · {words.Of("终止", "Terminated")} {ReportWords.Time(view.TerminatedAt)}"))}{(view.Depth is not { } depth ? default : Html.Of($" · {words.Of("召回深度", "Depth")} {ReportWords.Depth(depth, words)}"))}</p>
            """);
    }

    static string Shorten(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    static Html Tiles(CaseReport report, GoodsCounts counts, PageWords words)
    {
        Html Tile(string name, GoodsAmount? amount) => Html.Of($"""<li><small>{name}</small><b>{ReportWords.Number(amount?.Things ?? 0)}</b><small>{string.Join(words.Of("，", ", "), amount?.Amounts.Select(part => ReportWords.Quantity(part.Value, part.Key, words)) ?? [])}</small></li>""");
        var all = report.IsMarked ? words.Of("召回涉及", "Reached") : words.Of("将涉及", "Would reach");
        return Html.Of($"""<ul class="tiles">{Tile(all, counts.All)}{Html.Join(Enum.GetValues<Fate>().Select(fate => Tile(ReportWords.Fate(fate, words), counts.ByFate.GetValueOrDefault(fate))))}</ul>""");
    }

    static Html Points(CaseReport report, GoodsCounts counts, PartyCounts parties, ReportNames names, PageWords words)
    {
        var silent = Names(parties.Silent, names, words);
        var recovered = string.Join(words.Of("；", "; "), counts.ByOutcome.Select(pair => $"{ReportWords.Answer(pair.Key, words)} {ReportWords.Amount(pair.Value, words)}"));
        var told = parties.Responded.Sum(party => party.ToldOf);
        return Html.Join(
        [
            Point("1", words.Of("已通知的收货单位", "Consignees notified"), words.Of(
                $"{parties.Notified.Count} 家，{ReportWords.Time(parties.FirstNotified)} 至 {ReportWords.Time(parties.LastNotified)}；方式：系统通知（收件箱与事件流）、限时答复链接",
                $"{parties.Notified.Count}, from {ReportWords.Time(parties.FirstNotified)} to {ReportWords.Time(parties.LastNotified)}; by notice in the system (inbox and stream) and by answer link")),
            Point("2", words.Of("已回应，通知时的数量", "Responding, and what they had when told"), words.Of(
                $"{parties.Responded.Count} 家；通知时单品 {ReportWords.Number(told)} 件", $"{parties.Responded.Count}; items when told: {ReportWords.Number(told)}")),
            Point("3", words.Of("未回应", "Not responding"), parties.Silent.Count == 0 ? words.Of("无", "None") : $"{parties.Silent.Count}: {silent}"),
            Point("4", words.Of("已退回、处置的数量", "Returned or corrected, and accounted for"), recovered.Length == 0 ? words.Of("尚无", "Nothing yet") : recovered),
            Point("5", words.Of("有效性核查", "Effectiveness checks"), words.Of("本系统未记录核查；请另附。", "None on record in this system; attach what was done elsewhere.")),
            Point("6", words.Of("预计完成", "Expected to be completed"), report.Case.CompletedAt is { } done
                ? words.Of($"已于 {ReportWords.Time(done)} 完成", $"completed {ReportWords.Time(done)}")
                : words.Of($"{parties.Owing.Count} 家尚待答复；最晚答复期限 {ReportWords.Time(parties.LastDue)}", $"{parties.Owing.Count} still have to answer; the last answer is due {ReportWords.Time(parties.LastDue)}")),
        ]);
    }

    static Html Point(string number, string name, string said) => Html.Of($"<tr><th>({number}) {name}</th><td>{said}</td></tr>");

    static string Names(IReadOnlyList<CasePartyView> parties, ReportNames names, PageWords words) =>
        string.Join(words.Of("、", ", "), parties.Take(NamesShown).Select(party => NameOf(party, names, words))) + (parties.Count > NamesShown ? words.Of($" 等，另有 {parties.Count - NamesShown} 家", $" and {parties.Count - NamesShown} more") : "");

    static string NameOf(CasePartyView party, ReportNames names, PageWords words) =>
        Shorten(party.Party is null ? words.Of("持有者不明", "Nobody known") : names[party.Party]?.In(words.IsChinese) ?? party.Name ?? party.Party, NameShown);

    static Html Products(GoodsCounts counts, ReportNames names, PageWords words)
    {
        var shown = counts.ByProduct.OrderByDescending(pair => pair.Value.Values.Sum(amount => amount.Things)).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(ProductsShown);
        return counts.ByProduct.Count == 0 ? default : Html.Of($"""
            <h2>{words.Of("按产品", "By product")}{(counts.ByProduct.Count > ProductsShown ? words.Of($"（共 {counts.ByProduct.Count} 种，列前 {ProductsShown} 种）", $" (the first {ProductsShown} of {counts.ByProduct.Count})") : "")}</h2>
            <table><thead><tr><th>{words.Of("产品", "Product")}</th>{Html.Join(Enum.GetValues<Fate>().Select(fate => Html.Of($"""<th class="n">{ReportWords.Fate(fate, words)}</th>""")))}</tr></thead>
            {Html.Join(shown.Select(pair => Html.Of($"""
                <tr><td>{Shorten(names[pair.Key]?.In(words.IsChinese) ?? (pair.Key.Length == 0 ? words.Of("其他", "Other") : pair.Key), NameShown)}</td>{Html.Join(Enum.GetValues<Fate>().Select(fate => Html.Of($"""<td class="n">{ReportWords.Amount(pair.Value.GetValueOrDefault(fate), words)}</td>""")))}</tr>
                """)))}</table>
            """);
    }

    static Html Consignees(List<CasePartyView> shown, int inAll, ReportNames names, PageWords words) => shown.Count == 0 ? default : Html.Of($"""
        <h2>{words.Of("按收货单位", "By consignee")}{(inAll > shown.Count ? words.Of($"（共 {inAll} 家，列前 {shown.Count} 家）", $" (the first {shown.Count} of {inAll})") : "")}</h2>
        <table class="who"><thead><tr><th>{words.Of("单位", "Consignee")}</th>{Html.Join(Figures(words).Select(name => Html.Of($"""<th class="n">{name}</th>""")))}<th>{words.Of("最近回应(UTC)", "Last response (UTC)")}</th><th>{words.Of("答复期限(UTC)", "Due (UTC)")}</th><th>{words.Of("上报", "Escalated")}</th></tr></thead>
        {Html.Join(shown.Select(party => Html.Of($"""
            <tr><td>{NameOf(party, names, words)}{(names[party.Party]?.DistrictIn(words.IsChinese) is { } district ? Html.Of($" <small>{district}</small>") : default)}</td>
            {Html.Join(new[] { party.ToldOf, party.Things + party.OnTheWay, party.Lots, PartyCounts.Recovered(party), party.Answered.Sum(count => count.Count) }.Select(count => Html.Of($"""<td class="n">{ReportWords.Number(count)}</td>""")))}
            <td class="t">{ReportWords.Minute(party.AnsweredAt ?? party.AcknowledgedAt)}</td><td class="t">{ReportWords.Minute(party.AnswerDue)}</td><td>{ReportWords.Level(party.Level, words)}</td></tr>
            """)))}</table>
        """);

    static string[] Figures(PageWords words) =>
        [words.Of("通知件数", "Told of"), words.Of("待答复件数", "To answer"), words.Of("待答复批次", "Lots to answer"), words.Of("已收回处置", "Recovered"), words.Of("已答复", "Answered")];

    static string[] Notes(CaseReport report, PageWords words) =>
    [
        report.IsMarked ? words.Of("数量由账本实时统计：单品逐件计，批次按基本单位计；批次的去向按账户（在库、在途）计。", "Counts are worked out live from the ledger: items one by one, lots in base units; what became of a lot is told by account (on hand, in transit).")
            : words.Of("召回未生效或已解除：数量为按现有范围计算所得，未作标记。", "The recall is not in force: counts are what its scope would reach; nothing is marked."),
        words.Of("“已收回处置”指封存、退回、返工、销毁。", "Recovered: quarantined, returned, reworked or destroyed."),
        words.Of("六项要点依 21 CFR 7.53(b)；条文措辞未经原文核对，以官方文本为准。", "The six points follow 21 CFR 7.53(b); its wording was not checked at the source: the official text decides."),
    ];
}
