using TraceGrains.Contracts.Costs;

namespace TraceGrains.GraphQL;

/// <summary>What an administrator decides about the GraphQL surface.</summary>
public sealed record SurfaceOptions
{
    /// <summary>Origins of other people's pages whose scripts may ask, such as <c>https://console.example</c>; none unless named.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Clients that may hold a stream or socket open at the same time, in one process; each costs some ten kilobytes at rest.</summary>
    public int StreamsMax { get; init; } = 1_000;

    /// <summary>What answering one question may cost; beyond, it ends unanswered. What changes something, and what a subscription tells, is not cut short.</summary>
    public OperationCost CostMax { get; init; } = new(Limits.LedgerRowsMax, Limits.ShardMessagesMax);

    /// <summary>Path of the host's page on which people sign in, to which the explorer leads; null where it has none.</summary>
    public string? SignInPath { get; init; }
}
