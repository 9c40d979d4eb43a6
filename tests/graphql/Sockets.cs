using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TraceGrains.GraphQL.Tests;

/// <summary>Speaks over a WebSocket as a client does, message by message.</summary>
static class Sockets
{
    public static Task Say(this WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message).AsMemory(), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, default).AsTask();

    public static Task Subscribe(this WebSocket socket, string id, string query, object? variables = null) =>
        socket.Say(JsonSerializer.Serialize(new { id, type = "subscribe", payload = new { query, variables } }));

    /// <summary>The next message; a close is null.</summary>
    public static async Task<JsonElement?> Hear(this WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), default);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonDocument.Parse(message.ToArray()).RootElement;
        }
    }

    /// <summary>The next message, which has to be of this type.</summary>
    public static async Task<JsonElement> Hear(this WebSocket socket, string type)
    {
        var message = await socket.Hear();
        Assert.True(message is not null, $"expected {type}, found the end: {socket.CloseStatus} {socket.CloseStatusDescription}");
        Assert.Equal(type, message.Value.Text("type"));
        return message.Value;
    }

    /// <summary>The code with which the server closes, and its words; messages before it are passed over.</summary>
    public static async Task<(int Code, string? Reason)> Closed(this WebSocket socket)
    {
        while (await socket.Hear() is not null)
        {
        }
        return ((int)socket.CloseStatus!, socket.CloseStatusDescription);
    }
}
