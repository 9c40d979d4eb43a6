using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Nodes;
using TraceGrains.GraphQL.Recalls;
using TraceGrains.GraphQL.Recalls.Cases;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.CallWeight)]
    [Description("Whatever has this nodeId; null when it is gone.")]
    public static Task<INode?> Node(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("A nodeId from an earlier answer.")] string id) => FindNode(context, grains, id, "id");

    [Complexity(Limits.CallWeight)]
    [Description("Whatever has these nodeIds, in their order; null in the place of one that is gone.")]
    public static async Task<IReadOnlyList<INode?>> Nodes(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("nodeIds from earlier answers, at most 100.")] IReadOnlyList<string> ids) =>
        ids.Count <= Limits.NodesMax
            ? await Task.WhenAll(ids.Select((id, i) => FindNode(context, grains, id, $"ids[{i}]")))
            : throw new BadInput("ids", $"expected at most {Limits.NodesMax}, found {ids.Count}");

    static async Task<INode?> FindNode(IResolveFieldContext context, IGrainFactory grains, string id, string field)
    {
        var node = NodeId.Read(id, field);
        switch (node.Sort)
        {
            case NodeSort.Entity:
                return await Find(grains, node.Key, (_, _) => GrainOf(grains, Codes.Identify(node.Key, field)), node.AsOf, context.CancellationToken);
            case NodeSort.Event when long.TryParse(node.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence):
                return await Events.Event.At(context, sequence);
            case NodeSort.Recall:
                return await Recall(grains, node.Key);
            case NodeSort.RecallCase:
                return await RecallCase(grains, node.Key);
            default:
                throw NodeId.Unknown(id, field);
        }
    }
}
