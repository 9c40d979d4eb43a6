using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Recalls.Sources;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Recalls;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.PreviewWeight)]
    [Description("A dry run: what a recall of a scope would reach, who has it, what became of it, and where the chain breaks. Nothing is marked and nothing recorded. An enterprise asks about its own products, lots and units, and what its own places touched; what is with parties beyond one step is counted and not named.")]
    public static async Task<RecallPreview> RecallPreview(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("What would be recalled.")] RecallScopeQueryInput scope,
        [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
        CancellationToken cancellation = default)
    {
        var request = new PreviewRequest { Scope = scope.Save("scope"), AsOf = asOf, For = context.Viewer().Caller.Restricted(Right.ReadCustody) };
        var answer = await grains.GetGrain<IRecallPreviewGrain>(0).Preview(request, cancellation).WaitAsync(cancellation);
        return answer.ProblemField is { } field ? throw new BadInput(field, answer.ProblemMessage ?? "") : new RecallPreview(request, answer, grains);
    }

    [Complexity(Limits.PreviewWeight)]
    [Description("From cases (complaints, failed tests) to what they have in common: things they all came of, parties and places that had those, ranked by how many cases each explains and how little else. An enterprise asks about cases that it handled; of the sources it is told its own, what it handled, and who is one step away, and how many others there are.")]
    public static async Task<CommonSources> CommonSources(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("Codes of the cases, 1 to 50, in any spelling; one given twice counts once.")] IReadOnlyList<string> codes,
        [Description("How many at most in each list, 0 to 50.")] int first = 20,
        [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
        CancellationToken cancellation = default)
    {
        Limits.Check(codes.Count, 1, SourceSearch.CasesMax, "codes");
        Limits.Check(first, 0, Limits.SourcesMax, "first");
        var canonical = codes.Select((code, i) => Codes.Canonical(code, $"codes[{i}]")).ToArray();
        var answer = await grains.GetGrain<IRecallPreviewGrain>(0).CommonSources([.. canonical.Distinct()], asOf, first, context.Viewer().Caller.Restricted(Right.ReadCustody), cancellation).WaitAsync(cancellation);
        if (answer.Unknown is [var unknown, ..])
            throw new BadInput($"codes[{Array.IndexOf(canonical, unknown)}]", $"expected a code that an event on record names; none names {unknown}");
        return new CommonSources(answer);
    }
}
