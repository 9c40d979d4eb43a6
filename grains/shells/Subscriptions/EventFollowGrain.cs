using System.Text.Json;
using Orleans.Concurrency;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Queries;
using TraceGrains.Grains.Queries;
using TraceGrains.Ledger;
using TraceGrains.Ledger.Index;

namespace TraceGrains.Grains.Subscriptions;

/// <summary>Waits until the index is as far as asked, and lets the query run over what lies between, in the ledger's order.</summary>
[StatelessWorker]
[Reentrant]
sealed class EventFollowGrain(ILedger ledger, IEventIndex index, IMasterDataIndex masters, TimeProvider clock) : Grain, IEventFollowGrain
{
    /// <summary>Bytes of events in one answer; a single larger event makes an answer of its own.</summary>
    const int BytesMax = 5_000_000;

    readonly QueryRunner runner = new(ledger, index, masters);

    public async Task<FollowedEvents> Follow(FollowAsk ask)
    {
        if (ask.After >= ask.Through) return new() { Through = ask.After };
        using var json = JsonDocument.Parse(ask.Query);
        var read = QueryJson.Read(json.RootElement);
        if (read.Query is not { } query) return new() { Through = ask.After, Refusal = $"the query is refused: {read.Problems[0]}" };
        if ((await index.ReadCursor()).Sequence < ask.Through) await GrainFactory.GetGrain<IEventIndexGrain>(0).CatchUp(ask.Through);
        var inOrder = query with { Order = EventOrder.RecordTime, Descending = false, OrderField = null, Limit = null, Max = null };
        var seenBy = await SeenBy.Of(GrainFactory, ask.For);
        var result = await Task.Run(() => runner.Run(inOrder, seenBy.View, new(ask.Through, new IndexEntry(0, ask.After)), ask.EventsMax));
        if (result.Outcome != QueryOutcome.Page) return new() { Through = ask.After, Refusal = "the query asks for more of master data than can be looked up; narrow it" };
        return Cut(await seenBy.Shown(result.Events, "events by subscription", clock.GetUtcNow()), result, ask);
    }

    static FollowedEvents Cut(IReadOnlyList<LedgerEvent> events, QueryResult result, FollowAsk ask)
    {
        var (kept, bytes) = (new List<QueriedEvent>(), 0L);
        foreach (var recorded in events)
        {
            bytes += recorded.Json.Length;
            if (bytes > BytesMax && kept.Count > 0) return Answer(kept, kept[^1].Sequence, ask);
            kept.Add(new() { Sequence = recorded.Sequence, RecordTime = recorded.RecordTime, EventId = recorded.EventId, Json = recorded.Json });
        }
        return Answer(kept, result.Next is { } next ? next.After?.Sequence ?? ask.After : ask.Through, ask);
    }

    static FollowedEvents Answer(List<QueriedEvent> kept, long through, FollowAsk ask) =>
        new() { Events = [.. kept.Where(recorded => !(recorded.RecordTime < ask.FromRecordTime))], Through = through };
}
