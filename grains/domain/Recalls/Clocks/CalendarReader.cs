using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>
/// Reads calendars from JSON: <c>{"name", "zone", "years": [{"year", "source", "trust", "off": ["2026-01-01..2026-01-03", …], "working": ["2026-01-04", …]}]}</c>. A day off or a run of them is off
/// whether or not it is a weekend; a working day named is a Saturday or Sunday.
/// </summary>
public static class CalendarReader
{
    sealed record File(string Name, string Zone, Year[] Years);

    sealed record Year([property: System.Text.Json.Serialization.JsonPropertyName("year")] int Number, string Source, SourceTrust Trust, string[] Off, string[] Working);

    // China has kept UTC+8 without summer time since 1991, and a machine may lack a database of time zones.
    static readonly TimeZoneInfo shanghai = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "China", "China");

    /// <summary>The calendar of a text; the first problem when it is none.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out WorkingCalendar? calendar, [NotNullWhen(false)] out FieldProblem? problem)
    {
        calendar = null;
        if (!RecallData.TryRead<File>(json, out var file, out problem)) return false;
        if (string.IsNullOrWhiteSpace(file.Name)) return Fail("name", "expected a name; found none", out problem);
        if (Zone(file.Zone) is not { } zone) return Fail("zone", $"expected a time zone this machine knows, such as Asia/Shanghai; found {file.Zone}", out problem);
        var years = new List<CalendarYear>();
        for (var i = 0; i < file.Years.Length; i++)
        {
            if ((problem = Read(file.Years[i], $"years[{i}]", out var year)) is not null) return false;
            if (years.Any(other => other.Year == year!.Year)) return Fail($"years[{i}].year", $"expected each year once; {year!.Year} comes again", out problem);
            years.Add(year!);
        }
        calendar = new(file.Name, zone, years);
        return true;
    }

    internal static WorkingCalendar Embedded(string resource) =>
        TryRead(RecallData.Resource(resource), out var calendar, out var problem) ? calendar : throw new InvalidDataException($"{resource}: {problem}");

    static FieldProblem? Read(Year from, string path, out CalendarYear? year)
    {
        year = null;
        if (from.Number is < 1900 or > 9_998) return new($"{path}.year", $"expected a year from 1900 to 9998; found {from.Number}");
        if (string.IsNullOrWhiteSpace(from.Source)) return new($"{path}.source", "expected who published it and when; found nothing");
        var (off, working) = (new HashSet<DateOnly>(), new HashSet<DateOnly>());
        for (var i = 0; i < from.Off.Length; i++)
        {
            var ends = from.Off[i].Split("..");
            if (ends.Length > 2 || !Day(ends[0], from.Number, out var first) || !Day(ends[^1], from.Number, out var last) || last < first)
                return new($"{path}.off[{i}]", $"expected a day of {from.Number} such as {from.Number}-01-01, or a run of days first..last; found {from.Off[i]}");
            for (var day = first; day <= last; day = day.AddDays(1))
                if (!off.Add(day)) return new($"{path}.off[{i}]", $"expected each day once; {day:yyyy-MM-dd} comes again");
        }
        for (var i = 0; i < from.Working.Length; i++)
        {
            if (!Day(from.Working[i], from.Number, out var day)) return new($"{path}.working[{i}]", $"expected a day of {from.Number} such as {from.Number}-01-04; found {from.Working[i]}");
            if (!WorkingCalendar.IsWeekend(day)) return new($"{path}.working[{i}]", $"expected a Saturday or Sunday; {from.Working[i]} is a {day.DayOfWeek}");
            if (off.Contains(day)) return new($"{path}.working[{i}]", $"expected a day that is not off; {from.Working[i]} is");
            if (!working.Add(day)) return new($"{path}.working[{i}]", $"expected each day once; {from.Working[i]} comes again");
        }
        year = new(from.Number, from.Source, from.Trust, off, working);
        return null;
    }

    static bool Day(string text, int year, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day >= new DateOnly(year, 1, 1).AddDays(-WorkingCalendar.ReachesBackDays) && day <= new DateOnly(year, 12, 31);

    static TimeZoneInfo? Zone(string id) => id == shanghai.Id ? shanghai : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    static bool Fail(string field, string message, out FieldProblem problem)
    {
        problem = new(field, message);
        return false;
    }
}
