using Orleans.Runtime;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.Grains.Recalls;

namespace TraceGrains.Grains.Access;

/// <summary>
/// Keeps grants in grain state. Given is noted before it takes effect, and the effect ends before that is noted: whatever cuts this short, no grant is in force that its giver does not see and cannot take back.
/// </summary>
sealed class GrantsGrain([PersistentState("grants", CaseStorage.Provider)] IPersistentState<GrantsState> stored) : Grain, IGrantsGrain
{
    public async Task<bool> Give(Grant grant)
    {
        if (stored.State.Given.Length >= IGrantsGrain.GrantsMax) return false;
        await stored.Become(new() { Given = [.. stored.State.Given, grant], Received = stored.State.Received });
        if (await GrainFactory.GetGrain<IGrantsGrain>(grant.To).Receive(grant)) return true;
        await stored.Become(new() { Given = [.. stored.State.Given.Where(one => one.Id != grant.Id)], Received = stored.State.Received });
        return false;
    }

    public async Task<bool> Receive(Grant grant)
    {
        if (stored.State.Received.Any(one => one.Id == grant.Id)) return true;
        if (stored.State.Received.Length >= IGrantsGrain.GrantsMax) return false;
        await stored.Become(new() { Given = stored.State.Given, Received = [.. stored.State.Received, grant] });
        return true;
    }

    public async Task<Grant?> Revoke(string id, DateTimeOffset at)
    {
        if (stored.State.Given.FirstOrDefault(one => one.Id == id) is not { } grant) return null;
        if (grant.RevokedAt is not null) return grant;
        await GrainFactory.GetGrain<IGrantsGrain>(grant.To).End(id, at);
        await stored.Become(new() { Given = Ended(stored.State.Given, id, at), Received = stored.State.Received });
        return stored.State.Given.First(one => one.Id == id);
    }

    public Task End(string id, DateTimeOffset at) => stored.Become(new() { Given = stored.State.Given, Received = Ended(stored.State.Received, id, at) });

    public Task<Grant[]> Given() => Task.FromResult(stored.State.Given);

    public Task<Grant[]> Received() => Task.FromResult(stored.State.Received);

    static Grant[] Ended(Grant[] grants, string id, DateTimeOffset at) => [.. grants.Select(one => one.Id == id ? one with { RevokedAt = one.RevokedAt ?? at } : one)];
}

/// <summary>What is stored of grants.</summary>
[GenerateSerializer]
[Alias("tg.GrantsState")]
sealed class GrantsState
{
    [Id(0)] public Grant[] Given { get; set; } = [];
    [Id(1)] public Grant[] Received { get; set; } = [];
}
