namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Works out where things stand that lie, or lay, in containers: a thing goes where its container goes while it is inside, and the container where its own
/// container goes. All containers of all things are looked up together, wave by wave outwards.
/// </summary>
public static class StandingWalk
{
    /// <summary>How deep containers are followed. Real packaging has a handful of levels; bad data may nest in a circle.</summary>
    public const int MaxNesting = 32;

    /// <summary>What each stay comes to: the registers the container gives its content for that time, outer containers included.</summary>
    public static async ValueTask<Dictionary<Stay, Registers>> Resolve(ILineageShards shards, IEnumerable<Stay> stays, long bound)
    {
        var answers = new Dictionary<Stay, StayAnswer>();
        var frontier = stays.ToHashSet();
        for (var depth = 0; frontier.Count > 0 && depth < MaxNesting; depth++)
        {
            var next = new HashSet<Stay>();
            foreach (var (_, asked, found) in await shards.Ask(frontier, stay => stay.Container, (shard, mine) => shards.Look(shard, mine, bound)))
                for (var i = 0; i < asked.Length; i++) answers[asked[i]] = found[i];
            foreach (var stay in frontier)
                foreach (var outer in answers[stay].Outer)
                    if (!answers.ContainsKey(outer)) next.Add(outer);
            frontier = next;
        }
        var resolved = new Dictionary<Stay, Registers>(answers.Count);
        foreach (var stay in answers.Keys) resolved[stay] = Merge(stay, answers, resolved, []);
        return resolved;
    }

    /// <summary>Everything known of one node's custody, its containers' word included.</summary>
    public static async ValueTask<Registers> Of(ILineageShards shards, NodeAnswer node, long bound)
    {
        var registers = node.Registers;
        if (node.Stays.Length == 0) return registers;
        foreach (var found in (await Resolve(shards, node.Stays, bound)).Where(pair => node.Stays.Contains(pair.Key))) registers.Merge(found.Value);
        return registers;
    }

    static Registers Merge(Stay stay, Dictionary<Stay, StayAnswer> answers, Dictionary<Stay, Registers> resolved, HashSet<Stay> path)
    {
        if (resolved.TryGetValue(stay, out var known)) return known;
        if (!answers.TryGetValue(stay, out var answer) || !path.Add(stay)) return default;
        var registers = answer.Registers;
        foreach (var outer in answer.Outer) registers.Merge(Merge(outer, answers, resolved, path));
        path.Remove(stay);
        return registers;
    }
}
