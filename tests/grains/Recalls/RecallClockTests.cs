using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Recalls;

/// <summary>Statutory clocks of a case: they start by themselves, stop when something is done, and hand up what is overdue.</summary>
public sealed class RecallClockTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), scope = ScopeJson.Print(new ScopeQuery.Batch(raw));

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IRecallCaseGrain Case(Silos system) => system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId("a"));

    static Task<CaseAnswer> Act(Silos system, CaseEntry entry) => Case(system).Act(new() { Entry = CaseJson.Print(entry), ByName = "Li" });

    static async Task Do(Silos system, CaseEntry entry) => Assert.Null((await Act(system, entry)).Message);

    static CaseEntry.Opened Opened(params string[] regimes) => new("Listeria", CaseMode.Live, "found", scope, regimes);

    static CaseEntry.Assessed Assessed(RecallClass gravity) => new(gravity, RecallDepth.Consumer, "h", "s", "i");

    static async Task<ObligationView> One(Silos system, string report) => (await Case(system).Obligations(null)).Single(one => one.Report == report);

    static async Task<Silos> Story(TemporaryFolder folder, AheadClock clock)
    {
        var system = await Silos.Start(folder, 1, clock);
        await system.Record(Told.Made(raw));
        return system;
    }

    [Fact]
    public async Task A_clock_starts_with_the_case_follows_its_class_and_stops_when_the_thing_is_done()
    {
        var clock = new AheadClock();
        await using var system = await Story(folder, clock);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, Opened("cn-food", "nowhere"))).Refused);
        await Do(system, Opened("cn-food"));
        var view = (await Case(system).View())!;
        var start = await One(system, "start");
        Assert.Equal((ObligationState.Pending, view.OpenedAt.AddHours(24), true), (start.State, start.Due!.Value, start.IsClassAssumed));
        await Do(system, Assessed(RecallClass.II));
        Assert.Equal(view.OpenedAt.AddHours(48), (await One(system, "start")).Due);
        await Do(system, new CaseEntry.Issued());
        Assert.Equal(ObligationState.DoneInTime, (await One(system, "start")).State);

        Assert.Equal(ObligationState.Pending, (await One(system, "plan")).State);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.ReportSubmitted("cn-food", "nothing", new('a', 64)))).Refused);
        await Do(system, new CaseEntry.ReportSubmitted("cn-food", "plan", new('a', 64)));
        Assert.Equal(ObligationState.DoneInTime, (await One(system, "plan")).State);
        Assert.True((await One(system, "complete")).Due > view.OpenedAt.AddDays(25));

        await Do(system, new CaseEntry.Withdrawn("mistaken"));
        Assert.Equal(ObligationState.Lapsed, (await One(system, "complete")).State);
    }

    [Fact]
    public async Task What_is_overdue_is_handed_up_once_for_each_level()
    {
        var clock = new AheadClock();
        await using var system = await Story(folder, clock);
        await Do(system, Opened("cn-food"));
        await Do(system, Assessed(RecallClass.II));
        foreach (var (hours, levels) in ((int, EscalationLevel[])[])[(40, []), (12, []), (24, [EscalationLevel.District]), (24, [EscalationLevel.District]), (48, [EscalationLevel.District, EscalationLevel.City])])
        {
            clock.Advance(TimeSpan.FromHours(hours));
            await system.Grains.GetGrain<IRecallCasesGrain>(0).Pulse();
            await Case(system).Pulse();
            var escalated = (await Case(system).Entries(0, 100)).Select(entry => CaseJson.TryRead(entry.Entry, out var read, out _) ? read : null).OfType<CaseEntry.ClocksEscalated>()
                .Where(entry => entry.Obligations.Contains("cn-food/start/1")).Select(entry => entry.Level);
            Assert.Equal(levels, escalated);
        }
    }

    [Fact]
    public async Task An_authority_may_agree_to_another_time()
    {
        var clock = new AheadClock();
        await using var system = await Story(folder, clock);
        await Do(system, Opened("cn-food", "us-fda"));
        foreach (var entry in (CaseEntry[])[Assessed(RecallClass.I), new CaseEntry.Issued(), new CaseEntry.Announced("website and newspaper")]) await Do(system, entry);
        var until = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Do(system, new CaseEntry.Agreed("cn-food", "complete", "letter of the district", until));
        Assert.Equal(until, (await One(system, "complete")).Due);
        await Do(system, new CaseEntry.Agreed("us-fda", "status", "FDA, by mail", EveryDays: 7));
        var status = await One(system, "status");
        Assert.InRange(status.Due!.Value - status.From, TimeSpan.FromDays(7), TimeSpan.FromDays(8));
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Agreed("cn-food", "complete", "?"))).Refused);
    }
}
