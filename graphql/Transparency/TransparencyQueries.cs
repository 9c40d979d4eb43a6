using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Transparency;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Transparency;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Description("The latest signed tree head, or the one of a size; null when none was signed for exactly this size, or none yet.")]
    public static async Task<TreeHead?> TreeHead([FromServices] IGrainFactory grains, [Description("Number of events it covers; the latest head, when left out.")] long? size = null) =>
        await grains.GetGrain<ITransparencyGrain>(0).Head(size) is { } head ? new(head) : null;

    [Description("The public keys that sign or signed tree heads, oldest first.")]
    public static async Task<IReadOnlyList<TreeKey>> TreeKeys([FromServices] IGrainFactory grains) =>
        [.. (await grains.GetGrain<ITransparencyGrain>(0).Keys()).Select(key => new TreeKey(key))];

    [Complexity(Limits.CallWeight)]
    [Description("Proof that an event, named by its id or by its place in the ledger (exactly one of the two), stands in a signed tree head; null when there is no such event.")]
    public static async Task<InclusionProof?> InclusionProof(
        [FromServices] IGrainFactory grains,
        [Description("The id it is known by. Where error declarations share it, the original is meant.")] string? eventId = null,
        [Description("Its place in the ledger's order, from 1.")] long? sequence = null,
        [Description("Size of the signed head to prove it for; the latest head that covers it, when left out.")] long? treeSize = null)
    {
        if (eventId is null == sequence is null)
            throw new BadInput("eventId", "expected either eventId or sequence, " + (eventId is null ? "found neither" : "found both"));
        if (sequence < 1)
            throw new BadInput("sequence", $"expected a number from 1, found {sequence}");
        if (eventId is not null && (sequence = (await grains.GetGrain<IEventsGrain>(0).ById(eventId)).FirstOrDefault()?.Sequence) is null)
            return null;
        var answer = await grains.GetGrain<ITransparencyGrain>(0).Inclusion(sequence!.Value, treeSize);
        return answer.Refused == TransparencyRefusal.EventUnknown ? null : Transparency.InclusionProof.Of(answer);
    }

    [Complexity(Limits.CallWeight)]
    [Description("Proof that the ledger of one signed tree head is the beginning of that of another.")]
    public static async Task<ConsistencyProof> ConsistencyProof(
        [FromServices] IGrainFactory grains,
        [Description("Size of the older head.")] long from,
        [Description("Size of the newer head.")] long to)
    {
        var answer = await grains.GetGrain<ITransparencyGrain>(0).Consistency(from, to);
        return answer.Refused == TransparencyRefusal.None ? new(answer) : throw Refused.Error(answer.Refused, answer.Message);
    }
}
