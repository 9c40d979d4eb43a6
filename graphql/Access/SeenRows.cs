using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Queries;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Access;

/// <summary>Pages of lists for callers who see only some rows (<see cref="SeenPages"/>).</summary>
static class SeenRows
{
    /// <summary>Reads a page; for whoever sees everything its cursor is the place of its last row, for others it is sealed.</summary>
    /// <param name="viewer">For whom.</param>
    /// <param name="grains">Where cursors are sealed.</param>
    /// <param name="list">What the list is called.</param>
    /// <param name="first">How many at most.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="read">So many rows behind a place, in order.</param>
    /// <param name="placeOf">The place of a row.</param>
    /// <param name="sees">Which of some rows they may hear of.</param>
    public static async Task<SeenPage<T>> Page<T>(Viewer viewer, IGrainFactory grains, string list, int first, string? after, Func<string?, int, Task<T[]>> read, Func<T, string> placeOf, Func<T[], Task<bool[]>> sees)
    {
        if (!viewer.SeesAll)
            return await SeenPages.Read(grains.GetGrain<IListTokensGrain>(0), list, first, after, read, placeOf, sees) ?? throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
        var page = await read(after, first);
        return new(page, page.Length == first && first > 0 ? placeOf(page[^1]) : null);
    }
}
