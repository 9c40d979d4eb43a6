namespace TraceGrains.Domain.Identity;

/// <summary>Follows the qualifiers of a key as they come and says whether they still keep to one of the ways the key allows.</summary>
/// <remarks>A key has at most two ways (lot and serial, or a third party's serial), so two places are enough.</remarks>
ref struct QualifierOrder(ApplicationIdentifier key)
{
    public const int WaysMax = 2;

    const int Lost = int.MaxValue;

    readonly string[][] ways = key.Ways!;
    int first;
    int second;

    /// <summary>Whether <paramref name="ai"/> may come next.</summary>
    public bool TryNext(string ai)
    {
        Follow(0, ai, ref first);
        Follow(1, ai, ref second);
        return first != Lost || second != Lost;
    }

    public readonly string Describe()
    {
        var offered = string.Join(" or ", ways.Where(way => way.Length > 0).Select(way => string.Join(", ", way)));
        return offered.Length == 0 ? "no qualifier" : $"in this order {offered}";
    }

    readonly void Follow(int way, string ai, ref int place)
    {
        if (place == Lost)
            return;
        var found = way < ways.Length && place <= ways[way].Length ? Array.IndexOf(ways[way], ai, place) : -1;
        place = found < 0 ? Lost : found + 1;
    }
}
