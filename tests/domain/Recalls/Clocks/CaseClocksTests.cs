using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Tests.Recalls.Clocks;

public class CaseClocksTests
{
    static readonly DateTimeOffset t0 = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    static CaseFile File(params (int Hours, CaseEntry Entry)[] entries)
    {
        CaseFile? file = null;
        for (var i = 0; i < entries.Length; i++) file = CaseFile.Add(file, new(i + 1, i + 1, t0.AddHours(entries[i].Hours), "", new("Li", null, null), null, entries[i].Entry));
        return file!;
    }

    [Fact]
    public void The_file_of_a_case_starts_its_clocks()
    {
        const string scope = """{"batch": "https://id.gs1.org/01/09520103000017/10/C1"}""";
        var file = File(
            (0, new CaseEntry.Opened("Listeria", CaseMode.Live, "found", scope, ["cn-food", "us-fda"])), (2, new CaseEntry.Assessed(RecallClass.II, RecallDepth.Retail, "x", "x", "x")), (3, new CaseEntry.Issued()),
            (3, new CaseEntry.Spread(1, 1, 1)), (4, new CaseEntry.Notified([])), (5, new CaseEntry.Notified([])), (6, new CaseEntry.ReportSubmitted("cn-food", "plan", new('0', 64))),
            (30, new CaseEntry.Widened(scope, "more")), (40, new CaseEntry.Completed("all back")));
        var facts = CaseClocks.FactsOf(file, t0.AddHours(41));
        Assert.Equal((RecallClass.II, RecallDepth.Retail, t0, t0.AddHours(2), t0.AddHours(3)), (facts.Class, facts.Depth, facts.OpenedAt, facts.AssessedAt, facts.IssuedAt));
        Assert.Equal([t0.AddHours(5)], facts.NotifiedAt);
        var all = Obligations.Of(facts, WorkingCalendar.China).Items.ToDictionary(item => item.Id);
        Assert.Equal((ObligationState.DoneInTime, t0.AddHours(48)), (all["cn-food/start/1"].State, all["cn-food/start/1"].Due));
        Assert.Equal(ObligationState.DoneInTime, all["cn-food/plan/1"].State);
        Assert.Equal((ObligationState.Pending, t0.AddHours(78)), (all["cn-food/plan/2"].State, all["cn-food/plan/2"].Due));
        Assert.Equal(ObligationState.DoneInTime, all["us-fda/notify/1"].State);
        Assert.Equal((ObligationState.Pending, t0.AddHours(54)), (all["us-fda/notify/2"].State, all["us-fda/notify/2"].Due));
        Assert.Equal(ObligationState.DoneInTime, all["cn-food/complete/2"].State);
        Assert.Equal(t0.AddHours(40), all["cn-food/summary/1"].From);
    }

    [Fact]
    public void A_case_under_no_regime_owes_nothing() => Assert.Empty(Obligations.Of(CaseClocks.FactsOf(File((0, new CaseEntry.Opened("x", CaseMode.Live, "x", "{}", []))), t0), WorkingCalendar.China).Items);
}
