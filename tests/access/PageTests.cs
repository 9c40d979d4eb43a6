using System.Text.Json;
using System.Text.RegularExpressions;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Pages of GraphQL's lists: neither their length nor whether there is a next one nor its cursor tells of rows that are not the caller's. A, B and C are of three districts; B sells to A, and C to B.</summary>
public sealed class PageTests(Guarded silo)
{
    static int worlds;

    readonly string auditor = silo.Token(Role.Auditor);

    sealed record World(Company A, Company B, Company C, string[] Districts);

    async Task<World> Make()
    {
        var number = Interlocked.Increment(ref worlds);
        // Prefixes that differ in their last digit, and districts that no other test has.
        var (a, b, c) = (await new Company($"84{number:0000}1").Register(silo), await new Company($"84{number:0000}2").Register(silo), await new Company($"84{number:0000}3").Register(silo));
        string[] districts = [$"65{number:00}01", $"65{number:00}02", $"65{number:00}03"];
        foreach (var (company, district) in new[] { a, b, c }.Zip(districts))
            Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", silo.Token(Role.Administrator), Telling.Masters((company.Party, "urn:tracegrains:voc:district", district), (company.Place, "urn:tracegrains:voc:district", district)))).Status);
        return new(a, b, c, districts);
    }

    async Task Tell(Company by, string e)
    {
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e);
        Assert.True(status == 201, body);
    }

    /// <summary>All pages of a list, one row each: what a row says of itself, and all that was told on the way. Only whoever sees everything may find that a next page is empty.</summary>
    async Task<(List<string> Rows, string Told)> Walk(string token, Func<string, string> query, string list, string row)
    {
        var (rows, told) = (new List<string>(), "");
        for (string? after = null; ;)
        {
            var page = await silo.Data(query(after is null ? "first: 1" : $"first: 1, after: \"{after}\""), token);
            foreach (var name in list.Split('.')) page = page.GetProperty(name);
            told += page.ToString();
            var next = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            var found = page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty(row).GetString()!).ToList();
            Assert.True(found.Count == 1 || (!next && (rows.Count == 0 || token == auditor)), $"{list}: {page}");
            rows.AddRange(found);
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            if (!next) return (rows, told);
        }
    }

    [Fact]
    public async Task Violations_of_others_are_not_there()
    {
        var world = await Make();
        async Task Violate(Company who, Company to, int unit)
        {
            await Tell(who, Telling.Made(who, who.Unit(unit)));
            var held = await silo.Data($$"""mutation { placeHold(input: { codes: ["{{who.Unit(unit)}}"], reason: "mould", by: "{{who.Party}}" }) { refusal { message } } }""", silo.Token(Role.Quality, who.Party));
            Assert.Equal(JsonValueKind.Null, held.GetProperty("placeHold").GetProperty("refusal").ValueKind);
            // Only what was moved after the hold is a violation.
            await Tell(who, new Regex("\"eventTime\":\"[^\"]+\"").Replace(Telling.Shipped(who, to, who.Unit(unit)), $"\"eventTime\":\"{DateTimeOffset.UtcNow.AddSeconds(1):O}\""));
        }
        // B, A, B, B, A, B: whoever walks from the newest has others' before, between and behind.
        var unit = 0;
        foreach (var (who, to) in new[] { (world.B, world.A), (world.A, world.B), (world.B, world.A), (world.B, world.A), (world.A, world.B), (world.B, world.A) }) await Violate(who, to, ++unit);
        static string Query(string page, string? holder = null) => $$"""{ violations({{page}}{{(holder is null ? "" : $", holder: \"{holder}\"")}}) { nodes { holder } pageInfo { endCursor hasNextPage } } }""";
        var until = DateTime.UtcNow.AddSeconds(60);
        var (ofA, ofB) = (world.A.Place, world.B.Party);
        async Task<string[]> All(string holder) => [.. (await silo.Data(Query("first: 100", holder), auditor)).GetProperty("violations").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("holder").GetString()!)];
        while (true)
        {
            var counts = (await Task.WhenAll(new[] { world.A.Place, world.A.Party, world.B.Place, world.B.Party }.Select(All))).Select(found => found.Length).ToArray();
            if (counts.Sum() == 6)
            {
                (ofA, ofB) = (counts[0] > 0 ? world.A.Place : world.A.Party, counts[2] > 0 ? world.B.Place : world.B.Party);
                break;
            }
            Assert.True(DateTime.UtcNow < until, $"{string.Join(' ', counts)}: {await silo.Data("{ violations { nodes { holder step findings { things } } } }", auditor)}");
            await Task.Delay(100);
        }
        foreach (var token in new[] { silo.Token(Role.Quality, world.A.Party), silo.Token(Role.DistrictRegulator, district: world.Districts[0]) })
        {
            var (rows, _) = await Walk(token, page => Query(page), "violations", "holder");
            Assert.Equal([ofA, ofA], rows);
            Assert.Equal([ofA, ofA], (await Walk(token, page => Query(page, ofA), "violations", "holder")).Rows);
            // That somebody else has none and that they are not told is the same answer.
            Assert.Equal((await silo.Data(Query("first: 1", world.C.Party), token)).ToString(), (await silo.Data(Query("first: 1", ofB), token)).ToString());
            Assert.Empty((await Walk(token, page => Query(page, ofB), "violations", "holder")).Rows);
        }
        Assert.Equal(4, (await Walk(auditor, page => Query(page, ofB), "violations", "holder")).Rows.Count);
    }

    [Fact]
    public async Task Cases_of_others_are_not_there()
    {
        var world = await Make();
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7().ToString()).Order(StringComparer.Ordinal).ToArray();
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var who = i is 1 or 3 ? world.A : world.B;
            var opened = await silo.Data($$"""mutation { openRecallCase(input: { id: "{{id}}", by: { name: "Li", party: "{{who.Party}}" }, title: "t", reason: "r", scope: { product: { code: "{{who.Product}}" } } }) { refusal { message } } }""", silo.Token(Role.Quality, who.Party));
            Assert.Equal(JsonValueKind.Null, opened.GetProperty("openRecallCase").GetProperty("refusal").ValueKind);
        }
        static string Query(string page) => $$"""{ recallCases({{page}}) { nodes { id } pageInfo { endCursor hasNextPage } } }""";
        var (rows, told) = await Walk(silo.Token(Role.Quality, world.A.Party), Query, "recallCases", "id");
        Assert.Equal([$"urn:tracegrains:recall:{ids[1]}", $"urn:tracegrains:recall:{ids[3]}"], rows);
        foreach (var other in new[] { 0, 2, 4 }) Assert.DoesNotContain(ids[other], told, StringComparison.Ordinal);
        var wrong = await silo.Ask("""{ recallCases(after: "urn:tracegrains:recall:0") { nodes { id } } }""", silo.Token(Role.Quality, world.A.Party));
        Assert.Equal("after: expected pageInfo.endCursor of the page before, found another text", wrong.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Superset(ids.Select(id => $"urn:tracegrains:recall:{id}").ToHashSet(), (await Walk(auditor, Query, "recallCases", "id")).Rows.ToHashSet());
    }

    [Fact]
    public async Task Parties_of_a_case_are_not_named_by_its_cursors()
    {
        var world = await Make();
        // A makes and sells to B, who sells to C: of the holders, A hears of itself and B.
        for (var unit = 1; unit <= 3; unit++) await Tell(world.A, Telling.Made(world.A, world.A.Unit(unit)));
        foreach (var unit in new[] { world.A.Unit(1), world.A.Unit(2) })
        {
            await Tell(world.A, Telling.Shipped(world.A, world.B, unit));
            await Tell(world.B, Telling.Received(world.A, world.B, unit));
        }
        await Tell(world.B, Telling.Shipped(world.B, world.C, world.A.Unit(2)));
        await Tell(world.C, Telling.Received(world.B, world.C, world.A.Unit(2)));
        var quality = silo.Token(Role.Quality, world.A.Party);
        var by = $"by: {{ name: \"Li\", party: \"{world.A.Party}\" }}";
        var id = (await silo.Data($$"""mutation { openRecallCase(input: { {{by}}, title: "t", reason: "r", scope: { product: { code: "{{world.A.Product}}" } } }) { case { id } } }""", quality)).GetProperty("openRecallCase").GetProperty("case").GetProperty("id").GetString();
        foreach (var act in new[] { "assessRecallCase({0}, assessment: {{ class: I, depth: CONSUMER, hazard: \"h\", strategy: \"s\", instructions: \"i\" }})", "issueRecallCase({0})" })
            Assert.Equal(JsonValueKind.Null, (await silo.Data($"mutation {{ did: {string.Format(null, act, $"act: {{ case: \"{id}\", {by} }}")} {{ refusal {{ message }} }} }}", quality)).GetProperty("did").GetProperty("refusal").ValueKind);
        string Query(string page) => $$"""{ recallCase(id: "{{id}}") { parties({{page}}) { nodes { party } pageInfo { endCursor hasNextPage } } } }""";
        var until = DateTime.UtcNow.AddSeconds(60);
        List<string> all;
        while ((all = (await Walk(auditor, Query, "recallCase.parties", "party")).Rows).Count(code => code.Contains(world.C.Prefix, StringComparison.Ordinal)) == 0)
        {
            Assert.True(DateTime.UtcNow < until, string.Join(' ', all));
            await Task.Delay(100);
        }
        foreach (var (token, sees) in new[] { (quality, new[] { world.A, world.B }), (silo.Token(Role.DistrictRegulator, district: world.Districts[1]), [world.B]) })
        {
            var (rows, told) = await Walk(token, Query, "recallCase.parties", "party");
            Assert.Equal(all.Where(code => sees.Any(company => code.Contains(company.Prefix, StringComparison.Ordinal))), rows);
            foreach (var hidden in new[] { world.A, world.B, world.C }.Except(sees)) Assert.DoesNotContain(hidden.Prefix, told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Master_data_of_a_district_is_listed_in_full_pages()
    {
        var world = await Make();
        var token = silo.Token(Role.DistrictRegulator, district: world.Districts[2]);
        var (found, after) = (new List<string>(), (string?)null);
        while (true)
        {
            var page = (await silo.Data($$"""{ masterDataList(first: 1{{(after is null ? "" : $", after: \"{after}\"")}}) { code } }""", token)).GetProperty("masterDataList").EnumerateArray().Select(record => record.GetProperty("code").GetString()!).ToList();
            if (page.Count == 0) break;
            found.Add(page.Single());
            after = page[0];
        }
        Assert.Equal(new[] { world.C.Party, world.C.Place }.Order(StringComparer.Ordinal), found.Where(RowIsOfWorld));
        bool RowIsOfWorld(string code) => new[] { world.A, world.B, world.C }.Any(company => code.Contains(company.Prefix, StringComparison.Ordinal));
    }
}
