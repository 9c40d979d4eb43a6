using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Recalls.Effectiveness;
using TraceGrains.Domain.Transparency;
using TraceGrains.Grains.Transparency;

namespace TraceGrains.Access.Tests;

/// <summary>A name through every field that names a person; then all of them erased, and looked for in every file and every answer.</summary>
public sealed class ErasureTests(Guarded silo)
{
    static readonly string mark = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Every name that was told.</summary>
    readonly List<string> names = [];

    string City => silo.Token(Role.CityRegulator);

    string Auditor => silo.Token(Role.Auditor);

    string NewName()
    {
        names.Add($"王{names.Count:00}{mark}");
        return names[^1];
    }

    /// <summary>Done by somebody who has not acted yet.</summary>
    async Task<JsonElement> Act(string id, string mutation, string arguments = "", string payload = "case { entries(first: 1000) { nodes { number eventHash } } }")
    {
        var answer = (await silo.Data($$"""mutation { done: {{mutation}}(act: { case: "{{id}}", by: { name: "{{NewName()}}" } } {{arguments}}) { {{payload}} refusal { message } } }""", City)).GetProperty("done");
        Assert.True(answer.GetProperty("refusal").ValueKind == JsonValueKind.Null, $"{mutation}: {answer}");
        return answer;
    }

    async Task<string> Issued(string mode, string batch, string holder)
    {
        var id = Guid.CreateVersion7().ToString();
        await silo.Data($$"""mutation { openRecallCase(input: { id: "{{id}}", by: { name: "{{NewName()}}" }, mode: {{mode}}, title: "t", reason: "r", regimes: ["cn-food"], scope: { batch: "{{batch}}" } }) { refusal { message } } }""", City);
        await Act(id, "rescopeRecallCase", $$""", scope: { batch: "{{batch}}" }, reason: "r" """);
        await Act(id, "assessRecallCase", """, assessment: { class: I, depth: RETAIL, hazard: "h", strategy: "s", instructions: "i" }""");
        await Act(id, "issueRecallCase");
        for (var left = 600; ; left--)
        {
            var party = (await silo.Data($$"""{ recallCase(id: "{{id}}") { party(code: "{{holder}}") { notifiedAt } } }""", City)).GetProperty("recallCase").GetProperty("party");
            if (party.ValueKind != JsonValueKind.Null && party.GetProperty("notifiedAt").ValueKind != JsonValueKind.Null) return id;
            Assert.True(left > 0, "nobody was told");
            await Task.Delay(100);
        }
    }

    async Task Close(string id)
    {
        var completed = (await Act(id, "completeRecallCase", """, statement: "s", unanswered: "u" """)).GetProperty("case").GetProperty("entries").GetProperty("nodes").EnumerateArray().Last();
        await Act(id, "signCaseEntry", string.Create(CultureInfo.InvariantCulture, $$""", entry: {{completed.GetProperty("number").GetInt32()}}, entryHash: "{{completed.GetProperty("eventHash").GetString()}}", statement: "s" """));
        await Act(id, "terminateRecallCase", """, lessons: "l", staysBlocked: true""");
    }

    async Task<string> HoldBySomebody(string unit)
    {
        var hold = (await silo.Data($$"""mutation { placeHold(input: { codes: ["{{unit}}"], reason: "r", by: "{{NewName()}}" }) { hold { id } } }""", City)).GetProperty("placeHold").GetProperty("hold").GetProperty("id").GetString()!;
        await silo.Data($$"""mutation { releaseHold(id: "{{hold}}", reason: "r", by: "{{NewName()}}") { hold { id } } }""", City);
        return hold;
    }

