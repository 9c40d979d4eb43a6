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

    /// <summary>Where each of some nodes stands, its containers' word included, in the order asked.</summary>
    public static async ValueTask<(Standing Standing, NodeLine Line)[]> Of(ILineageShards shards, IReadOnlyList<int> nodes, long bound)
    {
        var registers = await RegistersOf(shards, nodes, bound);
        return Array.ConvertAll(registers, node => (node.Registers.Read(), node.Line));
    }

    /// <summary>The registers of each of some nodes, its containers' word included, in the order asked.</summary>
    public static async ValueTask<(Registers Registers, NodeLine Line)[]> RegistersOf(ILineageShards shards, IReadOnlyList<int> nodes, long bound)
    {
        var lines = new Dictionary<int, NodeLine>(nodes.Count);
        foreach (var (_, asked, answer) in await shards.Ask(nodes, node => node, (shard, mine) => shards.Lines(shard, mine, bound)))
            for (var i = 0; i < asked.Length; i++) lines[asked[i]] = answer[i];
        var resolved = await Resolve(shards, lines.Values.SelectMany(line => line.Stays ?? []), bound);
        var merged = new (Registers, NodeLine)[nodes.Count];
        for (var i = 0; i < merged.Length; i++)
        {
            var line = lines[nodes[i]];
            var registers = line.Registers;
            foreach (var stay in line.Stays ?? []) registers.Merge(resolved[stay]);
            merged[i] = (registers, line);
        }
        return merged;
    }

    /// <summary>The containers a thing is in now, innermost first, from its stays of one kind.</summary>
    public static async ValueTask<IReadOnlyList<int>> Containers(ILineageShards shards, IReadOnlyList<Stay> stays, long bound)
    {
        var containers = new List<int>();
        var open = stays.Where(stay => stay.Until == Window.Forever).ToList();
        while (open.Count > 0 && containers.Count < MaxNesting)
        {
            var outer = new List<Stay>();
            foreach (var (_, asked, answers) in await shards.Ask(open, stay => stay.Container, (shard, mine) => shards.Look(shard, mine, bound)))
                for (var i = 0; i < asked.Length; i++)
                {
                    if (answers[i].Until != Window.Forever || containers.Contains(asked[i].Container)) continue;
                    containers.Add(asked[i].Container);
                    outer.AddRange(answers[i].Outer.Where(stay => stay.Until == Window.Forever));
                }
            open = outer;
        }
        return containers;
    }

    /// <summary>Counts how the given nodes of each shard stand.</summary>
    public static async ValueTask<Dictionary<Standing, int>> Count(ILineageShards shards, IReadOnlyList<(int Shard, int[] Nodes)> asked, long bound)
    {
        var visits = asked.Select(ask => (ask.Shard, Answer: shards.Visit(ask.Shard, new() { Bound = bound, Stand = ask.Nodes }).AsTask())).ToList();
        var standings = new Dictionary<Standing, int>();
        var pending = new List<(int Shard, VisitAnswer Answer)>();
        foreach (var (shard, visit) in visits)
        {
            var answer = await visit;
            foreach (var count in answer.Standings) standings[count.Standing] = standings.GetValueOrDefault(count.Standing) + count.Count;
            if (answer.Pending.Length > 0) pending.Add((shard, answer));
        }
        await CountPlaced(shards, pending, bound, standings);
        return standings;
    }

    internal static async ValueTask CountPlaced(ILineageShards shards, List<(int Shard, VisitAnswer Answer)> pending, long bound, Dictionary<Standing, int> standings)
    {
        if (pending.Count == 0) return;
        var resolved = await Resolve(shards, pending.SelectMany(item => item.Answer.Stays), bound);
        var asked = pending.Select(item => shards.StandPlaced(
            item.Shard, item.Answer.Pending, item.Answer.Stays, [.. item.Answer.Stays.Select(stay => resolved[stay])], bound).AsTask()).ToList();
        foreach (var task in asked)
            foreach (var count in await task)
                standings[count.Standing] = standings.GetValueOrDefault(count.Standing) + count.Count;
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
