using System.Text.Json.Nodes;

namespace TraceGrains.Links.Tests;

public sealed class ProvenanceTests(Silo silo)
{
    const string Browser = "text/html";

    static string PathOf(string code) => new Uri(code).PathAndQuery;

    [Fact]
    public async Task A_units_story_is_told_by_its_containers_too()
    {
        var record = (await silo.Get(PathOf(Silo.Cast.SoldUnit) + "?linkType=gs1:pip", "application/json", "en")).Json;
        var steps = record.GetProperty("steps").EnumerateArray().Select(step => (Step: step.GetProperty("text").GetString(), District: step.GetProperty("district").GetString(), To: step.GetProperty("toDistrict").GetString())).ToList();
        Assert.Equal(["Made", "Packed", "Shipped", "Received", "Shipped", "Received", "Unpacked", "Sold"], steps.Select(step => step.Step));
        Assert.Equal(("Fuling", "Jiangbei"), (steps[2].District, steps[2].To));
        Assert.Equal("Yuzhong", steps[^1].District);
        Assert.Equal("Blended zhacai, bulk", Assert.Single(record.GetProperty("madeFrom").EnumerateArray()).GetString());
        Assert.EndsWith("+08:00", record.GetProperty("steps")[0].GetProperty("time").GetString());
    }

    [Fact]
    public async Task The_page_says_it_in_words_and_shows_no_amounts_papers_or_places_within_an_enterprise()
    {
        var page = await silo.Get(PathOf(Silo.Cast.SoldUnit), Browser, "zh");
        foreach (var words in (string[])["乌有榨菜", "涪陵区", "生产", "发货", "售出", "有效期至"]) Assert.Contains(words, page.Text);
        foreach (var secret in (string[])["KGM", "desadv", "urn:epcglobal:cbv:bt", "成品库", "包装车间", "/414/"]) Assert.DoesNotContain(secret, page.Text);
    }

    [Fact]
    public async Task A_lots_page_does_not_say_to_whom_it_was_sold()
    {
        var lot = PathOf(Silo.Cast.RecalledLot);
        var record = (await silo.Get(lot + "?linkType=gs1:pip", "application/json", "en")).Json;
        Assert.NotEmpty(record.GetProperty("steps").EnumerateArray());
        Assert.DoesNotContain(record.GetProperty("steps").EnumerateArray(), step => step.GetProperty("bizStep").GetString() is "shipping" or "receiving");
        Assert.DoesNotContain("乌有榨菜厂", (await silo.Get(lot, Browser)).Text);
    }

    [Fact]
    public async Task A_companys_page_is_its_name_and_nothing_that_passed_it()
    {
        var party = Silo.Cast.Parties[0];
        var record = (await silo.Get(PathOf(party.Code) + "?linkType=gs1:pip", "application/json", "zh")).Json;
        Assert.Equal((party.Zh, 0), (record.GetProperty("name").GetString(), record.GetProperty("steps").GetArrayLength()));
    }

