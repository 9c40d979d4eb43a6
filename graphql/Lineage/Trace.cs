using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Lineage;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Lineage;

[Description("What a trace found.")]
public sealed class Trace(TraceRequest asked, TraceAnswer answer, IGrainFactory grains)
{
    [Description("How many things were reached, the start left out.")]
    public int Total => answer.Total;

    [Description("How many of them were first reached at each distance, from 1.")]
    public IReadOnlyList<int> Levels => answer.Levels;

    [Description("Whether the asked depth ended the walk while it could have gone on.")]
    public bool IsCut => answer.IsCut;

    [Description("The ledger sequence up to which the answer holds.")]
    public long AsOfSequence => answer.AsOfSequence;

    [Description("Who has them, most first.")]
    public IReadOnlyList<HolderGroup> Holders => [.. answer.Holders.Select(group => new HolderGroup(group))];

    [Complexity(Limits.CallWeight)]
    [Description("A page of the things.")]
    public async Task<ItemPage> Items(
        IResolveFieldContext context,
        [Description("How many at most, 0 to 10,000.")] int first = 100,
        [Description("Things after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null,
        [Description("Only what this holder has; any spelling of its code.")] string? holder = null,
        CancellationToken cancellation = default)
    {
        var page = Page(asked, first, after, holder);
        if (await ItemPage.IsKeptBack(context, holder)) return ItemPage.Empty;
        var found = page == asked ? answer : await Walk(grains, page, cancellation) ?? answer;
        return new ItemPage(found.Items, found.Next);
    }

    [Complexity(Limits.TraceWeight)]
    [Description("A shortest run of steps from the start to another thing of the trace; null when there is none, or the other thing is not yours to hear of.")]
    public async Task<IReadOnlyList<PathStep>?> Path(IResolveFieldContext context, [Description("Code of the other thing, in any spelling.")] string to, CancellationToken cancellation)
    {
        if (!await context.Viewer().SeesThing(Codes.Canonical(to, "to"))) return null;
        var request = asked with { First = 0, After = null, Holder = null };
        var steps = await grains.GetGrain<ILineageGrain>(0).Path(request, Codes.Canonical(to, "to"), cancellation).WaitAsync(cancellation);
        return steps is null ? null : [.. steps.Select(step => new PathStep(step))];
    }

    internal static async Task<TraceAnswer?> Walk(IGrainFactory grains, TraceRequest request, CancellationToken cancellation)
    {
        try
        {
            return await grains.GetGrain<ILineageGrain>(0).Trace(request, cancellation).WaitAsync(cancellation);
        }
        catch (FormatException) when (request.After is not null)
        {
            // Only the grain knows what its cursors look like.
            throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
        }
    }

    internal static TraceRequest Page(TraceRequest request, int first, string? after, string? holder) =>
        request with { First = Limits.Check(first, 0, Limits.ItemsMax, "first"), After = after, Holder = Codes.Canonical(holder, "holder") };
}
