using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.GraphQL.Recalls;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("A recall; null when there is no such recall.")]
    public static async Task<Recall?> Recall([FromServices] IGrainFactory grains, [Id, Description("Its URN, or the UUID at its end.")] string id) =>
        await grains.GetGrain<IRecallGrain>(RecallId.Read(id, "id")).View() is { } view ? new Recall(view) : null;

    [Complexity(Limits.CallWeight)]
    [Description("All recalls, newest first.")]
    public static async Task<IReadOnlyList<Recall>> Recalls([FromServices] IGrainFactory grains, [Description("How many at most, 0 to 1,000.")] int first = 50)
    {
        Limits.Check(first, 0, Limits.RecallsMax, "first");
        var newest = (await grains.GetGrain<IRecallRegistryGrain>(0).All()).Take(first);
        var found = await Task.WhenAll(newest.Select(id => grains.GetGrain<IRecallGrain>(id).View()));
        return [.. found.OfType<RecallView>().Select(view => new Recall(view))];
    }
}
