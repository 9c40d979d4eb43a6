using System.Text;
using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Demo;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Scopes;
using TraceGrains.Grains.Tests.Cluster;

namespace TraceGrains.Grains.Tests.Recalls;

public sealed class RecallPreviewTests : IDisposable
{
    static readonly string raw = Told.Lot(Told.Cheese, "R"), lot = Told.Lot(Told.Milk, "A");
    static readonly string[] units = [.. Enumerable.Range(1, 30).Select(serial => Told.Unit(Told.Milk, serial))];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static IRecallPreviewGrain Previews(Silos system) => system.Grains.GetGrain<IRecallPreviewGrain>(0);

    static PreviewRequest Of(ScopeQuery scope) => new() { Scope = ScopeJson.Print(scope) };

    static async Task<PreviewAnswer> Preview(Silos system, ScopeQuery scope)
    {
        var answer = await Previews(system).Preview(Of(scope));
        Assert.Null(answer.ProblemMessage);
        return answer;
    }

    static IEnumerable<string> Holders(IEnumerable<HolderGroup> holders) => holders.Select(holder => $"{holder.Holder} {holder.Count}").Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_dry_run_over_the_demonstration_counts_what_the_trace_finds_and_marks_nothing()
    {
        await using var system = await Silos.Start(folder);
        foreach (var document in DemoChain.Documents())
            Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, document.Utf8.ToArray())).Problems);
        var cast = DemoChain.Cast();

        var trace = (await system.Lineage.Trace(new() { Code = cast.RecalledLot, Follow = EdgeKind.Derivation, First = 0 }))!;
        Assert.Equal(441, trace.Total);
        var made = await Preview(system, new ScopeQuery.MadeFrom(cast.RecalledLot));
        Assert.Equal((441, 441), (made.InScope, made.Reached));
        Assert.Equal(Holders(trace.Holders), Holders(made.Holders));

        var preview = await Preview(system, new ScopeQuery.Batch(cast.RecalledLot));
        Assert.Equal((1, 442), (preview.InScope, preview.Reached));
        Assert.Equal(442, preview.Fates.Sum(fate => fate.Count));
        Assert.Equal(442, preview.Products.Sum(product => product.Count));
        Assert.Equal(442, preview.Dispositions.Sum(disposition => disposition.Count));
        Assert.Equal(442, preview.Districts.Sum(district => district.Count));
        Assert.Equal(cast.ExpectedReachedUnitsSold, preview.Fates.Single(fate => fate.Fate == Fate.Sold).Count);
        var shipped = preview.Gaps.Where(gap => gap.Kind == GapKind.ShippedNotReceived).Sum(gap => gap.Count);
        Assert.Equal(cast.ExpectedReachedUnitsInTransit, preview.Products.Where(product => product.Name is not null).Sum(product => product.Fates.Where(fate => fate.Fate == Fate.InTransit).Sum(fate => fate.Count)));
        Assert.Equal(preview.Fates.Where(fate => fate.Fate == Fate.InTransit).Sum(fate => fate.Count), shipped);
        Assert.DoesNotContain(preview.Gaps, gap => gap.Kind == GapKind.NeverCommissioned);
        Assert.Equal(0, preview.OriginUnchecked);

        var path = (await Previews(system).Path(Of(new ScopeQuery.Batch(cast.RecalledLot)), cast.SoldUnit))!;
        Assert.Equal((cast.RecalledLot, cast.SoldUnit), (path[0].From, path[^1].To));
        Assert.Null(await Previews(system).Path(Of(new ScopeQuery.Batch(cast.RecalledLot)), cast.UntouchedUnit));
        Assert.Empty(await system.RecallsOf(cast.SoldUnit));

        await system.Recall("demo").Issue(new() { Code = cast.RecalledLot, Reason = "as the dry run said", Class = Domain.Recalls.RecallClass.I });
        var recalled = await system.Until("demo", view => view.Status == RecallStatus.Effective);
        Assert.Equal(preview.Reached, recalled.Reached);
        Assert.Equal(Holders(preview.Holders), Holders(recalled.Holders));
    }

    [Fact]
    public async Task What_it_would_reach_is_paged_at_the_instant_of_the_first_answer()
    {
        await using var system = await Story();
        var request = Of(new ScopeQuery.Batch(raw));
        var preview = await Previews(system).Preview(request);
        Assert.Equal(32, preview.Reached);
        await system.Record(Told.From([units[0]], [Told.Unit(Told.Cheese, 1)]));
        var paged = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Previews(system).Items(request with { AtSequence = preview.AsOfSequence }, 10, after, null);
            paged.AddRange(page.Items.Select(item => item.Code));
            if ((after = page.Next) is null) break;
        }
        Assert.Equal([raw, lot, .. units], paged.Order(StringComparer.Ordinal).OrderBy(code => code == raw ? 0 : code == lot ? 1 : 2).ThenBy(code => Array.IndexOf(units, code)));
        var shop = await Previews(system).Items(request, 4, null, Told.Shop);
        Assert.Equal((4, true), (shop.Items.Length, shop.Next is not null));
        Assert.All(shop.Items, item => Assert.Equal(Told.Shop, item.Holder));
        Assert.Equal(33, (await Previews(system).Preview(request)).Reached);
    }

    [Fact]
    public async Task A_scope_by_production_date_takes_what_came_into_being_then()
    {
        await using var system = await Silos.Start(folder);
        string Made(string thing, string time, string? date = null) => $$"""
            {"type":"ObjectEvent","eventID":"{{Told.NewId()}}","eventTime":"{{time}}","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning","epcList":["{{thing}}"]
            {{(date is null ? "" : $$""","ilmd":{"cbvmda:productionDate":"{{date}}"}""")}}}
            """;
        // The fourth of March begins at 16:00 UTC on the third where these events happened; what stands on the goods goes before it.
        await system.Record(
            Made(units[0], "2026-03-03T15:59:00Z"), Made(units[1], "2026-03-03T16:00:00Z"), Made(units[2], "2026-03-05T08:00:00Z", "2026-03-04"), Made(units[3], "2026-03-04T08:00:00Z", "2026-03-01"),
            Told.Received(Told.Shop, Told.Counter, 900, units[4]), Made(Told.Unit(Told.Cheese, 1), "2026-03-04T08:00:00Z"));
        var day = new DateOnly(2026, 3, 4);
        var items = await Previews(system).Items(Of(new ScopeQuery.Product(Told.Milk, day, day)), 100, null, null);
        Assert.Equal([units[1], units[2]], items.Items.Select(item => item.Code));
        Assert.Equal(5, (await Preview(system, new ScopeQuery.Product(Told.Milk, null, null))).InScope);
        Assert.Equal(1, (await Preview(system, new ScopeQuery.Product(Told.Milk, null, new DateOnly(2026, 3, 2)))).InScope);
    }

    [Fact]
    public async Task Holders_are_in_the_district_of_their_master_data_and_gaps_say_how_many_hide_behind()
    {
        await using var system = await Story();
        var kept = Told.Lot(Told.Milk, "K");
        await system.Record(Told.Made(kept));
        var master = Encoding.UTF8.GetString(Told.Document(
            Told.Received(Told.Depot, Told.Cellar, 9, Told.Unit(Told.Milk, 99)))).Replace("\"epcisBody\"", $$$"""
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:Party","vocabularyElementList":[
              {"id":"{{{Told.Shop}}}","attributes":[{"id":"urn:tracegrains:voc:district","attribute":"500102"}]}]}]}},"epcisBody"
            """, StringComparison.Ordinal);
        Assert.Empty((await system.Capture.CaptureDocument(CaptureForm.JsonLd, Encoding.UTF8.GetBytes(master))).Problems);
        var preview = await Preview(system, new ScopeQuery.AnyOf([new ScopeQuery.Batch(raw), new ScopeQuery.Unit(Told.Unit(Told.Milk, 99)), new ScopeQuery.Batch(kept)]));
        Assert.Equal([(null, 24), ("500102", 10)], preview.Districts.Select(district => (district.Name, district.Count)));
        var gap = Assert.Single(preview.Gaps);
        Assert.Equal((GapKind.NeverCommissioned, Told.Depot, 1), (gap.Kind, gap.Holder, gap.Count));
        // What went into a process has left the account; what was only made is still there.
        var held = Assert.Single(preview.Amounts);
        Assert.Equal((Told.Dairy, AccountKind.Holder, 10m, "KGM", 1), (held.Account, held.Kind, held.Quantity, held.Uom, held.Lots));
    }

    [Fact]
    public async Task A_scope_that_names_nothing_on_record_is_refused_by_its_path()
    {
        await using var system = await Story();
        var answer = await Previews(system).Preview(Of(new ScopeQuery.AnyOf([new ScopeQuery.Batch(raw), new ScopeQuery.Unit("urn:ex:nowhere")])));
        Assert.Equal("scope.anyOf[1].unit", answer.ProblemField);
        Assert.Contains("urn:ex:nowhere", answer.ProblemMessage);
    }

    [Fact]
    public async Task Complaints_lead_back_to_the_lot_that_explains_them_best_and_to_who_had_it()
    {
        await using var system = await Story();
        var other = Told.Lot(Told.Milk, "B");
        await system.Record(Told.From([raw], [other]), Told.From([other], [Told.Unit(Told.Milk, 50)]));
        var found = await Previews(system).CommonSources([units[3], units[20]], null, 10);
        Assert.Equal([(lot, 2, 28), (raw, 2, 30)], found.Things.Select(source => (source.Code, source.Cases.Length, source.Others)));
        Assert.True(found.Things[0].Score > found.Things[1].Score);
        Assert.Equal([Told.Cellar, Told.Dairy], found.Holders.Select(source => source.Code));
        Assert.DoesNotContain(found.Holders, source => source.Code == Told.Shop);
        Assert.Equal(["urn:ex:nowhere"], (await Previews(system).CommonSources([units[3], "urn:ex:nowhere"], null, 10)).Unknown);
        Assert.Equal([raw], (await Previews(system).CommonSources([units[3], Told.Unit(Told.Milk, 50)], null, 10)).Things.Select(source => source.Code));
    }

    /// <summary>Raw lot → lot → thirty units, ten of which are in a shop.</summary>
    async Task<Silos> Story()
    {
        var system = await Silos.Start(folder);
        await system.Record(Told.Made(raw), Told.From([raw], [lot]), Told.From([lot], units, minute: 3), Told.Received(Told.Shop, Told.Counter, 5, units[..10]));
        return system;
    }
}
