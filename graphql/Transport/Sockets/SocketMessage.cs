using System.Text.Json;
using GraphQL;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.Sockets;

/// <summary>What a client may say over a <c>graphql-transport-ws</c> socket.</summary>
abstract record SocketMessage
{
    /// <param name="Payload">Free for the application: a client that is no browser page may put its credentials here.</param>
    public sealed record ConnectionInit(Inputs Payload) : SocketMessage;

    /// <param name="Payload">Comes back in the pong, as JSON; null when there was none.</param>
    public sealed record Ping(string? Payload) : SocketMessage;

    /// <param name="Payload">Whatever the client wants to say by it; nothing is done with it.</param>
    public sealed record Pong(string? Payload) : SocketMessage;

    public sealed record Subscribe(string Id, IncomingRequest Request) : SocketMessage;

    public sealed record Complete(string Id) : SocketMessage;

    /// <summary>Characters of an operation's id.</summary>
    public const int IdLengthMax = 200;

    /// <summary>Reads one. What is none throws <see cref="MalformedRequest"/>, which closes the socket.</summary>
    public static SocketMessage Read(ReadOnlyMemory<byte> utf8, IGraphQLSerializer serializer)
    {
        using var json = IncomingRequest.Parse(utf8, "the message");
        var message = json.RootElement;
        if (message.ValueKind != JsonValueKind.Object)
            throw MalformedRequest.Bad("the message: expected an object");
        var type = message.TryGetProperty("type", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
        return type switch
        {
            "connection_init" => new ConnectionInit(ObjectIn(message) is { } payload ? serializer.ReadNode<Inputs>(payload) ?? Inputs.Empty : Inputs.Empty),
            "ping" => new Ping(ObjectIn(message)?.GetRawText()),
            "pong" => new Pong(ObjectIn(message)?.GetRawText()),
            "subscribe" => new Subscribe(IdIn(message), IncomingRequest.Of(ObjectIn(message) ?? throw MalformedRequest.Bad("'payload': expected an object"), serializer)),
            "complete" => new Complete(IdIn(message)),
            _ => throw MalformedRequest.Bad("'type': expected connection_init, ping, pong, subscribe or complete"),
        };
    }

    static string IdIn(JsonElement message) => message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= IdLengthMax } text
        ? text
        : throw MalformedRequest.Bad($"'id': expected a string of 1 to {IdLengthMax} characters");

    static JsonElement? ObjectIn(JsonElement message) =>
        !message.TryGetProperty("payload", out var payload) || payload.ValueKind == JsonValueKind.Null ? null
        : payload.ValueKind == JsonValueKind.Object ? payload
        : throw MalformedRequest.Bad("'payload': expected an object");
}
