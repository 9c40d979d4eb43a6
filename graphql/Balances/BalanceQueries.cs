using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Balances;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Balances;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.PreviewWeight)]
    [Description("The mass balance of a lot, of a class of things without lots, or of a single unit; null when no event has named the code.")]
    public static async Task<MassBalance?> MassBalance(
        [FromServices] IGrainFactory grains,
        [Description("Its code, in any spelling.")] string code,
        [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
        CancellationToken cancellation = default) =>
        await grains.GetGrain<IMassBalanceGrain>(0).OfLot(Codes.Canonical(code, "code"), asOf, cancellation).WaitAsync(cancellation) is { } answer ? new MassBalance(answer) : null;

    [Complexity(Limits.TraceWeight)]
    [Description("Inputs against outputs of a transformation, with its yield; null when no such transformation is on record.")]
    public static async Task<TransformationBalance?> TransformationBalance(
        [FromServices] IGrainFactory grains,
        [Description("Its transformationID, or the id of one of its events.")] string id,
        [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
        CancellationToken cancellation = default)
    {
        if (id.Length is 0 or > Identifier.LengthMax) throw new BadInput("id", $"expected a transformationID or the id of an event, 1 to {Identifier.LengthMax} characters, found {id.Length}");
        var balances = grains.GetGrain<IMassBalanceGrain>(0);
        // Events are known by the id as they gave it; a process by its canonical code, like everything that has one.
        var view = await balances.OfTransformation(id, asOf, cancellation).WaitAsync(cancellation);
        if (view is null && Identifier.TryIdentify(id, out var identified, out _) && identified.Code != id) view = await balances.OfTransformation(identified.Code, asOf, cancellation).WaitAsync(cancellation);
        return view is null ? null : new TransformationBalance(view);
    }
}
