using Orleans.Concurrency;
using TraceGrains.Domain.Access;

namespace TraceGrains.Contracts.Queries;

/// <summary>
/// The named queries of the repository (EPCIS 2.0, REST binding <c>/queries</c>), kept until they are deleted. Those of who sees everything have names of their own for the whole city; those of an enterprise, or of a district's authority, for it
/// alone. One grain.
/// </summary>
[Alias("tg.INamedQueriesGrain")]
public interface INamedQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>Keeps a query of the whole city under a name; false when the name is taken. The query has been checked.</summary>
    [Alias("Create")]
    Task<bool> Create(string name, [Immutable] byte[] query);

    /// <summary>The same for one who keeps it to themselves: a name that somebody else has is free to them.</summary>
    [Alias("CreateFor")]
    Task<bool> CreateFor(string name, [Immutable] byte[] query, Caller owner);

    /// <summary>The query of that key (<see cref="NamedQuery.Key"/>); null when there is none.</summary>
    [Alias("Find")]
    Task<NamedQuery?> Find(string key);

    /// <summary>
    /// What somebody means by a name: their own query; for who sees everything the city's, or else those of all who have one of that name. Empty when there is none that they may see.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="caller">Who.</param>
    /// <param name="owner">Whose query is meant (<see cref="NamedQuery.OwnerCode"/>); null where it is not said.</param>
    [Alias("Meant")]
    Task<NamedQuery[]> Meant(string name, Caller caller, string? owner);

    /// <summary>Queries that are somebody's to see (<see cref="Caller.Shares"/>) in ordinal order of their names, and of their keys where names are the same, after a key.</summary>
    [Alias("ListFor")]
    Task<NamedQuery[]> ListFor(string? after, int first, Caller caller);

    /// <summary>Forgets the query of a key; false when there was none.</summary>
    [Alias("Delete")]
    Task<bool> Delete(string key);
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
    /// <summary>What it alone has in the repository: its name; of a query with an owner, behind the owner's code and a slash, which no name has. One that is older has its name alone.</summary>
    [Id(4)] public string Key { get; set; } = "";

    /// <summary>The code of the enterprise or district whose it is; null for the whole city's.</summary>
    public string? OwnerCode => Owner?.Party ?? Owner?.District;

    /// <summary>The key of a query.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="owner">Whose it is; null for the whole city's.</param>
    public static string KeyOf(string name, Caller? owner) => (owner?.Party ?? owner?.District) is { } code ? $"{code}/{name}" : name;

    /// <summary>The name in a key.</summary>
    public static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];
}
