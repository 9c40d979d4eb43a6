using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

public sealed class SharingTests(Guarded silo)
{
    [Fact]
    public async Task A_partner_sees_what_it_is_shown_until_that_is_taken_back_and_its_reading_is_on_record()
    {
        var (maker, shop, buyer) = (await new Company("8600001").Register(silo), await new Company("8600002").Register(silo), await new Company("8600003").Register(silo));
        var partner = await new Company("8600004").Register(silo);
        var (admin, reporter, subject) = (silo.Token(Role.EnterpriseAdmin, shop.Party), silo.Token(Role.Reporter, shop.Party), $"partner {Guid.NewGuid()}");
        var token = silo.Issuer.Mint(new() { Role = Role.Quality, Subject = subject, Party = partner.Party }, "tracegrains", DateTimeOffset.UtcNow, TimeSpan.FromHours(1));
        foreach (var e in new[] { Telling.Received(maker, shop, maker.Unit(1)), Telling.Shipped(shop, buyer, maker.Unit(1), shop.Unit(9)), Telling.Shipped(shop, buyer, shop.Unit(8)) })
            Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", reporter, e)).Status);
        async Task<JsonElement[]> Read() => [.. JsonDocument.Parse((await silo.Get("/epcis/events", token)).Body).RootElement.GetProperty("epcisBody").GetProperty("queryResults").GetProperty("resultsBody").GetProperty("eventList").EnumerateArray()];
        Assert.Empty(await Read());

        string Share(string from) => $$"""mutation { share(input: { from: "{{from}}", to: "{{partner.Party}}", products: ["{{maker.Product}}"], shows: [PARTIES] }) { id from to products shows revokedAt } }""";
        Assert.Equal("FORBIDDEN", (await silo.Ask(Share(maker.Party), admin)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("FORBIDDEN", (await silo.Ask(Share(shop.Party), silo.Token(Role.Quality, shop.Party))).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var grant = (await silo.Data(Share(shop.Party), admin)).GetProperty("share").GetProperty("id").GetString()!;

        var shown = await Read();
        Assert.Equal(2, shown.Length);
        var all = string.Concat(shown.Select(one => one.GetRawText()));
        Assert.Contains(buyer.Party, all, StringComparison.Ordinal);
        Assert.Contains(maker.Unit(1), all, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Unit(9), all, StringComparison.Ordinal);     // went along, is not shared
        Assert.DoesNotContain("readPoint", all, StringComparison.Ordinal);      // places are not
        var chain = (await silo.Data($$"""{ unit(code: "{{maker.Unit(1)}}") { chain { links { event { json readPoint } } } } }""", token)).GetProperty("unit").GetProperty("chain").ToString();
        Assert.Contains(buyer.Party, chain, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Place, chain, StringComparison.Ordinal);

        // What was read by the grant says so.
        var noted = "";
        for (var left = 100; left > 0 && !(noted.Contains("query | unit", StringComparison.Ordinal) && noted.Contains("events by query", StringComparison.Ordinal)); left--)
        {
            await Task.Delay(100);
            noted = string.Join('\n', (await silo.Data($$"""{ auditLog(subject: "{{subject}}", first: 100) { nodes { action target } } }""", silo.Token(Role.Auditor))).GetProperty("auditLog").GetProperty("nodes").EnumerateArray()
                .Select(one => $"{one.GetProperty("action").GetString()} | {one.GetProperty("target").GetString()}").Where(line => line.Contains(grant, StringComparison.Ordinal)));
        }
        Assert.Contains("events by query", noted, StringComparison.Ordinal);
        Assert.Contains("query | unit", noted, StringComparison.Ordinal);

        var grants = await silo.Data($$"""{ grants(party: "{{partner.Party}}") { given { id } received { id from shows } } }""", token);
        Assert.Equal(grant, grants.GetProperty("grants").GetProperty("received")[0].GetProperty("id").GetString());
        Assert.Equal("FORBIDDEN", (await silo.Ask($$"""{ grants(party: "{{partner.Party}}") { received { id } } }""", silo.Token(Role.Quality, buyer.Party))).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        await silo.Data($$"""mutation { revokeShare(from: "{{shop.Party}}", id: "{{grant}}") { revokedAt } }""", admin);
        Assert.Empty(await Read());
    }
}
