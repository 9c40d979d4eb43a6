using System.Buffers;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL.Transport.Http;

/// <summary>Reads a request by the GraphQL-over-HTTP specification: from the URL for GET, from a JSON body for POST.</summary>
static class RequestReader
{
    public static async Task<IncomingRequest> Read(HttpRequest request, IGraphQLSerializer serializer)
    {
        if (!HttpMethods.IsPost(request.Method))
            return IncomingRequest.Of(request.Query, serializer);
        RequireJson(request);
        using var body = IncomingRequest.Parse(await ReadBody(request), "the body");
        return IncomingRequest.Of(body.RootElement, serializer);
    }

    /// <summary>No other type: those that a page of any origin can make a browser send without asking first (forms, plain text) are not among what is taken.</summary>
    static void RequireJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new MalformedRequest(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected application/json in UTF-8, found '{request.ContentType}'");
        if (request.Headers.ContentEncoding.Count > 0 && !request.Headers.ContentEncoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new MalformedRequest(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding: expected none, found '{request.Headers.ContentEncoding}'");
    }

    static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
    {
        // Counted while reading: a chunked body announces no length.
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(4096), request.HttpContext.RequestAborted);
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > Limits.BodyBytesMax)
                throw new MalformedRequest(StatusCodes.Status413PayloadTooLarge, $"the body: expected at most {Limits.BodyBytesMax} bytes");
        }
    }
}
