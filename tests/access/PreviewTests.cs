using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>
/// Dry runs and common sources of an enterprise. A makes units and sends them to B; B makes something of one and sends that and another on to C, in a district of its own and with a word of its own. A has nothing to do with C.
/// </summary>
public sealed class PreviewTests(Guarded silo)
{
    const string Counts = "inScope reached fates { count } products { name count } dispositions { name count } districts { name count } holders { holder count standings { consignee location count } } gaps { holder consignee count } items(first: 100) { nodes { code holder location } }";

    static int worlds;

    sealed record World(Company A, Company B, Company C, string Token)
    {
        public string[] Units { get; } = [A.Unit(1), A.Unit(2), A.Unit(3)];
    }

    async Task<World> Make()
    {
        var number = Interlocked.Increment(ref worlds);
        var (a, b, c) = (await new Company($"85{number:0000}1").Register(silo), await new Company($"85{number:0000}2").Register(silo), await new Company($"85{number:0000}3").Register(silo));
        foreach (var (company, district) in new[] { (a, "500103"), (b, "500104"), (c, "500105") })
            Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", silo.Token(Role.Administrator), Telling.Masters((company.Party, "urn:tracegrains:voc:district", district), (company.Place, "urn:tracegrains:voc:district", district)))).Status);
        var world = new World(a, b, c, silo.Token(Role.Quality, a.Party));
        await Tell(a, Telling.Made(a, world.Units));
        foreach (var unit in world.Units[..2])
        {
            await Tell(a, Telling.Shipped(a, b, unit));
            await Tell(b, Telling.Received(a, b, unit));
        }
        await Tell(b, Telling.Became(b, [world.Units[0]], [b.Unit(9)]));
        foreach (var unit in new[] { world.Units[1], b.Unit(9) })
        {
            await Tell(b, Telling.Shipped(b, c, unit));
            await Tell(c, Telling.Received(b, c, unit).Replace("\"in_progress\"", $"\"https://c{c.Prefix}.example/secret\"", StringComparison.Ordinal));
        }
        return world;
    }

