using TraceGrains.Domain.Queries;
using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Domain.Tests.Subscriptions;

/// <summary>When a schedule is due.</summary>
public sealed class QueryScheduleTests
{
    static (QuerySchedule? Schedule, List<QueryProblem> Problems) Read(string fields)
    {
        var problems = new List<QueryProblem>();
        var given = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]);
        return (QuerySchedule.Read(given, "schedule.", problems), problems);
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    // The binding's example: every morning at 1.05, not every second of that minute.
    [InlineData("hour=1 minute=5", "2026-03-04T11:00:30Z", "2026-03-05T01:05:00Z", "2026-03-06T01:05:00Z")]
    [InlineData("second=0/30", "2026-03-04T11:00:01Z", "2026-03-04T11:00:30Z", "2026-03-04T11:01:00Z")]
    [InlineData("second=*/20", "2026-03-04T11:00:40Z", "2026-03-04T11:01:00Z", "2026-03-04T11:01:20Z")]
    [InlineData("minute=[10-12],50", "2026-03-04T11:00:00Z", "2026-03-04T11:10:00Z", "2026-03-04T11:11:00Z")]
    [InlineData("hour=*", "2026-03-04T11:00:00Z", "2026-03-04T12:00:00Z", "2026-03-04T13:00:00Z")]
    // 1 is Monday, 7 is Sunday; 4 March 2026 is a Wednesday.
    [InlineData("dayOfWeek=1", "2026-03-04T11:00:00Z", "2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z")]
    [InlineData("dayOfWeek=[6-7] hour=8", "2026-03-04T11:00:00Z", "2026-03-07T08:00:00Z", "2026-03-08T08:00:00Z")]
    [InlineData("dayOfMonth=31", "2026-04-01T00:00:00Z", "2026-05-31T00:00:00Z", "2026-07-31T00:00:00Z")]
    [InlineData("month=2", "2026-03-04T11:00:00Z", "2027-02-01T00:00:00Z", "2028-02-01T00:00:00Z")]
    [InlineData("dayOfMonth=29 month=2", "2026-03-04T11:00:00Z", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z")]
    // Both have to match: the next Friday the 13th.
    [InlineData("dayOfMonth=13 dayOfWeek=5", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z", "2027-08-13T00:00:00Z")]
    public void Schedule_IsDue_WhenEveryFieldMatches(string fields, string after, string first, string second)
    {
        var (schedule, problems) = Read(fields);
        Assert.Empty(problems);
        Assert.Equal(Time(first), schedule!.Next(Time(after), TimeZoneInfo.Utc));
        Assert.Equal(Time(second), schedule.Next(Time(first), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Schedule_RunsByTheClocksOfItsZone() =>
        Assert.Equal(Time("2026-03-04T17:05:00Z"), Read("hour=1 minute=5").Schedule!.Next(Time("2026-03-04T11:00:30Z"), TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(8), null, null)));

    [Theory]
    [InlineData("second=60", "schedule.second"), InlineData("hour=24", "schedule.hour"), InlineData("dayOfMonth=0", "schedule.dayOfMonth"), InlineData("month=13", "schedule.month")]
    [InlineData("dayOfWeek=0", "schedule.dayOfWeek"), InlineData("dayOfWeek=8", "schedule.dayOfWeek"), InlineData("minute=[5-1]", "schedule.minute"), InlineData("minute=[5]", "schedule.minute")]
    [InlineData("minute=1,,2", "schedule.minute"), InlineData("minute=*/0", "schedule.minute"), InlineData("minute=x", "schedule.minute"), InlineData("minute=-1", "schedule.minute")]
    [InlineData("week=1", "schedule.week"), InlineData("dayOfMonth=30 month=2", "schedule.dayOfMonth"), InlineData("", "schedule")]
    public void WrongField_IsNamed(string fields, string named)
    {
        var (schedule, problems) = Read(fields);
        Assert.Null(schedule);
        Assert.Equal([named], problems.Select(problem => problem.Parameter));
    }
}
