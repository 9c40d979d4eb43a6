using Orleans.Concurrency;

namespace TraceGrains.Contracts.Queries;

/// <summary>Feeds the event index from the ledger. One grain.</summary>
[Alias("tg.IEventIndexGrain")]
public interface IEventIndexGrain : IGrainWithIntegerKey
{
    /// <summary>Answers when every event up to this place in the ledger is indexed.</summary>
    [Alias("CatchUp")]
    [ResponseTimeout("01:00:00")]
    Task CatchUp(long through);

    /// <summary>Says that the ledger has come this far; does not wait.</summary>
    [Alias("Tell")]
    [OneWay]
    Task Tell(long head);
}

/// <summary>Page tokens that their holders gave back (<c>DELETE /nextPageToken/{token}</c>): refused from then on, for as long as they would have been good. One grain.</summary>
[Alias("tg.IPageTokensGrain")]
public interface IPageTokensGrain : IGrainWithIntegerKey
{
    /// <summary>Refuses a token from now on.</summary>
    [Alias("Release")]
    Task Release(string token, DateTimeOffset expires);

    /// <summary>Whether a token was given back.</summary>
    [Alias("IsReleased")]
    Task<bool> IsReleased(string token);
}
