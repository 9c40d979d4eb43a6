using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Holds;
using TraceGrains.Contracts.Queries;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Holds;
using TraceGrains.GraphQL.Transport.Operations;
using ToldReason = TraceGrains.Domain.Holds.ToldReason;
using ViolationEvent = TraceGrains.Domain.Holds.ViolationEvent;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.TraceWeight)]
    [Description("Violations on record, newest first. One is raised right after the capture that moved the goods was acknowledged.")]
    public static async Task<ViolationPage> Violations(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("How many at most, 1 to 1,000.")] int first = 50,
        [Description("Violations after this cursor (pageInfo.endCursor of the page before); the newest, when left out.")] string? after = null,
        [Description("Only those of this holder; any spelling of its code.")] string? holder = null,
        [Description("Only those with a reason of this kind.")] Holds.MoveReasonKind? kind = null)
    {
        var (of, viewer) = (Codes.Canonical(holder, "holder"), context.Viewer());
        Limits.Check(first, 1, QueryAsk.PageSizeMax, "first");
        // Of whom they may not hear, nothing is looked for, so that not even the time it takes tells of anything.
        if (of is not null && !await viewer.SeesViolationsOf(of)) return new([], null);
        var ask = new QueryAsk
        {
            Query = ViolationQuery.Write(of, kind, newestFirst: true), PageSize = first, PageToken = after, For = viewer.Caller.Restricted(Right.ReadCustody), SeenAs = SeenAs.Violation,
        };
        var answer = await grains.GetGrain<IEventQueryGrain>(0).Poll(ask);
        if (answer.Status == QueryStatus.Refused && after is not null) throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text, or one that is too old");
        return new([.. answer.Events.Select(recorded => new Violation(recorded))], answer.NextPageToken);
    }
}

public sealed partial class Subscription
{
    [Description("Violations, each as it is put on record, from now on.")]
    public static async Task<IAsyncEnumerable<Violation>> Violations(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("Only those of this holder; any spelling of its code.")] string? holder = null,
        [Description("Only those with a reason of this kind.")] Holds.MoveReasonKind? kind = null)
    {
        var query = ViolationQuery.Write(Codes.Canonical(holder, "holder"), kind, newestFirst: false);
        return Seen(Follow(grains, query, await grains.GetGrain<IViolationWatchGrain>(0).Watch(-1)), context.Viewer(), grains).Paced(context);
    }

    /// <summary>Those that are the caller's to see.</summary>
    static async IAsyncEnumerable<Violation> Seen(IAsyncEnumerable<Violation> all, Viewer viewer, IGrainFactory grains, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var violation in all.WithCancellation(cancellation))
            if (viewer.SeesAll || await RowAccess.May(violation, viewer, grains)) yield return violation;
    }

    static async IAsyncEnumerable<Violation> Follow(IGrainFactory grains, byte[] query, long cursor, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var through = await grains.GetGrain<IViolationWatchGrain>(0).Watch(cursor).WaitAsync(cancellation);
            while (cursor < through)
            {
                var found = await grains.GetGrain<IEventFollowGrain>(0).Follow(new() { Query = query, After = cursor, Through = through, EventsMax = 100 }).WaitAsync(cancellation);
                foreach (var recorded in found.Events) yield return new Violation(recorded);
                cursor = found.Through;
            }
        }
    }
}

/// <summary>Violations are events, and found as events are.</summary>
static class ViolationQuery
{
    public static byte[] Write(string? holder, Holds.MoveReasonKind? kind, bool newestFirst)
    {
        var query = new Dictionary<string, object> { ["eventType"] = new[] { ViolationEvent.Type } };
        if (holder is not null) query["EQ_tg:holder"] = new[] { holder };
        if (kind is { } asked) query["EQ_tg:reason"] = new[] { ToldReason.WordOf((Domain.Holds.MoveReasonKind)asked) };
        if (newestFirst) (query["orderBy"], query["orderDirection"]) = ("recordTime", "DESC");
        return JsonSerializer.SerializeToUtf8Bytes(query);
    }
}
