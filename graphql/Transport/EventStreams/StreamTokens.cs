using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Transport.EventStreams;

/// <summary>What a client of a reserved stream shows with every request (graphql-sse, single connection mode).</summary>
static class StreamTokens
{
    public const string Header = "X-GraphQL-Event-Stream-Token";

    /// <summary>The name in a URL, for a browser's EventSource, which sends no headers of one's own.</summary>
    public const string Parameter = "token";

    /// <summary>Nobody guesses one: 128 bits of chance.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The token of a request; null when it has none.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers[Header].ToString() is { Length: > 0 } inHeader ? inHeader
        : request.Query[Parameter].ToString() is { Length: > 0 } inUrl ? inUrl
        : null;
}
