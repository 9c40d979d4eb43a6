using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TraceGrains.Contracts.Recalls;
using RecallClass = TraceGrains.Domain.Recalls.RecallClass;

namespace TraceGrains.GraphQL.Tests;

/// <summary><c>graphql-transport-ws</c>, message by message. How other people's client gets on with it is tested in <c>tests/conformance</c>.</summary>
public sealed class SocketTests
{
    const string Init = """{"type":"connection_init"}""";
    const string Urn = "urn:tracegrains:recall:r1";
    const string Progress = $$"""subscription { recallProgress(id: "{{Urn}}") { status } }""";

    static async Task<WebSocket> Ready(Surface surface)
    {
        var socket = await surface.OpenSocket();
        await socket.Say(Init);
        await socket.Hear("connection_ack");
        return socket;
    }

    static FakeRecall Spreading(Surface surface) => surface.Grains.AddRecall(new() { Id = Urn, Version = 1, Status = RecallStatus.Spreading, Class = RecallClass.I });

    [Fact]
    public async Task The_protocol_is_agreed_on()
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        Assert.Equal("graphql-transport-ws", socket.SubProtocol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("graphql-ws")]
    public async Task Another_protocol_is_4406(string? protocol)
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket(protocol);
        Assert.Equal((4406, "Subprotocol not acceptable"), await socket.Closed());
    }

    [Fact]
    public async Task Who_does_not_begin_in_time_is_4408()
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        surface.Clock.Advance(Transport.Sockets.SocketConnection.InitialiseWithin);
        Assert.Equal((4408, "Connection initialisation timeout"), await socket.Closed());
    }

    [Fact]
    public async Task Who_has_begun_may_stay()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        surface.Clock.Advance(Transport.Sockets.SocketConnection.InitialiseWithin * 2);
        await socket.Say("""{"type":"ping"}""");
        await socket.Hear("pong");
    }

    [Fact]
    public async Task Beginning_twice_is_4429()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        await socket.Say(Init);
        Assert.Equal((4429, "Too many initialisation requests"), await socket.Closed());
    }

    [Fact]
    public async Task An_operation_before_the_beginning_is_4401_and_does_not_run()
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        await socket.Subscribe("1", "{ recalls { id } }");
        Assert.Equal((4401, "Unauthorized"), await socket.Closed());
        Assert.Empty(surface.Grains.Asked);
    }

    [Fact]
    public async Task An_id_in_use_is_4409()
    {
        await using var surface = await Surface.Start();
        Spreading(surface);
        using var socket = await Ready(surface);
        await socket.Subscribe("mine", Progress);
        await socket.Hear("next");
        await socket.Subscribe("mine", "{ recalls { id } }");
        Assert.Equal((4409, "Subscriber for mine already exists"), await socket.Closed());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"start","id":"1","payload":{"query":"{ recalls { id } }"}}""")]
    [InlineData("""{"type":"next","id":"1","payload":{}}""")]
    [InlineData("""{"type":"connection_init","payload":7}""")]
    [InlineData("""{"type":"ping","payload":"x"}""")]
    [InlineData("""{"type":"pong","payload":[]}""")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ recalls { id } }"}}""")]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{ recalls { id } }"}}""")]
    [InlineData("""{"type":"subscribe","id":1,"payload":{"query":"{ recalls { id } }"}}""")]
    [InlineData("""{"type":"subscribe","id":"1"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":7}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ recalls { id } }","variables":[]}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ recalls { id } }","operationName":{}}}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ recalls { id } }","extensions":0}}""")]
    [InlineData("""{"type":"complete"}""")]
    [InlineData("""{"type":"ping","payload":{"half":"\ud800"}}""")]
    public async Task What_is_no_message_is_4400_and_says_what_was_expected(string message)
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        await socket.Say(message);
        var (code, reason) = await socket.Closed();
        Assert.Equal(4400, code);
        Assert.Contains("expected", reason);
    }

    [Fact]
    public async Task A_binary_message_is_4400()
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        await socket.SendAsync(Encoding.UTF8.GetBytes(Init).AsMemory(), WebSocketMessageType.Binary, true, default);
        Assert.Equal(4400, (await socket.Closed()).Code);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_1009()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        await socket.Say("""{"type":"ping"}""".PadRight(Limits.BodyBytesMax));
        await socket.Hear("pong");
        await socket.Say("""{"type":"ping"}""".PadRight(Limits.BodyBytesMax + 1));
        Assert.Equal(1009, (await socket.Closed()).Code);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":null}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":{"at":1}}""", """{"type":"pong","payload":{"at":1}}""")]
    public async Task A_ping_is_answered_at_any_time(string ping, string pong)
    {
        await using var surface = await Surface.Start();
        using var socket = await surface.OpenSocket();
        await socket.Say(ping);
        Assert.Equal(pong, (await socket.Hear())!.Value.GetRawText());
        await socket.Say("""{"type":"pong"}""");
        await socket.Say("""{"type":"connection_init","payload":{"token":"t"}}""");
        await socket.Hear("connection_ack");
        await socket.Say(ping);
        Assert.Equal(pong, (await socket.Hear())!.Value.GetRawText());
    }

    [Fact]
    public async Task A_query_has_one_result_and_its_id_is_free_again()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        for (var i = 0; i < 2; i++)
        {
            await socket.Subscribe("1", "query($n: Int) { recalls(first: $n) { id } }", new { n = 3 });
            Assert.Equal("""{"data":{"recalls":[]}}""", (await socket.Hear("next")).At("payload").GetRawText());
            Assert.Equal("""{"id":"1","type":"complete"}""", (await socket.Hear("complete")).GetRawText());
        }
    }

    [Fact]
    public async Task What_cannot_run_is_an_error_and_ends_it()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        foreach (var query in new[] { "{ nothing }", "{", "", "query A { recalls { id } } query B { recalls { id } }" })
        {
            await socket.Subscribe("1", query);
            var error = await socket.Hear("error");
            Assert.Equal("1", error.Text("id"));
            Assert.NotEqual("", error.Text("payload", 0, "message"));
        }
    }

    [Fact]
    public async Task A_failing_field_is_part_of_the_result()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        await socket.Subscribe("1", """{ unit(code: "urn:xx:/FAULT") { code } }""");
        Assert.Equal("internal error", (await socket.Hear("next")).Text("payload", "errors", 0, "message"));
        await socket.Hear("complete");
    }

    [Fact]
    public async Task A_subscription_goes_on_until_it_is_through()
    {
        await using var surface = await Surface.Start();
        var recall = Spreading(surface);
        using var socket = await Ready(surface);
        await socket.Subscribe("1", Progress);
        Assert.Equal("SPREADING", (await socket.Hear("next")).Text("payload", "data", "recallProgress", "status"));
        recall.Become(new() { Id = Urn, Version = 2, Status = RecallStatus.Effective, Class = RecallClass.I });
        Assert.Equal("EFFECTIVE", (await socket.Hear("next")).Text("payload", "data", "recallProgress", "status"));
        await socket.Hear("complete");
    }

    [Fact]
    public async Task A_fault_on_the_way_is_an_error_and_the_end()
    {
        await using var surface = await Surface.Start();
        var recall = Spreading(surface);
        using var socket = await Ready(surface);
        await socket.Subscribe("1", Progress);
        await socket.Hear("next");
        recall.Break(new InvalidOperationException("the database at db-7 is on fire"));
        var error = (await socket.Hear("error")).At("payload", 0);
        Assert.Equal(("internal error", "INTERNAL_SERVER_ERROR"), (error.Text("message"), error.Text("extensions", "code")));
        await socket.Subscribe("1", "{ recalls { id } }");
        await socket.Hear("next");
    }

    [Fact]
    public async Task What_the_client_completes_ends_and_says_no_more()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(1, "one", "{}"));
        using var socket = await Ready(surface);
        await socket.Subscribe("1", """subscription { custodyEvents(code: "urn:xx:a", after: "0") { cursor } }""");
        Assert.Equal("1", (await socket.Hear("next")).Text("payload", "data", "custodyEvents", "cursor"));
        await socket.Say("""{"id":"1","type":"complete"}""");
        await socket.Say("""{"id":"1","type":"complete"}""");   // again, or of one that never was: nothing
        await socket.Say("""{"id":"never","type":"complete"}""");
        await socket.Subscribe("1", "{ recalls { id } }");
        Assert.Equal("""{"data":{"recalls":[]}}""", (await socket.Hear("next")).At("payload").GetRawText());
        await socket.Hear("complete");
        await TestSignals.Until(() => surface.Grains.News.Listening == 0);
    }

    [Fact]
    public async Task Operations_run_side_by_side_up_to_a_limit()
    {
        await using var surface = await Surface.Start();
        Spreading(surface);
        using var socket = await Ready(surface);
        for (var i = 0; i < Limits.OperationsMax; i++)
        {
            await socket.Subscribe($"{i}", Progress);
            Assert.Equal($"{i}", (await socket.Hear("next")).Text("id"));
        }
        await socket.Subscribe("more", Progress);
        var error = await socket.Hear("error");
        Assert.Equal(("more", "TOO_MANY_OPERATIONS"), (error.Text("id"), error.Text("payload", 0, "extensions", "code")));
        await socket.Say("""{"id":"7","type":"complete"}""");
        await socket.Subscribe("more", Progress);
        Assert.Equal("more", (await socket.Hear("next")).Text("id"));
    }

    [Fact]
    public async Task A_client_that_goes_ends_everything_of_it()
    {
        await using var surface = await Surface.Start();
        surface.Grains.Events.Add(FakeEvents.Of(1, "one", "{}"));
        using (var socket = await Ready(surface))
        {
            await socket.Subscribe("1", """subscription { custodyEvents(code: "urn:xx:a", after: "0") { cursor } }""");
            await socket.Hear("next");
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        }
        await surface.Finished.WaitToReadAsync();
        await TestSignals.Until(() => surface.Grains.News.Listening == 0);
    }

    [Fact]
    public async Task When_the_program_ends_clients_are_told()
    {
        await using var surface = await Surface.Start();
        using var socket = await Ready(surface);
        var stopping = surface.Stop();
        var (code, reason) = await socket.Closed();
        Assert.Equal(1001, code);
        Assert.Contains("resume", reason);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        await stopping;
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://localhost", true)]
    [InlineData("https://localhost", true)]
    [InlineData("https://known.example", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Pages_of_unknown_origins_get_no_socket(string? origin, bool isLetIn)
    {
        await using var surface = await Surface.Start(new() { Origins = ["https://known.example"] });
        if (isLetIn)
            (await surface.OpenSocket(origin: origin)).Dispose();
        else
            Assert.Contains("403", (await Assert.ThrowsAsync<InvalidOperationException>(() => surface.OpenSocket(origin: origin))).Message);
    }

    [Fact]
    public async Task There_are_only_so_many_sockets()
    {
        await using var surface = await Surface.Start(new() { StreamsMax = 2 });
        using var first = await Ready(surface);
        using (var second = await Ready(surface))
        {
            Assert.Contains("503", (await Assert.ThrowsAsync<InvalidOperationException>(() => surface.OpenSocket())).Message);
            Assert.Equal(503, (await surface.Send(new HttpRequestMessage(HttpMethod.Put, "/graphql"))).Status);
            await second.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
        await surface.Finished.WaitToReadAsync();
        using var third = await Ready(surface);
    }
}
