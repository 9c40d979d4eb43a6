using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Reads credentials that come in a message and not in a header: a browser cannot send headers when it opens a WebSocket. The host brings it.</summary>
public interface IConnectionCredentials
{
    /// <summary>Who presents these credentials, written as in the header <c>Authorization</c>; null where they are no good.</summary>
    Task<Caller?> Read(string authorization);
}
