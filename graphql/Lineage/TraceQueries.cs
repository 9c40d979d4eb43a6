using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Lineage;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.TraceWeight)]
    [Description("Everything that came of a thing, or everything it came from; null when no event has named the code.")]
    public static async Task<Trace?> Trace(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("Code of the start, in any spelling: EPC URN, GS1 Digital Link, or another absolute URI.")] string code,
        [Description("Which way.")] TraceDirection direction = TraceDirection.Forward,
        [Description("How many steps at most, from 1; all, when left out.")] int? depth = null,
        [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
        [Description("Along what; along everything, when left out.")] IReadOnlyList<EdgeKind>? follow = null)
    {
        var request = new TraceRequest
        {
            Code = Codes.Canonical(code, "code"),
            Direction = (Domain.Lineage.TraceDirection)direction,
            Depth = depth is { } steps ? Limits.Check(steps, 1, int.MaxValue, "depth") : null,
            AsOf = asOf,
            Follow = Ties.All(follow),
            First = 0,
        };
        request = FirstPage(context, request);
        var answer = await Lineage.Trace.Walk(grains, request, context.CancellationToken);
        return answer is null ? null : new Trace(request, answer, grains);
    }

    /// <summary>The walk is the expensive part: its one run also lists the first page of items that is asked for below. Further pages, under aliases, walk again.</summary>
    static TraceRequest FirstPage(IResolveFieldContext context, TraceRequest request)
    {
        var items = context.SubFields?.Values.FirstOrDefault(below => below.FieldType.Name == "items") ?? default;
        if (items.Field is null)
            return request;
        var arguments = context.ExecutionContext.GetArguments(items.FieldType, items.Field);
        T? Argument<T>(string name) => arguments is not null && arguments.TryGetValue(name, out var value) && value.Value is T given ? given : default;
        try
        {
            return Lineage.Trace.Page(request, Argument<int>("first"), Argument<string>("after"), Argument<string>("holder"));
        }
        catch (BadInput)
        {
            return request;   // The field below meets the same argument and says what is wrong with it, in its own place.
        }
    }
}
