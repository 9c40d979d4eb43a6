using CsCheck;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Tests.Recalls.Clocks;

public class CalendarTests
{
    static readonly WorkingCalendar china = WorkingCalendar.China;

    static readonly Gen<DateOnly> days = Gen.Int[0, 1_200].Select(n => new DateOnly(2024, 10, 1).AddDays(n));

    [Theory]
    [InlineData("2025-01-26", true)] // Sunday, worked for the Spring Festival
    [InlineData("2025-01-28", false)]
    [InlineData("2025-06-02", false)]
    [InlineData("2026-01-04", true)] // Sunday
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-24", true)]
    [InlineData("2026-02-28", true)] // Saturday
    [InlineData("2026-03-07", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)] // Saturday
    public void Days_are_as_published(string day, bool isWorked) => Assert.Equal(isWorked, china.IsWorkingDay(DateOnly.Parse(day, null)));

    [Fact]
    public void The_notices_give_as_many_days_as_they_say()
    {
        Assert.Equal([2025, 2026], china.Years.Select(year => year.Year));
        Assert.Equal((1 + 8 + 3 + 5 + 3 + 8, 5), (china.Years[0].Off.Count, china.Years[0].Working.Count));
        Assert.Equal((3 + 9 + 3 + 5 + 3 + 3 + 7, 6), (china.Years[1].Off.Count, china.Years[1].Working.Count));
    }

    [Fact]
    public void Ten_working_days_over_the_spring_festival()
    {
        // 9 February 2026 is a Monday. 10 to 14 are worked (14 a Saturday), 15 to 23 off, 24 to 28 worked (28 a Saturday).
        Assert.Equal((new DateOnly(2026, 2, 28), true), china.AddWorkingDays(new(2026, 2, 9), 10));
    }

    [Theory]
    [InlineData("2026-12-24", true)]
    [InlineData("2026-12-25", false)] // the notice for 2027 may reach back into the last days of 2026
    [InlineData("2027-01-04", false)]
    [InlineData("2025-12-31", true)]
    [InlineData("2024-12-31", false)]
    public void A_day_that_nobody_has_published_is_uncertain(string day, bool isCertain) => Assert.Equal(isCertain, china.IsCertain(DateOnly.Parse(day, null)));

    [Fact]
    public void Adding_is_counting_day_by_day() => Gen.Select(days, Gen.Int[0, 60]).Sample((day, count) =>
    {
        var (last, isCertain) = china.AddWorkingDays(day, count);
        var between = Enumerable.Range(1, last.DayNumber - day.DayNumber).Select(day.AddDays).ToArray();
        Assert.Equal(count, between.Count(china.IsWorkingDay));
        Assert.True(count == 0 ? last == day : china.IsWorkingDay(last));
        Assert.Equal(between.All(china.IsCertain), isCertain);
    });

    [Fact]
    public void Adding_twice_is_adding_the_sum() => Gen.Select(days, Gen.Int[0, 30], Gen.Int[0, 30]).Sample((day, first, second) =>
        Assert.Equal(china.AddWorkingDays(day, first + second).Day, china.AddWorkingDays(china.AddWorkingDays(day, first).Day, second).Day));

    [Fact]
    public void Later_days_end_no_earlier() => Gen.Select(days, days, Gen.Int[0, 30]).Sample((one, other, count) =>
    {
        var (early, late) = one < other ? (one, other) : (other, one);
        Assert.True(china.AddWorkingDays(early, count).Day <= china.AddWorkingDays(late, count).Day);
    });

    [Fact]
    public void A_day_begins_and_ends_by_the_clocks_of_its_zone()
    {
        Assert.Equal(new DateOnly(2026, 3, 3), china.DateOf(new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 3, 2), china.DateOf(new(2026, 3, 2, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(8)), china.EndOf(new(2026, 3, 2)));
    }

    [Fact]
    public void A_notice_for_the_next_year_has_the_last_word_about_the_last_days_of_this_one()
    {
        const string json = """{"name": "China", "zone": "Asia/Shanghai", "years": [{"year": 2027, "source": "test", "trust": "notVerified", "off": ["2026-12-31..2027-01-02"], "working": ["2026-12-27"]}]}""";
        Assert.True(CalendarReader.TryRead(json, out var next, out _));
        var both = china.With(next.Years);
        Assert.True(china.IsWorkingDay(new(2026, 12, 31)));
        Assert.False(both.IsWorkingDay(new(2026, 12, 31)));
        Assert.True(both.IsWorkingDay(new(2026, 12, 27)));
        Assert.True(both.IsCertain(new(2026, 12, 31)));
    }

    [Theory]
    [InlineData("", """["2026-01-01..2026-02-30"]""", "[]", "years[0].off[0]")]
    [InlineData("", """["2026-01-03..2026-01-01"]""", "[]", "years[0].off[0]")]
    [InlineData("", """["2025-06-01"]""", "[]", "years[0].off[0]")]
    [InlineData("", """["2026-01-01", "2026-01-01"]""", "[]", "years[0].off[1]")]
    [InlineData("", "[]", """["2026-01-05"]""", "years[0].working[0]")] // a Monday
    [InlineData("", """["2026-01-03"]""", """["2026-01-03"]""", "years[0].working[0]")]
    [InlineData(""", "colour": "red" """, "[]", "[]", "years[0].colour")]
    public void A_calendar_that_cannot_be_meant_is_refused_by_field(string more, string off, string working, string field)
    {
        var json = $$"""{"name": "China", "zone": "Asia/Shanghai", "years": [{"year": 2026, "source": "test", "trust": "verified", "off": {{off}}, "working": {{working}}{{more}}}]}""";
        Assert.False(CalendarReader.TryRead(json, out _, out var problem));
        Assert.Equal(field, problem.Field);
    }

    [Theory]
    [InlineData("24h", 24, PeriodUnit.Hours)]
    [InlineData("10wd", 10, PeriodUnit.WorkingDays)]
    [InlineData("3d", 3, PeriodUnit.Days)]
    [InlineData("atOnce", 0, PeriodUnit.AtOnce)]
    [InlineData("noTime", 0, PeriodUnit.NoTime)]
    public void A_period_prints_as_it_is_read(string text, int count, PeriodUnit unit)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal(new(count, unit), period);
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1.5d")]
    [InlineData("10 wd")]
    [InlineData("99999d")]
    [InlineData("3w")]
    public void What_is_no_period_is_none(string text) => Assert.False(Period.TryParse(text, out _));
}
