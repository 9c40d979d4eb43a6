using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>Reads a query written as URL parameters (EPCIS 2.0 REST binding): several values of one parameter stand between bars, or the parameter stands there several times.</summary>
public static class QueryUrl
{
    /// <summary>Reads the parameters; each value may be a list.</summary>
    /// <param name="parameters">Name and value, decoded, in the order of the URL.</param>
    /// <param name="extensions">The header <c>GS1-Extensions</c>: <c>prefix=namespace</c>, comma-separated; says what prefixes in names and values mean.</param>
    public static ReadQuery Read(IEnumerable<KeyValuePair<string, string>> parameters, string? extensions)
    {
        if (Context(extensions) is not { } context)
            return new(null, [new("GS1-Extensions", "prefix=namespace, several of them separated by commas, such as ex=https://ns.example.com/", extensions)]);
        var read = parameters.GroupBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(group => new QueryParameter(group.Key, [.. group.SelectMany(parameter => parameter.Value.Split('|', StringSplitOptions.RemoveEmptyEntries))]));
        return QueryReader.Read([.. read], context);
    }

    static JsonLdContext? Context(string? extensions)
    {
        if (string.IsNullOrWhiteSpace(extensions))
            return JsonLdContext.Empty;
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in extensions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0 || !UriText.IsUri(part.AsSpan(cut + 1)))
                return null;
            prefixes[part[..cut]] = part[(cut + 1)..];
        }
        return JsonLdContext.Of(prefixes);
    }
}
