using Orleans.Runtime;

namespace TraceGrains.Contracts.Costs;

/// <summary>Counts what one operation costs while it is answered, wherever in the cluster that is, and ends the answering when that becomes too much or nobody waits any longer.</summary>
public sealed class OperationMeter : IDisposable
{
    readonly CancellationTokenSource over;
    readonly Guid id = Guid.NewGuid();
    readonly OperationCost limit;
    long rows, messages;
    volatile bool isOver, hasToFinish;

    OperationMeter(OperationCost limit, CancellationToken nobodyWaits) => (this.limit, over) = (limit, CancellationTokenSource.CreateLinkedTokenSource(nobodyWaits));

    /// <summary>Begins to count for the calls that are made from here on, in this flow of control.</summary>
    /// <param name="limit">What it may cost.</param>
    /// <param name="home">Where other processes tell of what they did for it; null where there are none.</param>
    /// <param name="nobodyWaits">Told when nobody waits for the answer any longer.</param>
    public static OperationMeter Begin(OperationCost limit, IMeterHome? home, CancellationToken nobodyWaits = default)
    {
        var meter = new OperationMeter(limit, nobodyWaits);
        RequestContext.Set(Metering.Key, Metering.Open(meter.id, meter, home));
        return meter;
    }

    /// <summary>What it has cost so far.</summary>
    public OperationCost Spent => new(Volatile.Read(ref rows), Volatile.Read(ref messages));

    /// <summary>Whether it has cost more than it may.</summary>
    public bool IsOver => isOver;

    /// <summary>Told when it has cost more than it may, or nobody waits any longer; what it is to grains where it has to finish: never.</summary>
    public CancellationToken Stop => hasToFinish ? default : over.Token;

    /// <summary>What changes something has no limit, and what grains have begun for it is not cut short.</summary>
    public void LetFinish() => hasToFinish = true;

    internal void Add(OperationCost cost)
    {
        Interlocked.Add(ref rows, cost.LedgerRows);
        Interlocked.Add(ref messages, cost.ShardMessages);
        if (hasToFinish || isOver || !Spent.Exceeds(limit)) return;
        isOver = true;
        // Not on this thread, which may be a grain's turn.
        _ = over.CancelAsync();
    }

    /// <summary>Ends the counting. What is still under way for it counts to nobody.</summary>
    public void Dispose() => Metering.Close(id);   // 'over' is not disposed: what it began may still listen.
}
