using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TraceGrains.Demo;
using TraceGrains.Domain.Transparency;

namespace TraceGrains.Silo.Tests;

/// <summary>The transparency log of a running silo, from outside, and what a restart, a kill and a move leave of it.</summary>
public sealed class TransparencyTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    static HttpClient Client(SiloProcess silo) => new() { BaseAddress = silo.Address, Timeout = TimeSpan.FromMinutes(3) };

    static async Task<JsonElement> Get(HttpClient http, string path) => await http.GetFromJsonAsync<JsonElement>(path);

    static async Task<JsonElement> Ask(HttpClient http, string query)
    {
        using var answer = await http.PostAsJsonAsync("/graphql", new { query });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(body.TryGetProperty("errors", out var errors), errors.ToString());
        return body.GetProperty("data");
    }

    static async Task<long> Capture(HttpClient http, string id)
    {
        using var answer = await http.PostAsync("/epcis/events", new StringContent(
            $$"""{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"ObjectEvent","eventID":"{{id}}","action":"OBSERVE","bizStep":"holding","eventTime":"2026-11-20T09:00:00Z","eventTimeZoneOffset":"+00:00","epcList":["{{DemoChain.Cast().SoldUnit}}"]}""",
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        answer.EnsureSuccessStatusCode();
        return (await Get(http, $"/transparency/inclusion?eventId={id}")).GetProperty("sequence").GetInt64();
    }

    static byte[][] Hashes(JsonElement list) => [.. list.EnumerateArray().Select(one => Convert.FromHexString(one.GetString()!))];

    static byte[] Root(JsonElement head) => Convert.FromHexString(head.GetProperty("rootHash").GetString()!);

    static async Task IsConsistent(HttpClient http, JsonElement older, JsonElement newer)
    {
        var (from, to) = (older.GetProperty("size").GetInt64(), newer.GetProperty("size").GetInt64());
        var proof = await Get(http, $"/transparency/consistency?from={from}&to={to}");
        Assert.True(MerkleProof.IsConsistent(from, Root(older), to, Root(newer), Hashes(proof.GetProperty("path"))));
    }

    [Fact]
    public Task Heads_and_proofs_are_served_and_outlive_restart_and_kill() => OutliveRestartAndKill();

    [Fact]
    public async Task Heads_and_proofs_are_served_and_outlive_restart_and_kill_on_PostgreSQL()
    {
        var database = await PrivatePostgres.NewDatabase();
        try
        {
            await OutliveRestartAndKill("--ConnectionStrings:TraceGrains", database);
            // A silo that joins without the cluster's key is told so; it neither makes one nor takes over.
            using var elsewhere = new Folder();
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(elsewhere.Path, "--ConnectionStrings:TraceGrains", database));
            Assert.False(File.Exists(elsewhere.File("tree-head-key.pem")), refused.Message);
        }
        finally
        {
            await PrivatePostgres.Drop(database);
        }
    }

    async Task OutliveRestartAndKill(params string[] storage)
    {
        var unit = DemoChain.Cast().SoldUnit;
        var heads = new List<JsonElement>();
        for (var round = 1; round <= 3; round++)
        {
            var silo = await SiloProcess.Start(folder.Path, ["--shards", "4", "--demo", .. storage]);
            await using (silo)
            using (var http = Client(silo))
            {
                // What was handed out before is still what is handed out.
                foreach (var old in heads) Assert.Equal(old.ToString(), (await Get(http, $"/transparency/tree-head/{old.GetProperty("size")}")).ToString());
                var id = $"urn:uuid:0192d3a4-7a7e-7cc1-9c3e-00000000000{round}";
                var sequence = await Capture(http, id);
                var head = await Get(http, "/transparency/tree-head");
                Assert.Equal(sequence, head.GetProperty("size").GetInt64());
                foreach (var old in heads) await IsConsistent(http, old, head);
                heads.Add(head);

                var kid = head.GetProperty("keyId").GetString();
                await File.WriteAllTextAsync(folder.File("public.pem"), await http.GetStringAsync($"/transparency/keys/{kid}.pem"));
                await File.WriteAllBytesAsync(folder.File("proof.json"), await http.GetByteArrayAsync($"/transparency/proof?eventId={id}&entity={Uri.EscapeDataString(unit)}"));
                var verified = await CommandTests.Run("verify", folder.File("proof.json"), "--key", folder.File("public.pem"));
                Assert.True(verified.Code == 0, verified.Out + verified.Error);
                Assert.Contains($"in the chain of {unit}", verified.Out);

                var jwk = (await Get(http, "/transparency/keys")).GetProperty("keys").EnumerateArray().Single();
                Assert.Equal((kid, "OKP", "Ed25519"), (jwk.GetProperty("kid").GetString(), jwk.GetProperty("kty").GetString(), jwk.GetProperty("crv").GetString()));
                if (round == 2) await silo.Kill();
            }
        }
    }

    [Fact]
    public async Task Graphql_says_the_same_as_rest_and_bad_questions_are_named()
    {
        await using var silo = await SiloProcess.Start(folder.Path, "--shards", "4", "--transparency:cadence", "00:00:01", "--transparency:origin", "example.org/log");
        using var http = Client(silo);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/transparency/tree-head")).StatusCode);
        var sequence = await Capture(http, "urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000001");
        Assert.Equal(2, await Capture(http, "urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000002"));
        var data = await Ask(http, """
            { treeHead { origin size rootHash timestamp keyId signature signedText } treeKeys { keyId pem validFrom validUntil }
              event(sequence: 1) { inclusion { eventHash leafIndex path treeHead { size } } }
              inclusionProof(eventId: "urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000001", treeSize: 1) { leafIndex path treeHead { size } }
              none: inclusionProof(sequence: 99) { leafIndex }
              consistencyProof(from: 1, to: 2) { path from { rootHash } to { rootHash } } }
            """);
        var head = await Get(http, "/transparency/tree-head");
        Assert.Equal(("example.org/log", 2, head.GetProperty("rootHash").GetString(), head.GetProperty("signature").GetString()),
            (data.GetProperty("treeHead").GetProperty("origin").GetString(), data.GetProperty("treeHead").GetProperty("size").GetInt64(),
            data.GetProperty("treeHead").GetProperty("rootHash").GetString(), data.GetProperty("treeHead").GetProperty("signature").GetString()));
        Assert.Equal(head.GetProperty("keyId").GetString(), data.GetProperty("treeKeys")[0].GetProperty("keyId").GetString());
        var inclusion = data.GetProperty("event").GetProperty("inclusion");
        var leaf = MerkleHash.Leaf(Convert.FromHexString(inclusion.GetProperty("eventHash").GetString()!));
        Assert.True(MerkleProof.Includes(leaf, 0, 2, Hashes(inclusion.GetProperty("path")), Root(head)));
        Assert.Equal((1, 0), (data.GetProperty("inclusionProof").GetProperty("treeHead").GetProperty("size").GetInt64(), data.GetProperty("inclusionProof").GetProperty("path").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, data.GetProperty("none").ValueKind);
        Assert.Single(data.GetProperty("consistencyProof").GetProperty("path").EnumerateArray());

        foreach (var (path, status, said) in ((string, HttpStatusCode, string)[])
        [
            ("inclusion", HttpStatusCode.BadRequest, "eventId: expected either"), ("inclusion?sequence=0", HttpStatusCode.BadRequest, "sequence: expected a number from 1"),
            ("inclusion?sequence=99", HttpStatusCode.NotFound, "sequence: expected"), ("inclusion?sequence=2&treeSize=1", HttpStatusCode.BadRequest, "treeSize: expected at least 2"),
            ("inclusion?sequence=1&treeSize=7", HttpStatusCode.NotFound, "treeSize: expected the size"), ("inclusion?eventId=urn:x:none", HttpStatusCode.NotFound, "eventID: expected"),
            ("consistency?from=1", HttpStatusCode.BadRequest, "to: expected"), ("consistency?from=2&to=1", HttpStatusCode.BadRequest, "from: expected at most 1"),
            ("consistency?from=1&to=7", HttpStatusCode.NotFound, "to: expected the size"), ("tree-head/7", HttpStatusCode.NotFound, "none of 7"),
            ("keys/none.pem", HttpStatusCode.NotFound, "keyId: expected"), ("proof?sequence=1&entity=nonsense", HttpStatusCode.BadRequest, "entity:"),
            ("proof?sequence=1&entity=https://id.gs1.org/414/9520301000024", HttpStatusCode.BadRequest, "entity: expected a thing that the event names"),
        ])
        {
            using var answer = await http.GetAsync("/transparency/" + path);
            Assert.True(status == answer.StatusCode && (await answer.Content.ReadAsStringAsync()).Contains(said), $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task A_head_is_signed_at_the_cadence_without_anybody_asking()
    {
        await using var silo = await SiloProcess.Start(folder.Path, "--shards", "4", "--transparency:cadence", "00:00:01", "--demo");
        using var http = Client(silo);
        HttpResponseMessage answer;
        while ((answer = await http.GetAsync("/transparency/tree-head")).StatusCode == HttpStatusCode.NotFound) await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("size").GetInt64() > 0);
    }

    [Fact]
    public async Task A_rewritten_ledger_gets_no_new_head()
    {
        JsonElement head;
        await using (var silo = await SiloProcess.Start(folder.Path, "--shards", "4", "--demo"))
        using (var http = Client(silo))
        {
            await Capture(http, "urn:uuid:0192d3a4-7a7e-7cc1-9c3e-000000000001");
            head = await Get(http, "/transparency/tree-head");
        }
        // Somebody changes the last event and every hash that depends on it.
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.File("ledger.db")};Pooling=false"))
        {
            connection.Open();
            using var read = connection.CreateCommand();
            read.CommandText = "SELECT json, record_time FROM event ORDER BY sequence DESC LIMIT 1";
            using var row = read.ExecuteReader();
            row.Read();
            var json = System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)).Replace("2026-11-20T09", "2026-11-20T08");
            using var write = connection.CreateCommand();
            write.CommandText = "UPDATE event SET json = $json, event_hash = $hash WHERE sequence = (SELECT max(sequence) FROM event)";
            write.Parameters.AddWithValue("$json", System.Text.Encoding.UTF8.GetBytes(json));
            write.Parameters.AddWithValue("$hash", Ledger.LedgerHash.EventHash(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), System.Text.Encoding.UTF8.GetBytes(json)));
            row.Close();
            Assert.Equal(1, write.ExecuteNonQuery());
        }
        await using (var silo = await SiloProcess.Start(folder.Path, "--shards", "4"))
        using (var http = Client(silo))
        {
            var size = head.GetProperty("size").GetInt64();
            using var refused = await http.GetAsync($"/transparency/inclusion?sequence={size}");
            Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
            Assert.Contains("does not give the root that was signed", await refused.Content.ReadAsStringAsync());
            // What was signed stays, and nothing new is signed over it.
            Assert.Equal(head.ToString(), (await Get(http, "/transparency/tree-head")).ToString());
        }
    }

    [Fact]
    public async Task Traces_recalls_and_chains_are_the_same_after_a_move()
    {
        var cast = DemoChain.Cast();
        var questions = $$"""
            { trace(code: "{{cast.RecalledLot}}") { total levels holders { holder count } }
              unit(code: "{{cast.SoldUnit}}") { recalled holder recalls { id } verify { holds checked head } }
              recall(id: "urn:tracegrains:recall:0192d3a4-7a7e-7cc1-9c3e-000000000001") { reached } }
            """;
        string before;
        await using (var silo = await SiloProcess.Start(folder.File("a"), "--shards", "4", "--demo"))
        using (var http = Client(silo))
        {
            await Ask(http, $$"""mutation { issueRecall(input: { id: "0192d3a4-7a7e-7cc1-9c3e-000000000001", scope: { code: "{{cast.RecalledLot}}" }, reason: "Listeria", class: I }) { refusal { message } } }""");
            while ((await Ask(http, """{ recall(id: "urn:tracegrains:recall:0192d3a4-7a7e-7cc1-9c3e-000000000001") { reached onRecord status } }""")).GetProperty("recall") is var recall
                && (recall.GetProperty("status").GetString() != "EFFECTIVE" || recall.GetProperty("onRecord").ToString() != recall.GetProperty("reached").ToString()))
                await Task.Delay(100, TestContext.Current.CancellationToken);
            // The silo runs on while its ledger is copied.
            Assert.Equal(0, (await CommandTests.Run("export", folder.File("out.tgx"), "--data", folder.File("a"))).Code);
            before = (await Ask(http, questions)).ToString();
        }
        Assert.Equal(0, (await CommandTests.Run("import", folder.File("out.tgx"), "--data", folder.File("b"))).Code);
        await using (var silo = await SiloProcess.Start(folder.File("b")))
        using (var http = Client(silo))
            Assert.Equal(before, (await Ask(http, questions)).ToString());
    }
}
