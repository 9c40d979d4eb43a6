using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Transport.Operations;

namespace TraceGrains.GraphQL;

[Description("What goes on, told as it happens.")]
public sealed partial class Subscription
{
    [Description("A recall as it stands, and again at each change, until it has been through: effective or withdrawn, and everything reached on record.")]
    public static async Task<IAsyncEnumerable<Recall>> RecallProgress(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("Its URN, or the UUID at its end.")] string id)
    {
        var urn = RecallId.Read(id, "id");
        var recall = grains.GetGrain<IRecallGrain>(urn);
        var present = await recall.View() ?? throw new BadInput("id", $"expected the id of a recall, found none under {urn}");
        return Watching.Follow(present, now => recall.Watch(now.Version), (before, after) => before.Version != after.Version, IsThrough).As(view => new Recall(view)).Paced(context);
    }

    static bool IsThrough(RecallView recall) =>
        recall.Status is Contracts.Recalls.RecallStatus.Effective or Contracts.Recalls.RecallStatus.Withdrawn && recall.OnRecord == recall.Reached;
}
