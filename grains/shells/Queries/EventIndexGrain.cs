using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TraceGrains.Contracts.Costs;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Queries;

/// <summary>
/// Brings the index up to the ledger, in batches that grow while it is behind. One task does so at a time; whoever needs a later event waits for it. Should a second activation exist
/// for a moment, a batch that does not follow the index's own cursor changes nothing.
/// </summary>
[Reentrant]
[KeepAlive]
sealed partial class EventIndexGrain(ILedger ledger, IEventIndex index, ILogger<EventIndexGrain> log) : Grain, IEventIndexGrain
{
    const int BatchMax = 4_000, KeysTold = 20_000;

    long indexed;
    Task? feeding;

    public override async Task OnActivateAsync(CancellationToken stop)
    {
        var cursor = await index.ReadCursor(stop);
        // An index of older rules, of a newer ledger than this (restored from a backup), or of another one says nothing of this one.
        if (cursor.RulesVersion != EventTerms.RulesVersion || cursor.Sequence > 0 && !(await ledger.ReadEvent(cursor.Sequence, stop) is { } last && last.EventHash.AsSpan().SequenceEqual(cursor.EventHash)))
        {
            // An empty ledger has nothing that takes time to index.
            if ((await ledger.ReadHead(stop)).Sequence > 0) LogBuildAnew(cursor.RulesVersion, cursor.Sequence);
            await index.Clear(EventTerms.RulesVersion, stop);
            cursor = await index.ReadCursor(stop);
        }
        indexed = cursor.Sequence;
    }

    public async Task CatchUp(long through)
    {
        while (indexed < through)
            await (feeding ??= Metering.Apart(Feed));
    }

    public Task Tell(long head)
    {
        if (indexed < head) feeding ??= Metering.Apart(Feed);
        return Task.CompletedTask;
    }

    async Task Feed()
    {
        // What throws before the first wait would throw into the assignment of the field.
        await Task.Yield();
        try
        {
            while (await ledger.ReadEvents(indexed, BatchMax) is { Count: > 0 } events)
            {
                var after = indexed;
                // Not in a turn of this grain: parsing thousands of events would keep those waiting who ask for fewer.
                var batch = await Task.Run(() => EventIndexing.BatchOf(after, events));
                indexed = await index.Add(batch) ? batch.ThroughSequence : (await index.ReadCursor()).Sequence;
                await GrainFactory.GetGrain<ISubscriptionRegistryGrain>(0).Filed(after, indexed, KeysOf(batch));
            }
        }
        catch (Exception failure)
        {
            LogFeedFailed(failure, indexed);
            throw;
        }
        finally
        {
            feeding = null;
        }
    }

    /// <summary>What subscribers are woken by; null when it is more than is worth saying.</summary>
    static long[]? KeysOf(IndexBatch batch)
    {
        var keys = new HashSet<long>();
        foreach (var filed in batch.Events)
        {
            keys.UnionWith(filed.Keys);
            if (keys.Count > KeysTold) return null;
        }
        return [.. keys];
    }

    [LoggerMessage(LogLevel.Information, "the event index (rules {Rules}, through event {Sequence}) is built anew")]
    partial void LogBuildAnew(int rules, long sequence);

    [LoggerMessage(LogLevel.Error, "events behind {Sequence} could not be indexed; the next question tries again")]
    partial void LogFeedFailed(Exception failure, long sequence);
}
