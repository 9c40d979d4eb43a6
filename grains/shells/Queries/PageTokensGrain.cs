using TraceGrains.Contracts.Queries;

namespace TraceGrains.Grains.Queries;

/// <summary>Remembers released tokens in memory: after a restart a released token would be good again until it expires, and what it leads to is no secret.</summary>
[KeepAlive]
sealed class PageTokensGrain(TimeProvider clock) : Grain, IPageTokensGrain
{
    /// <summary>Tokens remembered at once; the one that would expire first makes room.</summary>
    const int TokensMax = 100_000;

    readonly Dictionary<string, DateTimeOffset> released = new(StringComparer.Ordinal);
    readonly PriorityQueue<string, DateTimeOffset> byExpiry = new();

    public Task Release(string token, DateTimeOffset expires)
    {
        while (byExpiry.TryPeek(out var first, out var until) && (until <= clock.GetUtcNow() || released.Count >= TokensMax))
        {
            byExpiry.Dequeue();
            released.Remove(first);
        }
        if (released.TryAdd(token, expires)) byExpiry.Enqueue(token, expires);
        return Task.CompletedTask;
    }

    public Task<bool> IsReleased(string token) => Task.FromResult(released.ContainsKey(token));
}
