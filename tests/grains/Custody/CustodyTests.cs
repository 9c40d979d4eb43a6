using TraceGrains.Contracts.Custody;
using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Events;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Custody;

public sealed class CustodyTests : IDisposable
{
    const string Logger = "https://id.gs1.org/8004/0614141LOGGER1", Lorry = "https://id.gs1.org/8004/0614141LORRY1";

    static readonly string unit = Told.Unit(Told.Milk, 1), lot = Told.Lot(Told.Milk, "A"), raw = Told.Lot(Told.Cheese, "R");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static async Task<Silos> Story(TemporaryFolder folder)
    {
        var system = await Silos.Start(folder);
        await system.Record(
            Told.Made(raw), Told.From([raw], [unit, lot]), Told.Packed(Told.Pallet, 3, unit), Told.Attached(Lorry, 3, Logger),
            Told.Received(Told.Shop, Told.Counter, 5, Told.Pallet, lot));
        return system;
    }

    [Fact]
    public async Task A_unit_stands_where_its_container_went_and_shows_its_chain()
    {
        await using var system = await Story(folder);
        var view = (await system.Grains.GetGrain<IUnitGrain>(unit).View(null))!;
        Assert.Equal((unit, EntityKind.Unit), (view.Code, view.Kind));
        Assert.Equal((Told.Shop, Told.Counter), (view.State.Holder, view.State.Location));
        Assert.Equal([Told.Pallet], view.State.Containers);
        Assert.Empty(view.State.Recalls);
        Assert.Equal(2, view.ChainLength);
        var parents = await system.Lineage.Neighbours(new() { Code = unit, Direction = Domain.Lineage.TraceDirection.Backward, Follow = Domain.Lineage.EdgeKind.MadeOf });
        Assert.Equal(raw, Assert.Single(parents).To);
    }

    [Fact]
    public async Task A_batch_knows_who_holds_how_much_of_it()
    {
        await using var system = await Story(folder);
        var view = (await system.Grains.GetGrain<IBatchGrain>(lot).View(null))!;
        Assert.Equal(EntityKind.Batch, view.Kind);
        Assert.Contains(view.State.Holdings, held => held is { Account: Told.Shop, Quantity: 10, Uom: "KGM" });
        Assert.Equal(2, view.ChainLength);
    }

    [Fact]
    public async Task A_device_says_what_it_is_attached_to()
    {
        await using var system = await Story(folder);
        var view = (await system.Grains.GetGrain<IDeviceGrain>(Logger).View(null))!;
        Assert.Equal((EntityKind.Device, Lorry), (view.Kind, view.State.AttachedTo));
        Assert.Equal(EntityKind.Device, (await system.Grains.GetGrain<IDeviceGrain>(Lorry).View(null))!.Kind);
    }

    [Fact]
    public async Task An_enterprise_and_a_place_have_a_chain_of_what_passed_them()
    {
        await using var system = await Story(folder);
        var shop = (await system.Grains.GetGrain<IEnterpriseGrain>(Told.Shop).View(null))!;
        Assert.Equal((EntityKind.Enterprise, 1), (shop.Kind, shop.ChainLength));
        Assert.Equal(EntityKind.Location, (await system.Grains.GetGrain<IEnterpriseGrain>(Told.Counter).View(null))!.Kind);
        Assert.Equal(5, Assert.Single((await system.Grains.GetGrain<IEnterpriseGrain>(Told.Shop).Chain(0, 10)).Links).Event.Sequence);
    }

    [Fact]
    public async Task Persistent_dispositions_and_times_come_from_the_things_own_events()
    {
        await using var system = await Silos.Start(folder);
        var made = Told.Made(unit);
        await system.Record(Told.Seen(unit, 9).Replace("\"action\"", "\"persistentDisposition\":{\"set\":[\"completeness_inferred\"]},\"action\"", StringComparison.Ordinal), made);
        var view = (await system.Entity(unit).View(null))!;
        Assert.Equal(["completeness_inferred"], view.PersistentDispositions);
        Assert.Equal((1, 9), (view.FirstEventTime!.Value.Minute, view.LastEventTime!.Value.Minute));
        await system.Record(Told.Seen(unit, 10).Replace("\"action\"", "\"persistentDisposition\":{\"unset\":[\"completeness_inferred\"]},\"action\"", StringComparison.Ordinal));
        Assert.Empty((await system.Entity(unit).View(null))!.PersistentDispositions);
    }

