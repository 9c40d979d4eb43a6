namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Runs a recall over the shards: everything its scope became, and the units of every lot among it. A mark in a shard takes effect at once; running it again
/// changes nothing, so a run cut short by a crash is simply run again.
/// </summary>
public static class ReachWalk
{
    /// <summary>Works out a recall's reach anew from its scope, and puts it into force when complete. <paramref name="progress"/> hears after each wave how many things are marked.</summary>
    public static async ValueTask<int> Rebuild(ILineageShards shards, int recall, Func<int, int, ValueTask>? progress = null)
    {
        await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards.BeginReach(shard, recall).AsTask()));
        var scopes = Enumerable.Range(0, shards.Count).Select(shard => shards.Scope(shard, recall).AsTask());
        var frontier = (await Task.WhenAll(scopes)).SelectMany(scope => scope).ToList();
        var seen = new NodeSet();
        frontier.RemoveAll(node => !seen.Add(node));
        var inForce = new int[shards.Count];
        for (var wave = 0; frontier.Count > 0; wave++)
        {
            frontier = await MarkWave(shards, recall, frontier, MarkSets.Both, onlyNew: false, seen, inForce);
            if (progress is not null) await progress(wave, inForce.Sum());
        }
        var committed = new Task<int>[shards.Count];
        for (var shard = 0; shard < committed.Length; shard++) committed[shard] = shards.CommitReach(shard, recall).AsTask();
        return (await Task.WhenAll(committed)).Sum();
    }

    /// <summary>Carries marks on to what was just seen to come from marked things.</summary>
    public static async ValueTask Spread(ILineageShards shards, IEnumerable<Spill> spills)
    {
        foreach (var group in spills.GroupBy(spill => (spill.Recall, spill.Sets)))
        {
            var seen = new NodeSet();
            var frontier = group.Select(spill => spill.Node).Where(seen.Add).ToList();
            var inForce = new int[shards.Count];
            while (frontier.Count > 0)
                frontier = await MarkWave(shards, group.Key.Recall, frontier, group.Key.Sets, onlyNew: true, seen, inForce);
        }
    }

    static async ValueTask<List<int>> MarkWave(ILineageShards shards, int recall, List<int> frontier, MarkSets sets, bool onlyNew, NodeSet seen, int[] inForce)
    {
        var next = new List<int>();
        foreach (var (shard, _, answer) in await shards.Ask(frontier, node => node, (shard, mine) => shards.Mark(shard, recall, mine, sets, onlyNew)))
        {
            inForce[shard] = answer.InForce;
            foreach (var node in answer.Next) if (seen.Add(node)) next.Add(node);
        }
        return next;
    }
}
