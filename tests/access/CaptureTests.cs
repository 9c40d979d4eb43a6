using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

public sealed class CaptureTests(Guarded silo)
{
    static int numbers;

    async Task<(Company Own, Company Other, string Token)> Two()
    {
        var number = Interlocked.Increment(ref numbers);
        var (own, other) = (await new Company($"81{number:00000}").Register(silo), await new Company($"82{number:00000}").Register(silo));
        return (own, other, silo.Token(Role.Reporter, own.Party));
    }

    [Fact]
    public async Task What_is_not_ones_own_to_report_is_refused_with_the_reason()
    {
        var (own, other, token) = await Two();
        async Task<(int, string?)> Send(string e)
        {
            var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", token, e);
            return (status, status == 201 ? null : JsonDocument.Parse(body).RootElement.GetProperty("problems")[0].GetProperty("field").GetString());
        }
        Assert.Equal((201, null), await Send(Telling.Made(own, own.Unit(1))));
        Assert.Equal((403, "bizLocation"), await Send(Telling.Made(other, other.Unit(1))));
        Assert.Equal((403, "epcList"), await Send(Telling.Made(own, other.Unit(2))));
        Assert.Equal((403, "readPoint"), await Send(Telling.Shipped(other, own, other.Unit(3))));
        Assert.Equal((403, "outputEPCList"), await Send(Telling.Became(own, [own.Unit(1)], [other.Unit(4)])));
        Assert.Equal((201, null), await Send(Telling.Received(other, own, other.Unit(5))));
        // Nothing of what was refused is known.
        Assert.Null((await silo.Data($$"""{ entity(code: "{{other.Unit(2)}}") { code } }""", silo.Token(Role.Auditor))).GetProperty("entity").GetString());
    }