    async Task Tell(Company by, string e)
    {
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e);
        Assert.True(status == 201, body);
    }

    static string Error(JsonElement answer)
    {
        var error = answer.GetProperty("errors")[0];
        Assert.Equal("FORBIDDEN", error.GetProperty("extensions").GetProperty("code").GetString());
        return error.GetProperty("message").GetString()!;
    }

    static string[] Rows(JsonElement of, string list, string name) => [.. of.GetProperty(list).EnumerateArray().Select(row => $"{row.GetProperty(name).GetString()} {row.GetProperty("count").GetInt32()}").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_dry_run_of_ones_own_products_counts_everything_and_names_no_more_than_a_step()
    {
        var world = await Make();
        var query = $$"""{ recallPreview(scope: { product: { code: "{{world.A.Product}}" } }) { {{Counts}} } }""";
        var mine = (await silo.Data(query, world.Token)).GetProperty("recallPreview");
        var all = (await silo.Data(query, silo.Token(Role.Auditor))).GetProperty("recallPreview");
        foreach (var count in new[] { "inScope", "reached" }) Assert.Equal(all.GetProperty(count).GetInt32(), mine.GetProperty(count).GetInt32());
        Assert.Equal(all.GetProperty("fates").ToString(), mine.GetProperty("fates").ToString());
        foreach (var (list, name) in new[] { ("products", "name"), ("dispositions", "name"), ("districts", "name") })
            Assert.Equal(all.GetProperty("reached").GetInt32(), mine.GetProperty(list).EnumerateArray().Sum(row => row.GetProperty("count").GetInt32()));
        // The auditor hears of what A does not, or the rest would prove nothing.
        Assert.Contains($"{world.B.Product} 1", Rows(all, "products", "name"));
        Assert.Contains("500105 2", Rows(all, "districts", "name"));
        Assert.Contains($"https://c{world.C.Prefix}.example/secret 2", Rows(all, "dispositions", "name"));
        Assert.Contains($"{world.C.Party} 2", Rows(all, "holders", "holder"));
        Assert.DoesNotContain(Rows(mine, "products", "name"), row => row.StartsWith(world.B.Product, StringComparison.Ordinal));
        Assert.DoesNotContain(Rows(mine, "districts", "name"), row => row.StartsWith("500105", StringComparison.Ordinal));
        Assert.Contains("500104 1", Rows(mine, "districts", "name"));
        Assert.Contains("500103 1", Rows(mine, "districts", "name"));
        Assert.DoesNotContain(world.C.Prefix, mine.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(world.B.Unit(9), mine.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Rows(mine, "holders", "holder"), row => row.StartsWith(world.C.Party, StringComparison.Ordinal));
        // What has been used up is where it was used: with B, who is one step away.
        Assert.Contains(Rows(mine, "holders", "holder"), row => row.StartsWith(world.B.Party, StringComparison.Ordinal) || row.StartsWith(world.B.Place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_what_is_not_to_be_had_by_asking_for_it_by_name()
    {
        var world = await Make();
        const string Items = "nodes { code } pageInfo { hasNextPage }";
        foreach (var holder in new[] { world.C.Party, world.C.Place })
            foreach (var start in new[] { $$"""recallPreview(scope: { unit: "{{world.Units[1]}}" })""", $$"""recallPreview(scope: { unit: "{{world.Units[0]}}" })""", $$"""trace(code: "{{world.Units[1]}}")""", $$"""trace(code: "{{world.Units[0]}}")""" })
            {
                var query = $$"""{ of: {{start}} { items(holder: "{{holder}}") { {{Items}} } } }""";
                var mine = (await silo.Data(query, world.Token)).GetProperty("of").GetProperty("items");
                Assert.True(mine.GetProperty("nodes").GetArrayLength() == 0 && !mine.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), $"{start} {holder}: {mine}");
            }
        // C has what came of the first unit.
        var whole = $$"""{ of: trace(code: "{{world.Units[0]}}") { items(holder: "{{world.C.Party}}") { {{Items}} } path(to: "{{world.B.Unit(9)}}") { to } } }""";
        Assert.Equal(1, (await silo.Data(whole, silo.Token(Role.Auditor))).GetProperty("of").GetProperty("items").GetProperty("nodes").GetArrayLength());
        Assert.Equal(JsonValueKind.Array, (await silo.Data(whole, silo.Token(Role.Auditor))).GetProperty("of").GetProperty("path").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await silo.Data(whole, world.Token)).GetProperty("of").GetProperty("path").ValueKind);
    }

    [Theory]
    [InlineData("{ unit: \"{B}\" }", "scope.unit", "{B}")]
    [InlineData("{ anyOf: [{ unit: \"{A}\" }, { batch: \"{LB}\" }] }", "scope.anyOf[1].batch", "{LB}")]
    // An intersection with what is somebody else's would tell of theirs by being counted, and so would an exclusion.
    [InlineData("{ allOf: [{ unit: \"{A}\" }, { touchedBy: { code: \"{PC}\", from: \"2020-01-01T00:00:00Z\", until: \"2030-01-01T00:00:00Z\" } }] }", "scope.allOf[1].touchedBy.code", "{PC}")]
    [InlineData("{ except: { of: { unit: \"{A}\" }, without: { product: { code: \"{GB}\" } } } }", "scope.except.without.product.code", "{GB}")]
    [InlineData("{ except: { of: { anyOf: [{ serials: { product: \"{GB}\", from: \"1\", to: \"9\" } }] }, without: { unit: \"{A}\" } } }", "scope.except.of.anyOf[0].serials.product", "{GB}")]
    [InlineData("{ madeFrom: \"{B}\" }", "scope.madeFrom", "{B}")]
    [InlineData("{ madeWith: \"{B}\" }", "scope.madeWith", "{B}")]
    [InlineData("{ event: \"urn:uuid:1\" }", "scope.event", "urn:uuid:1")]
    public async Task A_scope_that_names_what_is_not_ones_own_is_refused_where_it_does(string scope, string field, string found)
    {
        var world = await Make();
        string Of(string text) => text.Replace("{A}", world.A.Unit(1), StringComparison.Ordinal).Replace("{B}", world.B.Unit(9), StringComparison.Ordinal).Replace("{LB}", world.B.Lot(1), StringComparison.Ordinal)
            .Replace("{GB}", world.B.Product, StringComparison.Ordinal).Replace("{PC}", world.C.Party, StringComparison.Ordinal);
        foreach (var role in new[] { Role.Quality, Role.EnterpriseAdmin })
            Assert.Equal($"{field}: expected a code that belongs to {world.A.Party}, found {Of(found)}", Error(await silo.Ask($$"""{ recallPreview(scope: {{Of(scope)}}) { reached } }""", silo.Token(role, world.A.Party))));
        // Who only reports asks for no dry run.
        Error(await silo.Ask($$"""{ recallPreview(scope: { unit: "{{world.A.Unit(1)}}" }) { reached } }""", silo.Token(Role.Reporter, world.A.Party)));
    }

    [Fact]
    public async Task What_ones_own_place_touched_and_what_was_made_of_ones_own_may_be_asked_for()
    {
        var world = await Make();
        foreach (var scope in new[] { $$"""{ touchedBy: { code: "{{world.A.Place}}", from: "2020-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z" } }""", $$"""{ madeFrom: "{{world.A.Unit(1)}}" }""", $$"""{ except: { of: { product: { code: "{{world.A.Product}}" } }, without: { unit: "{{world.A.Unit(1)}}" } } }""" })
            Assert.True((await silo.Data($$"""{ recallPreview(scope: {{scope}}) { reached } }""", world.Token)).GetProperty("recallPreview").GetProperty("reached").GetInt32() > 0, scope);
    }

    [Fact]
    public async Task Common_sources_of_handled_cases_name_whom_one_deals_with_and_count_the_others()
    {
        var world = await Make();
        var c = silo.Token(Role.Quality, world.C.Party);
        string Sources(params string[] codes) => $$"""{ commonSources(codes: [{{string.Join(',', codes.Select(code => $"\"{code}\""))}}]) { things { code } holders { code others } thingsKeptBack holdersKeptBack } }""";
        // C got both; both come from A, of whom C is not to hear.
        var query = Sources(world.Units[1], world.B.Unit(9));
        var (mine, all) = ((await silo.Data(query, c)).GetProperty("commonSources"), (await silo.Data(query, silo.Token(Role.Auditor))).GetProperty("commonSources"));
        static string[] Named(JsonElement of, string list) => [.. of.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("code").GetString()!).Order(StringComparer.Ordinal)];
        foreach (var (list, keptBack) in new[] { ("things", "thingsKeptBack"), ("holders", "holdersKeptBack") })
        {
            Assert.Equal(0, all.GetProperty(keptBack).GetInt32());
            Assert.Equal(Named(all, list).Length, Named(mine, list).Length + mine.GetProperty(keptBack).GetInt32());
        }
        Assert.Contains(world.A.Party, Named(all, "holders"));
        Assert.DoesNotContain(world.A.Prefix, mine.ToString(), StringComparison.Ordinal);
        Assert.Contains(world.B.Party, Named(mine, "holders"));
        Assert.True(mine.GetProperty("holdersKeptBack").GetInt32() >= 2);
        // What B does with others is no business of C's.
        int Others(JsonElement of) => of.GetProperty("holders").EnumerateArray().First(one => one.GetProperty("code").GetString() == world.B.Party).GetProperty("others").GetInt32();
        var before = Others(mine);
        for (var i = 1; i <= 3; i++) await Tell(world.B, Telling.Shipped(world.B, world.A, world.B.Unit(100 + i)));
        Assert.Equal(before, Others((await silo.Data(query, c)).GetProperty("commonSources")));
        Assert.Equal(Others(all) + 3, Others((await silo.Data(query, silo.Token(Role.Auditor))).GetProperty("commonSources")));
        // Of what it did not handle it hears nothing, also not whether there is such a thing.
        foreach (var code in new[] { world.Units[0], world.Units[2], "urn:ex:none:1" })
            Assert.Equal($"codes[1]: expected a thing that {world.C.Party} handled, found {code}", Error(await silo.Ask(Sources(world.Units[1], code), c)));
    }
}
