using Microsoft.AspNetCore.Http;
using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Reads credentials that come in a message and not in a header (a browser cannot send headers when it opens a WebSocket), and says when those that somebody goes on with end. The host brings it.</summary>
public interface IConnectionCredentials
{
    /// <summary>Who presents these credentials, written as in the header <c>Authorization</c>; null where they are no good.</summary>
    Task<Caller?> Read(string authorization);

    /// <summary>The credentials that a request brings in its headers, written as in <c>Authorization</c>; null for none, and where none count.</summary>
    string? In(HttpRequest request);

    /// <summary>Completes when credentials that were good are so no longer: their time is over, or somebody revoked them.</summary>
    /// <param name="authorization">The credentials.</param>
    /// <param name="stop">Nobody goes on with them any longer; then this is cancelled.</param>
    Task Ended(string authorization, CancellationToken stop);
}
