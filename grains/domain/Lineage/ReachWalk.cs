namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Runs a recall over the shards: everything its scope became, and the units of every lot among it. A mark in a shard takes effect at once; running it again
/// changes nothing, so a run cut short by a crash is simply run again.
/// </summary>
public static class ReachWalk
{
    /// <summary>
    /// Works out a recall's reach anew from its scope, and puts it into force when complete. <paramref name="progress"/> hears after each wave how many things are marked.
    /// A shard that lost the draft half-way has it begun again; false when a newer draft took over: whoever began that one completes it.
    /// </summary>
    public static async ValueTask<bool> Rebuild(ILineageShards shards, int recall, Func<int, int, ValueTask>? progress = null)
    {
        while (true)
        {
            var draft = (await All(shards, shard => shards.NewestDraft(shard, recall))).Max() + 1;
            if ((await All(shards, shard => shards.BeginReach(shard, recall, draft))).Contains(false)) return false;
            await Mark(shards, recall, draft, progress);
            if (!(await All(shards, shard => shards.CommitReach(shard, recall, draft))).Contains(null)) return true;
            if ((await All(shards, shard => shards.NewestDraft(shard, recall))).Max() > draft) return false;
        }
    }

    /// <summary>Carries marks on to what was just seen to come from marked things.</summary>
    public static async ValueTask Spread(ILineageShards shards, IEnumerable<Spill> spills)
    {
        foreach (var group in spills.GroupBy(spill => (spill.Recall, spill.Draft)))
        {
            var seen = new NodeSet();
            var frontier = group.Select(spill => spill.Node).Where(seen.Add).ToList();
            var inForce = new int[shards.Count];
            while (frontier.Count > 0)
                frontier = await MarkWave(shards, group.Key.Recall, frontier, group.Key.Draft, onlyNew: true, seen, inForce);
        }
    }

    static async ValueTask Mark(ILineageShards shards, int recall, long draft, Func<int, int, ValueTask>? progress)
    {
        // Asked only now that every shard has begun: a unit that joins the scope from here on spills into the draft by itself.
        var frontier = (await All(shards, shard => shards.Scope(shard, recall))).SelectMany(scope => scope).ToList();
        var seen = new NodeSet();
        frontier.RemoveAll(node => !seen.Add(node));
        var inForce = new int[shards.Count];
        for (var wave = 0; frontier.Count > 0; wave++)
        {
            frontier = await MarkWave(shards, recall, frontier, draft, onlyNew: false, seen, inForce);
            if (progress is not null) await progress(wave, inForce.Sum());
        }
    }

    static async ValueTask<List<int>> MarkWave(ILineageShards shards, int recall, List<int> frontier, long draft, bool onlyNew, NodeSet seen, int[] inForce)
    {
        var next = new List<int>();
        foreach (var (shard, _, answer) in await shards.Ask(frontier, node => node, (shard, mine) => shards.Mark(shard, recall, mine, draft, onlyNew)))
        {
            inForce[shard] = answer.InForce;
            foreach (var node in answer.Next) if (seen.Add(node)) next.Add(node);
        }
        return next;
    }

    static Task<T[]> All<T>(ILineageShards shards, Func<int, ValueTask<T>> ask) => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => ask(shard).AsTask()));
}
