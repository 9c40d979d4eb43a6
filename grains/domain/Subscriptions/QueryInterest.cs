using System.Text.Json;
using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Subscriptions;

/// <summary>
/// Whether news may concern a query, told from the keys under which the index has filed it. Most subscribers wait for little of what is recorded; those whom it cannot concern are not woken.
/// May say yes where nothing is found, never no where something is.
/// </summary>
public sealed class QueryInterest
{
    readonly IReadOnlyList<IReadOnlyCollection<long>> narrowing;

    QueryInterest(IReadOnlyList<IReadOnlyCollection<long>> narrowing) => this.narrowing = narrowing;

    /// <summary>The interest of a query written as a JSON object, UTF-8.</summary>
    public static QueryInterest Of(ReadOnlyMemory<byte> query)
    {
        using var json = JsonDocument.Parse(query);
        return new(QueryJson.Read(json.RootElement).Query is { } read ? IndexKeys.Of(read) : []);
    }

    /// <summary>The interest of who waits for events that name a code.</summary>
    public static QueryInterest Naming(string code) => new([IndexKeys.Naming(code)]);

    /// <summary>Whether some event among those filed under the keys may satisfy the query.</summary>
    /// <param name="keys">The keys of all the events together; null when nobody knows them.</param>
    public bool MayConcern(IReadOnlySet<long>? keys) => keys is null || narrowing.All(alternatives => alternatives.Any(keys.Contains));
}
