using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceGrains.Links.Tests;

/// <summary>The link by which a party without an account reads its recall notice and answers.</summary>
public sealed class AnswerLinkTests(Silo silo)
{
    const string Shop = "https://id.gs1.org/417/9506000199900", Product = "https://id.gs1.org/01/09506000134352";
    readonly string[] units = [.. Enumerable.Range(1, 3).Select(serial => $"{Product}/21/{Guid.NewGuid().ToString("N")[..12]}{serial}")];

    /// <summary>Three units of one lot in a shop, recalled by a case whose title would run if it could; answers the path of the shop's link.</summary>
    async Task<(string Case, string Path)> Notice()
    {
        var (name, lot) = (Guid.CreateVersion7().ToString(), $"{Product}/10/ANSWER{Guid.NewGuid().ToString("N")[..8]}");
        await silo.Capture(new()
        {
            ["type"] = "ObjectEvent", ["action"] = "ADD", ["bizStep"] = "commissioning", ["disposition"] = "active", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["eventID"] = $"urn:uuid:{Guid.NewGuid()}",
            ["epcList"] = new JsonArray([.. units.Select(unit => (JsonNode)unit)]), ["quantityList"] = new JsonArray(new JsonObject { ["epcClass"] = lot, ["quantity"] = 3 }),
            ["destinationList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["destination"] = Shop }),
        });
        var act = $$"""act: { case: "{{name}}", by: { name: "Li" } }""";
        foreach (var mutation in (string[])
            [
                $$"""openRecallCase(input: { id: "{{name}}", by: { name: "Li" }, title: "<script>alert(1)</script>", reason: "glass", scope: { batch: "{{lot}}" } })""",
                $$"""assessRecallCase({{act}}, assessment: { class: II, depth: RETAIL, hazard: "cuts", strategy: "letters", instructions: "set them apart" })""",
                $"issueRecallCase({act})",
            ])
            Assert.Equal(JsonValueKind.Null, (await silo.Ask($$"""mutation { done: {{mutation}} { refusal { message } } }""")).GetProperty("done").GetProperty("refusal").ValueKind);
        for (var patience = 0; ; patience++)
        {
            var party = (await silo.Ask($$"""{ recallCase(id: "{{name}}") { party(code: "{{Shop}}") { notifiedAt } } }""")).GetProperty("recallCase").GetProperty("party");
            if (party.ValueKind != JsonValueKind.Null && party.GetProperty("notifiedAt").ValueKind != JsonValueKind.Null) break;
            Assert.True(patience < 600);
            await Task.Delay(100);
        }
        return (name, (await silo.Ask($$"""mutation { makeAnswerLink({{act}}, party: "{{Shop}}") { path } }""")).GetProperty("makeAnswerLink").GetProperty("path").GetString()!);
    }

    async Task<Answer> Send(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await silo.Http.PostAsync(path, content);
        return await Answer.Of(response);
    }

    [Fact]
    public async Task A_party_reads_its_notice_acknowledges_and_answers()
    {
        var (name, path) = await Notice();
        var page = await silo.Get(path, language: "en");
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("set them apart", page.Text);
        Assert.All(units, unit => Assert.Contains(WebUtility.HtmlEncode(unit), page.Text));
        Assert.DoesNotContain("<script>alert", page.Text);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy"));
        Assert.Equal(("no-store", "no-referrer"), (page.Header("Cache-Control"), page.Header("Referrer-Policy")));
        Assert.Contains("召回通知", (await silo.Get(path)).Text);

        Assert.Contains("Recorded.", (await Send(path + "?lang=en", ("name", "Zhang"), ("do", "acknowledge"))).Text);
        var refused = await Send(path + "?lang=en", ("name", "Zhang"), ("do", "answer"), ("outcome", "Destroyed"), ("item", units[0]));
        Assert.Equal(422, refused.Status);
        Assert.Contains("witness", refused.Text);
        var answered = await Send(path + "?lang=en", ("name", "Zhang"), ("do", "answer"), ("outcome", "Quarantined"), ("item", units[0]), ("codes", units[1] + "\n"));
        Assert.Equal(200, answered.Status);
        Assert.DoesNotContain($"value=\"{WebUtility.HtmlEncode(units[0])}\"", answered.Text);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(units[2])}\"", answered.Text);

        var data = (await silo.Ask($$"""{ recallCase(id: "{{name}}") { party(code: "{{Shop}}") { things acknowledgedAt answered { outcome count } } entries { nodes { by { name party role } kind } } } }""")).GetProperty("recallCase");
        Assert.Equal((1, "QUARANTINED", 2), (data.GetProperty("party").GetProperty("things").GetInt32(), data.GetProperty("party").GetProperty("answered")[0].GetProperty("outcome").GetString(), data.GetProperty("party").GetProperty("answered")[0].GetProperty("count").GetInt32()));
        var last = data.GetProperty("entries").GetProperty("nodes").EnumerateArray().Last();
        Assert.Equal(("answered", "Zhang", Shop), (last.GetProperty("kind").GetString(), last.GetProperty("by").GetProperty("name").GetString(), last.GetProperty("by").GetProperty("party").GetString()));
    }

    [Theory]
    [InlineData("/recall-answer/nothing")]
    [InlineData("/recall-answer/0199d0a4-7c1e-7cc0-8000-000000000001.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/recall-answer/a.b.c")]
    [InlineData("/recall-answer/..%2f..%2fetc.passwd")]
    public async Task A_link_that_nobody_made_leads_nowhere(string path)
    {
        Assert.Equal(404, (await silo.Get(path)).Status);
        Assert.Equal(404, (await Send(path, ("do", "acknowledge"), ("name", "x"))).Status);
    }

    [Fact]
    public async Task The_notice_looks_right_on_a_phone()
    {
        var (_, path) = await Notice();
        using var folder = new Folder();
        await Tool.Screenshot(new Uri(silo.Http.BaseAddress!, path).ToString(), folder.Path("page.png"), 420, 1400);
        await Tool.Convert(folder.Path("page.png"), "-fuzz", "6%", "-fill", "black", "+opaque", "#b3261e", "-fill", "white", "-opaque", "#b3261e", "-colorspace", "Gray", folder.Path("red.png"));
        await Tool.Convert(folder.Path("red.png"), "-crop", "360x20+30+90", "+repage", "-resize", "1x1!", folder.Path("banner.txt"));
        Assert.Matches("#[89A-F][0-9A-F]", File.ReadAllText(folder.Path("banner.txt")));
        if (Environment.GetEnvironmentVariable("KEEP_SCREENSHOT") is { } keep) File.Copy(folder.Path("page.png"), keep, overwrite: true);
    }
}
