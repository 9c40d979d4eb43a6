using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Sockets end with the credentials that count for them.</summary>
public sealed class SocketEndTests(Guarded silo)
{
    const string Violations = "subscription { violations { id } }";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_is_closed_at_the_end_of_its_token_and_told_why(bool inMessage)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        var token = silo.Ending(4);
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
        socket.Options.SetRequestHeader("Authorization", "Bearer " + silo.Ending(4));
        await socket.ConnectAsync(new Uri($"ws://{silo.Address.Authority}/graphql"), default);
        async Task Say(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        await Say($$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{silo.Token(Role.Auditor)}}}"}}""");
        var buffer = new byte[4096];
        await socket.ReceiveAsync(buffer, default).WaitAsync(patience);
        await Task.Delay(5_500);
        await Say("""{"type":"ping"}""");
        Assert.Contains("pong", Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, default).WaitAsync(patience)).Count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_on_a_named_query_ends_with_its_token()
    {
        var name = $"streams {Guid.NewGuid():n}";
        Assert.Equal(201, (await silo.Send(HttpMethod.Post, "/epcis/queries", silo.Token(Role.Auditor), JsonSerializer.Serialize(new { name, query = new { MATCH_epc = new[] { "urn:ex:1" } } }))).Status);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + silo.Ending(4));
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
