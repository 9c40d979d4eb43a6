using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL;

/// <summary>What one execution reads by key, each key once and those of many fields together: a list of a thousand steps that are asked for their events reads the ledger once or twice, not a thousand times.</summary>
sealed class Reads(IGrainFactory grains, CancellationToken stop)
{
    /// <summary>Events in one look-up: a large one has megabytes.</summary>
    const int EventsAtOnce = 100;

    /// <summary>Events by their places in the ledger; null where there is none.</summary>
    public BatchedLookup<long, EventView?> Events { get; } = new(places => grains.GetGrain<IEventsGrain>(0).At(places, stop), EventsAtOnce);

    /// <summary>Events by their ids: the original first, then its error declarations.</summary>
    public BatchedLookup<string, EventView[]> EventsOf { get; } = new(ids => grains.GetGrain<IEventsGrain>(0).ByIds(ids, stop), EventsAtOnce);

    /// <summary>Master data of codes at a record time, or now.</summary>
    public BatchedLookup<(string Code, DateTimeOffset? AsOf), MasterView[]> MasterData { get; } = new(async asked =>
    {
        var found = new Dictionary<(string, DateTimeOffset?), MasterView[]>();
        foreach (var time in asked.GroupBy(one => one.AsOf))
        {
            string[] codes = [.. time.Select(one => one.Code)];
            foreach (var (code, views) in codes.Zip(await grains.GetGrain<IMasterDataGrain>(0).Of(codes, time.Key))) found[(code, time.Key)] = views;
        }
        return [.. asked.Select(one => found[one])];
    });

    /// <summary>Recalls by their ids; null where there is none. Each is a grain of its own, and asked once.</summary>
    public BatchedLookup<string, RecallView?> Recalls { get; } = new(ids => Task.WhenAll(ids.Select(id => grains.GetGrain<IRecallGrain>(id).View())), 50);
}

static class ContextReads
{
    static readonly ConditionalWeakTable<IExecutionContext, Reads> all = [];

    /// <summary>What this execution reads. Every result of a subscription is an execution of its own.</summary>
    public static Reads Reads(this IResolveFieldContext context) =>
        all.GetValue(context.ExecutionContext, execution => new(execution.RequestServices!.GetRequiredService<IGrainFactory>(), execution.CancellationToken));
}
