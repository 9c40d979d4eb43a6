using System.Security.Cryptography;
using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Access;

/// <summary>Keeps a machine's key in grain state, written durably before it answers. There is one activation of it, so what is revoked is revoked for everybody at once.</summary>
sealed class ApiKeyGrain([PersistentState("api-key", CaseStorage.Provider)] IPersistentState<ApiKeyState> stored, TimeProvider clock) : Grain, IApiKeyGrain
{
    public async Task<bool> Create(ApiKeyOrder order, byte[] secretHash)
    {
        if (stored.State.Order is not null) return false;
        var now = clock.GetUtcNow();
        await stored.Become(new() { Order = order, CreatedAt = now, SecretSince = now, Hash = secretHash });
        return true;
    }

    public Task<Caller?> Check(byte[] secretHash)
    {
        // Whoever guesses ids must not fill the memory with them.
        if (stored.State.Order is null) DeactivateOnIdle();
        var (state, now) = (stored.State, clock.GetUtcNow());
        var isGood = state.Order is { } order && state.RevokedAt is null && !(order.Expires <= now)
            && (CryptographicOperations.FixedTimeEquals(state.Hash, secretHash) || (state.OldUntil > now && CryptographicOperations.FixedTimeEquals(state.OldHash, secretHash)));
        return Task.FromResult(isGood ? state.Order!.Caller : null);
    }

    public async Task<ApiKeyView?> Rotate(byte[] secretHash, TimeSpan oldGoodFor)
    {
        if (stored.State is not { Order: not null, RevokedAt: null } state) return null;
        var now = clock.GetUtcNow();
        await stored.Become(new() { Order = state.Order, CreatedAt = state.CreatedAt, SecretSince = now, Hash = secretHash, OldHash = state.Hash, OldUntil = now + oldGoodFor });
        return await View();
    }

    public async Task<ApiKeyView?> Revoke(DateTimeOffset at)
    {
        if (stored.State is not { Order: not null } state) return null;
        if (state.RevokedAt is null)
            await stored.Become(new() { Order = state.Order, CreatedAt = state.CreatedAt, SecretSince = state.SecretSince, RevokedAt = at });
        return await View();
    }

    public Task<ApiKeyView?> View() => Task.FromResult(stored.State is { Order: { } order } state
        ? new ApiKeyView
        {
            Id = ApiKeyKey.IdIn(this.GetPrimaryKeyString()), Order = order, CreatedAt = state.CreatedAt, SecretSince = state.SecretSince, OldSecretUntil = state.OldUntil > clock.GetUtcNow() ? state.OldUntil : null, RevokedAt = state.RevokedAt,
        }
        : null);
}

/// <summary>Which keys an enterprise has.</summary>
sealed class ApiKeyListGrain([PersistentState("api-keys", CaseStorage.Provider)] IPersistentState<ApiKeyListState> stored) : Grain, IApiKeyListGrain
{
    public async Task<bool> Add(string id)
    {
        if (stored.State.Ids.Contains(id)) return true;
        if (stored.State.Ids.Count >= IApiKeyListGrain.KeysMax) return false;
        stored.State.Ids.Add(id);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State.Ids.Remove(id);
            throw;
        }
        return true;
    }

    public Task<string[]> All() => Task.FromResult(stored.State.Ids.ToArray());
}

/// <summary>What is stored of a key.</summary>
[GenerateSerializer]
[Alias("tg.ApiKeyState")]
sealed class ApiKeyState
{
    [Id(0)] public ApiKeyOrder? Order { get; set; }
    [Id(1)] public DateTimeOffset CreatedAt { get; set; }
    [Id(2)] public DateTimeOffset SecretSince { get; set; }
    [Id(3)] public byte[] Hash { get; set; } = [];
    [Id(4)] public byte[] OldHash { get; set; } = [];
    [Id(5)] public DateTimeOffset? OldUntil { get; set; }
    [Id(6)] public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>What is stored of a list of keys.</summary>
[GenerateSerializer]
[Alias("tg.ApiKeyListState")]
sealed class ApiKeyListState
{
    [Id(0)] public List<string> Ids { get; set; } = [];
}
