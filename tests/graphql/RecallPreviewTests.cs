using TraceGrains.Contracts.Lineage;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.GraphQL.Tests;

public sealed class RecallPreviewTests
{
    const string Lot = "https://id.gs1.org/01/10614141123459/10/L1", LotUrn = "urn:epc:class:lgtin:0614141.112345.L1", Depot = "https://id.gs1.org/417/0614141000005", DepotUrn = "urn:epc:id:pgln:0614141.00000";
    const string Ask = "query($scope: RecallScopeQueryInput!) { recallPreview(scope: $scope) { scope reached } }";

    static PreviewAnswer Answer(PreviewRequest request) => new()
    {
        AsOfSequence = 42, InScope = 1, Reached = 3, Fates = [new(Fate.Sold, 1), new(Fate.OnHand, 2)],
        Products = [new() { Name = "https://id.gs1.org/01/10614141123459", Count = 3, Fates = [new(Fate.Sold, 3)] }], Dispositions = [new() { Count = 3 }], Districts = [new() { Name = "500102", Count = 3 }],
        Holders = [new() { Holder = Depot, Count = 3 }], Amounts = [new() { Account = Depot, Kind = Domain.Lineage.AccountKind.InTransitTo, Quantity = 2.5m, Uom = "KGM", Lots = 1 }],
        Gaps = [new() { Kind = GapKind.ShippedNotReceived, Holder = Depot, Count = 2 }], OriginUnchecked = 7,
    };

