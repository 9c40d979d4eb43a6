using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Recalls;

/// <summary>Recalls whose scope is a question: what is captured or corrected later changes what they name, at once.</summary>
public sealed class RecallScopeTests : IDisposable
{
    static readonly string lotA = Told.Lot(Told.Milk, "A"), lotB = Told.Lot(Told.Milk, "B"), lotC = Told.Lot(Told.Milk, "C"), cheese = Told.Lot(Told.Cheese, "R");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static RecallRequest Of(ScopeQuery query) => new() { Query = ScopeJson.Print(query), Reason = "residues", Class = RecallClass.I };

    static ScopeOrder Order(ScopeQuery query, bool widens, string reason = "more was found") => new() { Query = ScopeJson.Print(query), Widens = widens, Reason = reason };

    static readonly ScopeQuery both = new ScopeQuery.AnyOf([new ScopeQuery.Batch(lotA), new ScopeQuery.Batch(lotB)]);

    static async Task<Silos> Story(TemporaryFolder folder)
    {
        var system = await Silos.Start(folder);
        await system.Record(Told.Made(lotA, lotB, lotC), Told.From([lotA], [cheese]), Told.Received(Told.Shop, Told.Counter, 5, lotB));
        return system;
    }

    static async Task<RecallView> Until(Silos system, string name, Func<RecallView, bool> holds)
    {
        var until = DateTime.UtcNow + Silos.Patience;
        for (var view = await system.Recall(name).View(); ; view = await system.Recall(name).Watch(view!.Version))
        {
            if (view is not null && holds(view)) return view;
            Assert.True(DateTime.UtcNow < until, $"{view?.Status} {view?.Reached} {view?.OnRecord}");
        }
    }

    static async Task<string[]> Marked(Silos system, string name, params string[] codes)
    {
        var marked = new List<string>();
        foreach (var code in codes) if ((await system.RecallsOf(code)).Contains(Silos.RecallId(name))) marked.Add(code);
        return [.. marked];
    }

    [Fact]
    public async Task A_product_is_recalled_with_what_is_made_of_it_later_before_its_capture_is_acknowledged()
    {
        await using var system = await Story(folder);
        Assert.Null((await system.Recall("a").Issue(Of(new ScopeQuery.Product(Told.Milk, null, null)))).Refused);
        var view = await Until(system, "a", view => view.Status == RecallStatus.Effective);
        Assert.Equal([lotA, lotB, lotC, cheese], await Marked(system, "a", lotA, lotB, lotC, cheese));
        Assert.Equal((1, RecallNoticeKind.Issued, 3), (view.Scopes.Single().Version, view.Scopes.Single().Kind, view.Scopes.Single().Things));

        var (unit, lotD, butter) = (Told.Unit(Told.Milk, 7), Told.Lot(Told.Milk, "D"), Told.Lot(Told.Cheese, "S"));
        await system.Record(Told.Made(unit), Told.Made(lotD), Told.From([lotD], [butter]));
        Assert.Equal([unit, lotD, butter], await Marked(system, "a", unit, lotD, butter));
        var after = await Until(system, "a", view => view.Scopes.Length > 1 && view.OnRecord == view.Reached);
        Assert.Equal((2, RecallNoticeKind.Widened, 2, (string?)null), (after.Scopes[1].Version, after.Scopes[1].Kind, after.Scopes[1].Things, after.Scopes[1].Query));
        var notice = EpcisJson.ReadStored((await system.Ledger.ReadEvent((await system.Ledger.FindByEventIds([after.Scopes[1].EventId]))[0].Sequence))!.Json).Event;
        Assert.Equal([unit], notice.Epcs);
        Assert.Equal([lotD], notice.Quantities.Select(amount => amount.Code));
        Assert.Equal(7, after.OnRecord);
    }

    [Fact]
    public async Task An_event_declared_wrong_takes_out_of_the_scope_what_only_it_brought_in()
    {
        await using var system = await Story(folder);
        var at = DateTimeOffset.Parse("2000-01-01T00:00:00Z", null);
        await system.Recall("a").Issue(Of(new ScopeQuery.Touched(Told.Shop, at, at.AddYears(100))));
        await Until(system, "a", view => view.Status == RecallStatus.Effective);
        Assert.Equal([lotB], await Marked(system, "a", lotA, lotB, lotC, cheese));

        var received = Told.Received(Told.Shop, Told.Counter, 6, lotC);
        await system.Record(received);
        Assert.Equal([lotB, lotC], await Marked(system, "a", lotA, lotB, lotC));
        await system.Record(Told.DeclaredWrong(received));
        Assert.Equal([lotB], await Marked(system, "a", lotA, lotB, lotC));
        var view = await Until(system, "a", view => view.Scopes.Length == 3 && view.OnRecord == 1);
        Assert.Equal([RecallNoticeKind.Issued, RecallNoticeKind.Widened, RecallNoticeKind.Narrowed], view.Scopes.Select(scope => scope.Kind));
    }

