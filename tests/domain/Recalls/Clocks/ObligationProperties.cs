using CsCheck;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Tests.Recalls.Clocks;

/// <summary>What holds of every case, whatever happened in it.</summary>
public class ObligationProperties
{
    static readonly DateTimeOffset t0 = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    static readonly Gen<DateTimeOffset> times = Gen.Int[0, 60 * 24 * 45].Select(minutes => t0.AddMinutes(minutes));

    static readonly (string Regime, string Clock)[] clocks = [.. RegimeCatalog.Standard.Regimes.SelectMany(regime => regime.Clocks.Select(clock => (regime.Id, clock.Id)))];

    static readonly Gen<ClockFacts> cases =
        from regimes in Gen.Shuffle(RegimeCatalog.Standard.Regimes.Select(regime => regime.Id).ToArray(), 1, 4)
        from gravity in Gen.OneOf(Gen.Const((RecallClass?)null), Gen.Enum<RecallClass>().Select(one => (RecallClass?)one))
        from moments in times.Nullable().Array[5]
        from notified in times.Array[0, 3]
        from widened in times.Array[0, 2]
        from completed in times.Array[0, 2]
        from reports in Gen.Select(Gen.OneOfConst(clocks), times, (clock, at) => new ClockReport(clock.Regime, clock.Clock, at)).Array[0, 30]
        from isClosed in Gen.Int[0, 3]
        from now in times
        select new ClockFacts
        {
            Regimes = regimes, Class = gravity, OpenedAt = t0, AssessedAt = moments[0], IssuedAt = moments[1], AnnouncedAt = moments[2], NotifiedAt = notified, WidenedAt = widened, CompletedAt = completed,
            TerminatedAt = isClosed == 1 ? moments[3] : null, WithdrawnAt = isClosed == 2 ? moments[4] : null, Reports = reports, Now = now,
        };

    static Obligations Of(ClockFacts facts) => Obligations.Of(facts, WorkingCalendar.China);

    static string Print(Obligations all) => string.Join('\n', all.Items.Select(item => item.ToString()));

    /// <summary>What a person sees change: everything but the time of the next change.</summary>
    static string Seen(Obligations all) => string.Join('\n', all.Items.Select(item => (item with { NextChangeAt = null }).ToString()));

    [Fact]
    public void Nothing_changes_by_itself_before_the_next_change_and_something_does_then() => cases.Sample(facts =>
    {
        // Only time passes: what is told of the future never happens.
        facts = AsOf(facts, facts.Now);
        var now = Of(facts);
        if (now.NextChange is not { } next)
        {
            Assert.Equal(Seen(now), Seen(Of(facts with { Now = facts.Now.AddYears(1) })));
            return;
        }
        Assert.True(next > facts.Now);
        Assert.Equal(Seen(now), Seen(Of(facts with { Now = next.AddTicks(-1) })));
        Assert.NotEqual(Seen(now), Seen(Of(facts with { Now = next })));
    });

    [Fact]
    public void As_of_an_instant_nothing_later_counts() => cases.Sample(facts => Assert.Equal(Print(Of(AsOf(facts, facts.Now))), Print(Of(facts))));

    [Fact]
    public void The_order_in_which_things_are_told_does_not_matter() => Gen.Select(cases, Gen.Int[0, 1_000_000]).Sample((facts, seed) =>
    {
        ClockReport[] other = [.. facts.Reports.OrderBy(report => HashCode.Combine(seed, report.At, report.Clock)).ThenBy(report => report.At)];
        Assert.Equal(Print(Of(facts)), Print(Of(facts with { Reports = other, NotifiedAt = [.. facts.NotifiedAt.Reverse()], Regimes = [.. facts.Regimes.Reverse()] })));
    });

    [Fact]
    public void Each_is_in_one_state_only() => cases.Sample(facts =>
    {
        var all = Of(facts);
        Assert.Equal(all.Items.Length, all.Items.Select(item => item.Id).Distinct().Count());
        var isClosed = AsOf(facts, facts.Now) is { } past && (past.WithdrawnAt ?? past.TerminatedAt) is not null;
        foreach (var item in all.Items)
        {
            Assert.Equal(item.State is ObligationState.DoneInTime or ObligationState.DoneLate, item.DoneAt is not null);
            Assert.True(item.DoneAt is null || item.DoneAt <= facts.Now);
            Assert.Equal(item.State == ObligationState.Overdue, item.IsOpen && facts.Now > item.Due);
            if (item.State == ObligationState.DoneLate) Assert.True(item.DoneAt > item.Due);
            if (item.State == ObligationState.DoneInTime) Assert.False(item.DoneAt > item.Due);
            if (isClosed) Assert.False(item.IsOpen);
            Assert.True(item.Level == EscalationLevel.None || item.State == ObligationState.Overdue);
            Assert.Null(item.IsOpen ? null : item.NextChangeAt);
        }
    });

    [Fact]
    public void Reports_of_a_series_are_counted_as_one_would_by_hand() => Gen.Select(Gen.Int[1, 7], times.Array[0, 12], times).Sample((days, reports, now) =>
    {
        // By hand: period k ends at the end of the day k times so many days after the issue. It wants the first report after its beginning.
        var ends = Enumerable.Range(0, 60).Select(k => k == 0 ? t0 : WorkingCalendar.China.EndOf(WorkingCalendar.China.DateOf(t0).AddDays(k * days))).ToArray();
        var handedIn = reports.Where(at => at <= now && at > t0).Order().ToArray();
        var late = 0;
        var inTime = 0;
        for (var k = 1; ends[k - 1] < now; k++)
        {
            var first = handedIn.FirstOrDefault(at => at > ends[k - 1]);
            if (first == default) break;
            if (first <= ends[k]) inTime++;
            else late++;
        }
        var facts = new ClockFacts
        {
            Regimes = ["cn-drug"], Class = RecallClass.I, OpenedAt = t0, IssuedAt = t0, Now = now, Agreements = [new("cn-drug", "progress", null, days)],
            Reports = [.. reports.Select(at => new ClockReport("cn-drug", "progress", at))],
        };
        var series = Of(facts).Items.Where(item => item.Clock == "progress").ToArray();
        Assert.Equal(inTime, series.Count(item => item.State == ObligationState.DoneInTime));
        Assert.Equal(late, series.Where(item => item.State == ObligationState.DoneLate).Sum(item => 1 + item.Missed));
        Assert.Single(series, item => item.IsOpen);
    });

    static ClockFacts AsOf(ClockFacts facts, DateTimeOffset now)
    {
        DateTimeOffset? Past(DateTimeOffset? at) => at <= now ? at : null;
        return facts with
        {
            AssessedAt = Past(facts.AssessedAt), IssuedAt = Past(facts.IssuedAt), AnnouncedAt = Past(facts.AnnouncedAt), TerminatedAt = Past(facts.TerminatedAt), WithdrawnAt = Past(facts.WithdrawnAt),
            NotifiedAt = [.. facts.NotifiedAt.Where(at => at <= now)], WidenedAt = [.. facts.WidenedAt.Where(at => at <= now)], CompletedAt = [.. facts.CompletedAt.Where(at => at <= now)],
            Reports = [.. facts.Reports.Where(report => report.At <= now)], Now = now,
        };
    }
}
