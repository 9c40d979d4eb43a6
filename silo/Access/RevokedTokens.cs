using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.Grains;

namespace TraceGrains.Silo.Access;

/// <summary>
/// This silo's copy of the list of revoked tokens. A copy of up to one second is taken as it is, so that checking a token costs no call; an older one is asked for anew, which whoever asks meanwhile waits for.
/// Where the list cannot be reached, the copy counts until it is five seconds old; then nobody's token does.
/// </summary>
sealed class RevokedTokens(IGrainFactory grains, TimeProvider clock)
{
    static readonly TimeSpan fresh = TimeSpan.FromSeconds(1), bearable = TimeSpan.FromSeconds(5), patience = TimeSpan.FromSeconds(1), firstPatience = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    volatile Copy? copy;
    Task<Copy>? asking;

    /// <param name="AskedAt">A time stamp of the clock, from before it was asked for: what was revoked by then is in it.</param>
    sealed record Copy(long Version, RevocationSet Set, long AskedAt);

    /// <summary>Whether a token was revoked.</summary>
    /// <exception cref="RevocationsUnknownException">That cannot be found out at the moment.</exception>
    public async ValueTask<bool> Contain(TokenIdentity token)
    {
        if (copy is { } known && AgeOf(known) < fresh) return known.Set.Covers(token);
        return (await Renewed()).Set.Covers(token);
    }

    /// <summary>Ends a token that its bearer brings, here at once and elsewhere as soon as other silos ask; false where there is no room for it.</summary>
    public async Task<bool> Add(TokenIdentity token)
    {
        if (await grains.GetGrain<IRevocationsGrain>(0).RevokeOwn(token.Id, token.Subject.Length <= RevocationRules.TextMax ? token.Subject : "", token.Until) is null) return false;
        // What is under way may have been asked for before.
        Task<Copy>? before;
        lock (gate) before = asking;
        if (before is not null) await before.ContinueWith(_ => { }, TaskScheduler.Default);
        copy = null;
        await Renewed();
        return true;
    }

    async Task<Copy> Renewed()
    {
        var isBearable = copy is { } known && AgeOf(known) < bearable;
        try
        {
            return await Ask().WaitAsync(isBearable ? patience : firstPatience, clock);
        }
        catch (Exception failure)
        {
            return copy is { } last && AgeOf(last) < bearable ? last : throw new RevocationsUnknownException(failure);
        }
    }

    Task<Copy> Ask()
    {
        lock (gate) return asking is { IsCompleted: false } underWay ? underWay : asking = Task.Run(Fetch);
    }

    async Task<Copy> Fetch()
    {
        var (known, at) = (copy, clock.GetTimestamp());
        var view = await Again.Ask(() =>
        {
            at = clock.GetTimestamp();
            return grains.GetGrain<IRevocationsGrain>(0).Since(known?.Version ?? -1);
        });
        return copy = view is null ? known! with { AskedAt = at } : new(view.Version, new(view.Revocations), at);
    }

    TimeSpan AgeOf(Copy known) => clock.GetElapsedTime(known.AskedAt);
}

/// <summary>The list of revoked tokens could not be reached for so long that no token can be taken for good.</summary>
sealed class RevocationsUnknownException(Exception why) : Exception("the list of revoked tokens cannot be reached", why);