    [Fact]
    public async Task Of_a_document_all_is_refused_or_what_is_not_ones_own()
    {
        var (own, other, token) = await Two();
        var document = Telling.Document([Telling.Made(own, own.Unit(1)), Telling.Made(other, other.Unit(1)), Telling.Made(own, own.Unit(2))]);
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/capture", token, document);
        Assert.Equal(403, status);
        Assert.Equal(1, JsonDocument.Parse(body).RootElement.GetProperty("problems")[0].GetProperty("eventIndex").GetInt32());
        var auditor = silo.Token(Role.Auditor);
        Assert.Null((await silo.Data($$"""{ entity(code: "{{own.Unit(1)}}") { code } }""", auditor)).GetProperty("entity").GetString());

        foreach (var wait in new[] { "wait=20", "respond-async" })
        {
            var (accepted, job, response) = await silo.Send(HttpMethod.Post, "/epcis/capture", token, document, also: request =>
            {
                request.Headers.Add("GS1-Capture-Error-Behaviour", "proceed");
                request.Headers.Add("Prefer", wait);
            });
            Assert.True(accepted == 202, job);
            var path = response.Headers.Location!.ToString();
            JsonElement done;
            for (var left = 300; ; left--)
            {
                done = JsonDocument.Parse((await silo.Get(path, token)).Body).RootElement;
                if (!done.GetProperty("running").GetBoolean()) break;
                Assert.True(left > 0);
                await Task.Delay(100);
            }
            Assert.Equal([0, 2], done.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("eventIndex").GetInt32()));
            Assert.False(done.GetProperty("success").GetBoolean());
            // A job is its sender's enterprise's, and of those who see everything.
            Assert.Equal(404, (await silo.Get(path, silo.Token(Role.Reporter, other.Party))).Status);
            Assert.Equal(200, (await silo.Get(path, silo.Token(Role.Administrator))).Status);
            Assert.DoesNotContain(path.Split('/')[^1], (await silo.Get("/epcis/capture?perPage=100", silo.Token(Role.Reporter, other.Party))).Body, StringComparison.Ordinal);
        }
    }

    /// <summary>Who sent a document is stored with its job: whoever takes the job up after a crash checks the same.</summary>
    [Fact]
    public async Task A_job_that_is_taken_up_after_a_crash_is_checked_for_its_sender()
    {
        var folder = Directory.CreateTempSubdirectory("tracegrains-access-").FullName;
        var (own, other) = (new Company("8600001"), new Company("8600002"));
        // The ledger is held by another writer while the job begins, so the crash comes before anything of it is recorded.
        await using var first = await SiloProcess.Start(folder, "--shards", "2", "--access", "on");
        using var issuer = TraceGrains.Silo.Access.LocalIssuer.Open(Path.Combine(folder, "access-key.pem"), mayMake: false);
        HttpClient Client(Uri address, Role role, string? party) => new()
        {
            BaseAddress = address, Timeout = TimeSpan.FromMinutes(2),
            DefaultRequestHeaders = { Authorization = new("Bearer", issuer.Mint(new() { Role = role, Subject = "test", Party = party }, "tracegrains", DateTimeOffset.UtcNow, TimeSpan.FromHours(1))) },
        };
        string path;
        using (var admin = Client(first.Address, Role.Administrator, null))
        using (var sender = Client(first.Address, Role.Reporter, own.Party))
        {
            using var registered = await admin.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query = $$"""mutation { registerEnterprise(party: "{{own.Party}}", name: "Own", keys: ["{{own.Prefix}}"]) { party } }""" }), System.Text.Encoding.UTF8, "application/json"));
            Assert.DoesNotContain("errors", await registered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await using var writer = new Microsoft.Data.Sqlite.SqliteConnection(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "ledger.db"), Pooling = false }.ToString());
            await writer.OpenAsync();
            await using (var begin = writer.CreateCommand())
            {
                begin.CommandText = "BEGIN IMMEDIATE";
                await begin.ExecuteNonQueryAsync();
            }
            using var request = new HttpRequestMessage(HttpMethod.Post, "/epcis/capture")
            {
                Content = new StringContent(Telling.Document([Telling.Made(own, own.Unit(1)), Telling.Made(other, other.Unit(1))]), System.Text.Encoding.UTF8, "application/json"),
                Headers = { { "GS1-Capture-Error-Behaviour", "proceed" }, { "Prefer", "respond-async" } },
            };
            using var accepted = await sender.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.Accepted, accepted.StatusCode);
            path = accepted.Headers.Location!.ToString();
            await first.Kill();
        }
        await using (var second = await SiloProcess.Start(folder, "--shards", "2", "--access", "on"))
        {
            using var sender = Client(second.Address, Role.Reporter, own.Party);
            JsonElement job;
            for (var left = 300; ; left--)
            {
                job = JsonDocument.Parse(await sender.GetStringAsync(path)).RootElement;
                if (!job.GetProperty("running").GetBoolean()) break;
                Assert.True(left > 0, job.ToString());
                await Task.Delay(100);
            }
            Assert.Equal(0, Assert.Single(job.GetProperty("events").EnumerateArray()).GetProperty("eventIndex").GetInt32());
            var error = Assert.Single(job.GetProperty("errors").EnumerateArray());
            Assert.Equal((403, 1, "bizLocation"), (error.GetProperty("status").GetInt32(), error.GetProperty("eventIndex").GetInt32(), error.GetProperty("field").GetString()));
            using var stranger = Client(second.Address, Role.Reporter, other.Party);
            using var hidden = await stranger.GetAsync(path);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, hidden.StatusCode);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_error_is_declared_by_who_may_report_the_event()
    {
        var (own, other, token) = await Two();
        var id = $"urn:uuid:{Guid.NewGuid()}";
        var theirs = Telling.Made(other, other.Unit(1)).Replace("\"type\"", $"\"eventID\":\"{id}\",\"type\"", StringComparison.Ordinal);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, other.Party), theirs)).Status);
        // The declaration says of itself that it is about one's own place.
        var declared = Telling.Made(own, own.Unit(1)).Replace("\"type\"", $"\"eventID\":\"{id}\",\"errorDeclaration\":{{\"declarationTime\":\"2026-02-01T00:00:00Z\"}},\"type\"", StringComparison.Ordinal);
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", token, declared);
        Assert.True(status == 403 && body.Contains("errorDeclaration", StringComparison.Ordinal), body);
        Assert.Equal("null", (await silo.Data($$"""{ event(id: "{{id}}") { withdrawnBy { sequence } } }""", silo.Token(Role.Auditor))).GetProperty("event").GetProperty("withdrawnBy").GetRawText());
    }

    [Fact]
    public async Task An_id_in_use_is_told_and_not_what_is_on_record_under_it()
    {
        var (own, other, token) = await Two();
        var id = $"urn:uuid:{Guid.NewGuid()}";
        string With(string e) => e.Replace("\"type\"", $"\"eventID\":\"{id}\",\"type\"", StringComparison.Ordinal);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, other.Party), With(Telling.Made(other, other.Unit(1))))).Status);
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", token, With(Telling.Made(own, own.Unit(1))));
        Assert.Equal(409, status);
        Assert.DoesNotContain(other.Prefix, body, StringComparison.Ordinal);
        // Whose it is hears the difference.
        var (again, told, _) = await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, other.Party), With(Telling.Made(other, other.Unit(2))));
        Assert.True(again == 409 && told.Contains("differs in", StringComparison.Ordinal) && !body.Contains("differs in", StringComparison.Ordinal), told);
    }

    [Fact]
    public async Task No_error_is_declared_of_an_event_that_is_still_to_come_from_somebody_else()
    {
        var (own, other, token) = await Two();
        static string Declare(string e, string id) => new System.Text.RegularExpressions.Regex("\"type\"").Replace(e, $"\"eventID\":\"{id}\",\"errorDeclaration\":{{\"declarationTime\":\"2026-02-01T00:00:00Z\"}},\"type\"", 1);
        var id = $"urn:ex:numbered:{other.Prefix}:1";
        var (status, body, _) = await silo.Send(HttpMethod.Post, "/epcis/events", token, Declare(Telling.Made(own, own.Unit(1)), id));
        Assert.True(status == 403 && body.Contains("errorDeclaration", StringComparison.Ordinal), body);
        // Nor of one that says the same, whoever sends it.
        Assert.Equal(403, (await silo.Send(HttpMethod.Post, "/epcis/events", token, Telling.Made(own, other.Unit(1)).Replace("\"action\"", "\"errorDeclaration\":{\"declarationTime\":\"2026-02-01T00:00:00Z\"},\"action\"", StringComparison.Ordinal))).Status);
        var theirs = new System.Text.RegularExpressions.Regex("\"type\"").Replace(Telling.Made(other, other.Unit(1)), $"\"eventID\":\"{id}\",\"type\"", 1);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", silo.Token(Role.Reporter, other.Party), theirs)).Status);
        Assert.Equal("null", (await silo.Data($$"""{ event(id: "{{id}}") { withdrawnBy { sequence } } }""", silo.Token(Role.Auditor))).GetProperty("event").GetProperty("withdrawnBy").GetRawText());
        // Of one's own one may, and in one document with it.
        var mine = Telling.Made(own, own.Unit(2));
        var told = new System.Text.RegularExpressions.Regex("\"type\"").Replace(mine, $"\"eventID\":\"{id}2\",\"type\"", 1);
        var answer = await silo.Send(HttpMethod.Post, "/epcis/capture", token, Telling.Document([told, Declare(mine, id + "2")]));
        Assert.True(answer.Status == 202, answer.Body);
        Assert.NotEqual("null", (await silo.Data($$"""{ event(id: "{{id}}2") { withdrawnBy { sequence } } }""", silo.Token(Role.Auditor))).GetProperty("event").GetProperty("withdrawnBy").GetRawText());
    }

    [Fact]
    public async Task Master_data_are_of_ones_own_codes_and_so_are_what_lies_under_them()
    {
        var (own, other, token) = await Two();
        string Told(string id, params string[] children) => $$"""
            {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",
            "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:BusinessLocation","vocabularyElementList":[{"id":"{{id}}","attributes":[{"id":"urn:epcglobal:cbv:mda#name","attribute":"Name {{own.Prefix}}" }]{{(children.Length == 0 ? "" : $",\"children\":[{string.Join(',', children.Select(child => $"\"{child}\""))}]")}} }] }] } },
            "epcisBody":{"eventList":[] } }
            """;
        Assert.Equal(202, (await silo.Send(HttpMethod.Post, "/epcis/capture", token, Told(own.Place))).Status);
        Assert.Equal(403, (await silo.Send(HttpMethod.Post, "/epcis/capture", token, Told(other.Place))).Status);
        Assert.Equal(403, (await silo.Send(HttpMethod.Post, "/epcis/capture", token, Told(own.Party, other.Place))).Status);
        var known = (await silo.Data($$"""{ masterData(code: "{{other.Place}}") { code } }""", silo.Token(Role.Auditor))).ToString();
        Assert.DoesNotContain(other.Place, known, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_query_and_its_subscription_are_their_makers()
    {
        var (own, other, _) = await Two();
        var (mine, theirs) = (silo.Token(Role.Quality, own.Party), silo.Token(Role.Quality, other.Party));
        var name = "q" + Guid.NewGuid().ToString("n");
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", mine, $$"""{"name":"{{name}}","query":{"eventType":["ObjectEvent"] } }""")).Status);
        Assert.Equal((200, 404), ((await silo.Get($"/epcis/queries/{name}", mine)).Status, (await silo.Get($"/epcis/queries/{name}", theirs)).Status));
        var made = await silo.Send(HttpMethod.Post, $"/epcis/queries/{name}/subscriptions", mine, """{"dest":"https://example.org/hook","signatureToken":"0123456789abcdef0123456789abcdef","stream":true}""");
        Assert.True(made.Status == 201, made.Body);
        var path = made.Response.Headers.Location!.ToString();
        Assert.Equal((200, 404), ((await silo.Get(path, mine)).Status, (await silo.Get(path, theirs)).Status));
        Assert.Equal(404, (await silo.Send(HttpMethod.Delete, path, theirs)).Status);
        Assert.Equal(404, (await silo.Send(HttpMethod.Delete, $"/epcis/queries/{name}", theirs)).Status);
        Assert.Equal(204, (await silo.Send(HttpMethod.Delete, $"/epcis/queries/{name}", mine)).Status);
    }

    [Fact]
    public async Task A_stream_tells_an_enterprise_what_concerns_it_and_nothing_else()
    {
        var (own, other, token) = await Two();
        var third = await new Company(other.Prefix.Replace("82", "83", StringComparison.Ordinal)).Register(silo);
        var name = "q" + Guid.NewGuid().ToString("n");
        await silo.Send(HttpMethod.Post, "/epcis/queries", token, $$"""{"name":"{{name}}","query":{"eventType":["ObjectEvent"] } }""");
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/epcis/queries/{name}/events?stream=true"), default);
        var theirs = silo.Token(Role.Reporter, other.Party);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", theirs, Telling.Shipped(other, third, other.Unit(8)))).Status);
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", theirs, Telling.Shipped(other, own, other.Unit(9)))).Status);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (buffer, said) = (new byte[64 * 1024], "");
        while (!said.Contains(other.Unit(9), StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            said += System.Text.Encoding.UTF8.GetString(buffer, 0, part.Count);
        }
        Assert.DoesNotContain(third.Party, said, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Unit(8), said, StringComparison.Ordinal);
    }
}
