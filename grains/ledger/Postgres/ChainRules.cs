namespace TraceGrains.Ledger.Postgres;

/// <summary>Which links follow within a batch, and which must follow one that is stored.</summary>
static class ChainRules
{
    /// <summary>For every entity whose chain the batch lengthens: the position that must be stored already, and the event its link must come before.</summary>
    public static List<(int Entity, int Position, long Sequence)> Predecessors(IReadOnlyList<ChainLink> links)
    {
        var ends = new Dictionary<int, (int Position, long Sequence)>();
        var stored = new List<(int, int, long)>();
        foreach (var link in links)
        {
            // A chain begins with 1; that nobody has begun it before is the primary key's to say.
            if (link.Position != 1)
            {
                if (!ends.TryGetValue(link.Entity, out var end)) stored.Add((link.Entity, link.Position - 1, link.Sequence));
                else if (link.Position != end.Position + 1 || link.Sequence <= end.Sequence) throw NotFollowing(link.Entity);
            }

            ends[link.Entity] = (link.Position, link.Sequence);
        }

        return stored;
    }

    public static LedgerFencedException NotFollowing(int entity) => new($"a link of entity {entity} does not follow the end of its chain");
}
