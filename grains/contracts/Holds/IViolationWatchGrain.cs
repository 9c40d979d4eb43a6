using Orleans.Concurrency;

namespace TraceGrains.Contracts.Holds;

/// <summary>Looks at everything that is moved, in ledger order and right after its capture, and puts violations on record. One grain.</summary>
[Alias("tg.IViolationWatchGrain")]
public interface IViolationWatchGrain : IGrainWithIntegerKey
{
    /// <summary>Says that the ledger has come this far, and every shard with it; does not wait.</summary>
    [Alias("Tell")]
    [OneWay]
    Task Tell(long head);

    /// <summary>Answers when everything up to this place in the ledger has been looked at, and its violations are on record.</summary>
    [Alias("CatchUp")]
    [ResponseTimeout("01:00:00")]
    Task CatchUp(long through);

    /// <summary>
    /// Answers a place in the ledger through which there may be violations after a known one: as soon as one is recorded, or after some seconds in any case. Of −1, the ledger's head at once.
    /// </summary>
    [Alias("Watch")] Task<long> Watch(long known);
}
