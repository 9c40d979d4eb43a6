using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Tests.Recalls.Clocks;

public class ObligationTests
{
    // Monday, 9 in the morning in Chongqing.
    static readonly DateTimeOffset t0 = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    static DateTimeOffset Local(int month, int day, int hour = 0) => new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    static ClockFacts Facts(string regime, DateTimeOffset now, RecallClass? gravity = RecallClass.I) => new() { Regimes = [regime], Class = gravity, OpenedAt = t0, Now = now };

    static Obligations Of(ClockFacts facts) => Obligations.Of(facts, WorkingCalendar.China);

    static Obligation One(ClockFacts facts, string clock, int number = 1) => Assert.Single(Of(facts).Items, item => item.Clock == clock && item.Number == number);

    [Theory]
    [InlineData(RecallClass.I, 24)]
    [InlineData(RecallClass.II, 48)]
    [InlineData(RecallClass.III, 72)]
    public void Chinese_food_starts_24_48_72_hours_after_the_risk_is_known(RecallClass gravity, int hours) =>
        Assert.Equal(t0.AddHours(hours), One(Facts("cn-food", t0, gravity), "start").Due);

    [Theory]
    [InlineData(RecallClass.I, 3, 17)] // ten working days after 3 March, the last to its end
    [InlineData(RecallClass.II, 3, 31)]
    [InlineData(RecallClass.III, 4, 15)] // 4 to 6 April off
    public void Chinese_food_completes_10_20_30_working_days_after_the_announcement(RecallClass gravity, int month, int day)
    {
        var facts = Facts("cn-food", t0.AddDays(2), gravity) with { IssuedAt = t0.AddHours(3), AnnouncedAt = t0.AddDays(1) };
        var complete = One(facts, "complete");
        Assert.Equal(Local(month, day).AddDays(1), complete.Due);
        Assert.True(complete.IsCalendarCertain);
    }

    [Fact]
    public void Over_a_year_that_is_not_published_the_deadline_is_uncertain_and_says_so()
    {
        var late = new DateTimeOffset(2026, 12, 20, 9, 0, 0, TimeSpan.FromHours(8));
        var complete = One(Facts("cn-food", late) with { OpenedAt = late, IssuedAt = late }, "complete");
        Assert.False(complete.IsCalendarCertain);
        Assert.Contains("may move", complete.Why.En, StringComparison.Ordinal);
        Assert.True(One(Facts("cn-food", late) with { OpenedAt = late, IssuedAt = late }, "start").IsCalendarCertain);
    }

    [Theory]
    [InlineData(-1, ObligationState.Pending, EscalationLevel.None)]
    [InlineData(18, ObligationState.DueSoon, EscalationLevel.None)]
    [InlineData(24, ObligationState.DueSoon, EscalationLevel.None)]
    [InlineData(24.1, ObligationState.Overdue, EscalationLevel.District)]
    [InlineData(48, ObligationState.Overdue, EscalationLevel.District)]
    [InlineData(48.1, ObligationState.Overdue, EscalationLevel.City)]
    public void What_is_overdue_goes_up(double hours, ObligationState state, EscalationLevel level)
    {
        var start = One(Facts("cn-food", t0.AddHours(hours)) with { KnownAt = t0.AddHours(Math.Min(hours, 0)) }, "start");
        Assert.Equal((state, level), (start.State, start.Level));
    }

    [Fact]
    public void What_is_wanted_has_its_form_until_it_is_done()
    {
        var facts = Facts("cn-food", t0.AddHours(1));
        Assert.Equal((ReportForm.Plan, null), (One(facts, "plan").Form, One(facts, "start").Form));
        Assert.Equal((ObligationState.DoneInTime, null), (One(facts with { Reports = [new("cn-food", "plan", t0.AddHours(1))] }, "plan") is var done ? done.State : default, done.Form));
    }

    [Fact]
    public void A_lower_class_goes_up_later()
    {
        var facts = Facts("cn-food", t0.AddHours(72 + 1), RecallClass.III);
        Assert.Equal(EscalationLevel.None, One(facts, "start").Level);
        Assert.Equal(EscalationLevel.District, One(facts with { Now = t0.AddHours(72 + 49) }, "start").Level);
        Assert.Equal(EscalationLevel.City, One(facts with { Now = t0.AddHours(72 + 169) }, "start").Level);
    }

    [Theory]
    [InlineData(24, ObligationState.DoneInTime)]
    [InlineData(24.01, ObligationState.DoneLate)]
    public void Issuing_starts_the_recall_in_time_or_late(double hours, ObligationState state)
    {
        var start = One(Facts("cn-food", t0.AddDays(5)) with { IssuedAt = t0.AddHours(hours) }, "start");
        Assert.Equal((state, t0.AddHours(hours), EscalationLevel.None), (start.State, start.DoneAt, start.Level));
    }

