using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Recalls;

namespace TraceGrains.GraphQL;

[Description("Requests to act. A rule that says no is a refusal in the payload, not an error.")]
public sealed partial class Mutation
{
    [Complexity(Limits.TraceWeight)]
    [Description("Issues a recall. When this answers, the recall is on record and in force on its scope; the wave through the lineage goes on, and the subscription recallProgress tells of it.")]
    public static async Task<RecallPayload> IssueRecall(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("The recall.")] IssueRecallInput input) =>
        new(await grains.GetGrain<IRecallGrain>(RecallId.ForIssuing(input.Id, "input.id")).Issue(input.ToRequest() with { District = context.Viewer().Caller.District }));

    [Complexity(Limits.TraceWeight)]
    [Description("Takes a recall back: its marks end at once, and the releasing notices follow.")]
    public static async Task<RecallPayload> WithdrawRecall(
        [FromServices] IGrainFactory grains,
        [Id, Description("Its URN, or the UUID at its end.")] string id,
        [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason) =>
        new(await grains.GetGrain<IRecallGrain>(RecallId.Read(id, "id")).Withdraw(reason));
}
