using System.Text;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.Http;

namespace TraceGrains.GraphQL.Transport.Operations;

/// <summary>The parameters of a GraphQL request, as the GraphQL-over-HTTP specification names them, whichever way they came.</summary>
/// <param name="Query">The document. It need not parse: that is for the executer to say.</param>
/// <param name="OperationName">Which of its operations; null for the only one.</param>
/// <param name="Variables">Their values.</param>
/// <param name="Extensions">What is asked for beyond the standard; of ours only <c>operationId</c> (graphql-sse) and <c>cost</c> mean anything.</param>
sealed record IncomingRequest(string Query, string? OperationName, Inputs Variables, Inputs Extensions)
{
    /// <summary>Whether the answer is to say what it cost.</summary>
    public bool AsksForCost => Extensions.TryGetValue("cost", out var cost) && cost is true;

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the parameters from the members of a JSON object; unknown members are left aside, as the specification reserves them.</summary>
    public static IncomingRequest Of(JsonElement body, IGraphQLSerializer serializer)
    {
        if (body.ValueKind == JsonValueKind.Array)
            throw MalformedRequest.Bad("the body: expected a JSON object with the member 'query', found an array: batches are not taken; ask for several fields in one document, or send several requests side by side");
        if (body.ValueKind != JsonValueKind.Object)
            throw MalformedRequest.Bad($"the body: expected a JSON object with the member 'query', found {Words(body)}");

        JsonElement? Member(string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        string? Text(string name) => Member(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => throw MalformedRequest.Bad($"'{name}': expected a string, found {Words(other)}"),
        };
        Inputs Object(string name) => Member(name) is { } value ? InputsOf(value, name, serializer) : Inputs.Empty;

        var extensions = Object("extensions");
        return new(Text("query") ?? throw NoQuery(extensions), Text("operationName"), Object("variables"), extensions);
    }

    /// <summary>Reads the parameters from a URL.</summary>
    public static IncomingRequest Of(IQueryCollection url, IGraphQLSerializer serializer)
    {
        Inputs Object(string name)
        {
            if (url[name].ToString() is not { Length: > 0 } text)
                return Inputs.Empty;
            using var json = Parse(Encoding.UTF8.GetBytes(text), $"'{name}'");
            return InputsOf(json.RootElement, name, serializer);
        }
        var extensions = Object("extensions");
        return new(url.TryGetValue("query", out var query) ? query.ToString() : throw NoQuery(extensions),
            url["operationName"].ToString() is { Length: > 0 } name ? name : null, Object("variables"), extensions);
    }

    /// <summary>Parses JSON; bytes that are no UTF-8, and halves of surrogate pairs in texts, are refused here and not somewhere later.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="what">What they are, for the message.</param>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            Strict.GetCharCount(utf8.Span);
            var parsed = JsonDocument.Parse(utf8);
            try
            {
                RequireText(parsed.RootElement);
                return parsed;
            }
            catch
            {
                parsed.Dispose();
                throw;
            }
        }
        catch (JsonException broken)
        {
            throw MalformedRequest.Bad($"{what}: expected JSON, found an error at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}");
        }
        catch (DecoderFallbackException)
        {
            throw MalformedRequest.Bad($"{what}: expected UTF-8, found bytes that are none");
        }
        catch (InvalidOperationException)
        {
            throw MalformedRequest.Bad($"{what}: expected texts of Unicode characters, found half a surrogate pair");
        }
    }

    static void RequireText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    RequireText(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    RequireText(member.Value);
                }
                break;
        }
    }

    /// <summary>Clients that hope for persisted queries send a hash first; this is the word on which they send the document.</summary>
    static MalformedRequest NoQuery(Inputs extensions) => extensions.ContainsKey("persistedQuery")
        ? new(StatusCodes.Status400BadRequest, "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
        : MalformedRequest.Bad("'query': expected a GraphQL document, found nothing");

    static Inputs InputsOf(JsonElement value, string name, IGraphQLSerializer serializer) => value.ValueKind switch
    {
        JsonValueKind.Null => Inputs.Empty,
        JsonValueKind.Object => serializer.ReadNode<Inputs>(value) ?? Inputs.Empty,
        _ => throw MalformedRequest.Bad($"'{name}': expected a JSON object, found {Words(value)}"),
    };

    static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}

/// <summary>A request that is none: the HTTP status that says so, what was expected, and a code for programs.</summary>
sealed class MalformedRequest(int status, string message, string code = "BAD_REQUEST") : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static MalformedRequest Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