    [Fact]
    public void Before_the_class_is_decided_the_shortest_time_counts_and_says_so()
    {
        var start = One(Facts("cn-food", t0, null), "start");
        Assert.Equal((t0.AddHours(24), true), (start.Due, start.IsClassAssumed));
        Assert.Contains("尚未定级", start.Why.Zh, StringComparison.Ordinal);
        Assert.False(One(Facts("cn-food", t0, RecallClass.I), "start").IsClassAssumed);
    }

    [Fact]
    public void What_is_not_verified_says_so_wherever_a_time_is_explained()
    {
        var facts = new ClockFacts
        {
            Regimes = [.. RegimeCatalog.Standard.Regimes.Select(regime => regime.Id)], OpenedAt = t0, AssessedAt = t0, IssuedAt = t0, CompletedAt = [t0.AddDays(1)], Now = t0.AddDays(2),
        };
        var items = Of(facts).Items;
        Assert.Equal(9, items.Select(item => item.Regime).Distinct().Count());
        Assert.All(items, item =>
        {
            Assert.Equal(item.Trust == SourceTrust.NotVerified, item.Why.En.Contains("Not verified at the source.", StringComparison.Ordinal));
            Assert.Equal(item.Trust == SourceTrust.NotVerified, item.Why.Zh.Contains("未经原文核实", StringComparison.Ordinal));
            Assert.Equal(item.Trust == SourceTrust.OwnRule, item.Why.En.Contains("Own rule, not in the text.", StringComparison.Ordinal));
        });
        Assert.Equal(SourceTrust.NotVerified, One(facts, "correct").Trust);
    }

    [Fact]
    public void Several_regimes_at_once_are_counted_side_by_side_and_sorted()
    {
        var facts = Facts("cn-food", t0.AddHours(1)) with { Regimes = ["us-fda-infant-formula", "cn-food", "cn-toys", "cn-food"], AssessedAt = t0, IssuedAt = t0.AddHours(1) };
        var all = Of(facts);
        Assert.Equal(["cn-toys"], all.UnknownRegimes);
        Assert.Equal(2, all.Items.Select(item => item.Regime).Distinct().Count());
        Assert.Equal(all.Items.Length, all.Items.Select(item => item.Id).Distinct().Count());
        Assert.Equal(all.Items.OrderBy(item => item.Due ?? DateTimeOffset.MaxValue).Select(item => item.Due), all.Items.Select(item => item.Due));
        Assert.Equal(t0.AddHours(24), all.Items.Single(item => item.Id == "us-fda-infant-formula/telephone/1").Due);
    }

    [Fact]
    public void Daily_reports_of_a_drug_recall_roll()
    {
        // Issued on Monday, 2 March: reports until the end of Tuesday, of Wednesday, …
        var facts = Facts("cn-drug", t0.AddHours(1)) with { AssessedAt = t0, IssuedAt = t0 };
        Assert.Equal(Local(3, 4), One(facts, "progress").Due);
        facts = facts with { Reports = [new("cn-drug", "progress", Local(3, 3, 15))], Now = Local(3, 3, 16) };
        Assert.Equal(ObligationState.DoneInTime, One(facts, "progress").State);
        Assert.Equal(Local(3, 5), One(facts, "progress", 2).Due);
    }

    [Fact]
    public void A_report_makes_up_for_those_missed_before_it()
    {
        // Nothing on Tuesday, Wednesday and Thursday; a report on Friday.
        var facts = Facts("cn-drug", Local(3, 6, 9)) with { AssessedAt = t0, IssuedAt = t0 };
        var missed = One(facts, "progress");
        Assert.Equal((ObligationState.Overdue, Local(3, 4), 2, EscalationLevel.City), (missed.State, missed.Due, missed.Missed, missed.Level));
        facts = facts with { Reports = [new("cn-drug", "progress", Local(3, 6, 10))], Now = Local(3, 6, 11) };
        var late = One(facts, "progress");
        Assert.Equal((ObligationState.DoneLate, 2), (late.State, late.Missed));
        Assert.Equal(ObligationState.DoneInTime, One(facts, "progress", 4).State);
        Assert.Equal((ObligationState.Pending, Local(3, 8)), (One(facts, "progress", 5).State, One(facts, "progress", 5).Due));
    }

    [Fact]
    public void No_report_is_due_for_a_period_that_completion_cuts_short()
    {
        var facts = Facts("cn-drug", Local(3, 10)) with { AssessedAt = t0, IssuedAt = t0, Reports = [new("cn-drug", "progress", Local(3, 3, 15))], CompletedAt = [Local(3, 4, 12)] };
        Assert.Single(Of(facts).Items, item => item.Clock == "progress");
        Assert.Equal(Local(3, 19), One(facts, "summary").Due); // ten working days
    }

    [Fact]
    public void Widening_after_completion_opens_the_reports_again()
    {
        var facts = Facts("cn-drug", Local(3, 11)) with { AssessedAt = t0, IssuedAt = t0, Reports = [new("cn-drug", "progress", Local(3, 3, 15))], CompletedAt = [Local(3, 4, 12)], WidenedAt = [Local(3, 10, 12)] };
        Assert.Equal(Local(3, 12), One(facts, "progress", 2).Due);
        Assert.DoesNotContain(Of(facts).Items, item => item.Clock == "summary");
        Assert.Equal(t0, One(facts, "notify").From);
        Assert.Equal((Local(3, 10, 12), ObligationState.Pending), (One(facts, "notify", 2).From, One(facts, "notify", 2).State));
    }

