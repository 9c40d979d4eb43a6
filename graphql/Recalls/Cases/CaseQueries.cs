using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.CallWeight)]
    [Description("A recall case; null when there is no such case.")]
    public static async Task<RecallCase?> RecallCase([FromServices] IGrainFactory grains, [Id, Description("Its URN, or the UUID at its end.")] string id) =>
        await grains.GetGrain<IRecallCaseGrain>(RecallId.Read(id, "id")).View() is { } view ? new RecallCase(view) : null;

    [Complexity(Limits.PreviewWeight)]
    [Description("A party's inbox: open recall cases in which it was told or has something to answer for, newest first.")]
    public static async Task<IReadOnlyList<RecallInboxItem>> RecallInbox([FromServices] IGrainFactory grains, [Description("Code of the party, in any spelling.")] string party) =>
        [.. (await grains.GetGrain<IRecallCasesGrain>(0).Inbox(Codes.Canonical(party, "party"))).Select(item => new RecallInboxItem(item))];

    [Complexity(Limits.CallWeight)]
    [Description("Recall cases in the order of their ids (those made here rise with time). A page may have fewer than asked for, and a next page all the same, where only some states are asked for.")]
    public static async Task<RecallCasePage> RecallCases(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("How many to look at, 0 to 1,000; for an enterprise, how many at most of those it may hear of, and 2,000 are looked at.")] int first = 50,
        [Description("Cases after this cursor (pageInfo.endCursor of the page before); from the start, when left out.")] string? after = null,
        [Description("Only cases that stand so; all, when left out.")] IReadOnlyList<RecallCaseState>? states = null)
    {
        Limits.Check(first, 0, Limits.RecallsMax, "first");
        var viewer = context.Viewer();
        var page = await SeenRows.Page(viewer, grains, "recallCases", first, after, Read, one => one.Id, some => Task.WhenAll(some.Select(async one =>
            IsAskedFor(one.View) && await RowAccess.May(new RecallCase(one.View!), viewer, grains))));
        return new RecallCasePage([.. page.Rows.Where(one => IsAskedFor(one.View)).Select(one => new RecallCase(one.View!))], page.Next);

        async Task<(string Id, CaseView? View)[]> Read(string? behind, int count) =>
            await Task.WhenAll((await grains.GetGrain<IRecallCasesGrain>(0).After(behind, count)).Select(async id => (id, await grains.GetGrain<IRecallCaseGrain>(id).View())));
        bool IsAskedFor(CaseView? view) => view is not null && (states is null || states.Contains((RecallCaseState)view.State));
    }
}

public sealed partial class Subscription
{
    [Description("A recall case as it stands, and again at each new entry of its file, until it is closed.")]
    public static async Task<IAsyncEnumerable<RecallCase>> RecallCaseProgress(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("Its URN, or the UUID at its end.")] string id)
    {
        var urn = RecallId.Read(id, "id");
        var grain = grains.GetGrain<IRecallCaseGrain>(urn);
        var present = await grain.View() ?? throw new BadInput("id", $"expected the id of a recall case, found none under {urn}");
        return Watching.Follow(present, now => grain.Watch(now.Entries), (before, after) => before.Entries != after.Entries, view => view.State is CaseState.Terminated or CaseState.Withdrawn).As(view => new RecallCase(view)).Paced(context);
    }
}
