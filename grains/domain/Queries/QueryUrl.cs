using System.Buffers;
using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>
/// Queries written as URL parameters (EPCIS 2.0 REST binding): several values of one parameter stand between bars, or the parameter stands there several times. They are the same as a JSON
/// object of parameters, and become one.
/// </summary>
public static class QueryUrl
{
    /// <summary>The query as a JSON object, UTF-8; null, with what is wrong, when the prefixes cannot be read.</summary>
    /// <param name="parameters">Name and value, decoded, in the order of the URL.</param>
    /// <param name="extensions">The header <c>GS1-Extensions</c>: <c>prefix=namespace</c>, comma-separated; says what prefixes in names and values mean.</param>
    public static (byte[]? Query, QueryProblem? Problem) ToJson(IEnumerable<KeyValuePair<string, string>> parameters, string? extensions)
    {
        if (Prefixes(extensions) is not { } prefixes)
            return (null, new("GS1-Extensions", "prefix=namespace, several of them separated by commas, such as ex=https://ns.example.com/", extensions));
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (prefixes.Count > 0)
            {
                json.WriteStartObject("@context");
                foreach (var (prefix, space) in prefixes)
                    json.WriteString(prefix, space);
                json.WriteEndObject();
            }
            // A name twice on purpose, where a path has asked for the same as the parameters: both have to hold.
            foreach (var group in parameters.GroupBy(parameter => parameter.Key, StringComparer.Ordinal))
            {
                json.WriteStartArray(group.Key);
                foreach (var value in group.SelectMany(parameter => parameter.Value.Split('|', StringSplitOptions.RemoveEmptyEntries)))
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return (buffer.WrittenSpan.ToArray(), null);
    }

    /// <summary>A query with one more condition: both have to hold.</summary>
    public static byte[] And(byte[] query, string parameter, string value)
    {
        using var document = JsonDocument.Parse(query);
        var buffer = new ArrayBufferWriter<byte>(query.Length + 128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
                member.WriteTo(json);
            json.WriteStartArray(parameter);
            json.WriteStringValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What the header <c>GS1-Extensions</c> says of prefixes; null when it cannot be read.</summary>
    public static IReadOnlyDictionary<string, string>? Prefixes(string? extensions)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (extensions ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !UriText.IsUri(part.AsSpan(cut + 1)))
                return null;
            prefixes[part[..cut]] = part[(cut + 1)..];
        }
        return prefixes;
    }
}
