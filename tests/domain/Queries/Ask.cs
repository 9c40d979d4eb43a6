using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Tests.Queries;

/// <summary>Asks queries about single events.</summary>
static class Ask
{
    public static readonly DateTimeOffset Recorded = new(2026, 3, 4, 3, 0, 31, TimeSpan.Zero);

    public static ReadQuery Read(string json) => QueryJson.Read(JsonDocument.Parse(json).RootElement);

    public static EventQuery Query(string json)
    {
        var read = Read(json);
        Assert.Empty(read.Problems);
        return read.Query!;
    }

    public static EventTerms Terms(CanonicalEvent e) => EventTerms.Of(e.Json, e.Id, Recorded);

    public static EventTerms Terms(string members) => Terms(Domain.Tests.Events.Epcis.Accepted(members));

    /// <summary>Whether the event satisfies the query. Wherever it does, the index has to find it.</summary>
    public static bool Finds(string query, string members)
    {
        var (asked, terms) = (Query(query), Terms(members));
        var holds = asked.Matches(terms);
        var keys = IndexKeys.Of(terms);
        if (holds) Assert.All(IndexKeys.Of(asked), alternatives => Assert.Contains(alternatives, keys.Contains));
        return holds;
    }
}