    [Fact]
    public async Task What_is_made_later_from_a_named_origin_is_recalled_though_the_origin_is_not()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(Of(new ScopeQuery.MadeFrom(lotA)));
        await Until(system, "a", view => view.Status == RecallStatus.Effective);
        var later = Told.Lot(Told.Cheese, "T");
        await system.Record(Told.From([lotA], [later]));
        Assert.Equal([cheese, later], await Marked(system, "a", lotA, cheese, later));
    }

    [Fact]
    public async Task A_scope_is_widened_and_narrowed_by_order_and_in_force_when_the_order_is_answered()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(Of(new ScopeQuery.Batch(lotA)));
        await Until(system, "a", view => view.Status == RecallStatus.Effective);
        var widened = await system.Recall("a").ChangeScope(Order(both, widens: true));
        Assert.Null(widened.Message);
        Assert.Equal([lotA, lotB, cheese], await Marked(system, "a", lotA, lotB, lotC, cheese));
        Assert.Equal((2, 1, ScopeJson.Print(both)), (widened.Recall!.Scopes[^1].Version, widened.Recall.Scopes[^1].Things, widened.Recall.Scopes[^1].Query));
        Assert.Equal(2, (await system.Recall("a").ChangeScope(Order(both, widens: true))).Recall!.Scopes.Length);

        Assert.Null((await system.Recall("a").ChangeScope(Order(new ScopeQuery.Batch(lotB), widens: false, "A was tested"))).Message);
        Assert.Equal([lotB], await Marked(system, "a", lotA, lotB, lotC, cheese));
        var view = await Until(system, "a", view => view.OnRecord == 1);
        Assert.Equal([1, 2, 3], view.Scopes.Select(scope => scope.Version));

        RecallRefusal? Refused(RecallAnswer answer) => answer.Refused;
        Assert.Equal(RecallRefusal.ScopeDirection, Refused(await system.Recall("a").ChangeScope(Order(new ScopeQuery.Batch(lotC), widens: true))));
        Assert.Equal(RecallRefusal.ScopeDirection, Refused(await system.Recall("a").ChangeScope(Order(both, widens: false, "again"))));
        Assert.Equal(RecallRefusal.ScopeUnknown, Refused(await system.Recall("a").ChangeScope(Order(new ScopeQuery.Batch(Told.Lot(Told.Milk, "Z")), widens: true))));
        Assert.Equal(RecallRefusal.ReasonInvalid, Refused(await system.Recall("a").ChangeScope(Order(both, widens: true, " "))));
        Assert.Equal(RecallRefusal.RecallUnknown, Refused(await system.Recall("b").ChangeScope(Order(both, widens: true))));
        await system.Recall("c").Issue(new() { Code = lotC, Reason = "glass", Class = RecallClass.II });
        Assert.Equal(RecallRefusal.ScopeFixed, Refused(await system.Recall("c").ChangeScope(Order(both, widens: true))));
        await system.Recall("a").Withdraw("cleared");
        Assert.Equal(RecallRefusal.AlreadyWithdrawn, Refused(await system.Recall("a").ChangeScope(Order(both, widens: true))));
        Assert.Empty(await Marked(system, "a", lotA, lotB, lotC, cheese));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scope_is_what_it_was_after_a_restart_and_watched_again(bool fromNothing)
    {
        await using (var system = await Story(folder))
        {
            await system.Recall("a").Issue(Of(new ScopeQuery.Product(Told.Milk, null, null)));
            await Until(system, "a", view => view.Status == RecallStatus.Effective);
            await system.Recall("a").ChangeScope(Order(new ScopeQuery.Except(new ScopeQuery.Product(Told.Milk, null, null), new ScopeQuery.Batch(lotC)), widens: false, "C is clean"));
            await Until(system, "a", view => view.OnRecord == view.Reached);
        }
        if (fromNothing) folder.ForgetCases();
        await using var again = await Silos.Start(folder);
        var late = Told.Lot(Told.Milk, "L");
        await again.Record(Told.Made(late));
        Assert.Equal([lotA, lotB, cheese, late], await Marked(again, "a", lotA, lotB, lotC, cheese, late));
        var view = await Until(again, "a", view => view.OnRecord == 4 && view.Scopes.Length >= 2);
        Assert.Equal(4, view.Reached);
    }

    [Fact]
    public async Task What_goes_with_an_order_is_recorded_in_the_same_commit_or_nothing_is()
    {
        await using var system = await Story(folder);
        var with = Told.Canonical(Told.Seen(lotA, 9, "urn:ex:with"));
        await system.Record(Told.Seen(lotB, 9, "urn:ex:with"));
        var refused = await system.Recall("a").Issue(Of(new ScopeQuery.Batch(lotA)), [with]);
        Assert.Equal(RecallRefusal.Overtaken, refused.Refused);
        Assert.Null(await system.Recall("a").View());
        Assert.Empty(await system.RecallsOf(lotA));

        var free = Told.Canonical(Told.Seen(lotA, 9, "urn:ex:free"));
        var issued = await system.Recall("a").Issue(Of(new ScopeQuery.Batch(lotA)), [free]);
        Assert.Equal(issued.Recall!.IssuedSequence - 1, (await system.Ledger.FindByEventIds(["urn:ex:free"])).Single().Sequence);
    }
}
