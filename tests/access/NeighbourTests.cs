using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.AspNetCore.WebUtilities;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Five enterprises and what they do with each other, by chance; none of them hears of one that no event names together with itself.</summary>
public sealed partial class NeighbourTests(Guarded silo, ITestOutputHelper output)
{
    static int worlds;

    /// <summary>One thing that happens: somebody makes a unit, sends one it has to another, or makes another unit of one.</summary>
    sealed record Act(int Who, int Whom, int What, int Which);

    static readonly Gen<Act[]> acts = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 99], (who, whom, what, which) => new Act(who, whom, what, which)).Array[12, 30];

    [Fact]
    public async Task No_answer_to_an_enterprise_names_one_more_than_a_step_away() => await acts.SampleAsync(Check, iter: 4, threads: 1, writeLine: output.WriteLine);

    async Task Check(Act[] told)
    {
        var world = Interlocked.Increment(ref worlds);
        var companies = new Company[5];
        for (var i = 0; i < companies.Length; i++) companies[i] = await new Company($"9{world:000}{i}11").Register(silo);
        var (has, meets, events) = (companies.Select(_ => new List<string>()).ToArray(), new HashSet<(int, int)>(), new List<(int By, string Event)>());
        for (var i = 0; i < 5; i++) meets.Add((i, i));
        var made = 0;
        foreach (var act in told)
        {
            var (who, whom) = (act.Who, act.Whom);
            if (act.What == 0 || has[who].Count == 0)
            {
                var unit = companies[who].Unit(++made);
                events.Add((who, Telling.Made(companies[who], unit)));
                has[who].Add(unit);
            }
            else if (act.What == 3)
            {
                var (from, to) = (has[who][act.Which % has[who].Count], companies[who].Unit(++made));
                events.Add((who, Telling.Became(companies[who], [from], [to])));
                has[who].Remove(from);
                has[who].Add(to);
            }
            else if (who != whom)
            {
                var unit = has[who][act.Which % has[who].Count];
                events.Add((who, Telling.Shipped(companies[who], companies[whom], unit)));
                events.Add((whom, Telling.Received(companies[who], companies[whom], unit)));
                has[who].Remove(unit);
                has[whom].Add(unit);
                meets.UnionWith([(who, whom), (whom, who)]);
            }
        }
        foreach (var (by, e) in events)
        {
            var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, companies[by].Party), e);
            Assert.True(status == 201, $"{status} {body}\n{e}");
        }
        var ids = (await silo.Data("""{ recallRegimes { id } }""", null)).GetProperty("recallRegimes").GetArrayLength();
        Assert.True(ids > 0);
        for (var i = 0; i < 5; i++)
        {
            var token = silo.Token(Role.Quality, companies[i].Party);
            var answers = await Everything(token, companies[i], companies, made);
            var named = NamedParty().Matches(answers).Select(match => match.Value).ToHashSet();
            for (var other = 0; other < 5; other++)
            {
                var isNamed = named.Contains(companies[other].Party) || named.Contains(companies[other].Place);
                if (!meets.Contains((i, other)))
                {
                    Assert.False(isNamed, $"company {i} hears of {other}: {Around(answers, companies[other])}");
                    await NothingIsThere(token, companies[other]);
                }
                // And it does hear of those it deals with, or the rest would prove nothing.
                else if (i != other) Assert.True(isNamed, $"company {i} does not hear of {other}");
            }
            Assert.DoesNotContain("internal error", answers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Goods_under_a_makers_own_addresses_do_not_bring_it_those_who_trade_them_later()
    {
        var (first, second) = (await new Company("9870111").Register(silo), await new Company("9870211").Register(silo));
        var maker = new Company("9870311");
        await silo.Data($$"""mutation { registerEnterprise(party: "{{maker.Party}}", name: "Maker", keys: ["9870311", "https://maker.example/goods/"]) { party } }""", silo.Token(Role.Administrator));
        const string Unit = "https://maker.example/goods/unit/1";
        foreach (var (by, e) in new[]
        {
            (maker, Telling.Made(maker, Unit)), (maker, Telling.Shipped(maker, first, Unit)), (first, Telling.Received(maker, first, Unit)),
            (first, Telling.Shipped(first, second, Unit)), (second, Telling.Received(first, second, Unit)),
        })
        {
            var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e);
            Assert.True(status == 201, $"{status} {body}");
        }
        var asked = $$"""{ entity(code: "{{Unit}}") { holder location chainLength } first: enterprise(code: "{{first.Party}}") { code } second: enterprise(code: "{{second.Party}}") { code } }""";
        var answer = (await silo.Ask(asked, silo.Token(Role.Quality, maker.Party))).ToString();
        Assert.DoesNotContain(second.Party, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Place, answer, StringComparison.Ordinal);
        Assert.Contains(first.Party, answer, StringComparison.Ordinal);
        Assert.Contains(second.Place, (await silo.Ask(asked, silo.Token(Role.Quality, first.Party))).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whatever is asked about a company that is none of its business, an enterprise gets the answer of a ledger without that company.</summary>
    async Task NothingIsThere(string token, Company other)
    {
        foreach (var about in new[] { $"EQ_source_possessing_party={other.Party}", $"EQ_destination_possessing_party={other.Party}", $"EQ_bizLocation={other.Place}", $"EQ_readPoint={other.Place}" })
            foreach (var more in new[] { "perPage=1", "perPage=1&orderBy=recordTime&orderDirection=ASC", "maxEventCount=1", "eventCountLimit=1&orderBy=eventTime" })
            {
                var (status, body, response) = await silo.Get($"/epcis/events?{about}&{more}", token);
                Assert.True(status == 200 && body.Contains("\"eventList\":[]", StringComparison.Ordinal) && !response.Headers.Contains("Link"), $"{about}&{more}: {status} {body}");
            }
        foreach (var list in new[] { "bizLocations", "readPoints" }) Assert.Equal(404, (await silo.Get($"/epcis/{list}/{Uri.EscapeDataString(other.Place)}", token)).Status);
    }

    /// <summary>All that an enterprise can get to hear of these companies and of everything they made.</summary>
    async Task<string> Everything(string token, Company own, Company[] companies, int made)
    {
        var heard = new List<string>();
        for (var next = "/epcis/events?perPage=3"; next is not null;)
        {
            var (status, body, response) = await silo.Get(next, token);
            Assert.Equal(200, status);
            heard.Add(body);
            next = response.Headers.TryGetValues("Link", out var links) && Next().Match(links.First()) is { Success: true } link ? link.Groups[1].Value : null;
        }
        foreach (var list in new[] { "epcs", "bizLocations", "readPoints" })
            for (var next = $"/epcis/{list}?perPage=4"; next is not null;)
            {
                var (_, body, response) = await silo.Get(next, token);
                heard.Add(body);
                next = response.Headers.TryGetValues("Link", out var links) && Next().Match(links.First()) is { Success: true } link ? link.Groups[1].Value : null;
                if (next is not null) heard.Add(System.Text.Encoding.Latin1.GetString(WebEncoders.Base64UrlDecode(QueryHelpers.ParseQuery(next[next.IndexOf('?', StringComparison.Ordinal)..])["nextPageToken"].ToString())));
            }
        const string Preview = """
            { inScope reached products { name count fates { fate count } } dispositions { name count } districts { name count } holders { holder count standings { consignee location disposition count } } amounts { account kind quantity lots }
              gaps { kind holder consignee count } items(first: 1000) { nodes { code holder consignee location disposition } pageInfo { endCursor } } }
            """;
        heard.Add((await silo.Ask($$"""{ recallPreview(scope: { product: { code: "{{own.Product}}" } }) {{Preview}} }""", token)).ToString());
        heard.Add((await silo.Ask($$"""{ commonSources(codes: [{{string.Join(',', Enumerable.Range(1, made).Select(number => $"\"{own.Unit(number)}\""))}}]) { things { code others } holders { code others } thingsKeptBack holdersKeptBack } }""", token)).ToString());
        foreach (var code in companies.SelectMany(one => Enumerable.Range(1, made).Select(one.Unit)).Concat(companies.Select(one => one.Party)).Concat(companies.Select(one => one.Place)))
        {
            const string Event = "event { json readPoint bizLocation }";
            heard.Add(Asked(await silo.Ask($$"""
                { entity(code: "{{code}}") { holder consignee location container containers holdings { account quantity } parents { code {{Event}} } children { code {{Event}} } chain(first: 50) { links { {{Event}} } } masterData { code }
                    recalls { items { nodes { code holder location } } holders { holder } } }
                  trace(code: "{{code}}") { total holders { holder standings { location consignee } } items { nodes { code holder consignee location } } }
                  back: trace(code: "{{code}}", direction: BACKWARD) { holders { holder } items { nodes { code holder } } } }
                """, token), code));
            heard.Add(Asked(await silo.Ask($$"""{ registration(party: "{{code}}") { name keys } }""", token), code));
            heard.Add(Asked(await silo.Ask($$"""{ masterData(code: "{{code}}") { code } violations(holder: "{{code}}") { nodes { holder findings { things } } } }""", token), code));
            heard.Add(Asked(await silo.Ask($$"""{ commonSources(codes: ["{{code}}"]) { things { code others } holders { code others } thingsKeptBack holdersKeptBack } }""", token), code));
            heard.Add(Asked(await silo.Ask($$"""
                { one: recallPreview(scope: { unit: "{{code}}" }) {{Preview}} touched: recallPreview(scope: { touchedBy: { code: "{{code}}", from: "2020-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z" } }) {{Preview}} }
                """, token), code));
            heard.Add(Asked(await silo.Ask($$"""
                { recallPreview(scope: { product: { code: "{{own.Product}}" } }) { items(holder: "{{code}}") { nodes { code holder location } } path(to: "{{code}}") { from to event { json readPoint bizLocation } } } }
                """, token), code));
            heard.Add((await silo.Get("/epcis/events?MATCH_anyCode=" + Uri.EscapeDataString(code), token)).Body);
        }
        return string.Join('\n', heard);
    }

    /// <summary>What was asked with may come back; what is more may not.</summary>
    static string Asked(JsonElement answer, string code) => answer.ToString().Replace(code, "(asked)", StringComparison.Ordinal);

    static string Around(string answers, Company company)
    {
        var at = answers.IndexOf(company.Party, StringComparison.Ordinal) is >= 0 and var party ? party : answers.IndexOf(company.Place, StringComparison.Ordinal);
        return answers[Math.Max(0, at - 300)..Math.Min(answers.Length, at + 100)];
    }

    [GeneratedRegex(@"https://id\.gs1\.org/41[47]/\d+")]
    private static partial Regex NamedParty();

    [GeneratedRegex("<([^>]+)>; *rel=\"next\"")]
    private static partial Regex Next();
}