    [Fact]
    public void What_was_told_before_a_widening_does_not_cover_what_came_in()
    {
        var facts = Facts("cn-drug", Local(3, 5)) with { AssessedAt = t0, IssuedAt = t0, NotifiedAt = [t0.AddHours(2)], WidenedAt = [Local(3, 4, 12)] };
        Assert.Equal(ObligationState.DoneInTime, One(facts, "notify").State);
        Assert.True(One(facts, "notify", 2).IsOpen);
        facts = facts with { NotifiedAt = [t0.AddHours(2), Local(3, 4, 20)] };
        Assert.Equal((ObligationState.DoneInTime, Local(3, 4, 20)), (One(facts, "notify", 2).State, One(facts, "notify", 2).DoneAt));
    }

    [Fact]
    public void Status_reports_of_infant_formula_are_counted_from_the_last_one()
    {
        var facts = Facts("us-fda-infant-formula", Local(3, 20)) with { AssessedAt = t0, IssuedAt = t0, Reports = [new("us-fda-infant-formula", "status", Local(3, 10, 9))] };
        Assert.Equal(Local(3, 17), One(facts, "status").Due);
        Assert.Equal(Local(3, 25), One(facts, "status", 2).Due);
    }

    [Fact]
    public void An_interval_that_the_authority_asks_for_counts()
    {
        var facts = Facts("us-fda", Local(3, 3)) with { IssuedAt = t0, Agreements = [new("us-fda", "status", null, 7)] };
        Assert.Equal(Local(3, 10), One(facts, "status").Due);
        Assert.Equal(Local(3, 17), One(facts with { Agreements = [] }, "status").Due);
        Assert.DoesNotContain(Of(Facts("cn-food", Local(3, 3)) with { IssuedAt = t0 }).Items, item => item.Clock == "progress");
        Assert.Equal(Local(3, 8), One(Facts("cn-food", Local(3, 3)) with { IssuedAt = t0, Agreements = [new("cn-food", "progress", null, 5)] }, "progress").Due);
    }

    [Fact]
    public void A_deadline_that_was_put_off_counts_and_says_so()
    {
        var facts = Facts("cn-food", Local(3, 20)) with { IssuedAt = t0, Agreements = [new("cn-food", "complete", Local(4, 1), null)] };
        var complete = One(facts, "complete");
        Assert.Equal((Local(4, 1), ObligationState.Pending), (complete.Due, complete.State));
        Assert.Contains("agreed", complete.Why.En, StringComparison.Ordinal);
        Assert.Equal(ObligationState.Overdue, One(facts with { Agreements = [] }, "complete").State);
    }

    [Fact]
    public void Nothing_is_due_in_a_case_that_was_taken_back()
    {
        var facts = Facts("cn-food", t0.AddDays(90)) with { IssuedAt = t0.AddHours(2), WithdrawnAt = t0.AddDays(1) };
        var all = Of(facts);
        Assert.All(all.Items, item => Assert.Equal((item.Clock is "stop" or "start" ? ObligationState.DoneInTime : ObligationState.Lapsed, EscalationLevel.None), (item.State, item.Level)));
        Assert.Null(all.NextChange);
    }

    [Fact]
    public void What_names_no_time_is_open_until_done_and_never_overdue()
    {
        var facts = Facts("us-fda", t0.AddDays(400)) with { IssuedAt = t0 };
        Assert.Equal((ObligationState.Pending, null), (One(facts, "checks").State, One(facts, "checks").Due));
        Assert.Equal(ObligationState.DoneInTime, One(facts with { Reports = [new("us-fda", "checks", t0.AddDays(300))] }, "checks").State);
    }

    [Fact]
    public void Consumers_are_told_only_where_the_recall_goes_that_far()
    {
        var facts = Facts("eu-food", t0.AddHours(3)) with { IssuedAt = t0.AddHours(2) };
        Assert.Contains(Of(facts).Items, item => item.Clock == "consumers");
        Assert.Contains(Of(facts with { Depth = RecallDepth.Consumer }).Items, item => item.Clock == "consumers");
        Assert.DoesNotContain(Of(facts with { Depth = RecallDepth.Retail }).Items, item => item.Clock == "consumers");
    }

    [Fact]
    public void A_draft_shows_until_the_report_is_handed_in()
    {
        var facts = Facts("cn-food", t0.AddHours(2)) with { Drafts = [new("cn-food", "plan", t0.AddHours(1))] };
        Assert.Equal(t0.AddHours(1), One(facts, "plan").DraftedAt);
        Assert.Null(One(facts with { Reports = [new("cn-food", "plan", t0.AddHours(2))] }, "plan").DraftedAt);
    }
}
