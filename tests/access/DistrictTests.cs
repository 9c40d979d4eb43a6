using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>
/// Where districts' authorities act. A is an enterprise of Yuzhong (500103), B of Dadukou (500104); Jiangbei (500105) has nothing to do with either. What the act itself is refused for does not matter here, only whether it is
/// the district's to try.
/// </summary>
public sealed class DistrictTests(Guarded silo)
{
    const string Yuzhong = "500103", Dadukou = "500104", Jiangbei = "500105";

    static int worlds;

    sealed record World(Company A, Company B);

    string Of(string district) => silo.Token(Role.DistrictRegulator, district: district);

    async Task<World> Make()
    {
        var number = Interlocked.Increment(ref worlds);
        var world = new World(await new Company($"86{number:0000}1").Register(silo), await new Company($"86{number:0000}2").Register(silo));
        foreach (var (company, district) in new[] { (world.A, Yuzhong), (world.B, Dadukou) })
            Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", silo.Token(Role.Administrator), Telling.Masters((company.Party, "urn:tracegrains:voc:district", district), (company.Place, "urn:tracegrains:voc:district", district)))).Status);
        await Tell(world.A, Telling.Made(world.A, world.A.Unit(1), world.A.Unit(2), world.A.Unit(3)));
        foreach (var unit in new[] { world.A.Unit(1), world.A.Unit(2) })
        {
            await Tell(world.A, Telling.Shipped(world.A, world.B, unit));
            await Tell(world.B, Telling.Received(world.A, world.B, unit));
        }
        return world;
    }

