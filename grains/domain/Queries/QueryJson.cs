using System.Text.Json;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Queries;

/// <summary>Reads a query written as a JSON object (the REST binding's <c>query-schema.json</c>).</summary>
public static class QueryJson
{
    /// <summary>Parameters in one query; more is refused.</summary>
    public const int ParametersMax = 200;

    /// <summary>Reads the object <c>{ "EQ_bizStep": ["shipping"], … }</c>, with an <c>@context</c> of its own for the prefixes it uses.</summary>
    public static ReadQuery Read(JsonElement query)
    {
        try
        {
            return ReadObject(query);
        }
        catch (InvalidOperationException)
        {
            // JSON may carry half a surrogate pair as an escape, which is no text.
            return new(null, [new("query", "complete surrogate pairs", "half of one")]);
        }
    }

    static ReadQuery ReadObject(JsonElement query)
    {
        if (query.ValueKind != JsonValueKind.Object)
            return new(null, [new("query", "an object of query parameters", ProblemList.Shorten(query))]);
        var context = JsonLdContext.Empty;
        var parameters = new List<QueryParameter>();
        var problems = new List<QueryProblem>();
        foreach (var member in query.EnumerateObject())
            if (member.NameEquals("@context"u8))
                context = JsonLdContext.Read(member.Value);
            else if (Values(member.Value) is { } values)
                parameters.Add(new(member.Name, values));
            else
                problems.Add(new(member.Name, "a text, a number, true or false, or a list of these", ProblemList.Shorten(member.Value)));
        return problems.Count > 0 ? new(null, problems) : QueryReader.Read(parameters, context);
    }

    static string[]? Values(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return value.ValueKind == JsonValueKind.Null ? [] : Text(value) is { } one ? [one] : null;
        var values = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (Text(item) is not { } text)
                return null;
            values.Add(text);
        }
        return [.. values];
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => NumberText.Of(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
