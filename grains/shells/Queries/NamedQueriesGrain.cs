using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Queries;

/// <summary>Keeps named queries in grain state: written durably before it answers.</summary>
[KeepAlive]
sealed class NamedQueriesGrain([PersistentState("namedQueries", CaseStorage.Provider)] IPersistentState<NamedQueriesState> stored, TimeProvider clock) : Grain, INamedQueriesGrain
{
    Dictionary<string, NamedQuery> Queries => stored.State.Queries;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Queries of before were stored without their keys.
        foreach (var (key, query) in Queries) query.Key = key;
        return Task.CompletedTask;
    }

    public Task<bool> Create(string name, byte[] query) => Add(name, query, null);

    public Task<bool> CreateFor(string name, byte[] query, Caller owner) => Add(name, query, owner);

    async Task<bool> Add(string name, byte[] query, Caller? owner)
    {
        var key = NamedQuery.KeyOf(name, owner);
        // One of before has its name for a key, whosever it is.
        if (Queries.ContainsKey(key) || (owner is not null && Queries.TryGetValue(name, out var older) && IsOf(older, owner))) return false;
        await stored.Become(new() { Queries = new(Queries, StringComparer.Ordinal) { [key] = new() { Name = name, Query = query, CreatedAt = clock.GetUtcNow(), Owner = owner, Key = key } } });
        return true;
    }

    public Task<NamedQuery?> Find(string key) => Task.FromResult(Queries.GetValueOrDefault(key));

    public Task<NamedQuery[]> Meant(string name, Caller caller, string? owner)
    {
        NamedQuery[] seen = [.. Queries.Values.Where(query => query.Name == name && (owner is null || query.OwnerCode == owner) && caller.Shares(query.Owner)).OrderBy(query => query.Key, StringComparer.Ordinal)];
        return Task.FromResult(seen.FirstOrDefault(query => IsOf(query, caller.Restricted(Right.ReadCustody))) is { } own ? [own] : seen);
    }

    public Task<NamedQuery[]> ListFor(string? after, int first, Caller caller) => Task.FromResult<NamedQuery[]>(
        [.. Queries.Values.Where(query => caller.Shares(query.Owner) && (after is null || Order(query.Key, after) > 0)).OrderBy(query => query.Key, Comparer<string>.Create(Order)).Take(first)]);

    public async Task<bool> Delete(string key)
    {
        var fewer = new Dictionary<string, NamedQuery>(Queries, StringComparer.Ordinal);
        if (!fewer.Remove(key)) return false;
        await stored.Become(new() { Queries = fewer });
        return true;
    }

    static bool IsOf(NamedQuery query, Caller? owner) => query.Owner?.Party == owner?.Party && query.Owner?.District == owner?.District;

    static int Order(string one, string other) => string.CompareOrdinal(NamedQuery.NameOf(one), NamedQuery.NameOf(other)) is var byName and not 0 ? byName : string.CompareOrdinal(one, other);
}

/// <summary>What is stored.</summary>
[GenerateSerializer]
[Alias("tg.NamedQueriesState")]
sealed class NamedQueriesState
{
    /// <summary>By key (<see cref="NamedQuery.Key"/>).</summary>
    [Id(0)] public Dictionary<string, NamedQuery> Queries { get; set; } = new(StringComparer.Ordinal);
}
