using TraceGrains.Contracts.Queries;

namespace TraceGrains.Contracts.Access;

/// <summary>
/// A page of a sorted list of which somebody sees only some rows. Rows are looked at before the page is cut, so that neither its length nor that there is a next one tells of others; its token is sealed, because a page that ends after much
/// looking ends at a row that may not be theirs to know.
/// </summary>
/// <param name="Rows">What they see.</param>
/// <param name="Next">Token of the next page; null after the last.</param>
public sealed record SeenPage<T>(IReadOnlyList<T> Rows, string? Next);

/// <summary>Reads such pages.</summary>
public static class SeenPages
{
    /// <summary>How many rows are looked at for one page; after that it is short, and its token goes on.</summary>
    public const int LookedAtMax = 2_000;

    /// <summary>How many are looked at at a time.</summary>
    const int AtOnce = 200;

    /// <summary>Reads a page; null where the token is none of this list.</summary>
    /// <param name="tokens">Seals its token.</param>
    /// <param name="list">What the list is called: tokens of one are none of another.</param>
    /// <param name="first">How many rows at most.</param>
    /// <param name="token">The token of the page before; null for the first.</param>
    /// <param name="read">So many rows behind a place, in order.</param>
    /// <param name="placeOf">The place of a row.</param>
    /// <param name="sees">Which of some rows whoever asks may hear of.</param>
    public static async Task<SeenPage<T>?> Read<T>(
        IListTokensGrain tokens, string list, int first, string? token, Func<string?, int, Task<T[]>> read, Func<T, string> placeOf, Func<T[], Task<bool[]>> sees)
    {
        string? after = null;
        if (token is not null && (after = await tokens.Open(list, token)) is null) return null;
        if (first == 0) return new([], null);
        var (seen, next) = (new List<T>(), (string?)null);
        for (var lookedAt = 0; next is null; lookedAt += AtOnce)
        {
            if (lookedAt >= LookedAtMax)
            {
                next = after;
                break;
            }
            var some = await read(after, AtOnce);
            var may = some.Length == 0 ? [] : await sees(some);
            for (var i = 0; i < some.Length && next is null; i++)
                if (may[i] && seen.Count == first) next = placeOf(seen[^1]);
                else if (may[i]) seen.Add(some[i]);
            if (some.Length < AtOnce) break;
            after = placeOf(some[^1]);
        }
        return new(seen, next is null ? null : await tokens.Seal(list, next));
    }
}
