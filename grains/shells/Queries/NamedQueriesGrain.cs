using TraceGrains.Contracts.Queries;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Queries;

/// <summary>Keeps named queries in grain state: written durably before it answers.</summary>
[KeepAlive]
sealed class NamedQueriesGrain([PersistentState("namedQueries", CaseStorage.Provider)] IPersistentState<NamedQueriesState> state, TimeProvider clock) : Grain, INamedQueriesGrain
{
    public Task<bool> Create(string name, byte[] query) => Add(name, query, null);

    public Task<bool> CreateFor(string name, byte[] query, Caller owner) => Add(name, query, owner);

    async Task<bool> Add(string name, byte[] query, Caller? owner)
    {
        if (state.State.Queries.ContainsKey(name)) return false;
        state.State.Queries.Add(name, new() { Name = name, Query = query, CreatedAt = clock.GetUtcNow(), Owner = owner });
        await Write(() => state.State.Queries.Remove(name));
        return true;
    }

    public Task<NamedQuery?> Find(string name) => Task.FromResult(state.State.Queries.GetValueOrDefault(name));

    public Task<NamedQuery[]> List(string? after, int first) => ListFor(after, first, Caller.Trusted);

    public Task<NamedQuery[]> ListFor(string? after, int first, Caller caller) =>
        Task.FromResult(state.State.Queries.Values.Where(query => string.CompareOrdinal(query.Name, after) > 0 && caller.Shares(query.Owner)).OrderBy(query => query.Name, StringComparer.Ordinal).Take(first).ToArray());

    public async Task<bool> Delete(string name)
    {
        if (!state.State.Queries.Remove(name, out var removed)) return false;
        await Write(() => state.State.Queries.Add(name, removed));
        return true;
    }

    async Task Write(Action takeBack)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // Memory must not say what storage does not.
            takeBack();
            throw;
        }
    }
}

/// <summary>What is stored.</summary>
[GenerateSerializer]
[Alias("tg.NamedQueriesState")]
sealed class NamedQueriesState
{
    [Id(0)] public Dictionary<string, NamedQuery> Queries { get; set; } = new(StringComparer.Ordinal);
}
