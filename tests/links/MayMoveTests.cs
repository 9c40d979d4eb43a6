using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceGrains.Links.Tests;

/// <summary>The question of tills and gates over HTTP, and what becomes of it.</summary>
public sealed class MayMoveTests(Silo silo)
{
    const string Product = "https://id.gs1.org/01/09520120000038";

    async Task Make(params string[] units) => await silo.Capture(new()
    {
        ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-10-01T08:00:00+08:00", ["bizStep"] = "commissioning", ["epcList"] = new JsonArray([.. units.Select(unit => (JsonNode)unit)]),
    });

    static string Query(string step, params string[] codes) => $"/may-move?step={step}&" + string.Join('&', codes.Select(code => "code=" + Uri.EscapeDataString(code)));

    static string[] Reasons(JsonElement thing) => [.. thing.GetProperty("reasons").EnumerateArray().Select(reason => $"{reason.GetProperty("kind")} {reason.GetProperty("of")}")];

    [Fact]
    public async Task A_till_hears_yes_or_no_with_reasons_for_each_thing()
    {
        var (held, free) = ($"{Product}/21/MOVE-1", $"{Product}/21/MOVE-2");
        await Make(held, free);
        var placed = await silo.Ask($$"""mutation { placeHold(input: { codes: ["{{held}}"], reason: "sample failed", by: "office" }) { hold { id } refusal { message } } }""");
        var id = placed.GetProperty("placeHold").GetProperty("hold").GetProperty("id").GetString();
        var answer = await silo.Get(Query("retail_selling", held, free));
        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer.MediaType, answer.Header("Cache-Control")));
        Assert.False(answer.Json.GetProperty("allowed").GetBoolean());
        var (first, second) = (answer.Json.GetProperty("things")[0], answer.Json.GetProperty("things")[1]);
        Assert.Equal(["on_hold itself"], Reasons(first));
        Assert.Equal(id, first.GetProperty("reasons")[0].GetProperty("disposition").GetString());
        Assert.True(second.GetProperty("allowed").GetBoolean());
        Assert.Empty(Reasons(second));

        // As scanned, and as JSON; what leaves the market may go.
        var scanned = await silo.Get($"/may-move?step=shipping&code={Uri.EscapeDataString("(01)09520120000038(21)MOVE-2")}");
        Assert.Equal((true, free), (scanned.Json.GetProperty("allowed").GetBoolean(), scanned.Json.GetProperty("things")[0].GetProperty("code").GetString()));
        var asked = await silo.Post("/may-move", new { codes = new[] { held }, step = "shipping", disposition = "returned", at = "2036-11-25T08:00:00+08:00" });
        Assert.True(asked.Json.GetProperty("allowed").GetBoolean());
        Assert.Equal("2036-11-25T00:00:00.000Z", asked.Json.GetProperty("at").GetString());
        Assert.Equal("on_hold", asked.Json.GetProperty("things")[0].GetProperty("cautions")[0].GetProperty("kind").GetString());

        await silo.Ask($$"""mutation { releaseHold(id: "{{id}}", reason: "passed", by: "lab") { refusal { message } } }""");
        Assert.True((await silo.Get(Query("retail_selling", held))).Json.GetProperty("allowed").GetBoolean());
        // The public page tells a consumer nothing of all that.
        var page = (await silo.Get(new Uri(held).PathAndQuery + "?linkType=gs1:pip", "application/json", "en")).Json;
        Assert.Equal(["commissioning"], page.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("bizStep").GetString()));
    }

    [Theory]
    [InlineData("/may-move?step=shipping", "code")]
    [InlineData("/may-move?step=shipping&code=x", "code")]
    [InlineData("/may-move?code=urn:ex:1", "step")]
    [InlineData("/may-move?code=urn:ex:1&step=vending", "step")]
    [InlineData("/may-move?code=urn:ex:1&step=shipping&at=soon", "at")]
    [InlineData("/may-move?code=urn:ex:1&step=shipping&disposition=lost", "disposition")]
    [InlineData("/may-move?code=urn:ex:1&step=shipping&location=x", "location")]
    public async Task A_wrong_question_is_told_its_field(string path, string field)
    {
        var answer = await silo.Get(path);
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.StartsWith(field + ": expected ", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_things_in_one_question_are_refused()
    {
        var answer = await silo.Post("/may-move", new { codes = Enumerable.Range(0, 101).Select(i => $"urn:ex:{i}"), step = "shipping" });
        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Goods_sold_twice_are_recorded_and_raise_a_violation_that_a_subscriber_hears_of()
    {
        var unit = $"{Product}/21/MOVE-3";
        const string shop = "https://id.gs1.org/417/9520120000007";
        await Make(unit);
        JsonObject Sale(int hour) => new()
        {
            ["type"] = "ObjectEvent", ["action"] = "OBSERVE", ["eventTime"] = $"2026-10-02T{hour:00}:00:00+08:00", ["bizStep"] = "retail_selling", ["disposition"] = "retail_sold", ["epcList"] = new JsonArray(unit),
            ["sourceList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["source"] = shop }), ["destinationList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["destination"] = shop }),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent($$"""subscription { violations(holder: "{{shop}}", kind: ALREADY_SOLD) { step holder findings { things reasons { kind } } offendingEvent { bizStep } } }"""),
        };
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var response = await silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        await silo.Capture(Sale(9));
        Assert.Equal("already_sold itself", Assert.Single(Reasons((await silo.Get(Query("retail_selling", unit))).Json.GetProperty("things")[0])));
        await silo.Capture(Sale(10));
        string? line;
        do line = await stream.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
        while (line?.StartsWith("data: {", StringComparison.Ordinal) == false);
        Assert.Equal(
            """data: {"data":{"violations":{"step":"retail_selling","holder":"SHOP","findings":[{"things":["UNIT"],"reasons":[{"kind":"ALREADY_SOLD"}]}],"offendingEvent":{"bizStep":"retail_selling"}}}}"""
                .Replace("SHOP", shop, StringComparison.Ordinal).Replace("UNIT", unit, StringComparison.Ordinal), line);
        foreach (var (filter, count) in new[] { ($"holder: \"{shop}\"", 1), ($"holder: \"{shop}\", kind: ALREADY_SOLD", 1), ($"holder: \"{shop}\", kind: RECALLED", 0), ("holder: \"urn:ex:nobody\"", 0) })
            Assert.Equal(count, (await silo.Ask($"{{ violations({filter}) {{ nodes {{ id }} }} }}")).GetProperty("violations").GetProperty("nodes").GetArrayLength());
    }

    static StringContent JsonContent(string query) => new(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json");
}
