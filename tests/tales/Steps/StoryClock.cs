using System.Globalization;

namespace TraceGrains.Tales.Tests.Steps;

/// <summary>Story time. Day 1 is sixty days before the test runs, so that everything told has happened before the recall's answers, which carry the silo's own time. Each step takes a minute.</summary>
sealed class StoryClock
{
    static readonly TimeSpan zone = TimeSpan.FromHours(8);
    static readonly DateTimeOffset dayZero = new(DateTimeOffset.UtcNow.ToOffset(zone).Date.AddDays(-61), zone);

    DateTimeOffset? next = dayZero.AddDays(1);

    /// <summary>The time of the next step.</summary>
    public DateTimeOffset Tick()
    {
        if (next is not { } now) return DateTimeOffset.UtcNow.ToOffset(zone);
        next = now.AddMinutes(1);
        return now;
    }

    /// <summary>From here it is another time.</summary>
    public void Set(IReadOnlyList<string> words) => next = At(words);

    /// <summary>From here it is the time of the test itself.</summary>
    public void SetNow() => next = null;

    /// <summary>A moment such as "day 3 08:30"; midnight, when no time is told.</summary>
    public static DateTimeOffset At(IReadOnlyList<string> words) => words switch
    {
        ["day", var day] => Day(day),
        ["day", var day, var time] when TimeSpan.TryParseExact(time, @"hh\:mm", CultureInfo.InvariantCulture, out var of) => Day(day) + of,
        _ => throw new StoryException($"expected a time such as day 3 08:30; found {string.Join(' ', words)}"),
    };

    /// <summary>A date such as "day 3", as it is printed on goods.</summary>
    public static string Date(IReadOnlyList<string> words) => At(words).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static DateTimeOffset Day(string number) =>
        int.TryParse(number, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 60 ? dayZero.AddDays(day) : throw new StoryException($"expected a day from 1 to 60; found {number}");
}
