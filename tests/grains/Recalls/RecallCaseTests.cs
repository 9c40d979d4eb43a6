using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Recalls;

public sealed class RecallCaseTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), lot = Told.Lot(Told.Milk, "A"), other = Told.Lot(Told.Milk, "B");
    static readonly string scope = ScopeJson.Print(new ScopeQuery.Batch(raw)), wider = ScopeJson.Print(new ScopeQuery.AnyOf([new ScopeQuery.Batch(raw), new ScopeQuery.Batch(other)]));
    static readonly CaseEntry opened = new CaseEntry.Opened("Listeria in cheese", CaseMode.Live, "Listeria found in a jar", scope, ["cn-food"], "laboratory report 17");
    static readonly CaseEntry assessed = new CaseEntry.Assessed(RecallClass.I, RecallDepth.Consumer, "Listeria monocytogenes, vulnerable consumers", "press, letters to all holders", "Stop sale, hold, answer");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IRecallCaseGrain Case(Silos system, string name = "a") => system.Grains.GetGrain<IRecallCaseGrain>(Silos.RecallId(name));

    static Task<CaseAnswer> Act(Silos system, CaseEntry entry, string by = "Li", string? actId = null, string name = "a") =>
        Case(system, name).Act(new() { Entry = CaseJson.Print(entry), ByName = by, ByParty = "urn:ex:authority", ByRole = "officer", ActId = actId });

    static async Task<CaseView> Do(Silos system, CaseEntry entry, string by = "Li", string name = "a")
    {
        var answer = await Act(system, entry, by, name: name);
        Assert.Null(answer.Message);
        return answer.Case!;
    }

    static async Task<CaseView> Until(Silos system, CaseState state, string name = "a")
    {
        var until = DateTime.UtcNow + Silos.Patience;
        for (var view = (await Case(system, name).View())!; ; view = (await Case(system, name).Watch(view.Entries))!)
        {
            if (view.State == state) return view;
            Assert.True(DateTime.UtcNow < until, $"{view.State}");
        }
    }

    static async Task<Silos> Story(TemporaryFolder folder, int silos = 1)
    {
        var system = await Silos.Start(folder, silos);
        await system.Record(Told.Made(raw, other), Told.From([raw], [lot]), Told.Received(Told.Shop, Told.Counter, 5, lot));
        return system;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_case_goes_from_suspicion_to_termination_and_its_chain_is_its_file(int silos)
    {
        await using var system = await Story(folder, silos);
        Assert.Null(await Case(system).View());
        Assert.Equal(CaseState.Suspected, (await Do(system, opened)).State);
        Assert.Empty(await system.RecallsOf(raw));
        Assert.Equal(CaseState.Assessed, (await Do(system, assessed)).State);
        Assert.NotNull((await Do(system, new CaseEntry.Issued())).Recall);
        var monitoring = await Until(system, CaseState.Monitoring);
        Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(lot));
        Assert.Equal((2, RecallStatus.Effective), (monitoring.Recall!.Reached, monitoring.Recall.Status));

        Assert.Equal(CaseState.Widened, (await Do(system, new CaseEntry.Widened(wider, "another batch"))).State);
        Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(other));
        Assert.Equal(CaseState.Narrowed, (await Do(system, new CaseEntry.Narrowed(scope, "tested clean"))).State);
        Assert.Empty(await system.RecallsOf(other));

        await Do(system, new CaseEntry.EvidenceAdded("report 17", new('a', 64), "application/pdf", 12_345));
        Assert.Equal(CaseState.Completed, (await Do(system, new CaseEntry.Completed("all jars destroyed", "the shop is closed"))).State);
        Assert.Equal(CaseRefusal.SignatureMissing, (await Act(system, new CaseEntry.Terminated("wash longer", StaysBlocked: true))).Refused);
        var completed = (await Case(system).Entries(0, 100)).Single(entry => CaseJson.TryRead(entry.Entry, out var read, out _) && read is CaseEntry.Completed);
        await Do(system, new CaseEntry.Signed(completed.Number, completed.EventHash, "checked"));
        Assert.Equal(CaseRefusal.SignatureMissing, (await Act(system, new CaseEntry.Terminated("wash longer", StaysBlocked: true))).Refused);
        Assert.Equal(CaseRefusal.EntryUnknown, (await Act(system, new CaseEntry.Signed(completed.Number, new('0', 64), "checked"), by: "Wang")).Refused);
        await Do(system, new CaseEntry.Signed(completed.Number, completed.EventHash, "checked"), by: "Wang");
        var terminated = await Do(system, new CaseEntry.Terminated("wash longer", StaysBlocked: true));
        Assert.Equal((CaseState.Terminated, true), (terminated.State, terminated.StaysBlocked));
        Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(lot));

        // The recall's own chain holds the file, every entry of it, and verifies.
        var chain = await system.Entity(Silos.RecallId("a")).Chain(0, 1_000);
        var entries = await Case(system).Entries(0, 100);
        Assert.Equal(terminated.Entries, entries.Length);
        Assert.Equal(entries.Select(entry => entry.EventId), chain.Links.Select(link => link.Event.EventId).Where(id => id.Contains(":case:", StringComparison.Ordinal)));
        Assert.True((await system.Entity(Silos.RecallId("a")).Verify()).Holds);
        Assert.Equal(("Li", "urn:ex:authority", "officer"), (entries[0].ByName, entries[0].ByParty, entries[0].ByRole));
        Assert.Equal(["TraceGrains"], entries.Select(entry => entry.ByName).Distinct().Except(["Li", "Wang"]));
    }

    [Fact]
    public async Task What_does_not_fit_the_state_is_refused_and_leaves_nothing()
    {
        await using var system = await Story(folder);
        Assert.Equal(CaseRefusal.CaseUnknown, (await Act(system, assessed)).Refused);
        await Do(system, opened);
        foreach (var entry in (CaseEntry[])[new CaseEntry.Issued(), new CaseEntry.Widened(wider, "x"), new CaseEntry.Narrowed(scope, "x"), new CaseEntry.Completed("x"), new CaseEntry.Terminated("x", true)])
            Assert.Equal(CaseRefusal.StateForbids, (await Act(system, entry)).Refused);
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, new CaseEntry.Spread(1, 1, 1))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Act(system, new CaseEntry.Withdrawn(" "))).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Case(system).Act(new() { Entry = "{\"kind\":\"unheard\"}", ByName = "Li" })).Refused);
        Assert.Equal(CaseRefusal.FieldInvalid, (await Case(system).Act(new() { Entry = CaseJson.Print(assessed), ByName = "Li", ByParty = "no code" })).Refused);
        Assert.Equal(1, (await Case(system).View())!.Entries);

        await Do(system, new CaseEntry.Rescoped(ScopeJson.Print(new ScopeQuery.Batch(Told.Lot(Told.Milk, "never"))), "slip of the pen"));
        await Do(system, assessed);
        Assert.Equal(CaseRefusal.ScopeUnknown, (await Act(system, new CaseEntry.Issued())).Refused);
        Assert.Equal((CaseState.Assessed, 3), ((await Case(system).View())!.State, (await Case(system).View())!.Entries));
        Assert.Equal(CaseState.Suspected, (await Do(system, new CaseEntry.Rescoped(scope, "the right one"))).State);
        Assert.Equal(CaseState.Withdrawn, (await Do(system, new CaseEntry.Withdrawn("mistaken"))).State);
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, assessed)).Refused);
    }

    [Fact]
    public async Task An_act_sent_again_is_done_once()
    {
        await using var system = await Story(folder);
        Assert.Equal(1, (await Act(system, opened, actId: "1")).Entry);
        Assert.Equal(1, (await Act(system, opened, actId: "1")).Entry);
        Assert.Equal(1, (await Act(system, opened)).Entry);
        Assert.Equal(CaseRefusal.IdInUse, (await Act(system, assessed, actId: "1")).Refused);
        await Act(system, assessed, actId: "2");
        await Act(system, new CaseEntry.Issued(), actId: "3");
        await Until(system, CaseState.Monitoring);
        Assert.Equal(3, (await Act(system, new CaseEntry.Issued(), actId: "3")).Entry);
        Assert.Equal(CaseRefusal.StateForbids, (await Act(system, new CaseEntry.Issued(), actId: "4")).Refused);
        Assert.Single(await Case(system).Entries(0, 100), entry => entry.Entry == CaseJson.Print(new CaseEntry.Issued()));
    }

    [Fact]
    public async Task A_withdrawn_case_takes_its_recall_back_and_a_termination_may_release_the_goods()
    {
        await using var system = await Story(folder);
        foreach (var name in (string[])["a", "b"])
        {
            foreach (var entry in (CaseEntry[])[opened, assessed, new CaseEntry.Issued()]) await Do(system, entry, name: name);
            await Until(system, CaseState.Monitoring, name);
        }
        Assert.Equal(RecallStatus.Withdrawn, (await Do(system, new CaseEntry.Withdrawn("mistaken"))).Recall!.Status);
        Assert.Equal([Silos.RecallId("b")], await system.RecallsOf(lot));
        await Do(system, new CaseEntry.Completed("corrected labels", "the shop is closed"), name: "b");
        var completed = (await Case(system, "b").Entries(0, 100)).Last();
        await Do(system, new CaseEntry.Signed(completed.Number, completed.EventHash, "agreed"), by: "Wang", name: "b");
        await Do(system, new CaseEntry.Terminated("print better", StaysBlocked: false), name: "b");
        Assert.Empty(await system.RecallsOf(lot));
    }

    [Fact]
    public async Task A_drill_marks_nothing()
    {
        await using var system = await Story(folder);
        await Do(system, (CaseEntry.Opened)opened with { Mode = CaseMode.Drill });
        await Do(system, assessed);
        await Do(system, new CaseEntry.Issued());
        var view = await Until(system, CaseState.Monitoring);
        Assert.Null(view.Recall);
        Assert.Empty(await system.RecallsOf(raw));
        Assert.Null(await system.Recall("a").View());
        var spread = (await Case(system).Entries(3, 1)).Single();
        Assert.True(CaseJson.TryRead(spread.Entry, out var entry, out _));
        Assert.Equal((2, 2), (((CaseEntry.Spread)entry).Reached, ((CaseEntry.Spread)entry).Holders));
    }

    [Fact]
    public async Task A_recall_issued_on_the_spot_is_a_case_that_begins_in_the_middle()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(new() { Code = raw, Reason = "residues", Class = RecallClass.II });
        await system.UntilOnRecord("a");
        var view = (await Case(system).View())!;
        Assert.Equal((CaseState.Monitoring, "residues", RecallClass.II, 0), (view.State, view.Reason, view.Class, view.Entries));
        Assert.Equal(CaseState.Completed, (await Do(system, new CaseEntry.Completed("all back", "the shop is closed"))).State);
        Assert.Equal(CaseRefusal.IdInUse, (await Act(system, opened)).Refused);
    }

    [Fact]
    public async Task A_case_is_what_it_was_after_a_restart_and_goes_on_where_it_stood()
    {
        CaseView before;
        await using (var system = await Story(folder))
        {
            foreach (var entry in (CaseEntry[])[opened, assessed]) await Do(system, entry);
            // The commit is durable, and then everything fails: nobody hears that the recall was issued.
            var failures = 1;
            system.Ledger.After = _ => Interlocked.Decrement(ref failures) == 0 ? throw new LedgerUnavailableException("power") : Task.CompletedTask;
            await Assert.ThrowsAsync<LedgerUnavailableException>(() => Act(system, new CaseEntry.Issued()));
            await Until(system, CaseState.Monitoring);
            for (before = (await Case(system).View())!; before.Entries < 5;) before = (await Case(system).Watch(before.Entries))!;
        }
        folder.ForgetCases();
        await using var again = await Silos.Start(folder);
        var after = (await Case(again).View())!;
        Assert.Equal(before with { Recall = null, Regimes = [] }, after with { Recall = null, Regimes = [] });
        Assert.Equal(5, after.Entries);
        Assert.Equal([Silos.RecallId("a")], await again.RecallsOf(lot));
    }

    [Fact]
    public async Task Two_who_act_at_once_both_get_their_entry_and_each_number_is_given_once()
    {
        await using var system = await Story(folder, 2);
        await Do(system, opened);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Act(system, new CaseEntry.EvidenceAdded($"photo {i}", new('b', 64), "image/jpeg", i), actId: $"photo {i}")));
        Assert.Equal(Enumerable.Range(2, 12), answers.Select(answer => answer.Entry!.Value).Order());
    }

    [Fact]
    public async Task No_query_finds_what_was_said_in_a_case()
    {
        await using var system = await Story(folder);
        await Do(system, opened);
        var entry = CaseEntryEvent.IdOf(Silos.RecallId("a"), 1);
        Assert.NotEmpty(await system.Ledger.FindByEventIds([entry]));
        var answer = await system.Grains.GetGrain<Contracts.Queries.IEventQueryGrain>(0).Poll(new() { Query = "{}"u8.ToArray(), PageSize = 1_000 });
        Assert.NotEmpty(answer.Events);
        Assert.DoesNotContain(answer.Events, e => e.EventId == entry);
    }
}