    [Fact]
    public async Task Names_and_districts_come_from_captured_master_data()
    {
        const string product = "https://id.gs1.org/01/09506000134369", party = "https://id.gs1.org/417/9506000199917";
        await silo.CaptureDocument($$$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-01T00:00:00Z",
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[
              {"type":"urn:epcglobal:epcis:vtype:EPCClass","vocabularyElementList":[{"id":"{{{product}}}","attributes":[{"id":"cbvmda:descriptionShort","attribute":"short"},{"id":"urn:epcglobal:cbv:mda#functionalName","attribute":"豆瓣酱 <b>"}]}]},
              {"type":"urn:epcglobal:epcis:vtype:Party","vocabularyElementList":[{"id":"{{{party}}}","attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"南柯酱园"},{"id":"urn:tracegrains:voc:district","attribute":"500102"}]}]}]}},
            "epcisBody":{"eventList":[{"type":"ObjectEvent","action":"ADD","bizStep":"commissioning","eventTime":"2026-11-01T08:00:00+08:00","eventTimeZoneOffset":"+08:00","epcList":["{{{product}}}/21/M1"],
              "sourceList":[{"type":"possessing_party","source":"{{{party}}}"}]}]}}
            """);
        var page = (await silo.Get(PathOf($"{product}/21/M1"), Browser, "zh")).Text;
        foreach (var words in (string[])["豆瓣酱 &lt;b&gt;", "南柯酱园", "涪陵区"]) Assert.Contains(words, page);
        var record = (await silo.Get(PathOf(party) + "?linkType=gs1:pip", "application/json")).Json;
        Assert.Equal("南柯酱园", record.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("zh", "梁平柚子", "桃源果园", "梁平区")]
    [InlineData("en", "Liangping pomelo", "桃源果园", "Liangping")]
    public async Task Names_in_several_languages_are_each_for_their_readers(string language, string product, string party, string district)
    {
        // A name that says no language is everybody's.
        const string gtin = "https://id.gs1.org/01/09506000134376", grower = "https://id.gs1.org/417/9506000199924";
        await silo.CaptureDocument($$$"""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-02T00:00:00Z",
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[
              {"type":"urn:epcglobal:epcis:vtype:EPCClass","vocabularyElementList":[{"id":"{{{gtin}}}","attributes":[{"id":"cbvmda:regulatedProductName","attribute":{"@value":"梁平柚子","@language":"zh-Hans"}},
                {"id":"cbvmda:descriptionShort","attribute":{"@value":"Liangping pomelo","@language":"en"}},{"id":"cbvmda:functionalName","attribute":{"grams":900}}]}]},
              {"type":"urn:epcglobal:epcis:vtype:Party","vocabularyElementList":[{"id":"{{{grower}}}","attributes":[{"id":"cbvmda:name","attribute":"桃源果园"},{"id":"urn:tracegrains:voc:district","attribute":"500155"}]}]}]}},
            "epcisBody":{"eventList":[{"type":"ObjectEvent","action":"ADD","bizStep":"commissioning","eventTime":"2026-11-02T08:00:00+08:00","eventTimeZoneOffset":"+08:00","epcList":["{{{gtin}}}/21/P1"],
              "sourceList":[{"type":"possessing_party","source":"{{{grower}}}"}]}]}}
            """);
        var page = (await silo.Get(PathOf($"{gtin}/21/P1"), Browser, language)).Text;
        foreach (var words in (string[])[product, party, district]) Assert.Contains(words, page);
    }

    [Fact]
    public async Task A_recall_is_the_first_thing_the_page_says_with_its_reason()
    {
        const string lot = "https://id.gs1.org/01/09520120000038/10/RECALL-1", unit = "https://id.gs1.org/01/09520120000038/21/RECALL-1";
        await silo.Capture(new()
        {
            ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["bizStep"] = "commissioning", ["epcList"] = new JsonArray(unit),
            ["quantityList"] = new JsonArray(new JsonObject { ["epcClass"] = lot, ["quantity"] = 1 }),
        });
        Assert.DoesNotContain("role=\"alert\"", (await silo.Get(PathOf(unit), Browser)).Text);
        await silo.Recall(lot, "李斯特菌 & <b>bold</b>");
        var page = (await silo.Get(PathOf(unit), Browser)).Text;
        Assert.Contains("role=\"alert\"", page);
        Assert.Contains("已召回", page);
        Assert.Contains("李斯特菌 &amp; &lt;b&gt;bold&lt;/b&gt;", page);
        Assert.True(page.IndexOf("role=\"alert\"", StringComparison.Ordinal) < page.IndexOf("<h1>", StringComparison.Ordinal));
        var status = (await silo.Get("/recall-status/" + Uri.EscapeDataString(unit))).Json;
        Assert.Equal(("True", "李斯特菌 & <b>bold</b>"), (status.GetProperty("recalled").ToString(), status.GetProperty("recalls")[0].GetProperty("reason").GetString()));
        // A serial of the recalled lot that nobody has named yet still warns.
        var unnamed = await silo.Get("/01/09520120000038/10/RECALL-1/21/NOBODY-9", Browser);
        Assert.Equal(404, unnamed.Status);
        Assert.Contains("role=\"alert\"", unnamed.Text);
    }

    [Theory]
    [InlineData("urn:tracegrains:cn:drug:81999990000000000001", "药品追溯码", "drug identification code", "8199999")]
    [InlineData("urn:tracegrains:cn:pesticide:11234561001999990000000000000001", "农药追溯码", "registration class", "PD")]
    [InlineData("urn:tracegrains:cn:seed:%E9%87%8D%E5%BA%86%E6%9F%90%E7%A7%8D%E4%B8%9A:CQ1", "农作物种子", "unit identification code", "CQ1")]
    public async Task A_Chinese_code_has_a_page(string code, string title, string part, string value)
    {
        await silo.Capture(new() { ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["bizStep"] = "commissioning", ["epcList"] = new JsonArray(code) });
        var entity = (await silo.Ask($$"""{ entity(code: "{{code}}") { code kind } identify(text: "{{code}}") { best { title } } }"""));
        Assert.Equal((code, "UNIT"), (entity.GetProperty("entity").GetProperty("code").GetString(), entity.GetProperty("entity").GetProperty("kind").GetString()));
        Assert.Contains(title, entity.GetProperty("identify").GetProperty("best").GetProperty("title").GetString());
        var page = await silo.Get("/e/" + Uri.EscapeDataString(code), Browser, "en");
        Assert.Equal(200, page.Status);
        Assert.Contains(part, page.Text);
        Assert.Contains(value, page.Text);
    }

    [Fact]
    public async Task The_packages_of_drug_codes_nest_and_a_lot_recall_reaches_each_box()
    {
        const string box = "urn:tracegrains:cn:drug:81888880000000010001", medium = "urn:tracegrains:cn:drug:81888890000000010001", other = "urn:tracegrains:cn:drug:81888880000000020001";
        await silo.Capture(new()
        {
            ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["bizStep"] = "commissioning", ["epcList"] = new JsonArray(box),
            ["ilmd"] = new JsonObject { ["cbvmda:lotNumber"] = "D/7 批", ["cbvmda:itemExpirationDate"] = "2028-10-31" },
        });
        await silo.Capture(new() { ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["bizStep"] = "commissioning", ["epcList"] = new JsonArray(other, medium) });
        await silo.Capture(new() { ["type"] = "AggregationEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T09:00:00+08:00", ["bizStep"] = "packing", ["parentID"] = medium, ["childEPCs"] = new JsonArray(box, other) });
        await silo.Capture(new() { ["type"] = "ObjectEvent", ["action"] = "OBSERVE", ["eventTime"] = "2026-11-02T09:00:00+08:00", ["bizStep"] = "shipping", ["epcList"] = new JsonArray(medium) });

        const string lot = "urn:tracegrains:cn:drug:8188888:lot:D%2F7%20%E6%89%B9";
        var asked = await silo.Ask($$"""{ unit(code: "{{box}}") { container } batch(code: "{{lot}}") { kind children { code } } }""");
        Assert.Equal(medium, asked.GetProperty("unit").GetProperty("container").GetString());
        Assert.Equal(("BATCH", box), (asked.GetProperty("batch").GetProperty("kind").GetString(), asked.GetProperty("batch").GetProperty("children")[0].GetProperty("code").GetString()));
        var record = (await silo.Get("/e/" + Uri.EscapeDataString(box) + "?linkType=gs1:pip", "application/json", "en")).Json;
        Assert.Equal(["Coded", "Packed", "Shipped"], record.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("text").GetString()));
        Assert.Equal(("2028-10-31", lot), (record.GetProperty("expires").GetString(), record.GetProperty("lotCode").GetString()));

        await silo.Recall(lot, "assay");
        var recalled = await silo.Ask($$"""{ box: unit(code: "{{box}}") { recalled } other: unit(code: "{{other}}") { recalled } medium: unit(code: "{{medium}}") { recalled } }""");
        Assert.Equal(("True", "False", "False"), (recalled.GetProperty("box").GetProperty("recalled").ToString(), recalled.GetProperty("other").GetProperty("recalled").ToString(), recalled.GetProperty("medium").GetProperty("recalled").ToString()));
    }

    [Theory]
    [InlineData("91350100M000100Y43", "/e/urn%3Atracegrains%3Acn%3Auscc%3A91350100M000100Y43")]
    [InlineData("81234567890123456789", "/e/urn%3Atracegrains%3Acn%3Adrug%3A81234567890123456789")]
    [InlineData("(01)09520120000038(21)x", "/01/09520120000038/21/x")]
    public async Task Identify_leads_to_the_page_of_the_likeliest_reading(string text, string path)
    {
        var answer = await silo.Get("/identify/" + Uri.EscapeDataString(text), Browser);
        Assert.Equal((307, path), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task Of_several_readings_the_one_on_record_comes_first()
    {
        // A party's GLN is also a right GTIN-13; only the party is on record.
        var gln = Silo.Cast.Parties[0].Code.Split('/')[^1];
        Assert.Equal("/417/" + gln, (await silo.Get("/identify/" + gln, Browser)).Header("Location"));
    }

    [Fact]
    public async Task Identify_answers_programs_with_every_reading()
    {
        var answer = (await silo.Get("/identify?text=" + Uri.EscapeDataString("6901234567892"))).Json;
        Assert.Equal(("True", "True", "gs1:gtin-13"), (answer.GetProperty("valid").ToString(), answer.GetProperty("ambiguous").ToString(), answer.GetProperty("candidates")[0].GetProperty("scheme").GetString()));
        var wrong = (await silo.Get("/identify?text=6901234567890")).Json;
        Assert.Equal(("check digit", "2", "0"), (wrong.GetProperty("problem").GetProperty("field").GetString(), wrong.GetProperty("problem").GetProperty("expected").GetString(), wrong.GetProperty("problem").GetProperty("found").GetString()));
        Assert.Equal(400, (await silo.Get("/identify", "application/json")).Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'-alert(1)-'&lt;")]
    [InlineData("javascript:alert(1)//<svg/onload=alert(1)>")]
    public async Task Nothing_that_is_asked_becomes_markup(string attack)
    {
        var escaped = Uri.EscapeDataString(attack);
        foreach (var path in (string[])[$"/identify/{escaped}", $"/e/{escaped}", $"/e/urn:x:{escaped}", $"/01/09520120000038/21/{escaped}", $"/01/{escaped}", $"/01/09520120000038?lang={escaped}&x={escaped}", $"/recall-status/{escaped}", $"/01/09520120000038/10/A?17={escaped}"])
        {
            var answer = await silo.Get(path, Browser, attack);
            Assert.NotEqual(500, answer.Status);
            if (answer.MediaType != "text/html") continue;
            foreach (var markup in (string[])["<script", "<img", "<svg", "onerror=alert(1)>"]) Assert.DoesNotContain(markup, answer.Text, StringComparison.OrdinalIgnoreCase);
            Policy(answer);
        }
    }

    [Fact]
    public async Task Nothing_that_was_captured_becomes_markup()
    {
        const string unit = "https://id.gs1.org/01/09520120000038/21/XSS%3C%22%27";
        await silo.Capture(new()
        {
            ["type"] = "ObjectEvent", ["action"] = "ADD", ["eventTime"] = "2026-11-01T08:00:00+08:00", ["bizStep"] = "https://evil.example/<img src=x onerror=alert(1)>".Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal),
            ["epcList"] = new JsonArray(unit),
        });
        await silo.Recall(unit, "</section><script>alert(1)</script>");
        var page = await silo.Get(PathOf(unit), Browser);
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("<script", page.Text);
        Assert.DoesNotContain("<img", page.Text);
        Assert.Contains("&lt;script&gt;", page.Text);
        Policy(page);
    }

    static void Policy(Answer answer)
    {
        var policy = answer.Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_page_names_nothing_outside_to_load()
    {
        var page = (await silo.Get(PathOf(Silo.Cast.SoldUnit), Browser)).Text;
        foreach (var loading in (string[])[" src=", "<link", "@import", "url(", "<script", "<iframe"]) Assert.DoesNotContain(loading, page);
        Assert.Contains("name=\"viewport\"", page);
    }
}
