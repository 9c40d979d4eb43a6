using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using TraceGrains.Domain.Access;
using TraceGrains.Epcis.Tests.Subscriptions;

namespace TraceGrains.Access.Tests;

/// <summary>What an enterprise could find out of others by the shape of an answer: counts, next pages, tokens, messages. Here B sends to C, and A has nothing to do with either of them.</summary>
public sealed partial class RestTests(Guarded silo)
{
    static int worlds;

    sealed record World(Company A, Company B, Company C, string Token);

    async Task<World> Make()
    {
        // The prefixes differ in their last digit only: what is filed under their beginning is filed together.
        var number = Interlocked.Increment(ref worlds);
        var (a, b, c) = (await new Company($"87{number:0000}1").Register(silo), await new Company($"87{number:0000}2").Register(silo), await new Company($"87{number:0000}3").Register(silo));
        return new(a, b, c, silo.Token(Role.Quality, a.Party));
    }

    async Task Tell(Company by, string e)
    {
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e);
        Assert.True(status == 201, body);
    }

    static string? NextOf(HttpResponseMessage response) => response.Headers.TryGetValues("Link", out var links) && Next().Match(links.First()) is { Success: true } link ? link.Groups[1].Value : null;

    static string WithId(string e, string id) => new Regex("\"type\"").Replace(e, $"\"eventID\":\"{id}\",\"type\"", 1);

    static string[] IdsOf(string body) => [.. JsonDocument.Parse(body).RootElement.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList").EnumerateArray().Select(e => e.GetProperty("eventID").GetString()!)];

    [Fact]
    public async Task Neither_counts_nor_next_pages_tell_of_events_that_are_not_ones_own()
    {
        var world = await Make();
        for (var i = 1; i <= 25; i++) await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(i)));
        var about = $"EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}&EQ_destination_possessing_party={Uri.EscapeDataString(world.C.Party)}";
        foreach (var more in new[] { "", "&perPage=1", "&perPage=7", "&orderBy=recordTime&perPage=1", "&orderBy=recordTime&orderDirection=DESC&perPage=1", "&maxEventCount=3", "&eventCountLimit=3&orderBy=eventTime&perPage=1" })
        {
            var (status, body, response) = await silo.Get($"/epcis/events?{about}{more}", world.Token);
            Assert.True(status == 200, $"{more}: {body}");
            Assert.Empty(IdsOf(body));
            Assert.Null(NextOf(response));
        }
        Assert.Equal(413, (await silo.Get($"/epcis/events?{about}&maxEventCount=3", silo.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task A_page_that_is_full_has_a_next_one_only_for_what_one_sees()
    {
        var world = await Make();
        for (var i = 1; i <= 5; i++) await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(i)));
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await Tell(world.B, WithId(Telling.Shipped(world.B, world.A, world.B.Unit(6)), id));
        for (var i = 7; i <= 12; i++) await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(i)));
        foreach (var order in new[] { "", "&orderBy=recordTime&orderDirection=ASC", "&orderBy=recordTime&orderDirection=DESC", "&orderBy=eventTime&orderDirection=ASC", "&orderBy=eventTime&orderDirection=DESC" })
        {
            var (_, body, response) = await silo.Get($"/epcis/events?EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}&perPage=1{order}", world.Token);
            Assert.Equal([id], IdsOf(body));
            Assert.True(NextOf(response) is null, order);
        }
    }

    [Fact]
    public async Task A_limit_counts_ones_own_events()
    {
        var world = await Make();
        await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(1)));
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await Tell(world.B, WithId(Telling.Shipped(world.B, world.A, world.B.Unit(2)), id));
        await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(3)));
        foreach (var direction in new[] { "ASC", "DESC" })
            Assert.Equal([id], IdsOf((await silo.Get($"/epcis/events?EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}&orderBy=eventTime&orderDirection={direction}&eventCountLimit=1", world.Token)).Body));
        Assert.Equal([id], IdsOf((await silo.Get($"/epcis/events?EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}&maxEventCount=1", world.Token)).Body));
    }

    [Fact]
    public async Task Pages_skip_nothing_and_repeat_nothing_while_events_of_others_come()
    {
        var world = await Make();
        var own = new List<string>();
        for (var i = 1; i <= 30; i++)
        {
            var id = $"urn:uuid:{Guid.NewGuid()}";
            var isOwn = i % 3 == 0;
            await Tell(world.B, WithId(Telling.Shipped(world.B, isOwn ? world.A : world.C, world.B.Unit(i)), id));
            if (isOwn) own.Add(id);
        }
        foreach (var (order, reversed) in new[] { ("", false), ("&orderBy=recordTime&orderDirection=ASC", false), ("&orderBy=recordTime&orderDirection=DESC", true), ("&orderBy=eventTime&orderDirection=DESC", true) })
            foreach (var size in new[] { 1, 3, 4, 100 })
            {
                var found = new List<string>();
                for (var next = $"/epcis/events?EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}&perPage={size}{order}"; next is not null;)
                {
                    var (status, body, response) = await silo.Get(next, world.Token);
                    Assert.True(status == 200, body);
                    found.AddRange(IdsOf(body));
                    next = NextOf(response);
                    if (size == 1 && order.Length == 0) await Tell(world.B, Telling.Shipped(world.B, found.Count % 2 == 0 ? world.A : world.C, world.B.Unit(1_000 + found.Count)));
                }
                if (size == 1 && order.Length == 0) Assert.Equal(own, found);
                else Assert.Equal(own, (reversed ? found.AsEnumerable().Reverse() : found).Where(own.Contains));
                Assert.Equal(found.Count, found.Distinct().Count());
            }
    }

    [Fact]
    public async Task Lists_and_their_tokens_name_nobody_elses_codes()
    {
        var world = await Make();
        for (var i = 1; i <= 5; i++)
        {
            await Tell(world.B, Telling.Made(world.B, world.B.Unit(i)));
            await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(i)));
            await Tell(world.C, Telling.Received(world.B, world.C, world.B.Unit(i)));
        }
        await Tell(world.B, Telling.Shipped(world.B, world.A, world.B.Unit(2)));
        await Tell(world.A, Telling.Received(world.B, world.A, world.B.Unit(2)));
        await Tell(world.A, Telling.Made(world.A, world.A.Unit(9)));
        (string List, string[] Seen)[] lists = [("epcs", [world.B.Unit(2), world.A.Unit(9)]), ("bizLocations", [world.A.Place, world.B.Place]), ("readPoints", [world.B.Place])];
        foreach (var (list, expected) in lists)
            foreach (var size in new[] { 1, 2, 1_000 })
            {
                var (found, said) = (new List<string>(), new StringBuilder());
                for (var next = $"/epcis/{list}?perPage={size}"; next is not null;)
                {
                    var (status, body, response) = await silo.Get(next, world.Token);
                    Assert.True(status == 200, body);
                    found.AddRange(JsonDocument.Parse(body).RootElement.GetProperty("member").EnumerateArray().Select(one => one.GetString()!));
                    next = NextOf(response);
                    if (next is not null) said.AppendLine(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(QueryHelpers.ParseQuery(next[next.IndexOf('?')..])["nextPageToken"].ToString())));
                }
                Assert.Equal(found.Order(StringComparer.Ordinal), found);
                Assert.Equal(found.Count, found.Distinct().Count());
                Assert.Equal(expected.Order(StringComparer.Ordinal), found);
                Assert.DoesNotContain(world.C.Prefix, said.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(world.B.Unit(1), said.ToString(), StringComparison.Ordinal);
            }
        // Words of the standard are everybody's, those of somebody's own whoever hears them.
        await Tell(world.B, Telling.Shipped(world.B, world.C, world.B.Unit(1)).Replace("\"in_transit\"", $"\"https://c{world.C.Prefix}.example/secret\"", StringComparison.Ordinal));
        await Tell(world.B, Telling.Shipped(world.B, world.A, world.B.Unit(2)).Replace("\"in_transit\"", $"\"https://c{world.B.Prefix}.example/told\"", StringComparison.Ordinal));
        var words = (await silo.Get("/epcis/dispositions?perPage=1000", world.Token)).Body;
        Assert.Contains("in_transit", words, StringComparison.Ordinal);
        Assert.Contains($"https://c{world.B.Prefix}.example/told", words, StringComparison.Ordinal);
        Assert.DoesNotContain(world.C.Prefix, words, StringComparison.Ordinal);
        Assert.Equal(404, (await silo.Get($"/epcis/dispositions/{Uri.EscapeDataString($"https://c{world.C.Prefix}.example/secret")}/events", world.Token)).Status);
        foreach (var hidden in new[] { world.C.Place, world.B.Unit(1) })
            foreach (var (list, _) in lists)
                Assert.Equal(404, (await silo.Get($"/epcis/{list}/{Uri.EscapeDataString(hidden)}/events", world.Token)).Status);
    }

    [Fact]
    public async Task An_id_that_is_in_use_does_not_tell_by_what()
    {
        var world = await Make();
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await Tell(world.B, WithId(Telling.Shipped(world.B, world.C, world.B.Unit(1)), id));
        var guess = WithId(Telling.Made(world.A, world.A.Unit(1)), id);
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", world.Token, guess);
        Assert.Equal(409, status);
        foreach (var secret in new[] { "possessing", "shipping", "differs", "sequence", world.B.Prefix, world.C.Prefix }) Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
        var (accepted, job, _) = await silo.Send(HttpMethod.Post, "/epcis/capture", world.Token, Telling.Document([guess]), also: request => request.Headers.Add("GS1-Capture-Error-Behaviour", "proceed"));
        Assert.Equal(202, accepted);
        foreach (var secret in new[] { "differs", "sequence ", world.B.Prefix }) Assert.DoesNotContain(secret, job, StringComparison.Ordinal);
        // Whose it is hears it all.
        Assert.Contains("differs", (await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, world.B.Party), WithId(Telling.Made(world.B, world.B.Unit(1)), id))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_that_carries_an_event_is_for_whom_the_event_is()
    {
        var world = await Make();
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await Tell(world.B, WithId(Telling.Shipped(world.B, world.C, world.B.Unit(1)), id));
        Assert.Equal(401, (await silo.Get($"/transparency/proof?eventId={id}")).Status);
        var (status, body, _) = await silo.Get($"/transparency/proof?eventId={id}", world.Token);
        Assert.Equal(404, status);
        var sequence = JsonDocument.Parse((await silo.Get($"/transparency/inclusion?eventId={id}")).Body).RootElement.GetProperty("sequence").GetInt64();
        Assert.Equal(404, (await silo.Get($"/transparency/proof?sequence={sequence}", world.Token)).Status);
        Assert.Equal(404, (await silo.Get($"/epcis/events/{id}", world.Token)).Status);
        Assert.Equal(200, (await silo.Get($"/transparency/proof?eventId={id}", silo.Token(Role.Reporter, world.C.Party))).Status);
    }

    [Fact]
    public async Task Queries_of_others_are_not_listed_nor_is_their_name_in_a_token()
    {
        var world = await Make();
        var stem = $"q{Guid.NewGuid():n}";
        async Task Create(string name, string token) => Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", token, $$"""{"name":"{{name}}","query":{"EQ_bizLocation":["{{world.C.Place}}"] } }""")).Status);
        await Create(stem + "-1-secret", silo.Token(Role.Quality, world.B.Party));
        await Create(stem + "-2-own", world.Token);
        await Create(stem + "-3-authority", silo.Token(Role.CityRegulator));
        var (found, tokens) = (new List<string>(), "");
        for (var next = "/epcis/queries?perPage=1"; next is not null;)
        {
            var (_, body, response) = await silo.Get(next, world.Token);
            found.AddRange(JsonDocument.Parse(body).RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()!));
            next = NextOf(response);
            if (next is not null) tokens += Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(QueryHelpers.ParseQuery(next[next.IndexOf('?')..])["nextPageToken"].ToString()));
        }
        Assert.Equal([stem + "-2-own"], found);
        Assert.DoesNotContain("secret", tokens, StringComparison.Ordinal);
        foreach (var hidden in new[] { "-1-secret", "-3-authority" })
        {
            Assert.Equal(404, (await silo.Get($"/epcis/queries/{stem}{hidden}/events", world.Token)).Status);
            Assert.Equal(404, (await silo.Send(HttpMethod.Delete, $"/epcis/queries/{stem}{hidden}", world.Token)).Status);
        }
        Assert.Equal(200, (await silo.Get($"/epcis/queries/{stem}-3-authority/events", silo.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task A_name_of_a_query_is_each_enterprises_own()
    {
        var (world, name) = (await Make(), $"q{Guid.NewGuid():n}");
        var (a, b, auditor) = (world.Token, silo.Token(Role.Quality, world.B.Party), silo.Token(Role.Auditor));
        async Task Create(string token, string step) => Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", token, $$"""{"name":"{{name}}","query":{"EQ_bizStep":["{{step}}"] } }""")).Status);
        async Task<string> Subscribe(string token, string owner = "")
        {
            var (status, body, _) = await silo.Send(HttpMethod.Post, $"/epcis/queries/{name}/subscriptions{owner}", token, """{"dest":"http://127.0.0.1:9/","stream":true}""");
            Assert.True(status == 201, body);
            var told = JsonDocument.Parse(body).RootElement;
            Assert.Equal(name, told.GetProperty("queryName").GetString());
            return told.GetProperty("subscriptionID").GetString()!;
        }
        async Task<int> Status(string token, string path, HttpMethod? method = null) => (await silo.Send(method ?? HttpMethod.Get, $"/epcis/queries/{name}{path}", token)).Status;
        await Create(a, "shipping");
        // That A has one of that name, B does not find out.
        await Create(b, "receiving");
        Assert.Equal(409, (await silo.Send(HttpMethod.Post, "/epcis/queries", b, $$"""{"name":"{{name}}","query":{} }""")).Status);
        Assert.Contains("shipping", (await silo.Get($"/epcis/queries/{name}", a)).Body, StringComparison.Ordinal);
        Assert.Contains("receiving", (await silo.Get($"/epcis/queries/{name}", b)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("owner", (await silo.Get($"/epcis/queries/{name}", b)).Body, StringComparison.Ordinal);
        Assert.Equal(404, await Status(b, $"?owner={Uri.EscapeDataString(world.A.Party)}"));
        // Who sees everything is asked whose is meant, and told whose they are.
        var (ambiguous, why, _) = await silo.Get($"/epcis/queries/{name}", auditor);
        Assert.Equal(400, ambiguous);
        foreach (var party in new[] { world.A.Party, world.B.Party }) Assert.Contains(party, why, StringComparison.Ordinal);
        foreach (var (party, step) in new[] { (world.A.Party, "shipping"), (world.B.Party, "receiving") })
        {
            var one = JsonDocument.Parse((await silo.Get($"/epcis/queries/{name}?owner={Uri.EscapeDataString(party)}", auditor)).Body).RootElement;
            Assert.Equal(party, one.GetProperty("owner").GetString());
            Assert.Contains(step, one.GetProperty("query").ToString(), StringComparison.Ordinal);
            Assert.Equal(200, await Status(auditor, $"/events?owner={Uri.EscapeDataString(party)}"));
        }
        var (ofA, ofB) = (await Subscribe(a), await Subscribe(b));
        Assert.Equal(404, await Status(b, $"/subscriptions/{ofA}"));
        Assert.Equal(200, await Status(auditor, $"/subscriptions/{ofA}"));
        Assert.Contains(ofB, (await silo.Get($"/epcis/queries/{name}/subscriptions?owner={Uri.EscapeDataString(world.B.Party)}", auditor)).Body, StringComparison.Ordinal);
        // A query that goes takes its own subscriptions along and no others.
        Assert.Equal(204, await Status(a, "", HttpMethod.Delete));
        Assert.Equal(404, await Status(a, $"/subscriptions/{ofA}"));
        Assert.Equal(200, await Status(b, $"/subscriptions/{ofB}"));
        Assert.Equal(200, await Status(auditor, ""));
        // The city's own comes before those of others.
        await Create(silo.Token(Role.CityRegulator), "packing");
        Assert.Contains("packing", (await silo.Get($"/epcis/queries/{name}", auditor)).Body, StringComparison.Ordinal);
        Assert.Contains("receiving", (await silo.Get($"/epcis/queries/{name}", b)).Body, StringComparison.Ordinal);
        Assert.Equal(204, await Status(auditor, "", HttpMethod.Delete));
        Assert.Equal(200, await Status(b, ""));
        Assert.Equal(204, await Status(b, $"/subscriptions/{ofB}", HttpMethod.Delete));
    }

    [Fact]
    public async Task An_answer_of_a_gate_names_no_thing_that_is_not_ones_own_to_know()
    {
        var world = await Make();
        var pallet = $"https://id.gs1.org/00/{"0" + world.B.Prefix + "000000000"}";
        pallet += CheckDigit(pallet[^17..]);
        await Tell(world.B, Telling.Made(world.B, world.B.Unit(1)));
        await Tell(world.B, Telling.Event("AggregationEvent", $$""" "action":"ADD","bizStep":"packing","parentID":"{{pallet}}","childEPCs":["{{world.B.Unit(1)}}"],"bizLocation":{"id":"{{world.B.Place}}" } """));
        Assert.Equal(200, (await silo.Send(HttpMethod.Post, "/graphql", silo.Token(Role.Quality, world.B.Party), JsonSerializer.Serialize(new { query = $$"""mutation { placeHold(input: { codes: ["{{world.B.Unit(1)}}"], reason: "mould", by: "{{world.B.Party}}" }) { hold { id } refusal { message } } }""" }))).Status);
        var ask = $"/may-move?code={Uri.EscapeDataString(pallet)}&step=shipping";
        var theirs = (await silo.Get(ask, silo.Token(Role.Device, world.B.Party))).Body;
        Assert.True(!JsonDocument.Parse(theirs).RootElement.GetProperty("allowed").GetBoolean() && theirs.Contains(pallet, StringComparison.Ordinal), theirs);
        var (status, body, _) = await silo.Get(ask, silo.Token(Role.Device, world.A.Party));
        Assert.Equal(200, status);
        Assert.DoesNotContain(world.B.Unit(1), body, StringComparison.Ordinal);
        // A refusal goes on record at the place that asks: it has to be one's own.
        Assert.Equal(403, (await silo.Get($"{ask}&location={Uri.EscapeDataString(world.C.Place)}", silo.Token(Role.Device, world.A.Party))).Status);
        Assert.Equal(200, (await silo.Get($"{ask}&location={Uri.EscapeDataString(world.A.Place)}", silo.Token(Role.Device, world.A.Party))).Status);
        var refused = await silo.Ask($$"""{ mayMove(code: "{{pallet}}", step: "shipping", location: "{{world.C.Place}}") { allowed } }""", silo.Token(Role.Device, world.A.Party));
        Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_webhook_gets_what_concerns_its_enterprise_and_a_repeat_of_it_no_more()
    {
        var world = await Make();
        await using var receiver = await Receiver.Start();
        // The first delivery is refused for now, so that it is sent again.
        var destination = receiver.NewDestination(503, 200);
        var name = "q" + Guid.NewGuid().ToString("n");
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", world.Token, $$"""{"name":"{{name}}","query":{"EQ_source_possessing_party":["{{world.B.Party}}"] } }""")).Status);
        var made = await silo.Send(HttpMethod.Post, $"/epcis/queries/{name}/subscriptions", world.Token, $$"""{"dest":"{{destination.Url}}","signatureToken":"0123456789abcdef0123456789abcdef","stream":true}""");
        Assert.True(made.Status == 201, made.Body);
        var own = new List<string>();
        for (var i = 1; i <= 12; i++)
        {
            var id = $"urn:uuid:{Guid.NewGuid()}";
            await Tell(world.B, WithId(Telling.Shipped(world.B, i % 4 == 0 ? world.A : world.C, world.B.Unit(i)), id));
            if (i % 4 == 0) own.Add(id);
        }
        var got = await destination.Until(own.Count);
        Assert.Equal(own, got.SelectMany(one => one.Ids));
        foreach (var one in got) Assert.DoesNotContain(world.C.Party, Encoding.UTF8.GetString(one.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_district_sees_the_events_of_its_places_page_by_page()
    {
        var world = await Make();
        foreach (var (of, district) in new[] { (world.A, "500103"), (world.B, "500104"), (world.C, "500105") })
            Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", silo.Token(Role.Administrator), Telling.Masters((of.Party, "urn:tracegrains:voc:district", district), (of.Place, "urn:tracegrains:voc:district", district)))).Status);
        var expected = new List<string>();
        for (var i = 1; i <= 9; i++)
        {
            var id = $"urn:uuid:{Guid.NewGuid()}";
            await Tell(world.B, WithId(Telling.Shipped(world.B, i % 3 == 0 ? world.A : world.C, world.B.Unit(i)), id));
            if (i % 3 == 0) expected.Add(id);
        }
        var (about, found) = ($"EQ_source_possessing_party={Uri.EscapeDataString(world.B.Party)}", new List<string>());
        var token = silo.Token(Role.DistrictRegulator, district: "500103");
        for (var next = $"/epcis/events?{about}&perPage=2"; next is not null;)
        {
            var (_, body, response) = await silo.Get(next, token);
            found.AddRange(IdsOf(body));
            next = NextOf(response);
        }
        Assert.Equal(expected, found);
        Assert.Equal(200, (await silo.Get($"/epcis/events?{about}&maxEventCount=3", token)).Status);
        Assert.Equal(413, (await silo.Get($"/epcis/events?{about}&maxEventCount=2", token)).Status);
        var places = (await silo.Get("/epcis/readPoints?perPage=1000", silo.Token(Role.DistrictRegulator, district: "500104"))).Body;
        Assert.Contains(world.B.Place, places, StringComparison.Ordinal);
        Assert.DoesNotContain(world.B.Place, (await silo.Get("/epcis/readPoints?perPage=1000", token)).Body, StringComparison.Ordinal);
    }

    /// <summary>Four digits say too little to look events up by; they are found all the same.</summary>
    [Fact]
    public async Task A_short_prefix_finds_its_events()
    {
        var world = await Make();
        var wide = $"urn:ex:party:wide{Interlocked.Increment(ref worlds)}";
        var four = world.A.Prefix[..4];
        await silo.Data($$"""mutation { registerEnterprise(party: "{{wide}}", name: "Wide", keys: ["{{four}}"]) { party } }""", silo.Token(Role.Administrator));
        var id = $"urn:uuid:{Guid.NewGuid()}";
        await Tell(world.B, WithId(Telling.Shipped(world.B, world.A, world.B.Unit(1)), id));
        Assert.Equal([id], IdsOf((await silo.Get($"/epcis/events?MATCH_anyEPC={Uri.EscapeDataString(world.B.Unit(1))}", silo.Token(Role.Reporter, wide))).Body));
    }

    [Fact]
    public async Task The_page_of_a_lot_does_not_say_for_whom_it_was_made()
    {
        var world = await Make();
        var lot = world.B.Lot(1);
        foreach (var (party, name) in new[] { (world.B.Party, "Maker " + world.B.Prefix), (world.C.Party, "Buyer " + world.C.Prefix) })
            Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", silo.Token(Role.Administrator), Telling.Masters((party, "urn:epcglobal:cbv:mda#name", name)))).Status);
        await Tell(world.B, Telling.Event("ObjectEvent", $$""" "action":"ADD","bizStep":"commissioning","quantityList":[{"epcClass":"{{lot}}","quantity":731,"uom":"KGM" }],"bizLocation":{"id":"{{world.B.Place}}" },"sourceList":[{"type":"possessing_party","source":"{{world.B.Party}}" }],"destinationList":[{"type":"owning_party","destination":"{{world.C.Party}}" }],"bizTransactionList":[{"type":"po","bizTransaction":"urn:ex:po:4711" }] """));
        foreach (var accept in new[] { "text/html", "application/json", "application/linkset+json" })
            foreach (var query in new[] { "", "?linkType=gs1:traceability", "?linkType=gs1:pip" })
            {
                var (_, body, _) = await silo.Send(HttpMethod.Get, new Uri(lot).AbsolutePath + query, also: request => request.Headers.TryAddWithoutValidation("Accept", accept));
                foreach (var secret in new[] { "Buyer", "731", "4711", world.C.Party }) Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
                if (accept == "text/html" && query.Length == 0) Assert.Contains("Maker " + world.B.Prefix, body, StringComparison.Ordinal);
            }
    }

    static string CheckDigit(string digits) => ((10 - digits.Reverse().Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 3 : 1)).Sum() % 10) % 10).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("<([^>]+)>; *rel=\"next\"")]
    private static partial Regex Next();
}
