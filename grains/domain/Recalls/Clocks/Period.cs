using System.Globalization;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>What a period is counted in.</summary>
public enum PeriodUnit
{
    /// <summary>Hours, to the second.</summary>
    Hours = 1,
    /// <summary>Calendar days. The day of the beginning does not count, the last day counts to its end.</summary>
    Days = 2,
    /// <summary>Working days, counted likewise.</summary>
    WorkingDays = 3,
    /// <summary>"At once": the text names no number.</summary>
    AtOnce = 4,
    /// <summary>The text asks for it and names no time at all: it is open until done and never overdue.</summary>
    NoTime = 5,
}

/// <summary>A period as statutes state them. As text: <c>24h</c>, <c>3d</c>, <c>10wd</c>, <c>atOnce</c>, <c>noTime</c>.</summary>
/// <param name="Count">How many; 0 where the unit takes no number.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Period(int Count, PeriodUnit Unit)
{
    /// <summary>The largest number.</summary>
    public const int CountMax = 10_000;

    /// <summary>What <see cref="TryParse"/> takes.</summary>
    public const string Expected = "a period such as 24h, 3d, 10wd, atOnce or noTime";

    static readonly (string Suffix, PeriodUnit Unit)[] suffixes = [("wd", PeriodUnit.WorkingDays), ("h", PeriodUnit.Hours), ("d", PeriodUnit.Days)];

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string text, out Period period)
    {
        period = text switch { "atOnce" => new(0, PeriodUnit.AtOnce), "noTime" => new(0, PeriodUnit.NoTime), _ => default };
        if (period != default) return true;
        foreach (var (suffix, unit) in suffixes)
            if (text.EndsWith(suffix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(..^suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= CountMax)
            {
                period = new(count, unit);
                return true;
            }
        return false;
    }

    /// <summary>When a period that begins at an instant ends, and whether the calendar is sure of it; null for <see cref="PeriodUnit.NoTime"/>.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="calendar">By whose days.</param>
    /// <param name="atOnce">What "at once" is counted as.</param>
    public (DateTimeOffset At, bool IsCertain)? End(DateTimeOffset from, WorkingCalendar calendar, TimeSpan atOnce)
    {
        switch (Unit)
        {
            case PeriodUnit.Hours: return (from + TimeSpan.FromHours(Count), true);
            case PeriodUnit.AtOnce: return (from + atOnce, true);
            case PeriodUnit.Days: return (calendar.EndOf(calendar.DateOf(from).AddDays(Count)), true);
            case PeriodUnit.WorkingDays:
                var (last, isCertain) = calendar.AddWorkingDays(calendar.DateOf(from), Count);
                return (calendar.EndOf(last), isCertain);
            default: return null;
        }
    }

    /// <summary>In words.</summary>
    public LocalText Words() => Unit switch
    {
        PeriodUnit.Hours => new(Number("hour"), $"{Count}小时"),
        PeriodUnit.Days => new(Number("day"), $"{Count}日"),
        PeriodUnit.WorkingDays => new(Number("working day"), $"{Count}个工作日"),
        PeriodUnit.AtOnce => new("at once", "立即"),
        _ => new("no time named", "未规定时限"),
    };

    string Number(string unit) => Count == 1 ? $"1 {unit}" : $"{Count} {unit}s";

    /// <summary>The text form.</summary>
    public override string ToString() => Unit switch
    {
        PeriodUnit.Hours => $"{Count}h",
        PeriodUnit.Days => $"{Count}d",
        PeriodUnit.WorkingDays => $"{Count}wd",
        PeriodUnit.AtOnce => "atOnce",
        _ => "noTime",
    };
}

/// <summary>A period that depends on the class of the recall. As JSON: one text for all classes, or <c>{"I": …, "II": …, "III": …}</c>.</summary>
/// <param name="I">For class I.</param>
/// <param name="II">For class II.</param>
/// <param name="III">For class III.</param>
public sealed record PeriodByClass(Period I, Period II, Period III)
{
    /// <summary>The period of a class.</summary>
    public Period Of(RecallClass gravity) => gravity switch { RecallClass.I => I, RecallClass.II => II, _ => III };

    /// <summary>All three.</summary>
    public IEnumerable<Period> All => [I, II, III];

    /// <summary>Whether the class makes a difference.</summary>
    public bool DependsOnClass => I != II || II != III;
}
