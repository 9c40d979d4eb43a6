using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;
using TraceGrains.Silo.Access;

namespace TraceGrains.Access.Tests;

/// <summary>What goes on for long ends with the credentials it was begun with.</summary>
public sealed class StreamEndTests(Guarded silo)
{
    const string Violations = "subscription { violations { id } }", Party = "urn:ex:party:streams";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(25);

    /// <summary>A token that is taken for some seconds more: 30 s beyond its end are allowed for clocks that differ.</summary>
    string Ending(int seconds) => silo.Issuer.Mint(new() { Role = Role.Auditor, Subject = "ending" }, AccessOptions.DefaultAudience, DateTimeOffset.UtcNow.AddMinutes(-1), TimeSpan.FromSeconds(30 + seconds));

    /// <summary>Opens a stream of events and reads to its end; how it ended, and after how long.</summary>
    async Task<TimeSpan> Follow(Action<HttpRequestMessage> credentials, Func<Task>? meanwhile = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(JsonSerializer.Serialize(new { query = Violations }), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new("text/event-stream"));
        credentials(request);
        var began = DateTimeOffset.UtcNow;
        using var response = await silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(patience);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        if (meanwhile is not null) await meanwhile();
        // In good order: a stream that breaks off makes this throw.
        Assert.DoesNotContain("error", await response.Content.ReadAsStringAsync().WaitAsync(patience), StringComparison.Ordinal);
        return DateTimeOffset.UtcNow - began;
    }

    [Fact]
    public async Task A_stream_of_events_ends_with_its_token()
    {
        var token = Ending(4);
        var took = await Follow(request => request.Headers.Authorization = new("Bearer", token));
        Assert.True(took < TimeSpan.FromSeconds(15), $"{took}");
        Assert.Equal(401, (await silo.Get("/epcis/events", token)).Status);
    }

    [Fact]
    public async Task A_stream_of_events_ends_when_its_key_is_revoked()
    {
        var admin = silo.Token(Role.EnterpriseAdmin, Party);
        var made = (await silo.Data($$"""mutation { createApiKey(input: { name: "x", role: "quality", party: "{{Party}}" }) { secret key { id } } }""", admin)).GetProperty("createApiKey");
        await Follow(request => request.Headers.Add("X-API-Key", made.GetProperty("secret").GetString()),
            () => silo.Data($$"""mutation { revokeApiKey(id: "{{made.GetProperty("key").GetProperty("id").GetString()}}") { key { id } } }""", admin));
    }

    [Fact]
    public async Task An_operation_on_a_reserved_stream_ends_with_its_token_and_the_stream_goes_on()
    {
        var reserved = (await silo.Send(HttpMethod.Put, "/graphql")).Body;
        using var open = new HttpRequestMessage(HttpMethod.Get, "/graphql");
        open.Headers.Accept.Add(new("text/event-stream"));
        open.Headers.Add("X-GraphQL-Event-Stream-Token", reserved);
        using var stream = await silo.Http.SendAsync(open, HttpCompletionOption.ResponseHeadersRead);
        Task<(int Status, string Body, HttpResponseMessage Response)> Operate(string token) => silo.Send(HttpMethod.Post, "/graphql", token,
            JsonSerializer.Serialize(new { query = Violations, extensions = new { operationId = "1" } }), also: request => request.Headers.Add("X-GraphQL-Event-Stream-Token", reserved));
        Assert.Equal(202, (await Operate(Ending(4))).Status);
        Assert.Equal(409, (await Operate(silo.Token(Role.Auditor))).Status);   // Its id is in use while it runs.
        for (var left = 20; (await Operate(silo.Token(Role.Auditor))).Status == 409; left--)
        {
            Assert.True(left > 0);
            await Task.Delay(1_000);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_is_closed_at_the_end_of_its_token_and_told_why(bool inMessage)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        var token = Ending(4);
        // What comes in the message counts, whatever came with the request before.
        socket.Options.SetRequestHeader("Authorization", "Bearer " + (inMessage ? silo.Token(Role.Auditor) : token));
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/graphql"), default);
        async Task Say(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        await Say(inMessage ? $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{token}}}"}}""" : """{"type":"connection_init"}""");
        await Say(JsonSerializer.Serialize(new { type = "subscribe", id = "1", payload = new { query = Violations } }));
        var buffer = new byte[4096];
        WebSocketReceiveResult part;
        do part = await socket.ReceiveAsync(buffer, default).WaitAsync(patience);
        while (part.MessageType != WebSocketMessageType.Close);
        Assert.Equal(4403, (int)socket.CloseStatus!);
        Assert.Contains("credentials", socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_keeps_to_the_credentials_of_its_first_message()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Authorization", "Bearer " + Ending(2));
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/graphql"), default);
        async Task Say(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        await Say($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{silo.Token(Role.Auditor)}}}"}}""");
        var buffer = new byte[4096];
        await socket.ReceiveAsync(buffer, default).WaitAsync(patience);
        await Task.Delay(4_000);
        await Say("""{"type":"ping"}""");
        Assert.Contains("pong", Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default).WaitAsync(patience)).Count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_on_a_named_query_ends_with_its_token()
    {
        var name = $"streams {Guid.NewGuid():n}";
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", silo.Token(Role.Auditor), JsonSerializer.Serialize(new { name, query = new { MATCH_epc = new[] { "urn:ex:1" } } }))).Status);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + Ending(4));
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/epcis/queries/{Uri.EscapeDataString(name)}/events?stream=true"), default);
        try
        {
            await socket.ReceiveAsync(new byte[4096], default).WaitAsync(patience);
        }
        catch (WebSocketException)
        {
            // Cut off: nothing more is to be sent, not even why.
        }
        Assert.NotEqual(WebSocketState.Open, socket.State);
    }
}
