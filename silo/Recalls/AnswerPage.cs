using System.Globalization;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Silo.Links;

namespace TraceGrains.Silo.Recalls;

/// <summary>The notice as its party reads it, and the form by which it answers: no scripts, so that it works in any browser.</summary>
static class AnswerPage
{
    public static Html Of(CaseView view, string party, CasePartyView? stands, CaseGoods goods, (bool IsDone, string Message)? said, PageWords words) => Frame(words, words.Of("召回通知", "Recall notice"), Html.Of($"""
        {(said is { } message ? Html.Of($"""<p class="state {(message.IsDone ? "good" : "bad")}" role="status">{message.Message}</p>""") : default)}
        {(view.Mode == CaseMode.Drill ? Html.Of($"""<p class="state good" role="note">{words.Of("这是一次演练，请勿销毁或停售产品。", "This is an exercise: do not destroy goods or stop their sale.")}</p>""") : default)}
        <section class="state bad" role="alert"><h2>{words.RecallClass((view.Class ?? Domain.Recalls.RecallClass.I).ToString())}{(view.Title.Length == 0 ? default : Html.Of($" · {view.Title}"))}</h2>
        <p>{view.Reason}</p>{(view.Instructions is { } instructions ? Html.Of($"<p><b>{words.Of("处理要求：", "What to do: ")}</b>{instructions}</p>") : default)}</section>
        <h1>{words.Of("贵单位的涉事产品", "Your goods that are recalled")}</h1>
        <p class="kind">{stands?.Name ?? party} · {Counts(stands, goods, words)}{(stands?.AnswerDue is { } due ? Html.Of($""" · {words.Of("请于", "answer by")} {due.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}{words.Of("前答复", "")}""") : default)}</p>
        {(stands?.AcknowledgedAt is null ? Acknowledge(words) : default)}
        {(goods.Items.Length + goods.Lots.Length == 0 ? Html.Of($"""<p class="state good">{words.Of("没有待答复的产品。", "Nothing is left to answer for.")}</p>""") : Answer(goods, words))}
        """));

    public static Html Gone(PageWords words) => Frame(words, words.Of("链接无效", "No such link"), Html.Of($"""
        <h1>{words.Of("此链接无效或已过期", "This link is not right, or its time is over")}</h1>
        <p>{words.Of("请向发出通知的单位索取新链接。", "Ask whoever sent the notice for a new one.")}</p>
        """));

    static string Counts(CasePartyView? stands, CaseGoods goods, PageWords words) => words.Of(
        $"{stands?.Things ?? 0} 件在手，{stands?.OnTheWay ?? 0} 件在途，{goods.Lots.Length} 个批次有余量", $"{stands?.Things ?? 0} with you, {stands?.OnTheWay ?? 0} on the way to you, amounts of {goods.Lots.Length} lots");

    static Html Acknowledge(PageWords words) => Html.Of($"""
        <form method="post"><p><label>{words.Of("您的姓名", "Your name")} <input name="name" required maxlength="200" autocomplete="name"></label>
        <button class="button" name="do" value="acknowledge">{words.Of("确认已收到", "I have read this")}</button></p></form>
        """);

    static Html Answer(CaseGoods goods, PageWords words) => Html.Of($"""
        <h2>{words.Of("答复处理结果", "Say what became of them")}</h2>
        <form method="post">
        <p><label>{words.Of("您的姓名", "Your name")} <input name="name" required maxlength="200" autocomplete="name"></label></p>
        <p><label>{words.Of("处理结果", "What became of them")} <select name="outcome" required><option value=""></option>{Html.Join(Enum.GetValues<AnswerOutcome>().Select(outcome => Html.Of($"""<option value="{outcome.ToString()}">{Word(outcome, words)}</option>""")))}</select></label></p>
        {Html.Join(goods.Items.Select(item => Html.Of($"""<p><label><input type="checkbox" name="item" value="{item.Code}"> <span class="code">{item.Code}</span>{(item.Location is { } place ? Html.Of($" <small>{place}</small>") : default)}</label></p>""")))}
        {(goods.Next is null ? default : Html.Of($"<p>{words.Of("还有更多，请先答复这些。", "There are more; answer for these first.")}</p>"))}
        {Html.Join(goods.Lots.Select(lot => Lot(lot, words)))}
        <p><label>{words.Of("其他编码（每行一个）", "Other codes, one a line")}<br><textarea name="codes" rows="3" cols="40"></textarea></label></p>
        <p><label>{words.Of("见证人（销毁时必填）", "Witness (for destruction)")} <input name="witness" maxlength="200"></label></p>
        <p><label>{words.Of("说明（请勿填写人名）", "Note (no names of persons)")}<br><textarea name="note" rows="2" cols="40" maxlength="2000"></textarea></label></p>
        <p><button class="button" name="do" value="answer">{words.Of("提交答复", "Send the answer")}</button></p></form>
        """);

    static Html Lot(LotHeld lot, PageWords words) => Html.Of($"""
        <p><label><span class="code">{lot.Lot}</span> <small>{words.Of("现有", "you have")} {lot.Quantity?.ToString(CultureInfo.InvariantCulture) ?? "?"} {lot.Uom ?? words.Of("件", "pieces")}</small><br>
        <input type="hidden" name="lot" value="{lot.Lot}"><input type="hidden" name="uom" value="{lot.Uom ?? ""}">{words.Of("数量", "Quantity")} <input name="quantity" inputmode="decimal"> {lot.Uom ?? ""}</label></p>
        """);

    internal static string Word(AnswerOutcome outcome, PageWords words) => outcome switch
    {
        AnswerOutcome.Quarantined => words.Of("已封存", "Quarantined"),
        AnswerOutcome.Returned => words.Of("已退回", "Returned"),
        AnswerOutcome.Reworked => words.Of("已返工", "Reworked"),
        AnswerOutcome.Destroyed => words.Of("已销毁", "Destroyed"),
        AnswerOutcome.UsedUp => words.Of("已用于生产", "Used up"),
        AnswerOutcome.Sold => words.Of("已售出", "Already sold"),
        _ => words.Of("未找到", "Not found"),
    };

    static Html Frame(PageWords words, string title, Html body) =>
        PageFrame.Of(words, title, words.Of("产品召回", "Product recall"), Html.Of($""" <a href="?lang={words.Of("en", "zh")}">{words.Of("English", "中文")}</a>"""), body,
            words.Of("此链接仅供收件单位使用，请勿转发。答复将记入不可更改的账本；姓名另行保存，可以删除。", "This link is for its addressee; do not pass it on. What you answer goes into a ledger that nobody can change; your name and the witness's are kept apart from it and can be erased."));
}
