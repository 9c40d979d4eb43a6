using TraceGrains.Domain.Subscriptions;

namespace TraceGrains.Contracts.Subscriptions;

/// <summary>
/// Says in this process that there may be something new in the ledger. No grain: every silo has its own. A word may be lost or come for nothing; whoever waits reads the ledger from a cursor of its own, and
/// looks again after some time in any case.
/// </summary>
public interface ILedgerNews
{
    /// <summary>Listens from now on, until the answer is disposed.</summary>
    INewsWait Follow(QueryInterest interest);
}

/// <summary>One who waits.</summary>
public interface INewsWait : IDisposable
{
    /// <summary>Returns when there may be something new since it last returned, or when the time is over.</summary>
    Task Wait(TimeSpan time, CancellationToken stop);
}
