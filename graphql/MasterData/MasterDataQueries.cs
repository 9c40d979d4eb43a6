using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Queries;
using TraceGrains.GraphQL.Access;
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
    [Description("Master data as it stands now, by ascending code. For a district's regulator 100,000 records are looked at for those of the district.")]
    public static async Task<IReadOnlyList<MasterRecord>> MasterDataList(
        IResolveFieldContext context,
        [FromServices] IGrainFactory grains,
        [Description("Of this vocabulary alone; of all, when left out.")] string? vocabulary = null,
        [Description("Codes behind this one.")] string? after = null,
        [Description("How many at most, 0 to 1,000.")] int first = 100)
    {
        Limits.Check(first, 0, Limits.RecallsMax, "first");
        var (list, viewer) = (grains.GetGrain<IMasterDataGrain>(0), context.Viewer());
        if (viewer.SeesAll) return [.. (await list.List(vocabulary, after, first)).Select(view => new MasterRecord(view))];
        var found = new List<MasterRecord>();
        for (var lookedAt = 0; found.Count < first && lookedAt < MasterDataLookedAtMax; lookedAt += Limits.RecallsMax)
        {
            var some = await list.List(vocabulary, after, Limits.RecallsMax);
            var parties = some.Select(view => view.Code).Where(RowAccess.IsOfParty).Distinct(StringComparer.Ordinal).ToArray();
            var hidden = parties.Zip(await viewer.SeesParties(parties)).Where(pair => !pair.Second).Select(pair => pair.First).ToHashSet(StringComparer.Ordinal);
            found.AddRange(some.Where(view => !hidden.Contains(view.Code)).Take(first - found.Count).Select(view => new MasterRecord(view)));
            if (some.Length < Limits.RecallsMax) break;
            after = some[^1].Code;
        }
        return found;
    }

    const int MasterDataLookedAtMax = 100_000;
}
