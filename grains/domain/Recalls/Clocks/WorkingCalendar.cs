using System.Collections.Frozen;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>One year as its government has published it: what differs from Monday to Friday.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Who published it, where and when.</param>
/// <param name="Trust">How far it may be relied on.</param>
/// <param name="Off">Days off, weekends among them or not.</param>
/// <param name="Working">Saturdays and Sundays that are worked (调休).</param>
public sealed record CalendarYear(int Year, string Source, SourceTrust Trust, IReadOnlySet<DateOnly> Off, IReadOnlySet<DateOnly> Working);

/// <summary>
/// Which days are worked. Years are data (<see cref="CalendarReader"/>). Of a year that is missing it assumes Monday to Friday and says so: a deadline counted over such days is uncertain.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>Working days that may be added at once.</summary>
    public const int DaysMax = Period.CountMax;

    /// <summary>The last days of a year may be changed by the notice for the next one (29 to 31 December 2018 were), so that without it they are uncertain.</summary>
    public const int ReachesBackDays = 7;

    readonly FrozenDictionary<int, CalendarYear> years;

    /// <summary>A calendar of some years.</summary>
    /// <param name="name">Whose it is, such as <c>China</c>.</param>
    /// <param name="zone">By whose clocks days begin and end.</param>
    /// <param name="years">Its years, each once.</param>
    public WorkingCalendar(string name, TimeZoneInfo zone, IEnumerable<CalendarYear> years)
    {
        (Name, Zone) = (name, zone);
        this.years = years.ToFrozenDictionary(year => year.Year);
    }

    /// <summary>China as the State Council publishes it; the committed years.</summary>
    public static WorkingCalendar China { get; } = CalendarReader.Embedded("working-days-china.json");

    /// <summary>Whose it is.</summary>
    public string Name { get; }

    /// <summary>By whose clocks days begin and end.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The years it knows, in order.</summary>
    public IReadOnlyList<CalendarYear> Years => [.. years.Values.OrderBy(year => year.Year)];

    /// <summary>This calendar with more years; a year it has already is replaced.</summary>
    public WorkingCalendar With(IEnumerable<CalendarYear> more)
    {
        var all = years.ToDictionary();
        foreach (var year in more) all[year.Year] = year;
        return new(Name, Zone, all.Values);
    }

    /// <summary>Whether a day is worked, as far as is known.</summary>
    public bool IsWorkingDay(DateOnly day)
    {
        // A notice speaks of its own year and of the last days of the one before; the later notice has the last word.
        foreach (var year in (int[])[day.Year + 1, day.Year])
        {
            if (!years.TryGetValue(year, out var known)) continue;
            if (known.Working.Contains(day)) return true;
            if (known.Off.Contains(day)) return false;
        }
        return !IsWeekend(day);
    }

    /// <summary>Whether what <see cref="IsWorkingDay"/> says has been published.</summary>
    public bool IsCertain(DateOnly day) =>
        years.ContainsKey(day.Year) && (day.Year == DateOnly.MaxValue.Year || day.AddDays(ReachesBackDays).Year == day.Year || years.ContainsKey(day.Year + 1));

    /// <summary>The last of so many working days after a day, and whether every day on the way is published. Of 0 it is the day itself.</summary>
    public (DateOnly Day, bool IsCertain) AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, DaysMax);
        var isCertain = true;
        while (count > 0)
        {
            day = day.AddDays(1);
            isCertain &= IsCertain(day);
            if (IsWorkingDay(day)) count--;
        }
        return (day, isCertain);
    }

    /// <summary>The day an instant falls on.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The instant a day ends, which is also the first of the next.</summary>
    public DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new(midnight, Zone.GetUtcOffset(midnight));
    }

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
