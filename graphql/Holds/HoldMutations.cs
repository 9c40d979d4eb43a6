using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Holds;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Holds;

namespace TraceGrains.GraphQL;

public sealed partial class Mutation
{
    [Complexity(Limits.TraceWeight)]
    [Description("Places a hold. When this answers, it is on record in the chain of everything it names, and every gate refuses to move it.")]
    public static async Task<HoldPayload> PlaceHold(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("The hold.")] PlaceHoldInput input)
    {
        if (input.Codes.Count > HoldRequest.CodesMax) throw new BadInput("input.codes", $"expected 1 to {HoldRequest.CodesMax} codes, found {input.Codes.Count}");
        return new(await grains.GetGrain<IHoldGrain>(HoldId.ForPlacing(input.Id, "input.id")).Place(new()
        {
            Codes = [.. input.Codes.Select((code, i) => Codes.Canonical(code, $"input.codes.{i}"))], Reason = input.Reason, By = input.By, District = context.Viewer().Caller.District,
        }));
    }

    [Complexity(Limits.TraceWeight)]
    [Description("Releases a hold. Other holds on the same things stay.")]
    public static async Task<HoldPayload> ReleaseHold(
        [FromServices] IGrainFactory grains,
        [Id, Description("Its URN, or the UUID at its end.")] string id,
        [Description("Why, 1 to 2,000 characters." + FreeText.NoNames)] string reason,
        [Description("Who releases it: a name or a party's code, 1 to 200 characters." + FreeText.KeptApart)] string by) =>
        new(await grains.GetGrain<IHoldGrain>(HoldId.Read(id, "id")).Release(reason, by));
}