    [Fact]
    public async Task A_dry_run_shows_what_was_counted_for_the_canonical_scope()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnPreview = Answer;
        var preview = (await surface.Data($$"""
            { recallPreview(scope: { batch: "{{LotUrn}}" }, asOf: "2026-05-03T00:00:00Z") {
                scope asOfSequence inScope reached fates { fate count } products { name count fates { fate } } dispositions { name } districts { name count } holders { holder count }
                amounts { account kind quantity uom lots } gaps { kind holder consignee count } originUnchecked } }
            """)).GetProperty("recallPreview");
        Assert.Equal(new PreviewRequest { Scope = $$"""{"batch":"{{Lot}}"}""", AsOf = new DateTimeOffset(2026, 5, 3, 0, 0, 0, TimeSpan.Zero) }, Assert.Single(surface.Grains.Previews));
        Assert.Equal(($$"""{"batch":"{{Lot}}"}""", "42", "1", "3", "7"), (preview.Text("scope"), preview.Text("asOfSequence"), preview.Text("inScope"), preview.Text("reached"), preview.Text("originUnchecked")));
        Assert.Equal(("SOLD", "2", "SOLD", null, "500102"), (preview.Text("fates", 0, "fate"), preview.Text("fates", 1, "count"), preview.Text("products", 0, "fates", 0, "fate"), preview.Text("dispositions", 0, "name"), preview.Text("districts", 0, "name")));
        Assert.Equal((Depot, "IN_TRANSIT_TO", "2.5", "KGM"), (preview.Text("holders", 0, "holder"), preview.Text("amounts", 0, "kind"), preview.Text("amounts", 0, "quantity"), preview.Text("amounts", 0, "uom")));
        Assert.Equal(("SHIPPED_NOT_RECEIVED", Depot, null, "2"), (preview.Text("gaps", 0, "kind"), preview.Text("gaps", 0, "holder"), preview.Text("gaps", 0, "consignee"), preview.Text("gaps", 0, "count")));
    }

    [Fact]
    public async Task Scopes_combine_and_every_kind_comes_through()
    {
        await using var surface = await Surface.Start();
        var scope = new
        {
            except = new
            {
                of = new
                {
                    anyOf = new object[]
                    {
                        new { product = new { code = "https://id.gs1.org/01/10614141123459", producedFrom = "2026-03-01" } },
                        new { serials = new { product = "urn:epc:idpat:sgtin:0614141.112345.*", from = "100", to = "199" } },
                        new { touchedBy = new { code = DepotUrn, from = "2026-03-04T08:00:00+08:00", until = "2026-03-05T08:00:00+08:00" } },
                        new { allOf = new object[] { new { madeFrom = LotUrn }, new { madeWith = LotUrn } } },
                    },
                },
                without = new { anyOf = new object[] { new { unit = "urn:ex:crate:1" }, new { @event = "urn:ex:event:1" } } },
            },
        };
        var saved = (await surface.Data(Ask, new { scope })).Text("recallPreview", "scope");
        Assert.Equal(
            """{"except":{"of":{"anyOf":[{"product":{"code":"https://id.gs1.org/01/10614141123459","producedFrom":"2026-03-01"}},{"serials":{"product":"https://id.gs1.org/01/10614141123459","from":"100","to":"199"}},"""
            + """{"touchedBy":{"code":"https://id.gs1.org/417/0614141000005","from":"2026-03-04T00:00:00.000Z","until":"2026-03-05T00:00:00.000Z"}},{"allOf":[{"madeFrom":"https://id.gs1.org/01/10614141123459/10/L1"},{"madeWith":"https://id.gs1.org/01/10614141123459/10/L1"}]}]},"""
            + "\"without\":" + """{"anyOf":[{"unit":"urn:ex:crate:1"},{"event":"urn:ex:event:1"}]}}}""", saved);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_an_error_at_its_field()
    {
        await using var surface = await Surface.Start();
        Assert.Equal("scope.anyOf[1].batch", (await surface.Error(Ask, new { scope = new { anyOf = new object[] { new { unit = "urn:ex:a" }, new { batch = "L1" } } } })).Text("extensions", "field"));
        Assert.Equal("scope", (await surface.Error(Ask, new { scope = new { } })).Text("extensions", "field"));
        Assert.Empty(surface.Grains.Previews);
        surface.Grains.OnPreview = _ => new() { ProblemField = "scope.unit", ProblemMessage = "expected a code that an event on record names; none names urn:ex:a" };
        var unknown = await surface.Error(Ask, new { scope = new { unit = "urn:ex:a" } });
        Assert.Equal(("scope.unit", "BAD_USER_INPUT"), (unknown.Text("extensions", "field"), unknown.Text("extensions", "code")));
        surface.Grains.OnPreview = Answer;
        Assert.Equal("after", (await surface.Error($$"""{ recallPreview(scope: { batch: "{{Lot}}" }) { items(after: "elsewhere") { nodes { code } } } }""")).Text("extensions", "field"));
        Assert.Equal("first", (await surface.Error($$"""{ recallPreview(scope: { batch: "{{Lot}}" }) { items(first: 10001) { nodes { code } } } }""")).Text("extensions", "field"));
    }

    [Fact]
    public async Task Pages_and_paths_belong_to_the_instant_of_the_counts()
    {
        await using var surface = await Surface.Start();
        surface.Grains.OnPreview = Answer;
        surface.Grains.Steps.Add(new PathStep { From = Lot, To = "urn:ex:unit", Kind = Domain.Lineage.EdgeKind.MemberOf });
        var preview = (await surface.Data($$"""
            { recallPreview(scope: { batch: "{{Lot}}" }) { items(first: 2, after: "c", holder: "{{DepotUrn}}") { nodes { code } pageInfo { endCursor } } path(to: "urn:ex:unit") { from to kind } none: path(to: "urn:ex:other") { to } } }
            """)).GetProperty("recallPreview");
        Assert.Equal(($"2 after c of {Depot}", "next"), (preview.Text("items", "nodes", 0, "code"), preview.Text("items", "pageInfo", "endCursor")));
        Assert.Equal((Lot, "MEMBER_OF", null), (preview.Text("path", 0, "from"), preview.Text("path", 0, "kind"), preview.Text("none")));
        Assert.All(surface.Grains.Previews.Skip(1), request => Assert.Equal(42, request.AtSequence));
    }

    [Fact]
    public async Task Common_sources_are_asked_for_once_per_thing_and_unknown_codes_are_named()
    {
        await using var surface = await Surface.Start();
        string[]? asked = null;
        surface.Grains.OnSources = codes =>
        {
            asked = codes;
            return new() { AsOfSequence = 9, IsCut = true, Things = [new() { Code = Lot, Cases = codes, Others = 3, Score = 1.2 }], Holders = [new() { Code = Depot }] };
        };
        var found = (await surface.Data($$"""{ commonSources(codes: ["urn:ex:a", "{{LotUrn}}", "{{Lot}}"], first: 5) { things { code cases others score } holders { code } isCut asOfSequence } }""")).GetProperty("commonSources");
        Assert.Equal(["urn:ex:a", Lot], asked!);
        Assert.Equal((Lot, Lot, "3", "1.2", Depot, "True", "9"), (found.Text("things", 0, "code"), found.Text("things", 0, "cases", 1), found.Text("things", 0, "others"), found.Text("things", 0, "score"),
            found.Text("holders", 0, "code"), found.Text("isCut"), found.Text("asOfSequence")));
        surface.Grains.OnSources = codes => new() { Unknown = [Lot] };
        Assert.Equal("codes[1]", (await surface.Error($$"""{ commonSources(codes: ["urn:ex:a", "{{LotUrn}}"]) { isCut } }""")).Text("extensions", "field"));
        Assert.Equal("codes[0]", (await surface.Error("""{ commonSources(codes: ["nonsense"]) { isCut } }""")).Text("extensions", "field"));
        Assert.Equal("codes", (await surface.Error("""{ commonSources(codes: []) { isCut } }""")).Text("extensions", "field"));
        Assert.Equal("first", (await surface.Error("""{ commonSources(codes: ["urn:ex:a"], first: 51) { isCut } }""")).Text("extensions", "field"));
    }

    [Fact]
    public async Task A_dry_run_weighs_more_than_a_trace()
    {
        await using var surface = await Surface.Start();
        string Runs(int count) => $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(i => $$"""r{{i}}: recallPreview(scope: { unit: "urn:ex:a" }) { reached }"""))} }}";
        await surface.Data(Runs(9));
        Assert.Contains("complex", (await surface.Error(Runs(11))).Text("message"), StringComparison.OrdinalIgnoreCase);
    }
}
