using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using TraceGrains.GraphQL.Transport.Http;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.Sockets;

/// <summary>Opens WebSockets that speak <c>graphql-transport-ws</c>.</summary>
sealed class SocketHandler(OperationRunner runner, IGrainFactory grains, OpenStreams streams, HttpAnswers answers, IGraphQLTextSerializer serializer, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public const string Protocol = "graphql-transport-ws";

    static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30), PongWithin = TimeSpan.FromSeconds(30);

    public async Task Answer(HttpContext http)
    {
        using var place = streams.Enter();
        if (place is null)
        {
            await answers.RefuseFull(http, streams.Full);
            return;
        }
        var isSpoken = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        // A refused handshake tells a browser's page nothing; so one that asks for another protocol is let in, to be told.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isSpoken ? Protocol : null, KeepAliveInterval = PingEvery, KeepAliveTimeout = PongWithin,
        });
        await new SocketConnection(socket, new(http.RequestServices, http.User, http.Viewer(grains)), http.Authorization(), runner, serializer, clock).Run(isSpoken ? null : SocketClose.NoProtocol, lifetime.ApplicationStopping);
    }
}
