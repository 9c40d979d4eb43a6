using Orleans.Concurrency;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Queries;

/// <summary>The named queries of the repository (EPCIS 2.0, REST binding <c>/queries</c>), kept until they are deleted. One grain.</summary>
[Alias("tg.INamedQueriesGrain")]
public interface INamedQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>Keeps a query under a name; false when the name is taken. The query has been checked.</summary>
    [Alias("Create")]
    Task<bool> Create(string name, [Immutable] byte[] query);

    /// <summary>The same for one who keeps it to themselves.</summary>
    [Alias("CreateFor")]
    Task<bool> CreateFor(string name, [Immutable] byte[] query, Caller owner);

    /// <summary>The query of that name; null when there is none.</summary>
    [Alias("Find")]
    Task<NamedQuery?> Find(string name);

    /// <summary>Queries in ordinal order of their names, after a name.</summary>
    [Alias("List")]
    Task<NamedQuery[]> List(string? after, int first);

    /// <summary>The same of those that are somebody's to see (<see cref="Caller.Shares"/>).</summary>
    [Alias("ListFor")]
    Task<NamedQuery[]> ListFor(string? after, int first, Caller caller);

    /// <summary>Forgets a query; false when there was none.</summary>
    [Alias("Delete")]
    Task<bool> Delete(string name);
}

/// <summary>A query with a name.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.NamedQuery")]
public sealed class NamedQuery
{
    /// <summary>Its name.</summary>
    [Id(0)] public string Name { get; set; } = "";
    /// <summary>Its parameters as a JSON object, UTF-8.</summary>
    [Id(1)] public byte[] Query { get; set; } = [];
    /// <summary>When it was made.</summary>
    [Id(2)] public DateTimeOffset CreatedAt { get; set; }
    /// <summary>Whose it is, who alone sees it besides those who see everything; null for theirs.</summary>
    [Id(3)] public Caller? Owner { get; set; }
}
