using System.Globalization;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>How an obligation's time came about, in words.</summary>
static class ObligationText
{
    static readonly LocalText[] moments =
    [
        new("the risk was known", "知悉风险"), new("the recall was decided on", "作出召回决定"), new("the recall was issued", "启动召回"), new("the recall was announced", "发布召回公告"),
        new("the consignees were told", "通知完成"), new("the scope was widened", "扩大召回范围"), new("the recall was completed", "召回完成"), new("the recall was closed", "召回终止"),
    ];

    public static readonly LocalText LastReport = new("the last report was handed in", "上次提交报告");

    public static readonly LocalText PeriodBefore = new("the period before ended", "上一报告期结束");

    public static LocalText Moment(CaseMoment moment) => moments[(int)moment - 1];

    /// <summary>One sentence for each thing the reader has to know.</summary>
    public static LocalText Why(ClockCount count, RegimeClock clock, RecallRegime regime, WorkingCalendar calendar)
    {
        var (en, zh) = (new List<string>(), new List<string>());
        void Say(string english, string chinese)
        {
            en.Add(english);
            zh.Add(chinese);
        }
        var (words, from) = (count.Within.Words(), TimeZoneInfo.ConvertTime(count.From, calendar.Zone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        Say($"{regime.Instrument}, {clock.Clause}: {words.En}, from {from}, when {count.Since.En}.", $"{regime.Instrument}，{clock.Clause}：自{count.Since.Zh}（{from}）起，{words.Zh}。");
        if (count.Within.Unit == PeriodUnit.AtOnce) Say($"\"At once\" is counted as {count.AtOnce.TotalHours:0} hours.", $"“立即”按{count.AtOnce.TotalHours:0}小时计。");
        if (count.IsAgreed) Say("As agreed with the authority.", "按与主管部门商定的时限。");
        if (count.IsClassAssumed) Say("The class is not decided: the time of class I is counted.", "尚未定级，按一级召回时限计算。");
        if (!count.IsCalendarCertain) Say($"The calendar of {calendar.Name} is not published for all of these days: the deadline may move.", "所跨日期的节假日安排尚未全部公布，期限可能变动。");
        if (regime.Replaced is { } by) Say($"The regime has been replaced by {by}.", $"该办法已被 {by} 取代。");
        // A date on a screen is believed: what it rests on stands beside it.
        if (clock.Trust != SourceTrust.Verified) Say($"{Capital(clock.Trust.Note().En)}.", $"{clock.Trust.Note().Zh}。");
        return new(string.Join(" ", en), string.Concat(zh));
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>One counting of a clock: from where, how long, to where.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Since">What was then, in words.</param>
/// <param name="Within">How long.</param>
/// <param name="Due">Where it ends; null when the text names no time.</param>
sealed record ClockCount(DateTimeOffset From, LocalText Since, Period Within, DateTimeOffset? Due)
{
    public bool IsCalendarCertain { get; init; } = true;
    public bool IsClassAssumed { get; init; }
    public bool IsAgreed { get; init; }
    public TimeSpan AtOnce { get; init; }
}
