using System.Net.WebSockets;
using System.Text;

namespace TraceGrains.GraphQL.Transport.Sockets;

/// <summary>Why a socket is closed: the code that <c>graphql-transport-ws</c> or RFC 6455 gives the reason, and words for people.</summary>
readonly record struct SocketClose(int Code, string Reason)
{
    /// <summary>What a close frame has room for (RFC 6455, 5.5).</summary>
    const int ReasonBytesMax = 123;

    public static readonly SocketClose Normal = new(1000, "");
    public static readonly SocketClose GoingAway = new(1001, "the server stops; come back, and resume from your last cursor");
    public static readonly SocketClose Binary = new(4400, "expected a text message");
    public static readonly SocketClose TooBig = new(1009, $"expected a message of at most {Limits.BodyBytesMax} bytes");
    public static readonly SocketClose Fault = new(4500, "Internal server error");
    public static readonly SocketClose Unauthorized = new(4401, "Unauthorized");
    public static readonly SocketClose Forbidden = new(4403, "Forbidden");
    public static readonly SocketClose CredentialsEnded = new(4403, "the credentials are no longer good; come back with others, and resume from your last cursor");
    public static readonly SocketClose NoProtocol = new(4406, "Subprotocol not acceptable");
    public static readonly SocketClose TooLate = new(4408, "Connection initialisation timeout");
    public static readonly SocketClose InitialisedTwice = new(4429, "Too many initialisation requests");

    public static SocketClose Malformed(string reason) => new(4400, reason);

    public static SocketClose IdInUse(string id) => new(4409, $"Subscriber for {id} already exists");

    /// <summary>Sends it; what the client does with it is its own business.</summary>
    public Task Send(WebSocket socket, CancellationToken cancellation) => socket.CloseOutputAsync((WebSocketCloseStatus)Code, Fitting(Reason), cancellation);

    static string Fitting(string reason)
    {
        if (Encoding.UTF8.GetByteCount(reason) <= ReasonBytesMax)
            return reason;
        var (bytes, length) = (0, 0);
        foreach (var rune in reason.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > ReasonBytesMax)
                break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }
        return reason[..length];
    }
}