    [Fact]
    public async Task Whichever_grain_is_asked_tells_the_kind_the_thing_has()
    {
        await using var system = await Story(folder);
        IEntityGrain[] grains = [system.Grains.GetGrain<IUnitGrain>(lot), system.Grains.GetGrain<IBatchGrain>(lot), system.Grains.GetGrain<IDeviceGrain>(lot), system.Grains.GetGrain<IEnterpriseGrain>(lot)];
        foreach (var grain in grains) Assert.Equal(EntityKind.Batch, (await grain.View(null))!.Kind);
    }

    [Theory]
    [InlineData("https://id.gs1.org/01/09506000134352/21/404")]
    [InlineData("urn:epc:id:sgtin:950600.0013435.1")]
    [InlineData("no code at all")]
    public async Task What_no_event_has_named_by_this_code_is_unknown(string code)
    {
        await using var system = await Story(folder);
        Assert.Null(await system.Entity(code).View(null));
        var page = await system.Entity(code).Chain(0, 10);
        Assert.Equal((0, false), (page.Total, page.HasMore));
        var verdict = await system.Entity(code).Verify();
        Assert.Equal((true, 0), (verdict.Holds, verdict.Checked));
    }

    [Fact]
    public async Task Chain_pages_follow_on_each_other_and_link_hashes_can_be_computed_again()
    {
        await using var system = await Silos.Start(folder);
        await system.Record([Told.Made(unit), .. Enumerable.Range(2, 24).Select(minute => Told.Seen(unit, minute))]);
        var links = new List<ChainLinkView>();
        for (ChainPage page = new() { HasMore = true }; page.HasMore;)
        {
            page = await system.Entity(unit).Chain(links.Count, 7);
            Assert.Equal(25, page.Total);
            links.AddRange(page.Links);
        }
        Assert.Equal(Enumerable.Range(1, 25), links.Select(link => link.Position));
        var hash = new byte[32];
        foreach (var link in links)
        {
            var e = LedgerHash.EventHash(link.Event.RecordTime, link.Event.Json);
            Assert.Equal(Convert.ToHexStringLower(e), link.Event.EventHash);
            Assert.Equal(CanonicalEvent.CbvHashId(EpcisJson.ReadStored(link.Event.Json).CbvHash.Span), link.Event.CbvHash);
            hash = LedgerHash.Link(hash, e);
            Assert.Equal(Convert.ToHexStringLower(hash), link.Hash);
        }
        Assert.Equal(links[^1].Hash, (await system.Entity(unit).View(null))!.ChainHead);
        foreach (var (after, first, found) in new[] { (25, 7, 0), (-3, 2, 2), (0, 0, 0), (0, -1, 0), (int.MaxValue, 5, 0), (0, int.MaxValue, 25) })
            Assert.Equal(found, (await system.Entity(unit).Chain(after, first)).Links.Length);
    }

    [Fact]
    public async Task An_answer_never_lacks_a_captured_event_whichever_activation_gives_it()
    {
        await using var system = await Silos.Start(folder, 2);
        await system.Record(Told.Made(unit));
        for (var minute = 2; minute < 12; minute++)
        {
            await system.Record(Told.Seen(unit, minute));
            Assert.Equal(minute, (await system.Entity(unit).View(null))!.ChainLength);
            if (minute % 3 == 0) await system.Cluster.DeactivateAsync(system.Entity(unit));
        }
    }

    [Fact]
    public async Task As_of_a_time_a_thing_is_what_was_on_record_then()
    {
        await using var system = await Silos.Start(folder);
        await system.Record(Told.Made(unit));
        var then = system.Clock.GetUtcNow();
        system.Clock.Advance(TimeSpan.FromHours(1));
        await system.Record(Told.Received(Told.Depot, Told.Counter, 3, unit));
        var view = (await system.Entity(unit).View(then))!;
        Assert.Equal((1, Told.Dairy), (view.ChainLength, view.State.Holder));
        Assert.Equal((2, Told.Depot), ((await system.Entity(unit).View(null))!.ChainLength, (await system.Entity(unit).View(null))!.State.Holder));
        Assert.Null(await system.Entity(unit).View(then.AddHours(-1)));
    }
}