    [Fact]
    public async Task Erased_names_are_in_no_file_and_no_answer_and_everything_verifies_as_before()
    {
        var (maker, shop) = (await new Company("8700001").Register(silo), await new Company("8700002").Register(silo));
        string[] units = [.. Enumerable.Range(1, 6).Select(maker.Unit)];
        var lot = maker.Lot(1);
        var made = Telling.Made(maker, units).Replace("\"epcList\"", $$"""
            "quantityList":[{"epcClass":"{{lot}}","quantity":6}],"epcList"
            """, StringComparison.Ordinal);
        foreach (var (e, by) in new[] { (made, maker), (Telling.Shipped(maker, shop, units), maker), (Telling.Received(maker, shop, units), shop) })
            Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, by.Party), e)).Status);
        var hold = await HoldBySomebody(units[0]);
        var (live, link) = await Live(lot, units, shop);
        var drill = await Issued("DRILL", lot, shop.Party);
        await Act(drill, "answerRecall", $$""", party: "{{shop.Party}}", lines: [{ outcome: DESTROYED, codes: ["{{units[0]}}"], witness: "{{NewName()}}" }]""");
        await Close(drill);

        var (before, isProven) = await Everything(live, drill, hold, link, units[0], lot);
        Assert.Equal(names, names.Where(name => before.Any(answer => answer.Value.Contains(name, StringComparison.Ordinal))));
        Assert.Equal(["cases.db"], InFiles(names).Select(file => file.Split('-')[0]).Distinct());
        Assert.Contains("ledger.db", InFiles([PersonCommitment.Start]).Select(file => file.Split('-')[0]));
        // Whatever told people a name says afterwards that it is erased.
        string[] telling = ["case", "drill", "hold", "GET plan", "GET summary", "GET status", "GET certificate"];
        Assert.True(isProven);

        foreach (var name in names) Assert.True((await silo.Data($$"""mutation { erasePerson(name: "{{name}}") }""", silo.Token(Role.Administrator))).GetProperty("erasePerson").GetBoolean(), name);
        var (after, isStillProven) = await Everything(live, drill, hold, link, units[0], lot);
        Assert.Empty(InFiles(names));
        Assert.Empty(from answer in after from name in names where answer.Value.Contains(name, StringComparison.Ordinal) select $"{answer.Key}: {name}");
        Assert.Equal(telling.Where(what => before[what].Contains(mark, StringComparison.Ordinal)), telling.Where(what => after[what].Contains(PersonName.Erased, StringComparison.Ordinal)));
        Assert.True(isStillProven);
        Assert.DoesNotContain(names, silo.Said.Contains);
        // What is exported and hashed is what it was.
        Assert.Equal(before["bundle chain.json"], after["bundle chain.json"]);
        Assert.Equal(before["chain"], after["chain"]);
    }

    async Task<(string Case, string Link)> Live(string lot, string[] units, Company shop)
    {
        var id = await Issued("LIVE", lot, shop.Party);
        await Act(id, "announceRecall", """, where: "w" """);
        await Act(id, "agreeCaseTime", """, regime: "cn-food", report: "progress", note: "n", everyDays: 5""");
        await Act(id, "addCaseEvidence", $$""", evidence: { name: "n", sha256: "{{new string('a', 64)}}", mediaType: "text/plain", bytes: 1 }""");
        await Act(id, "submitCaseReport", $$""", regime: "cn-food", report: "plan", sha256: "{{new string('a', 64)}}" """);
        await Act(id, "acknowledgeRecall", $$""", party: "{{shop.Party}}" """);
        await Act(id, "answerRecall", $$""", party: "{{shop.Party}}", lines: [{ outcome: DESTROYED, codes: ["{{units[0]}}"], witness: "{{NewName()}}" }]""");
        await Act(id, "passOnRecalledGoods", $$""", party: "{{shop.Party}}", to: [{ name: "{{NewName()}}", codes: ["{{units[1]}}"] }]""");
        var seed = new string('5', 64);
        await Act(id, "commitCaseDraw", $$""", level: A, commitment: "{{DrawSeed.Commit(seed)}}" """);
        await Act(id, "drawCaseChecks", $$""", seed: "{{seed}}" """);
        var answers = string.Join(',', new[] { ("reached", "yes"), ("person", NewName()), ("notified", "yes"), ("notified-by", "system"), ("had-goods", "no"), ("acted", "yes"), ("harm", "no") }.Select(one => $$"""{ question: "{{one.Item1}}", answer: "{{one.Item2}}" }"""));
        await Act(id, "recordCaseCheck", $$""", party: "{{shop.Party}}", method: VISIT, answers: [{{answers}}]""");
        var link = (await Act(id, "makeAnswerLink", $$""", party: "{{shop.Party}}" """, "path")).GetProperty("path").GetString()!;
        foreach (var form in new[] { $"do=acknowledge&name={Uri.EscapeDataString(NewName())}", $"do=answer&name={Uri.EscapeDataString(NewName())}&outcome=Destroyed&item={Uri.EscapeDataString(units[2])}&witness={Uri.EscapeDataString(NewName())}" })
            Assert.Equal(200, (await silo.Send(HttpMethod.Post, link, null, form, "application/x-www-form-urlencoded")).Status);
        await Act(id, "widenRecallCase", $$""", scope: { anyOf: [{ batch: "{{lot}}" }, { unit: "{{units[5]}}" }, { madeFrom: "{{lot}}" }, { touchedBy: { code: "{{shop.Party}}", from: "2020-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z" } }] }, reason: "r" """);
        await Act(id, "narrowRecallCase", $$""", scope: { batch: "{{lot}}" }, reason: "r" """);
        await Close(id);
        return (id, link);
    }

    /// <summary>What everybody can be told of it, by what was asked; and whether every proof holds.</summary>
    async Task<(Dictionary<string, string> Answers, bool IsProven)> Everything(string live, string drill, string hold, string link, string unit, string lot)
    {
        var answers = new Dictionary<string, string>();
        const string file = "title reason parties(first: 1000) { nodes { name party } } entries(first: 1000) { nodes { by { name party role } content eventId } } checks { tiers { checked } } obligations { id }";
        foreach (var (what, query) in new[]
            {
                ("case", $$"""{ recallCase(id: "{{live}}") { {{file}} } }"""), ("drill", $$"""{ recallCase(id: "{{drill}}") { {{file}} } }"""), ("cases", "{ recallCases(first: 100) { nodes { id title } } }"),
                ("hold", $$"""{ hold(id: "{{hold}}") { by releasedBy reason releasedReason } }"""),
                ("chain", $$"""{ unit(code: "{{unit}}") { chain(first: 1000) { links { event { json } } } verify { holds checked } } }"""),
                ("trace", $$"""{ trace(code: "{{lot}}") { items { nodes { code } } holders { holder } } }"""), ("recall", $$"""{ recall(id: "{{live}}") { reason } }"""), ("violations", "{ violations(first: 100) { nodes { id } } }"),
            })
            answers.Add(what, Unescaped((await silo.Ask(query, City)).ToString()));
        Assert.All(answers, answer => Assert.DoesNotContain("\"errors\"", answer.Value, StringComparison.Ordinal));
        foreach (var (what, id) in new[] { ("status", live), ("plan", live), ("summary", live), ("goods.csv", live), ("goods.xlsx", live), ("bundle.zip", live), ("certificate", drill) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/recall-reports/{id}/{what}");
            request.Headers.Authorization = new("Bearer", City);
            using var response = await silo.Http.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, what);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            if (what is not ("goods.xlsx" or "bundle.zip"))
                answers.Add($"GET {what}", Unescaped(Encoding.UTF8.GetString(bytes)));
            else
                foreach (var entry in new ZipArchive(new MemoryStream(bytes)).Entries)
                {
                    using var reader = new StreamReader(await entry.OpenAsync());
                    answers.Add($"{what[..what.IndexOf('.', StringComparison.Ordinal)]} {entry.FullName}", Unescaped(await reader.ReadToEndAsync()));
                }
        }
        answers.Add("GET link", Unescaped((await silo.Get(link)).Body));
        answers.Add("GET page", Unescaped((await silo.Get(unit[unit.IndexOf("/01/", StringComparison.Ordinal)..])).Body));
        answers.Add("GET events", Unescaped((await silo.Get($"/epcis/events?MATCH_anyEPC={Uri.EscapeDataString(unit)}&perPage=1000", City)).Body));
        answers.Add("audit", Unescaped(await AuditLog()));
        Assert.True((await silo.Data("{ verifyAuditLog { holds } }", Auditor)).GetProperty("verifyAuditLog").GetProperty("holds").GetBoolean());
        var keys = answers.Where(answer => answer.Key.EndsWith(".pem", StringComparison.Ordinal)).SelectMany(key => TreeKey.ReadPem(key.Value)).ToList();
        var proofs = answers.Where(answer => answer.Key.EndsWith(".proof.json", StringComparison.Ordinal)).ToList();
        var isProven = proofs.Count > 20 && proofs.TrueForAll(proof => ProofCheck.Check(ProofFile.Read(Encoding.UTF8.GetBytes(proof.Value)), keys, TreeHeadSignature.Verify).Count == 0)
            && answers["chain"].Contains("\"holds\":true", StringComparison.Ordinal);
        return (answers, isProven);
    }

    async Task<string> AuditLog()
    {
        var all = new StringBuilder();
        for (string? after = null; ;)
        {
            var page = (await silo.Data($$"""{ auditLog(first: 1000 {{(after is null ? "" : $", after: \"{after}\"")}}) { nodes { subject party action target outcome detail } pageInfo { endCursor hasNextPage } } }""", Auditor)).GetProperty("auditLog");
            all.Append(page.GetProperty("nodes").ToString());
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return all.ToString();
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }

    /// <summary>A text as its reader reads it, whichever way its letters are written.</summary>
    static string Unescaped(string text) => System.Net.WebUtility.HtmlDecode(Regex.Replace(text, @"\\u([0-9a-fA-F]{4})", code => ((char)int.Parse(code.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    /// <summary>The files of the data folder in which some text stands, in whichever encoding: deleted bytes and logs too.</summary>
    List<string> InFiles(IReadOnlyList<string> texts)
    {
        var found = new List<string>();
        foreach (var path in Directory.GetFiles(silo.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new MemoryStream();
            file.CopyTo(all);
            var bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
            foreach (var text in texts)
                foreach (var spelt in (byte[][])[Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.UTF8.GetBytes(text.Replace("王", "\\u738b", StringComparison.Ordinal)), Encoding.UTF8.GetBytes(text.Replace("王", "\\u738B", StringComparison.Ordinal))])
                    if (bytes.IndexOf(spelt) >= 0 && !found.Contains(Path.GetFileName(path))) found.Add(Path.GetFileName(path));
        }
        return found;
    }
}
