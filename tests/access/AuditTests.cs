using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

public sealed class AuditTests(Guarded silo)
{
    async Task<List<JsonElement>> Log(string subject, string more = "")
    {
        var entries = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = (await silo.Data($$"""{ auditLog(first: 500, subject: "{{subject}}" {{more}} {{(after is null ? "" : $"after: \"{after}\"")}}) { nodes { number subject role party action target outcome } pageInfo { endCursor hasNextPage } } }""", silo.Token(Role.Auditor))).GetProperty("auditLog");
            entries.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return entries;
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }

    /// <summary>What was read is noted a moment later.</summary>
    async Task<List<JsonElement>> Until(string subject, int count)
    {
        for (var left = 100; ; left--)
        {
            var entries = await Log(subject);
            if (entries.Count >= count) return entries;
            Assert.True(left > 0, string.Join('\n', entries));
            await Task.Delay(100);
        }
    }

    static string[] Lines(IEnumerable<JsonElement> entries) => [.. entries.Select(one => $"{one.GetProperty("role").GetString()} {one.GetProperty("action").GetString()} | {one.GetProperty("target").GetString()} | {one.GetProperty("outcome").GetString()}")];

    string TokenOf(string subject, Role role, string? party = null) =>
        silo.Issuer.Mint(new() { Role = role, Subject = subject, Party = party }, TraceGrains.Silo.Access.AccessOptions.DefaultAudience, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));

    [Fact]
    public async Task What_was_read_done_and_refused_is_on_record_with_who_it_was()
    {
        var company = await new Company("8500001").Register(silo);
        var subject = $"audit\nforged {Guid.NewGuid()}";
        var token = TokenOf(subject, Role.Quality, company.Party);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", token, Telling.Made(company, company.Unit(1)))).Status);
        // What was done is on record when its answer is there.
        var written = subject.Replace("\n", "\\u000a", StringComparison.Ordinal);
        Assert.Equal(["quality POST /epcis/events |  | ok"], Lines(await Log(written.Replace("\\", "\\\\", StringComparison.Ordinal))));
        Assert.Equal(200, (await silo.Get($"/epcis/events?MATCH_anyEPC={Uri.EscapeDataString(company.Unit(1))}", token)).Status);
        Assert.Equal(403, (await silo.Get("/recall-reports/none/status", token)).Status);
        Assert.Equal(404, (await silo.Get("/transparency/proof?eventId=urn:ex:none", token)).Status);
        await silo.Ask($$"""{ unit(code: "{{company.Unit(1)}}") { holder } }""", token);
        await silo.Ask("""mutation { issueRecall(input: { scope: { code: "urn:ex:x" }, reason: "a secret reason", class: I }) { recall { id } } }""", token);
        var lines = Lines(await Until(written.Replace("\\", "\\\\", StringComparison.Ordinal), 6));
        Assert.Equal(
            [
                "quality POST /epcis/events |  | ok",
                $"quality GET /epcis/events | MATCH_anyEPC: {company.Unit(1)} | ok",
                "quality GET /recall-reports/{case}/status | case: none | 403",
                "quality GET /transparency/proof | eventId: urn:ex:none | 404",
                "quality mutation | issueRecall(code: urn:ex:x) | FORBIDDEN",
                $"quality query | unit(code: {company.Unit(1)}) | ok",
            ],
            lines.Order(StringComparer.Ordinal).OrderBy(line => line.Contains("POST", StringComparison.Ordinal) ? 0 : 1));
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal));
        var verdict = (await silo.Data("{ verifyAuditLog { holds checked brokenAt head } }", silo.Token(Role.Auditor))).GetProperty("verifyAuditLog");
        Assert.True(verdict.GetProperty("holds").GetBoolean(), verdict.ToString());
        Assert.True(verdict.GetProperty("checked").GetInt64() >= 6);
    }

    [Fact]
    public async Task Bad_credentials_are_on_record_and_public_reading_is_not()
    {
        await silo.Get("/epcis/bizSteps?probe=1", "nonsense");
        await silo.Get("/identify?text=1");
        await silo.Ask("{ recallRegimes { id } }", null);
        await silo.Ask("""{ trace(code: "urn:ex:nobodys") { total } }""", null);
        var lines = new string[0];
        for (var left = 100; left > 0 && !lines.Any(line => line.Contains("urn:ex:nobodys", StringComparison.Ordinal)); left--)
        {
            await Task.Delay(100);
            lines = Lines(await Log("anonymous"));
        }
        Assert.Contains(lines, line => line.StartsWith("consumer GET /epcis/bizSteps |  | 401", StringComparison.Ordinal));
        Assert.Contains("consumer query | trace(code: urn:ex:nobodys) | UNAUTHENTICATED", lines);
        Assert.DoesNotContain(lines, line => line.Contains("recallRegimes", StringComparison.Ordinal) || (line.Contains("identify", StringComparison.Ordinal) && !line.EndsWith("| 401", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_log_is_the_auditors()
    {
        foreach (var role in new[] { Role.Administrator, Role.CityRegulator, Role.Quality })
            Assert.Equal("FORBIDDEN", (await silo.Ask("{ auditLog { nodes { number } } }", silo.Token(role, role == Role.Quality ? "urn:ex:p" : null))).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_crash_is_on_record_after_it()
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-audit-").FullName;
        try
        {
            var acknowledged = 0;
            await using (var first = await SiloProcess.Start(folder, "--shards", "2", "--access", "on"))
            {
                using var issuer = TraceGrains.Silo.Access.LocalIssuer.Open(Path.Combine(folder, "access-key.pem"), mayMake: false);
                using var http = new HttpClient { BaseAddress = first.Address };
                http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Mint(new() { Role = Role.Administrator, Subject = "crash" }, "tracegrains", DateTimeOffset.UtcNow, TimeSpan.FromHours(1)));
                using var stop = new CancellationTokenSource();
                var writers = Enumerable.Range(0, 4).Select(async writer =>
                {
                    for (var i = 0; !stop.IsCancellationRequested; i++)
                        try
                        {
                            using var response = await http.PostAsync("/epcis/events", new StringContent(Telling.Event("ObjectEvent", $$""" "action":"OBSERVE","epcList":["urn:ex:{{writer}}:{{i}}"] """), System.Text.Encoding.UTF8, "application/json"));
                            if ((int)response.StatusCode == 201) Interlocked.Increment(ref acknowledged);
                        }
                        catch (HttpRequestException)
                        {
                            return;
                        }
                }).ToList();
                for (var left = 300; left > 0 && Volatile.Read(ref acknowledged) < 50; left--) await Task.Delay(100);
                await first.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(writers);
            }
            Assert.True(acknowledged > 0);
            await using var log = TraceGrains.Ledger.Sqlite.SqliteAuditLog.Open(Path.Combine(folder, "audit.db"));
            var all = await log.Read(0, int.MaxValue, TraceGrains.Ledger.Audit.AuditFilter.Any);
            Assert.True(all.Count(record => record.Entry is { Subject: "crash", Action: "POST /epcis/events", Outcome: "ok" }) >= acknowledged, $"{all.Count} of {acknowledged}");
            Assert.Null(TraceGrains.Domain.Access.Audit.AuditChain.FirstBroken(0, TraceGrains.Domain.Access.Audit.AuditEntry.Start, all));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