    async Task Tell(Company by, string e)
    {
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e);
        Assert.True(status == 201, body);
    }

    static bool IsForbidden(JsonElement answer, out string message)
    {
        message = answer.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("message").GetString()! : "";
        return message.Length > 0 && (errors[0].GetProperty("extensions").GetProperty("code").GetString() == "FORBIDDEN" ? true : throw new InvalidOperationException(answer.ToString()));
    }

    /// <summary>Does something that goes well.</summary>
    async Task<JsonElement> Do(string mutation, string token)
    {
        var done = (await silo.Data("mutation { did: " + mutation + " }", token)).GetProperty("did");
        Assert.True(done.GetProperty("refusal").ValueKind == JsonValueKind.Null, $"{mutation}: {done}");
        return done;
    }

    async Task<string> Open(World world, string token, string? party)
    {
        var by = party is null ? "" : $", party: \"{party}\"";
        return (await Do($$"""openRecallCase(input: { by: { name: "Li"{{by}} }, title: "t", reason: "r", scope: { product: { code: "{{world.A.Product}}" } } }) { case { id } refusal { message } }""", token)).GetProperty("case").GetProperty("id").GetString()!;
    }

    static string Act(string id, string? party = null) => $"act: {{ case: \"{id}\", by: {{ name: \"Wu\"{(party is null ? "" : $", party: \"{party}\"")} }} }}";

    /// <summary>Every act in a case, with arguments that some rule of the case will refuse or that do no harm. {0} is the act, {1} a party.</summary>
    static readonly Dictionary<string, string> acts = new()
    {
        ["rescopeRecallCase"] = """({0}, scope: {{ unit: "urn:ex:none:1" }}, reason: "x")""",
        ["assessRecallCase"] = """({0}, assessment: {{ class: I, depth: CONSUMER, hazard: "", strategy: "s", instructions: "i" }})""",
        ["issueRecallCase"] = "({0})",
        ["widenRecallCase"] = """({0}, scope: {{ unit: "urn:ex:none:1" }}, reason: "x")""",
        ["narrowRecallCase"] = """({0}, scope: {{ unit: "urn:ex:none:1" }}, reason: "x")""",
        ["addCaseEvidence"] = """({0}, evidence: {{ name: "n", sha256: "no", mediaType: "text/plain", bytes: 1 }})""",
        ["signCaseEntry"] = """({0}, entry: 99, entryHash: "00", statement: "s")""",
        ["submitCaseReport"] = """({0}, regime: "none", report: "none", sha256: "no")""",
        ["completeRecallCase"] = """({0}, statement: "")""",
        ["terminateRecallCase"] = """({0}, lessons: "", staysBlocked: true)""",
        ["withdrawRecallCase"] = """({0}, reason: "")""",
        ["announceRecall"] = """({0}, where: "")""",
        ["agreeCaseTime"] = """({0}, regime: "none", report: "none", note: "")""",
        ["commitCaseDraw"] = """({0}, level: A, commitment: "no")""",
        ["drawCaseChecks"] = """({0}, seed: "no")""",
        ["recordCaseCheck"] = """({0}, party: "{1}", method: VISIT, answers: [])""",
        ["acknowledgeRecall"] = """({0}, party: "{1}")""",
        ["answerRecall"] = """({0}, party: "{1}", lines: [])""",
        ["passOnRecalledGoods"] = """({0}, party: "{1}", to: [])""",
        ["makeAnswerLink"] = """({0}, party: "{1}")""",
    };

    static readonly HashSet<string> aboutParties = ["recordCaseCheck", "acknowledgeRecall", "answerRecall", "passOnRecalledGoods", "makeAnswerLink"];

    [Fact]
    public async Task Every_act_in_a_case_is_in_the_table()
    {
        var mutations = (await silo.Data("{ __schema { mutationType { fields { name args { name } } } } }", null)).GetProperty("__schema").GetProperty("mutationType").GetProperty("fields").EnumerateArray();
        Assert.Equal(mutations.Where(field => field.GetProperty("args").EnumerateArray().Any(argument => argument.GetProperty("name").GetString() == "act")).Select(field => field.GetProperty("name").GetString()!).Order(), acts.Keys.Order());
    }

    [Theory]
    [InlineData("opened by an enterprise", Yuzhong)]
    [InlineData("opened by a district", Jiangbei)]
    [InlineData("opened by a district for an enterprise", Yuzhong)]
    [InlineData("opened by the city", "")]
    [InlineData("opened by the city for an enterprise", Yuzhong)]
    [InlineData("issued on the spot by a district", Jiangbei)]
    [InlineData("issued on the spot by the city", "")]
    public async Task A_case_is_run_by_the_district_it_comes_from_and_a_party_looked_after_by_the_one_where_it_lies(string origin, string runs)
    {
        var world = await Make();
        var id = origin switch
        {
            "opened by an enterprise" => await Open(world, silo.Token(Role.Quality, world.A.Party), world.A.Party),
            "opened by a district" => await Open(world, Of(Jiangbei), null),
            "opened by a district for an enterprise" => await Open(world, Of(Yuzhong), world.A.Party),
            "opened by the city" => await Open(world, silo.Token(Role.CityRegulator), null),
            "opened by the city for an enterprise" => await Open(world, silo.Token(Role.CityRegulator), world.A.Party),
            _ => (await Do($$"""issueRecall(input: { scope: { code: "{{world.A.Unit(1)}}" }, reason: "r", class: I }) { recall { id } refusal { message } }""", origin.EndsWith("city", StringComparison.Ordinal) ? silo.Token(Role.CityRegulator) : Of(Jiangbei))).GetProperty("recall").GetProperty("id").GetString()!,
        };
        foreach (var (act, arguments) in acts)
            foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei })
                foreach (var (party, lies) in aboutParties.Contains(act) ? [(world.B.Party, Dadukou), (world.A.Party, Yuzhong), ("urn:ex:party:nowhere", runs)] : new[] { ("", runs) })
                {
                    var forbidden = IsForbidden(await silo.Ask($"mutation {{ {act}{string.Format(null, arguments, Act(id), party)} {{ refusal {{ message }} }} }}", Of(district)), out var message);
                    Assert.True(forbidden == (district != lies), $"{origin}, {act} about '{party}' by {district}: {message}");
                    if (forbidden) Assert.Matches($"^{(party.Length == 0 ? "act.case: expected a case" : "party: expected a party that lies")}.* in district {district}, found {(party.Length == 0 ? id : party)}$", message);
                }
        // The report of a case tells of all of it.
        foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei })
        {
            var (status, body, _) = await silo.Get($"/recall-reports/{id}/goods.csv", Of(district));
            Assert.True(status == (district == runs ? 200 : 403), $"{origin}, report for {district}: {status} {body}");
            if (status == 403) Assert.Contains($"district {district}", body, StringComparison.Ordinal);
        }
        Assert.Equal(200, (await silo.Get($"/recall-reports/{id}/goods.csv", silo.Token(Role.Auditor))).Status);
        // Nothing of this is asked of the city.
        Assert.False(IsForbidden(await silo.Ask($"mutation {{ addCaseEvidence{string.Format(null, acts["addCaseEvidence"], Act(id))} {{ refusal {{ message }} }} }}", silo.Token(Role.CityRegulator)), out _));
        // Nor is a recall issued past a case that is another's.
        foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei })
            Assert.Equal(district != runs, IsForbidden(await silo.Ask($$"""mutation { issueRecall(input: { id: "{{id[^36..]}}", scope: { code: "{{world.A.Unit(1)}}" }, reason: "", class: I }) { refusal { message } } }""", Of(district)), out _));
        if (!origin.StartsWith("issued", StringComparison.Ordinal)) return;
        foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei })
            Assert.Equal(district != runs, IsForbidden(await silo.Ask($$"""mutation { withdrawRecall(id: "{{id}}", reason: "") { refusal { message } } }""", Of(district)), out _));
    }

    /// <summary>Of a recall that was issued on the spot, whoever writes the first entry has not opened it.</summary>
    [Fact]
    public async Task Who_acknowledges_first_does_not_run_the_recall()
    {
        var world = await Make();
        var id = (await Do($$"""issueRecall(input: { scope: { code: "{{world.A.Unit(1)}}" }, reason: "r", class: I }) { recall { id } refusal { message } }""", silo.Token(Role.CityRegulator))).GetProperty("recall").GetProperty("id").GetString()!;
        var quality = silo.Token(Role.Quality, world.B.Party);
        await Do($"acknowledgeRecall({Act(id, world.B.Party)}, party: \"{world.B.Party}\") {{ refusal {{ message }} }}", quality);
        Assert.True(IsForbidden(await silo.Ask($"mutation {{ withdrawRecallCase({Act(id, world.B.Party)}, reason: \"mine now\") {{ refusal {{ message }} }} }}", quality), out _));
    }

    [Fact]
    public async Task Nobody_acts_in_the_name_of_who_lies_elsewhere()
    {
        var world = await Make();
        var id = await Open(world, Of(Yuzhong), world.A.Party);
        Assert.True(IsForbidden(await silo.Ask($"mutation {{ completeRecallCase({Act(id, world.B.Party)}, statement: \"\") {{ refusal {{ message }} }} }}", Of(Yuzhong)), out var message));
        Assert.Equal($"act.by.party: expected an enterprise or authority that lies in district {Yuzhong}, found {world.B.Party}", message);
        Assert.True(IsForbidden(await silo.Ask($$"""mutation { openRecallCase(input: { by: { name: "Li", party: "{{world.B.Party}}" }, title: "t", reason: "r", scope: { product: { code: "{{world.A.Product}}" } } }) { refusal { message } } }""", Of(Yuzhong)), out message));
        Assert.StartsWith("input.by.party: ", message, StringComparison.Ordinal);

        string Placing(string by) => $$"""placeHold(input: { codes: ["{{world.A.Unit(3)}}"], reason: "r", by: "{{by}}" }) { hold { id } refusal { message } }""";
        Assert.True(IsForbidden(await silo.Ask("mutation { " + Placing(world.B.Party) + " }", Of(Yuzhong)), out message));
        Assert.StartsWith("input.by: ", message, StringComparison.Ordinal);
        // What an authority placed, also in an enterprise's name, is not the enterprise's to release; nor is anything released in the name of who lies elsewhere.
        var hold = (await Do(Placing(world.A.Party), Of(Yuzhong))).GetProperty("hold").GetProperty("id").GetString()!;
        string Releasing(string by) => $$"""mutation { releaseHold(id: "{{hold}}", reason: "r", by: "{{by}}") { refusal { message } } }""";
        Assert.True(IsForbidden(await silo.Ask(Releasing(world.A.Party), silo.Token(Role.Quality, world.A.Party)), out _));
        Assert.True(IsForbidden(await silo.Ask(Releasing(world.B.Party), Of(Yuzhong)), out message));
        Assert.StartsWith("by: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goods_are_held_where_they_are_and_released_by_who_placed_the_hold_or_where_all_of_them_are()
    {
        var world = await Make();
        // The first two units are B's, the third is with A; of the lot some is with each.
        var lot = world.A.Lot(1);
        await Tell(world.A, Telling.Event("ObjectEvent", $$""" "action":"ADD","bizStep":"commissioning","quantityList":[{"epcClass":"{{lot}}","quantity":10,"uom":"KGM" }],"bizLocation":{"id":"{{world.A.Place}}" },"sourceList":[{"type":"possessing_party","source":"{{world.A.Party}}" }] """));
        await Tell(world.A, Telling.Event("ObjectEvent", $$""" "action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","quantityList":[{"epcClass":"{{lot}}","quantity":4,"uom":"KGM" }],"readPoint":{"id":"{{world.A.Place}}" },"sourceList":[{"type":"possessing_party","source":"{{world.A.Party}}" }],"destinationList":[{"type":"possessing_party","destination":"{{world.B.Party}}" }] """));
        string Placing(params string[] codes) => $$"""placeHold(input: { codes: [{{string.Join(',', codes.Select(code => $"\"{code}\""))}}], reason: "r", by: "Wu" }) { hold { id } refusal { message } }""";
        foreach (var (codes, districts) in new (string[], string[])[] { ([world.A.Unit(1)], [Dadukou]), ([world.A.Unit(3)], [Yuzhong]), ([world.A.Unit(1), world.A.Unit(3)], []), ([lot], [Yuzhong, Dadukou]), ([lot, world.A.Unit(3)], [Yuzhong]) })
            foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei })
            {
                var forbidden = IsForbidden(await silo.Ask("mutation { " + Placing(codes) + " }", Of(district)), out var message);
                Assert.True(forbidden != districts.Contains(district), $"{string.Join(' ', codes)} by {district}: {message}");
                if (forbidden) Assert.Matches($"^input.codes: expected things of which some are in district {district}, found ({string.Join('|', codes)})$", message);
            }

        string Releasing(string hold) => $$"""releaseHold(id: "{{hold}}", reason: "r", by: "Wu") { refusal { message } }""";
        async Task<string> Placed(string token, params string[] codes) => (await Do(Placing(codes), token)).GetProperty("hold").GetProperty("id").GetString()!;
        async Task ReleasedOnlyBy(string hold, string? releases)
        {
            foreach (var district in new[] { Yuzhong, Dadukou, Jiangbei }.Where(district => district != releases))
                Assert.True(IsForbidden(await silo.Ask("mutation { " + Releasing(hold) + " }", Of(district)), out _), $"{hold} by {district}");
            await Do(Releasing(hold), releases is null ? silo.Token(Role.CityRegulator) : Of(releases));
        }
        var city = silo.Token(Role.CityRegulator);
        await ReleasedOnlyBy(await Placed(city, world.A.Unit(1), world.A.Unit(2)), Dadukou);
        await ReleasedOnlyBy(await Placed(city, world.A.Unit(1), world.A.Unit(3)), null);
        await ReleasedOnlyBy(await Placed(city, lot), null);
        await ReleasedOnlyBy(await Placed(Of(Yuzhong), lot), Yuzhong);
        // A hold stays with who placed it, wherever the goods have gone since.
        var gone = await Placed(Of(Yuzhong), world.A.Unit(3));
        await Tell(world.A, Telling.Shipped(world.A, world.B, world.A.Unit(3)));
        await Tell(world.B, Telling.Received(world.A, world.B, world.A.Unit(3)));
        await Do(Releasing(gone), Of(Yuzhong));
    }
}
