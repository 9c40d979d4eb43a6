using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.VisualBasic.FileIO;
using TraceGrains.Silo.Commands;

namespace TraceGrains.Links.Tests;

/// <summary>The reports of a recall case, against counts known by hand (<see cref="RecallReportCase"/>).</summary>
public sealed class RecallReportTests(Silo silo) : IAsyncLifetime
{
    RecallReportCase told = null!;

    public async ValueTask InitializeAsync() => told = await RecallReportCase.Run(silo);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task<Answer> Report(string name, string? accept = null)
    {
        var answer = await silo.Get($"/recall-reports/{told.Id}/{name}", accept, key: silo.AdminKey);
        Assert.True(answer.Status == 200, $"{name}: {answer.Status} {answer.Text}");
        // What the header promises is what came, and can be handed to submitCaseReport.
        var hash = SHA256.HashData(answer.Bytes);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(hash)}:", answer.Header("Repr-Digest"));
        Assert.Equal($"\"{Convert.ToHexStringLower(hash)}\"", answer.Header("ETag"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        return answer;
    }

    [Fact]
    public async Task The_status_report_counts_what_happened()
    {
        var status = (await Report("status?lang=en", "application/json")).Json;
        Assert.Equal((6, 10m, "KGM"), Amount(status.GetProperty("reached")));
        var fates = status.GetProperty("fates");
        Assert.Equal((2, 10m, "KGM"), Amount(fates.GetProperty("onHand")));
        Assert.Equal((2, null, null), Amount(fates.GetProperty("inTransit")));
        Assert.Equal((1, null, null), Amount(fates.GetProperty("sold")));
        Assert.Equal((1, null, null), Amount(fates.GetProperty("destroyed")));
        Assert.False(fates.TryGetProperty("unaccounted", out _));
        var answers = status.GetProperty("answers");
        Assert.Equal((2, 4m, "KGM"), Amount(answers.GetProperty("quarantined")));
        Assert.Equal((1, null, null), Amount(answers.GetProperty("destroyed")));
        Assert.Equal(1, status.GetProperty("passedOn").GetInt32());
        Assert.Equal((2, true), (status.GetProperty("lots").GetInt32(), status.GetProperty("marked").GetBoolean()));
        var shop = status.GetProperty("consignees").EnumerateArray().Single(party => party.GetProperty("party").GetString() == told.Shop);
        Assert.Equal((3, 0, 3), (shop.GetProperty("toldOf").GetInt32(), shop.GetProperty("things").GetInt32(), shop.GetProperty("recovered").GetInt32()));
        Assert.Equal((Silo.Cast.Parties[1].En, Silo.Cast.Parties[1].District.En), (shop.GetProperty("name").GetString(), shop.GetProperty("district").GetString()));
        Assert.Contains(told.Depot, status.GetProperty("notResponding").EnumerateArray().Select(party => party.GetString()));
        Assert.DoesNotContain(told.Shop, status.GetProperty("notResponding").EnumerateArray().Select(party => party.GetString()));
    }

    static (int Items, decimal? Quantity, string? Uom) Amount(JsonElement amount) =>
        amount.GetProperty("amounts").EnumerateArray().SingleOrDefault() is { ValueKind: JsonValueKind.Object } part
            ? (amount.GetProperty("items").GetInt32(), part.GetProperty("quantity").GetDecimal(), part.GetProperty("uom").GetString())
            : (amount.GetProperty("items").GetInt32(), null, null);

    [Fact]
    public async Task The_status_page_says_the_same_in_two_languages_and_nothing_in_it_runs()
    {
        var english = await Report("status?lang=en", "text/html");
        Assert.Contains("Class I recall", english.Text);
        Assert.Contains("glass &lt;i&gt;splinters&lt;/i&gt;", english.Text);
        Assert.Contains("Quarantined 2 items, 4 KGM; Destroyed 1 items", english.Text);
        Assert.Contains(WebUtility.HtmlEncode(Silo.Cast.Parties[1].En), english.Text);
        Assert.Contains("default-src 'none'", english.Header("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", english.Header("Content-Security-Policy"));
        var chinese = await Report("status?lang=zh", "text/html");
        Assert.Contains("一级召回", chinese.Text);
        Assert.Contains(Silo.Cast.Parties[1].Zh, chinese.Text);
        Assert.Equal(406, (await silo.Get($"/recall-reports/{told.Id}/status", "image/png", key: silo.AdminKey)).Status);
    }

    [Fact]
    public async Task The_sheet_has_a_row_for_each_thing_and_each_amount_of_a_lot()
    {
        var rows = await Csv("goods.csv?lang=en");
        Assert.Equal(9, rows.Count);
        var tin = rows.Single(row => row["Code"] == told.Tin(1));
        Assert.Equal((told.Lot, Silo.Cast.Products[0].En, "1", "pieces"), (tin["Traceability lot code"], tin["Product description"], tin["Quantity"], tin["Unit of measure"]));
        Assert.Equal((told.Shop, Silo.Cast.Parties[1].En, "On hand", "Quarantined", told.Shop), (tin["Holder"], tin["Holder name"], tin["What became of it"], tin["Answered"], tin["Answered by"]));
        // Sent and taken in on the pallet; the answer of today is no receipt.
        Assert.Equal(("2026-11-01T02:00:00Z", "2026-11-01T04:00:00Z"), (tin["Shipped (UTC)"], tin["Received (UTC)"]));
        Assert.Contains(":case:", tin["Last event"]);
        Assert.Equal("Destroyed", rows.Single(row => row["Code"] == told.Tin(3))["What became of it"]);
        var moving = rows.Single(row => row["Code"] == told.Tin(4));
        Assert.Equal((told.Dairy, told.Depot, "2026-11-01T05:00:00Z", ""), (moving["Holder"], moving["On the way to"], moving["Shipped (UTC)"], moving["Answered"]));
        Assert.Equal("Sold", rows.Single(row => row["Code"] == told.Tin(5))["What became of it"]);
        Assert.Equal("Lot, counted by its items", rows.Single(row => row["Code"] == told.Lot)["Kind"]);
        var brine = rows.Where(row => row["Code"] == told.Brine).OrderBy(row => row["Quantity"]).ToList();
        Assert.Equal([("4", told.Shop, "Quarantined 4 KGM"), ("6", told.Dairy, "")], brine.Select(row => (row["Quantity"], row["Holder"], row["Answered"])));
        Assert.Equal("2026-11-01T04:00:00Z", brine[0]["Received (UTC)"]);
        Assert.All(brine, row => Assert.Equal("KGM", row["Unit of measure"]));
    }

    [Fact]
    public async Task No_cell_of_the_sheet_runs_as_a_formula()
    {
        var passedOn = (await Csv("goods.csv?lang=en")).Single(row => row["Code"] == told.Tin(6));
        Assert.Equal("'" + RecallReportCase.Consignee, passedOn["On the way to: name"]);
        var cells = (await Workbook()).SelectMany(row => row.Values).ToList();
        Assert.Contains("'" + RecallReportCase.Consignee, cells);
    }

    [Fact]
    public async Task The_workbook_opens_and_says_what_the_sheet_says()
    {
        var rows = await Workbook();
        var csv = await Csv("goods.csv?lang=en");
        Assert.Equal(csv.Count, rows.Count);
        string[] texts = ["Traceability lot code", "Code", "Kind", "Product description", "Quantity", "Unit of measure", "Holder", "Holder name", "On the way to", "What became of it", "Answered"];
        Assert.All(csv.Zip(rows), pair => Assert.Equal(texts.Select(name => pair.First[name]), texts.Select(name => pair.Second.GetValueOrDefault(name, ""))));
        // Times are numbers, so that they sort and count: 2026-11-01T02:00Z.
        Assert.Equal(new DateTime(2026, 11, 1, 2, 0, 0), DateTime.FromOADate(double.Parse(rows.Single(row => row["Code"] == told.Tin(1))["Shipped (UTC)"], System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
    }

    async Task<List<Dictionary<string, string>>> Csv(string name)
    {
        var answer = await Report(name);
        Assert.Equal("text/csv", answer.MediaType);
        Assert.Equal(Encoding.UTF8.GetPreamble(), answer.Bytes[..3]);
        using var parser = new TextFieldParser(new MemoryStream(answer.Bytes), Encoding.UTF8) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        var names = parser.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (parser.ReadFields() is { } fields) rows.Add(names.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
        return rows;
    }

    async Task<List<Dictionary<string, string>>> Workbook()
    {
        var answer = await Report("goods.xlsx?lang=en");
        using var book = SpreadsheetDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        Assert.Empty(sheet.Descendants<CellFormula>());
        var rows = sheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(cell => new string([.. cell.CellReference!.Value!.TakeWhile(char.IsLetter)]), cell => cell.CellValue?.Text ?? "")).ToList();
        return [.. rows.Skip(1).Select(row => row.ToDictionary(cell => rows[0][cell.Key], cell => cell.Value))];
    }

    [Fact]
    public async Task The_Chinese_forms_are_filled_in_from_the_counts()
    {
        var plan = await Report("plan");
        foreach (var title in (string[])["企业基本情况", "召回食品", "召回原因及危害后果", "召回等级、流程及时限", "召回通知或者公告的内容及发布方式", "相关食品生产经营者的义务和责任", "召回食品的处置措施、费用承担情况", "召回的预期效果"])
            Assert.Contains(title, plan.Text);
        Assert.Contains("24 小时内启动", plan.Text);
        Assert.Contains(WebUtility.HtmlEncode(told.Lot), plan.Text);
        Assert.Contains(Silo.Cast.Parties[0].Zh, plan.Text);
        Assert.Contains("4 件单品，10 KGM", plan.Text);
        Assert.Contains("66.7 %", plan.Text);
        var summary = await Report("summary");
        Assert.Contains("3 件单品，4 KGM", summary.Text);
        Assert.Contains("50.0 %", summary.Text);
        Assert.Contains("见证人 Zhao；证据 1 份", summary.Text);
        Assert.Contains(Silo.Cast.Parties[1].Zh, summary.Text);
    }

    [Fact]
    public async Task The_bundle_is_whole_and_proves_itself()
    {
        using var folder = new Folder();
        var answer = await Report("bundle.zip");
        using (var archive = new ZipArchive(new MemoryStream(answer.Bytes))) archive.ExtractToDirectory(folder.Path(""));
        var listed = File.ReadAllLines(folder.Path("MANIFEST.sha256")).Select(line => (Hash: line[..64], Path: line[66..])).ToList();
        string[] files = [.. Directory.EnumerateFiles(folder.Path(""), "*", System.IO.SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path(""), path)).Where(path => path != "MANIFEST.sha256").Order(StringComparer.Ordinal)];
        Assert.Equal(files, listed.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(listed, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.Path(file.Path)))), file.Hash));
        foreach (var name in (string[])["README.txt", "case.json", "chain.json", "reports/status.zh.html", "reports/status.en.html", "reports/plan.html", "reports/summary.html", "reports/goods.csv", "proofs/chain.proof.json"])
            Assert.Contains(name, files);

        var chain = JsonDocument.Parse(File.ReadAllBytes(folder.Path("chain.json"))).RootElement.GetProperty("links").EnumerateArray().ToList();
        var entries = (await silo.Ask($$"""{ recallCase(id: "{{told.Id}}") { entries(first: 100) { nodes { kind } } } }""")).GetProperty("recallCase").GetProperty("entries").GetProperty("nodes").GetArrayLength();
        var inFolder = chain.GroupBy(link => link.GetProperty("file").GetString()!.Split('/')[0]).ToDictionary(group => group.Key, group => group.Count());
        // Two lines of the shop's answer, and one passing-on.
        Assert.Equal((entries, 3), (inFolder["entries"], inFolder["answers"]));
        Assert.True(inFolder["notices"] >= 1);
        var previous = new byte[32];
        foreach (var link in chain)
        {
            previous = SHA256.HashData([.. previous, .. Convert.FromHexString(link.GetProperty("eventHash").GetString()!)]);
            Assert.Equal(Convert.ToHexStringLower(previous), link.GetProperty("linkHash").GetString());
        }

        var key = Assert.Single(Directory.GetFiles(folder.Path("keys")));
        Assert.Equal(0, await Verify(folder.Path("proofs/chain.proof.json"), key));
        foreach (var link in chain)
        {
            var file = link.GetProperty("file").GetString()!;
            var proof = folder.Path($"proofs/{file[..^".json".Length]}.proof.json");
            Assert.Equal(0, await Verify(proof, key));
            Assert.Equal(File.ReadAllBytes(folder.Path(file)), JsonDocument.Parse(File.ReadAllBytes(proof)).RootElement.GetProperty("event").GetProperty("bytes").GetBytesFromBase64());
        }
        // A proof of another event is none of this one.
        var spoilt = File.ReadAllText(folder.Path("proofs/chain.proof.json")).Replace(chain[0].GetProperty("eventHash").GetString()!, new string('0', 64), StringComparison.Ordinal);
        File.WriteAllText(folder.Path("spoilt.json"), spoilt);
        Assert.NotEqual(0, await Verify(folder.Path("spoilt.json"), key));
    }

    static async Task<int> Verify(string proof, string key)
    {
        using var said = new StringWriter();
        return await CommandLine.Run(["verify", proof, "--key", key], said, said, default);
    }

    [Fact]
    public async Task A_report_that_was_handed_in_is_in_the_file_by_its_digest()
    {
        var digest = (await Report("plan")).Header("ETag").Trim('"');
        await RecallReportCase.Do(silo, $$"""submitCaseReport({{told.By("Li")}}, regime: "cn-food", report: "plan", sha256: "{{digest}}")""");
        Assert.Contains("提交报告：cn-food / plan", (await Report("summary")).Text);
    }

    [Fact]
    public async Task An_obligation_says_where_the_report_is_drafted_that_fulfils_it()
    {
        var id = Guid.CreateVersion7().ToString();
        await RecallReportCase.Do(silo, $$"""openRecallCase(input: { id: "{{id}}", by: { name: "Li" }, title: "t", reason: "r", regimes: ["cn-food"], scope: { batch: "{{told.Lot}}" } })""");
        async Task<string[]> Drafts() => [.. (await silo.Ask($$"""{ recallCase(id: "{{id}}") { obligations { id draft } } }""")).GetProperty("recallCase").GetProperty("obligations").EnumerateArray()
            .Where(one => one.GetProperty("draft").ValueKind != JsonValueKind.Null).Select(one => $"{one.GetProperty("id").GetString()} {one.GetProperty("draft").GetString()}")];
        Assert.Equal([$"cn-food/plan/1 /recall-reports/{id}/plan"], await Drafts());
        var draft = await silo.Get($"/recall-reports/{id}/plan", key: silo.AdminKey);
        Assert.Equal(200, draft.Status);
        await RecallReportCase.Do(silo, $$"""submitCaseReport(act: { case: "{{id}}", by: { name: "Li" } }, regime: "cn-food", report: "plan", sha256: "{{draft.Header("ETag").Trim('"')}}")""");
        Assert.Empty(await Drafts());
    }

    [Fact]
    public async Task The_status_report_adds_up_what_was_made_and_says_what_the_law_still_wants()
    {
        var status = (await Report("status?lang=en", "application/json")).Json;
        var tins = status.GetProperty("balances").EnumerateArray().Single(one => one.GetProperty("product").GetString() == Silo.Cast.Products[0].Code);
        Assert.Equal((6m, 1m, 1m, 0m), (tins.GetProperty("produced").GetDecimal(), tins.GetProperty("sold").GetDecimal(), tins.GetProperty("destroyed").GetDecimal(), tins.GetProperty("unaccounted").GetDecimal()));
        Assert.Contains("Mass balance", (await Report("status?lang=en", "text/html")).Text);
        Assert.Contains("物料平衡", (await Report("status?lang=zh", "text/html")).Text);
    }

    [Fact]
    public async Task A_drill_that_is_completed_has_a_certificate_and_a_place_in_the_trend()
    {
        var drill = Guid.CreateVersion7().ToString();
        var by = $$"""act: { case: "{{drill}}", by: { name: "Li" } }""";
        await RecallReportCase.Do(silo, $$"""openRecallCase(input: { id: "{{drill}}", by: { name: "Li", party: "{{told.Dairy}}" }, mode: DRILL, title: "Spring & drill", reason: "x", scope: { batch: "{{told.Lot}}" }, regimes: ["cn-food"] })""");
        await RecallReportCase.Do(silo, $$"""assessRecallCase({{by}}, assessment: { class: I, depth: RETAIL, hazard: "x", strategy: "x", instructions: "x" })""");
        await RecallReportCase.Do(silo, $"issueRecallCase({by})");
        Assert.Equal(409, (await silo.Get($"/recall-reports/{drill}/certificate", key: silo.AdminKey)).Status);
        Assert.Equal(409, (await silo.Get($"/recall-reports/{told.Id}/certificate", key: silo.AdminKey)).Status);
        for (var left = 200; (await silo.Ask($$"""{ recallCase(id: "{{drill}}") { state } }""")).GetProperty("recallCase").GetProperty("state").GetString() != "MONITORING"; left--)
        {
            Assert.True(left > 0);
            await Task.Delay(100);
        }
        await RecallReportCase.Do(silo, $$"""completeRecallCase({{by}}, statement: "done", unanswered: "an exercise")""");
        var english = await silo.Get($"/recall-reports/{drill}/certificate?lang=en", key: silo.AdminKey);
        Assert.True(english.Status == 200, english.Text);
        Assert.Contains("Certificate of a recall drill", english.Text);
        Assert.Contains("Spring &amp; drill", english.Text);
        Assert.Contains("Exercise: this is no real recall.", english.Text);
        Assert.Contains("Mass balance", english.Text);
        Assert.Contains("召回演练证明", (await silo.Get($"/recall-reports/{drill}/certificate?lang=zh", key: silo.AdminKey)).Text);
        // What cn-food wants done is on the status page of the same drill.
        var status = await silo.Get($"/recall-reports/{drill}/status?lang=en", "text/html", key: silo.AdminKey);
        Assert.Matches(@"Statutory times.*\d+ overdue, \d+ due soon", status.Text.ReplaceLineEndings(" "));
        var trend = (await silo.Ask($$"""{ drillTrend(openedBy: "{{told.Dairy}}") { drills cases measures { measure values direction } schemes { scheme passed nextDue } } }""")).GetProperty("drillTrend");
        Assert.Contains($"urn:tracegrains:recall:{drill}", trend.GetProperty("cases").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(trend.GetProperty("drills").GetInt32(), trend.GetProperty("measures")[0].GetProperty("values").GetArrayLength());
        Assert.Equal(0, (await silo.Ask($$"""{ drillTrend(openedBy: "{{told.Shop}}") { drills } }""")).GetProperty("drillTrend").GetProperty("drills").GetInt32());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("plan")]
    [InlineData("summary")]
    [InlineData("goods.csv")]
    [InlineData("goods.xlsx")]
    [InlineData("bundle.zip")]
    public async Task Reports_are_for_administrators_and_of_cases_that_there_are(string name)
    {
        Assert.Equal(401, (await silo.Get($"/recall-reports/{told.Id}/{name}")).Status);
        Assert.Equal(401, (await silo.Get($"/recall-reports/{told.Id}/{name}", key: "0123456789abcdef0123")).Status);
        Assert.Equal(404, (await silo.Get($"/recall-reports/{Guid.NewGuid()}/{name}", key: silo.AdminKey)).Status);
        Assert.Equal(200, (await silo.Get($"/recall-reports/urn:tracegrains:recall:{told.Id}/{name}", key: silo.AdminKey)).Status);
    }

    [Fact]
    public async Task The_status_report_prints_on_one_page()
    {
        using var folder = new Folder();
        // A silo opens pages to whoever gives the key as password of the user admin.
        var address = new UriBuilder(new Uri(silo.Http.BaseAddress!, $"/recall-reports/{told.Id}/status?lang=zh")) { UserName = "admin", Password = silo.AdminKey }.ToString();
        await Tool.Print(address, folder.Path("status.pdf"));
        await Tool.PdfToPng(folder.Path("status.pdf"), folder.Path("page"));
        var page = Assert.Single(Directory.GetFiles(folder.Path(""), "page-*.png"));
        if (Environment.GetEnvironmentVariable("KEEP_SCREENSHOT") is { } keep) File.Copy(page, keep, overwrite: true);
        // The banner with class and title is the largest area of its red, near the top.
        await Tool.Convert(page, "-fuzz", "6%", "-fill", "black", "+opaque", "#b3261e", "-fill", "white", "-opaque", "#b3261e", "-colorspace", "Gray", folder.Path("red.png"));
        await Tool.Convert(folder.Path("red.png"), "-gravity", "North", "-crop", "80%x15%+0+0", "+repage", "-trim", "-format", "%wx%h", "info:" + folder.Path("size.txt"));
        var size = File.ReadAllText(folder.Path("size.txt")).Split('x').Select(int.Parse).ToArray();
        Assert.True(size[0] > 800 && size[1] is > 20 and < 400, $"expected the banner, found {size[0]} x {size[1]}");
    }
}
