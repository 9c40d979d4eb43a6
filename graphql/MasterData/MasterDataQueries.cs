using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Queries;
using TraceGrains.GraphQL.MasterData;

namespace TraceGrains.GraphQL;

public sealed partial class Query
{
    [Complexity(Limits.CallWeight)]
    [Description("Master data of a location, party or product: its record in each vocabulary that has one, the latest that was captured.")]
    public static async Task<IReadOnlyList<MasterRecord>> MasterData(
        IResolveFieldContext context, [Description(CodeMeaning)] string code, [Description("As of this record time; now, when left out.")] DateTimeOffset? asOf = null) =>
        [.. (await context.Reads().MasterData[(Codes.Identify(code, "code").Code, asOf)]).Select(view => new MasterRecord(view))];

    [Complexity(Limits.CallWeight)]
    [Description("Every record of a code's master data that was captured, oldest first.")]
    public static async Task<IReadOnlyList<MasterRecord>> MasterDataHistory(
        [FromServices] IGrainFactory grains, [Description(CodeMeaning)] string code, [Description("How many at most, 0 to 1,000.")] int first = 100) =>
        [.. (await grains.GetGrain<IMasterDataGrain>(0).History(Codes.Identify(code, "code").Code, Limits.Check(first, 0, Limits.RecallsMax, "first"))).Select(view => new MasterRecord(view))];

    [Complexity(Limits.CallWeight)]
    [Description("Master data as it stands now, by ascending code.")]
    public static async Task<IReadOnlyList<MasterRecord>> MasterDataList(
        [FromServices] IGrainFactory grains,
        [Description("Of this vocabulary alone; of all, when left out.")] string? vocabulary = null,
        [Description("Codes behind this one.")] string? after = null,
        [Description("How many at most, 0 to 1,000.")] int first = 100) =>
        [.. (await grains.GetGrain<IMasterDataGrain>(0).List(vocabulary, after, Limits.Check(first, 0, Limits.RecallsMax, "first"))).Select(view => new MasterRecord(view))];
}
