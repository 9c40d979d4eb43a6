using System.Collections.Concurrent;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace TraceGrains.Contracts.Costs;

/// <summary>
/// Where the places that read the ledger and ask shards say what they did. Which operation that was for comes along with every call (<see cref="RequestContext"/>); the process where it began has its
/// meter, other processes send word there. What is done for no metered operation counts to nobody and costs nothing.
/// </summary>
public static class Metering
{
    internal const string Key = "tg.operation";

    static readonly Guid thisProcess = Guid.NewGuid();

    static readonly ConcurrentDictionary<Guid, OperationMeter> open = [];

    /// <summary>Counts rows read from the ledger.</summary>
    public static void Rows(long rows)
    {
        if (rows > 0) Count(new(rows, 0));
    }

    /// <summary>Counts a question to a lineage shard.</summary>
    public static void Message() => Count(new(0, 1));

    /// <summary>
    /// What ends work for the operation that it is done for. Orleans brings the tokens of calls to grains of one activation, and not to stateless workers (dotnet/orleans#9877); but these run in the process
    /// of who asks them, where the operation itself can be looked at.
    /// </summary>
    /// <param name="carried">The token that came with the call; it counts where the operation is not metered here.</param>
    public static CancellationToken Stop(CancellationToken carried) => RequestContext.Get(Key) is MeterTicket ticket && open.TryGetValue(ticket.Id, out var meter) ? meter.Stop : carried;

    static void Count(OperationCost cost)
    {
        if (RequestContext.Get(Key) is not MeterTicket ticket) return;
        if (open.TryGetValue(ticket.Id, out var meter)) meter.Add(cost);
        // What began here and is closed is over.
        else if (ticket.Process != thisProcess) ticket.Home?.Spent(ticket.Id, cost);
    }

    /// <summary>Begins work that is for everybody, or goes on when an operation has ended: it is nobody's cost, whoever happens to begin it.</summary>
    public static T Apart<T>(Func<T> work) where T : Task
    {
        var ticket = RequestContext.Get(Key);
        if (ticket is null) return work();
        RequestContext.Remove(Key);
        try
        {
            return work();
        }
        finally
        {
            RequestContext.Set(Key, ticket);
        }
    }

    internal static MeterTicket Open(Guid id, OperationMeter meter, IMeterHome? home)
    {
        open[id] = meter;
        return new(id, home, thisProcess);
    }

    internal static void Close(Guid id) => open.TryRemove(id, out _);

    /// <summary>Takes word from other processes.</summary>
    public sealed class Home : IMeterHome
    {
        /// <inheritdoc/>
        public void Spent(Guid operation, OperationCost cost)
        {
            if (open.TryGetValue(operation, out var meter)) meter.Add(cost);
        }
    }
}

/// <summary>What a call brings along about the operation it is for.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.MeterTicket")]
sealed record MeterTicket([property: Id(0)] Guid Id, [property: Id(1)] IMeterHome? Home, [property: Id(2)] Guid Process);

/// <summary>The process where operations began.</summary>
[Alias("tg.IMeterHome")]
public interface IMeterHome : IGrainObserver
{
    /// <summary>Something was done for an operation elsewhere.</summary>
    [Alias("Spent")]
    [OneWay]
    void Spent(Guid operation, OperationCost cost);
}
