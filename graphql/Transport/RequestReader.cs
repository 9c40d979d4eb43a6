using System.Buffers;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TraceGrains.GraphQL.Transport;

/// <summary>A GraphQL request as it came in.</summary>
sealed record IncomingRequest(string Query, string? OperationName, Inputs Variables, Inputs Extensions);

/// <summary>A request that is none: the HTTP status that says so, and what was expected.</summary>
sealed class MalformedRequest(int status, string message) : Exception(message)
{
    public int Status => status;
}

/// <summary>Reads the parameters of a request by the GraphQL-over-HTTP specification: from the URL for GET, from a JSON body for POST.</summary>
static class RequestReader
{
    public static async Task<IncomingRequest> Read(HttpRequest request, IGraphQLSerializer serializer)
    {
        if (HttpMethods.IsGet(request.Method))
            return FromUrl(request.Query, serializer);
        RequireJson(request);
        using var body = Parse(await ReadBody(request), "the body");
        if (body.RootElement.ValueKind != JsonValueKind.Object)
            throw Bad($"the body: expected a JSON object with the member 'query', found {Words(body.RootElement)}");
        return FromObject(body.RootElement, serializer);
    }

    static IncomingRequest FromUrl(IQueryCollection url, IGraphQLSerializer serializer)
    {
        Inputs Object(string name)
        {
            if (url[name].ToString() is not { Length: > 0 } text)
                return Inputs.Empty;
            using var json = Parse(System.Text.Encoding.UTF8.GetBytes(text), $"'{name}'");
            return InputsOf(json.RootElement, name, serializer);
        }
        return url["query"].ToString() is { Length: > 0 } query
            ? new(query, url["operationName"].ToString() is { Length: > 0 } name ? name : null, Object("variables"), Object("extensions"))
            : throw Bad("'query': expected a GraphQL document, found nothing");
    }

    static IncomingRequest FromObject(JsonElement body, IGraphQLSerializer serializer)
    {
        JsonElement? Member(string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        string? Text(string name) => Member(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => throw Bad($"'{name}': expected a string, found {Words(other)}"),
        };
        Inputs Object(string name) => Member(name) is { } value ? InputsOf(value, name, serializer) : Inputs.Empty;

        return Text("query") is { Length: > 0 } query
            ? new(query, Text("operationName"), Object("variables"), Object("extensions"))
            : throw Bad("'query': expected a GraphQL document, found nothing");
    }

    static Inputs InputsOf(JsonElement value, string name, IGraphQLSerializer serializer) => value.ValueKind switch
    {
        JsonValueKind.Null => Inputs.Empty,
        JsonValueKind.Object => serializer.ReadNode<Inputs>(value) ?? Inputs.Empty,
        _ => throw Bad($"'{name}': expected a JSON object, found {Words(value)}"),
    };

    static void RequireJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new MalformedRequest(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected application/json in UTF-8, found '{request.ContentType}'");
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

    static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException broken)
        {
            throw Bad($"{what}: expected JSON, found an error at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}");
        }
    }

    static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    static MalformedRequest Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
