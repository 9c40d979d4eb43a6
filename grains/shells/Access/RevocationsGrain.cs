using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Access;

/// <summary>Keeps the list of revoked tokens in grain state, written before it answers. Silos keep copies, for which it has a version.</summary>
sealed class RevocationsGrain([PersistentState("revocations", CaseStorage.Provider)] IPersistentState<RevocationsState> stored, TimeProvider clock) : Grain, IRevocationsGrain
{
    public Task<Revocation?> RevokeToken(string tokenId, string by) => Add(new() { TokenId = tokenId, By = by }, null, isOwn: false);

    public Task<Revocation?> RevokeOwn(string tokenId, string subject, DateTimeOffset until) => Add(new() { TokenId = tokenId, Subject = subject, By = subject }, until, isOwn: true);

    public Task<Revocation?> RevokeAllOf(string subject, string by) => Add(new() { Subject = subject, By = by }, null, isOwn: false);

    public Task<RevocationsView?> Since(long version)
    {
        var (state, now) = (stored.State, clock.GetUtcNow());
        return Task.FromResult(version == state.Last ? null : new RevocationsView { Version = state.Last, Revocations = [.. state.Revocations.Where(one => one.Until > now)] });
    }

    async Task<Revocation?> Add(Revocation order, DateTimeOffset? until, bool isOwn)
    {
        var now = clock.GetUtcNow();
        var number = stored.State.Last + 1;
        var added = order with { Number = number, At = now, Until = until ?? now + RevocationRules.LongestLife };
        if (RevocationRules.Add(stored.State.Revocations, added, isOwn) is not { } list) return null;
        if (order.TokenId is { } token && list.First(one => one.TokenId == token) is var known && known != added) return known;
        await stored.Become(new() { Last = number, Revocations = [.. list] });
        return added;
    }
}

/// <summary>What is stored of revocations.</summary>
[GenerateSerializer]
[Alias("tg.RevocationsState")]
sealed class RevocationsState
{
    [Id(0)] public long Last { get; set; }
    [Id(1)] public Revocation[] Revocations { get; set; } = [];
}
