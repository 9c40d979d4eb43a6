using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Holds;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Holds;
using MoveSteps = TraceGrains.Domain.Holds.MoveSteps;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.CallWeight)]
    [Description("Whether a step may be taken with a thing: for tills, warehouse gates, filling stations, dispensing. A refusal is recorded in the thing's chain, soon after the answer.")]
    public static async Task<MoveVerdict> MayMove(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("The thing, in any spelling of its code.")] string code,
        [Description("The business step: a CBV word such as retail_selling, shipping or dispensing, or the URI of another; tg:fill, tg:sell, tg:input_use, tg:issue, tg:blast and tg:return where the CBV has none.")] string step,
        [Description("The disposition that the event will give: goods sent off as returned, recalled, expired, destroyed or the like leave the market, and nothing known stands against that.")] string? disposition = null,
        [Description("When the step is to be taken; now, when left out.")] DateTimeOffset? at = null,
        [Description("Code of the gate or till, for the record of a refusal.")] string? location = null)
    {
        var question = await Question(context, [Codes.Canonical(code, "code")], step, disposition, at, location);
        return new((await grains.GetGrain<IGateGrain>(0).MayMove(question))[0]);
    }

    [Complexity(Limits.CallWeight)]
    [Description("The same for several things at once, in the order asked.")]
    public static async Task<IReadOnlyList<MoveVerdict>> MayMoveAll(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("1 to 100 things, in any spelling of their codes.")] IReadOnlyList<string> codes,
        [Description("The business step, as in mayMove.")] string step,
        [Description("The disposition that the event will give.")] string? disposition = null,
        [Description("When the step is to be taken; now, when left out.")] DateTimeOffset? at = null,
        [Description("Code of the gate or till, for the record of refusals.")] string? location = null)
    {
        if (codes.Count is 0 or > MoveQuestion.CodesMax) throw new BadInput("codes", $"expected 1 to {MoveQuestion.CodesMax} codes, found {codes.Count}");
        var question = await Question(context, [.. codes.Select((code, i) => Codes.Canonical(code, $"codes.{i}"))], step, disposition, at, location);
        var answers = await grains.GetGrain<IGateGrain>(0).MayMove(question);
        return [.. answers.Select(answer => new MoveVerdict(answer))];
    }

    [Complexity(Limits.CallWeight)]
    [Description("A hold; null when there is none of this id.")]
    public static async Task<Hold?> Hold([FromServices] IGrainFactory grains, [Id, Description("Its URN, or the UUID at its end.")] string id) =>
        await grains.GetGrain<IHoldGrain>(HoldId.Read(id, "id")).View() is { } view ? new Hold(view) : null;

    static async Task<MoveQuestion> Question(IResolveFieldContext context, string[] codes, string step, string? disposition, DateTimeOffset? at, string? location)
    {
        if (!MoveSteps.TryRead(step, out var known)) throw new BadInput("step", $"expected a CBV business step or the URI of another, found '{(step.Length <= 80 ? step : step[..80] + "…")}'");
        string? state = null;
        if (disposition is not null && !MoveSteps.TryReadDisposition(disposition, out state))
            throw new BadInput("disposition", $"expected a CBV disposition or the URI of another, found '{(disposition.Length <= 80 ? disposition : disposition[..80] + "…")}'");
        var place = Codes.Canonical(location, "location");
        // What is refused goes on record as seen there.
        if (place is not null && !await context.Viewer().MayReportAt(place)) throw new NotAllowed(context.Viewer().Caller, "location", place);
        return new() { Codes = codes, Step = known, Disposition = state, At = at, Location = place };
    }
}
