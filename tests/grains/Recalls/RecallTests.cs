using TraceGrains.Contracts.Recalls;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Recalls;

public sealed class RecallTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), lot = Told.Lot(Told.Milk, "A"), clean = Told.Unit(Told.Cheese, 900);
    static readonly string[] units = [.. Enumerable.Range(1, 6).Select(serial => Told.Unit(Told.Milk, serial))];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static RecallRequest Of(string? code = null, string? eventId = null, string reason = "residues", RecallClass grade = RecallClass.I) =>
        new() { Code = code, EventId = eventId, Reason = reason, Class = grade };

    /// <summary>Raw lot → units and a lot; units on a pallet beside one that has nothing of the raw lot.</summary>
    static async Task<Silos> Story(TemporaryFolder folder, int silos = 1)
    {
        var system = await Silos.Start(folder, silos);
        await system.Record(Told.Made(raw), Told.Made(clean), Told.From([raw], [.. units, lot]), Told.Packed(Told.Pallet, 3, [.. units, clean]), Told.Received(Told.Shop, Told.Counter, 5, Told.Pallet));
        return system;
    }

    static async Task<string[]> Items(Silos system, string name, int page = 3)
    {
        var codes = new List<string>();
        for (int? after = 0; after is { } at;)
        {
            var items = await system.Recall(name).Items(at, page);
            Assert.True(items.Items.Length <= page);
            codes.AddRange(items.Items.Select(item => item.Code));
            after = items.Next;
        }
        return [.. codes];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_recalled_lot_reaches_what_was_made_of_it_and_every_chain_shows_it(int silos)
    {
        await using var system = await Story(folder, silos);
        var issued = await system.Recall("a").Issue(Of(raw));
        Assert.Null(issued.Refused);
        Assert.Equal((RecallClass.I, "residues"), (issued.Recall!.Class, issued.Recall.Reason));
        var view = await system.UntilOnRecord("a");
        Assert.Equal((8, 8), (view.Reached, view.OnRecord));
        Assert.NotNull(view.EffectiveAt);
        var found = await Items(system, "a");
        Assert.Equal(units.Append(lot).Append(raw).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Equal(6, view.Holders.Single(holder => holder.Holder == Told.Shop).Count);
        foreach (var code in units.Append(lot).Append(raw))
        {
            var entity = (await system.Entity(code).View(null))!;
            Assert.Equal([Silos.RecallId("a")], entity.State.Recalls);
            Assert.Contains("recalled", entity.PersistentDispositions);
            var chain = await system.Entity(code).Chain(0, 100);
            Assert.Contains(chain.Links, link => link.Event.EventId.StartsWith(Silos.RecallId("a") + ":reached", StringComparison.Ordinal));
            Assert.True((await system.Entity(code).Verify()).Holds);
        }
        // A shared pallet tells where things are; it taints nothing.
        foreach (var code in new[] { clean, Told.Pallet })
        {
            var entity = (await system.Entity(code).View(null))!;
            Assert.Empty(entity.State.Recalls);
            Assert.Empty(entity.PersistentDispositions);
        }
        Assert.Equal([Silos.RecallId("a")], await system.Registry.All());
    }

    [Fact]
    public async Task A_repeated_order_answers_as_the_first_and_another_under_its_id_is_refused()
    {
        await using var system = await Story(folder);
        var first = await system.Recall("a").Issue(Of(raw));
        var head = (await system.UntilOnRecord("a")).IssuedSequence;
        var again = await system.Recall("a").Issue(Of("urn:epc:class:lgtin:0614141.012345.R"));
        Assert.Equal((first.Recall!.IssuedSequence, first.Recall.IssuedAt), (again.Recall!.IssuedSequence, again.Recall.IssuedAt));
        Assert.Equal(head, again.Recall.IssuedSequence);
        foreach (var other in new[] { Of(lot), Of(raw, reason: "other"), Of(raw, grade: RecallClass.II) })
            Assert.Equal(RecallRefusal.IdInUse, (await system.Recall("a").Issue(other)).Refused);
        await system.Cluster.DeactivateAsync(system.Recall("a"));
        Assert.Equal(head, (await system.Recall("a").Issue(Of(raw))).Recall!.IssuedSequence);
    }

    public static TheoryData<RecallRequest, RecallRefusal, string> Refused => new()
    {
        { Of(), RecallRefusal.ScopeInvalid, "scope" },
        { Of(raw, "urn:ex:event:1"), RecallRefusal.ScopeInvalid, "scope" },
        { Of("no code"), RecallRefusal.ScopeInvalid, "scope.code" },
        { Of("https://id.gs1.org/414/9506000134352"), RecallRefusal.ScopeInvalid, "scope.code" },
        { Of(raw, reason: " "), RecallRefusal.ReasonInvalid, "reason" },
        { Of(raw, reason: new('x', 2_001)), RecallRefusal.ReasonInvalid, "reason" },
        { Of(Told.Lot(Told.Milk, "NEVER")), RecallRefusal.ScopeUnknown, "scope.code" },
        { Of(eventId: "urn:ex:event:none"), RecallRefusal.ScopeUnknown, "scope.eventId" },
        { new() { RangeProduct = Told.Milk, RangeFrom = "9", RangeTo = "1", Reason = "x", Class = RecallClass.I }, RecallRefusal.ScopeInvalid, "scope.serialRange" },
        { new() { RangeProduct = Told.Milk, RangeFrom = "", RangeTo = "1", Reason = "x", Class = RecallClass.I }, RecallRefusal.ScopeInvalid, "scope.serialRange" },
        { new() { RangeProduct = raw, RangeFrom = "1", RangeTo = "2", Reason = "x", Class = RecallClass.I }, RecallRefusal.ScopeInvalid, "scope.serialRange.product" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_refused_order_says_why_and_leaves_nothing(RecallRequest request, RecallRefusal refusal, string field)
    {
        await using var system = await Story(folder);
        var head = await system.Sequencer.Head();
        var answer = await system.Recall("a").Issue(request);
        Assert.Equal(refusal, answer.Refused);
        Assert.StartsWith(field, answer.Message, StringComparison.Ordinal);
        Assert.Null(await system.Recall("a").View());
        Assert.Equal(head, await system.Sequencer.Head());
        Assert.Equal(RecallRefusal.RecallUnknown, (await system.Recall("a").Withdraw("why")).Refused);
    }

    [Fact]
    public async Task A_serial_range_reaches_units_that_come_later()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(new() { RangeProduct = Told.Milk, RangeFrom = "2", RangeTo = "10", Reason = "x", Class = RecallClass.II });
        await system.UntilOnRecord("a");
        await system.Record(Told.Made(Told.Unit(Told.Milk, 9)), Told.Made(Told.Unit(Told.Milk, 11)), Told.From([Told.Unit(Told.Milk, 9)], [Told.Unit(Told.Cheese, 1)]));
        Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(Told.Unit(Told.Milk, 9)));
        Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(Told.Unit(Told.Cheese, 1)));
        Assert.Empty(await system.RecallsOf(Told.Unit(Told.Milk, 11)));
        Assert.Empty(await system.RecallsOf(Told.Unit(Told.Milk, 1)));
        Assert.Equal(7, (await system.Until("a", view => view.OnRecord == 7)).Reached);
    }

    [Fact]
    public async Task An_events_recall_reaches_what_the_event_touched_and_a_units_only_the_unit()
    {
        await using var system = await Story(folder);
        var packed = Told.NewId();
        await system.Record(Told.Seen(units[0], 8, packed));
        await system.Recall("event").Issue(Of(eventId: packed));
        await system.Recall("unit").Issue(Of(units[1]));
        Assert.Equal(1, (await system.UntilOnRecord("event")).Reached);
        Assert.Equal(1, (await system.UntilOnRecord("unit")).Reached);
        Assert.Equal([Silos.RecallId("event")], await system.RecallsOf(units[0]));
        Assert.Equal([Silos.RecallId("unit")], await system.RecallsOf(units[1]));
        Assert.Equal([Silos.RecallId("unit"), Silos.RecallId("event")], await system.Registry.All());
        Assert.Equal(RecallRefusal.ScopeUnknown, (await system.Recall("none").Issue(Of(eventId: "urn:ex:event:no"))).Refused);
    }

    [Fact]
    public async Task What_is_made_later_of_recalled_things_is_recalled_when_its_capture_returns()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(Of(raw));
        await system.Until("a", view => view.Status == RecallStatus.Effective);
        for (var serial = 50; serial < 60; serial++)
        {
            await system.Record(Told.From([serial == 50 ? lot : Told.Unit(Told.Cheese, serial - 1)], [Told.Unit(Told.Cheese, serial)]));
            Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(Told.Unit(Told.Cheese, serial)));
        }
        Assert.Equal(18, (await system.Until("a", view => view.OnRecord == 18)).Reached);
    }

    /// <summary>A shard that has to load first must not let a capture be acknowledged before the marks are in again.</summary>
    [Fact]
    public async Task A_shard_that_loads_during_a_capture_lets_nothing_escape()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(Of(raw));
        await system.UntilOnRecord("a");
        for (var serial = 50; serial < 60; serial++)
        {
            var number = (await system.Ledger.FindEntities([lot]))[0];
            await system.Cluster.DeactivateAsync(system.Grains.GetGrain<Contracts.Lineage.ILineageShardGrain>(number % Silos.ShardCount));
            await system.Record(Told.From([lot], [Told.Unit(Told.Cheese, serial)]));
            Assert.Equal([Silos.RecallId("a")], await system.RecallsOf(Told.Unit(Told.Cheese, serial)));
        }
    }

    [Fact]
    public async Task An_error_declaration_takes_out_what_is_no_longer_reached()
    {
        await using var system = await Story(folder);
        var wrong = Told.From([raw], [clean]);
        await system.Record(wrong);
        await system.Recall("a").Issue(Of(raw));
        await system.Until("a", view => view.OnRecord == 9);
        Assert.Single(await system.RecallsOf(clean));
        await system.Record(Told.DeclaredWrong(wrong));
        Assert.Empty(await system.RecallsOf(clean));
        await system.Until("a", view => view is { Reached: 8, OnRecord: 8 });
        Assert.DoesNotContain("recalled", (await system.Entity(clean).View(null))!.PersistentDispositions);
        Assert.Contains((await system.Entity(clean).Chain(0, 100)).Links, link => link.Event.EventId.Contains(":released:", StringComparison.Ordinal));
        Assert.Single(await system.RecallsOf(units[0]));
    }

    [Fact]
    public async Task Withdrawing_takes_every_mark_back_once()
    {
        await using var system = await Story(folder);
        await system.Recall("a").Issue(Of(raw));
        await system.UntilOnRecord("a");
        Assert.Equal(RecallRefusal.ReasonInvalid, (await system.Recall("a").Withdraw("")).Refused);
        var withdrawn = (await system.Recall("a").Withdraw("cleared")).Recall!;
        Assert.Equal((RecallStatus.Withdrawn, "cleared", 0), (withdrawn.Status, withdrawn.WithdrawnReason, withdrawn.Reached));
        foreach (var code in units) Assert.Empty(await system.RecallsOf(code));
        await system.Until("a", view => view.OnRecord == 0);
        Assert.Equal(withdrawn.WithdrawnAt, (await system.Recall("a").Withdraw("cleared")).Recall!.WithdrawnAt);
        Assert.Equal(RecallRefusal.AlreadyWithdrawn, (await system.Recall("a").Withdraw("for fun")).Refused);
        foreach (var code in units) Assert.DoesNotContain("recalled", (await system.Entity(code).View(null))!.PersistentDispositions);
        await system.Record(Told.From([lot], [Told.Unit(Told.Cheese, 77)]));
        Assert.Empty(await system.RecallsOf(Told.Unit(Told.Cheese, 77)));
        await system.Cluster.DeactivateAsync(system.Recall("a"));
        Assert.Equal(RecallStatus.Withdrawn, (await system.Recall("a").View())!.Status);
    }

    [Fact]
    public async Task Watching_answers_as_soon_as_something_has_changed()
    {
        await using var system = await Story(folder);
        Assert.Null(await system.Recall("a").Watch(0));
        await system.Recall("a").Issue(Of(raw));
        var before = await system.UntilOnRecord("a");
        var watch = system.Recall("a").Watch(before.Version);
        await system.Recall("a").Withdraw("cleared");
        Assert.True((await watch.WaitAsync(Silos.Patience))!.Version > before.Version);
    }

    [Fact]
    public async Task A_case_that_is_deactivated_in_mid_wave_goes_on()
    {
        await using var system = await Story(folder);
        var issued = await system.Recall("a").Issue(Of(raw));
        await system.Cluster.DeactivateAsync(system.Recall("a"));
        Assert.Equal(8, (await system.UntilOnRecord("a")).Reached);
        Assert.Equal(issued.Recall!.IssuedSequence, (await system.Recall("a").View())!.IssuedSequence);
    }

    [Fact]
    public async Task Storage_that_fails_is_tried_again_until_the_case_is_kept()
    {
        DateTimeOffset? effective;
        await using (var system = await Story(folder))
        {
            foreach (var storage in system.Cases) storage.FailWrites(2);
            await Record.ExceptionAsync(() => system.Recall("a").Issue(Of(raw)));
            await system.UntilOnRecord("a");
            Assert.Equal(RecallStatus.Effective, (await system.Recall("a").Issue(Of(raw))).Recall!.Status);
            // Working out anew returns when everything is kept.
            await system.Registry.ReworkAll();
            effective = (await system.Recall("a").View())!.EffectiveAt;
            Assert.Contains(system.Cases, storage => storage.Writes > 0);
        }
        await using var again = await Silos.Start(folder);
        await again.Registry.ReworkAll();
        Assert.Equal(effective, (await again.Recall("a").View())!.EffectiveAt);
    }

    /// <summary>The notice is durable, and then everything fails: nobody hears that the recall exists, yet it does.</summary>
    [Fact]
    public async Task A_recall_whose_order_failed_after_its_notice_was_recorded_is_in_force()
    {
        await using var system = await Story(folder);
        Assert.Null(await system.Recall("a").View());
        var failures = 1;
        system.Ledger.After = _ => Interlocked.Decrement(ref failures) == 0 ? throw new LedgerUnavailableException("power") : Task.CompletedTask;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => system.Recall("a").Issue(Of(raw)));
        await system.Record(Told.From([lot], [Told.Unit(Told.Cheese, 77)]));
        Assert.Single(await system.RecallsOf(Told.Unit(Told.Cheese, 77)));
        Assert.Equal(9, (await system.UntilOnRecord("a")).Reached);
        Assert.Null((await system.Recall("a").Issue(Of(raw))).Refused);
    }

    [Fact]
    public async Task The_demonstrations_recall_reaches_what_its_bookkeeping_says()
    {
        await using var system = await Silos.Start(folder, 2);
        foreach (var document in DemoChain.Documents()) Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, document.Utf8)).Problems);
        var cast = DemoChain.Cast();
        await system.Recall("demo").Issue(Of(cast.RecalledLot));
        var view = await system.UntilOnRecord("demo");
        var items = await Items(system, "demo", 500);
        Assert.Equal(view.Reached, items.Length);
        Assert.Equal(cast.ExpectedReachedLots.Order(StringComparer.Ordinal), items.Where(cast.ExpectedReachedLots.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(cast.ExpectedReachedUnits, items.Count(item => item.Contains("/21/", StringComparison.Ordinal)));
        Assert.Contains(cast.SoldUnit, items);
        foreach (var spared in new[] { cast.UntouchedUnit, cast.WronglyNamedInto, cast.Pallet }) Assert.DoesNotContain(spared, items);
    }
}
