using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

public sealed class HardeningTests(Guarded silo)
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]                              // needs no preflight, so any page can send it
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_sites_page_has_nothing_done(string contentType)
    {
        var (status, body, response) = await silo.Send(HttpMethod.Post, "/graphql", silo.Token(Role.CityRegulator), """{"query":"mutation { withdrawRecall(id: \"0192d3a4-7a7e-7cc1-9c3e-000000000001\", reason: \"x\") { refusal { message } } }"}""", contentType,
            request => request.Headers.Add("Origin", "https://evil.example"));
        Assert.True(status == 403, body);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_simple_form_is_no_graphql_request(string contentType) => Assert.Equal(415, (await silo.Send(HttpMethod.Post, "/graphql", null, """{"query":"{ __typename }"}""", contentType)).Status);

    [Fact]
    public async Task Another_sites_page_opens_no_socket()
    {
        foreach (var path in new[] { "/graphql" })
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("graphql-transport-ws");
            socket.Options.SetRequestHeader("Origin", "https://evil.example");
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}{path}"), default));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_brings_its_credentials_in_the_first_message(bool isGood)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/graphql"), default);
        async Task Say(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        async Task<string> Hear()
        {
            var buffer = new byte[64 * 1024];
            var part = await socket.ReceiveAsync(buffer, default);
            return part.MessageType == WebSocketMessageType.Close ? $"closed {(int)socket.CloseStatus!}" : Encoding.UTF8.GetString(buffer, 0, part.Count);
        }
        await Say($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{(isGood ? silo.Token(Role.Auditor) : "nonsense")}}}"}}""");
        if (!isGood)
        {
            Assert.Equal("closed 4403", await Hear());
            return;
        }
        Assert.Contains("connection_ack", await Hear(), StringComparison.Ordinal);
        await Say("""{"type":"subscribe","id":"1","payload":{"query":"{ recallCases { nodes { id } } }"}}""");
        var answer = await Hear();
        Assert.True(answer.Contains("\"nodes\"", StringComparison.Ordinal) && !answer.Contains("errors", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("/graphql")]
    [InlineData("/epcis/capture")]
    [InlineData("/may-move")]
    public async Task A_hundred_megabytes_are_refused_before_they_are_read(string path)
    {
        using var client = new TcpClient(silo.Address.Host, silo.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {silo.Address.Authority}\r\nAuthorization: Bearer {silo.Token(Role.Administrator)}\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\nConnection: close\r\n\r\n{{"));
        using var reader = new StreamReader(stream);
        Assert.Contains(" 413 ", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sends_headers_by_the_drop_is_shown_the_door()
    {
        using var client = new TcpClient(silo.Address.Host, silo.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {silo.Address.Authority}\r\nX-Slow: "));
        var gone = Task.Run(async () =>
        {
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        });
        // Kestrel looks at its clock once a second.
        for (var i = 0; i < 60 && !gone.IsCompleted; i++)
        {
            await Task.WhenAny(gone, Task.Delay(1_000));
            try
            {
                await stream.WriteAsync("a"u8.ToArray());
            }
            catch (IOException)
            {
                break;
            }
        }
        await gone.WaitAsync(TimeSpan.FromSeconds(5)).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(gone.IsCompleted);
        Assert.Equal(200, (await silo.Get("/health/live")).Status);
    }

    [Theory]
    [InlineData("/01/09506000134352%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/01/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/01/%2e%2e/%2e%2e/admin.key")]
    [InlineData("/identify?text=%0d%0aLocation:%20https://evil.example")]
    [InlineData("/epcis/events/..%2f..%2fadmin.key")]
    [InlineData("/recall-answer/..%2f..%2fadmin.key")]
    [InlineData("/labels/qr?code=%0d%0aX-Evil:%201")]
    public async Task What_is_put_into_a_path_comes_back_in_no_header_and_reads_no_file(string path)
    {
        using var client = new TcpClient(silo.Address.Host, silo.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {silo.Address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.Matches("^HTTP/1.1 (4|200|303|307)", head);
        Assert.DoesNotContain("Set-Cookie", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain((await File.ReadAllTextAsync(Path.Combine(silo.Folder, "admin.key"))).Trim(), answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_line_of_the_log_is_anybody_elses()
    {
        await silo.Send(HttpMethod.Get, "/epcis/events?EQ_bizStep=a%0acrit:%20forged%20line", silo.Token(Role.Auditor));
        await silo.Send(HttpMethod.Post, "/graphql", silo.Token(Role.Auditor), JsonSerializer.Serialize(new { query = "{ entity(code: \"urn:ex:a\\ncrit: forged line\") { code } }" }));
        Assert.DoesNotContain(silo.Said.Split('\n'), line => line.StartsWith("crit: forged", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/graphql", "text/html")]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/console", "text/html")]
    [InlineData("/01/09506000134352", "text/html")]
    [InlineData("/recall-answer/none", "text/html")]
    [InlineData("/labels/sheet?code=https://id.gs1.org/01/09506000134352", "text/html")]
    [InlineData("/epcis/events", "application/json")]
    [InlineData("/health/live", "*/*")]
    [InlineData("/nowhere", "text/html")]
    public async Task Every_answer_says_what_may_run_in_it(string path, string accept)
    {
        var (_, _, response) = await silo.Send(HttpMethod.Get, path, also: request => request.Headers.TryAddWithoutValidation("Accept", accept));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("wide")]
    [InlineData("aliased")]
    [InlineData("cyclic")]
    public async Task A_query_that_asks_too_much_is_refused_before_it_is_worked_out(string how)
    {
        var query = how switch
        {
            "deep" => "{ entity(code: \"urn:ex:1\") { " + string.Concat(Enumerable.Repeat("children { event { corrections { withdrawnBy { ", 40)) + "id" + string.Concat(Enumerable.Repeat(" } } } }", 40)) + " } }",
            "wide" => "{ " + string.Join(' ', Enumerable.Range(0, 20_000).Select(_ => "__typename")) + " }",
            "aliased" => "{ " + string.Join(' ', Enumerable.Range(0, 1_000).Select(i => $"a{i}: trace(code: \"urn:ex:{i}\") {{ total }}")) + " }",
            _ => "query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        };
        var answer = await silo.Ask(query, silo.Token(Role.Auditor));
        Assert.True(answer.TryGetProperty("errors", out _), answer.ToString());
        Assert.False(answer.TryGetProperty("data", out var data) && data.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Ids_that_are_guessed_tell_an_enterprise_nothing_of_others()
    {
        var own = await new Company("8400001").Register(silo);
        var other = await new Company("8400002").Register(silo);
        var (mine, theirs) = (silo.Token(Role.Quality, own.Party), silo.Token(Role.Quality, other.Party));
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/events", theirs, Telling.Made(other, other.Unit(1)))).Status);
        var head = (await silo.Data($$"""{ entity(code: "{{other.Unit(1)}}") { chain { links { event { sequence } } } } }""", theirs)).GetProperty("entity").GetProperty("chain").GetProperty("links")[0].GetProperty("event").GetProperty("sequence").GetInt64();
        var seen = (await silo.Data($$"""{ event(sequence: {{head}}) { json type bizLocation } }""", mine)).GetProperty("event");
        Assert.Equal(("ObjectEvent", JsonValueKind.Null), (seen.GetProperty("type").GetString(), seen.GetProperty("bizLocation").ValueKind));
        Assert.DoesNotContain(other.Place, seen.ToString(), StringComparison.Ordinal);
        var hold = (await silo.Data($$"""mutation { placeHold(input: { codes: ["{{other.Unit(1)}}"], reason: "mould", by: "{{other.Party}}" }) { hold { id } refusal { message } } }""", theirs)).GetProperty("placeHold").GetProperty("hold").GetProperty("id").GetString();
        Assert.Equal(JsonValueKind.Null, (await silo.Data($$"""{ hold(id: "{{hold}}") { reason } }""", mine)).GetProperty("hold").ValueKind);
        async Task<string?> Code(string query) => (await silo.Ask(query, mine)).TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { releaseHold(id: "{{hold}}", reason: "x", by: "{{own.Party}}") { hold { id } } }"""));
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { placeHold(input: { codes: ["{{other.Unit(1)}}"], reason: "x", by: "{{own.Party}}" }) { hold { id } } }"""));
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { openRecallCase(input: { by: { name: "Li", party: "{{own.Party}}" }, title: "x", reason: "x", scope: { unit: "{{other.Unit(1)}}" } }) { case { id } } }"""));
        Assert.Equal("FORBIDDEN", await Code($$"""{ recallInbox(party: "{{other.Party}}") { party { things } } }"""));
        // Its own goods it may hold, and recall itself; and others see of that case nothing.
        var opened = (await silo.Data($$"""mutation { openRecallCase(input: { by: { name: "Zhao", party: "{{other.Party}}" }, title: "x", reason: "x", scope: { unit: "{{other.Unit(1)}}" } }) { case { id } refusal { message } } }""", theirs)).GetProperty("openRecallCase").GetProperty("case").GetProperty("id").GetString();
        Assert.Equal(JsonValueKind.Null, (await silo.Data($$"""{ recallCase(id: "{{opened}}") { title } }""", mine)).GetProperty("recallCase").ValueKind);
        Assert.Equal("FORBIDDEN", await Code($$"""mutation { withdrawRecallCase(act: { case: "{{opened}}", by: { name: "Li", party: "{{own.Party}}" } }, reason: "x") { case { id } } }"""));
        Assert.Equal("x", (await silo.Data($$"""{ recallCase(id: "{{opened}}") { title } }""", theirs)).GetProperty("recallCase").GetProperty("title").GetString());
    }
}
