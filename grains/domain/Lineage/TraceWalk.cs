namespace TraceGrains.Domain.Lineage;

/// <summary>What a trace found.</summary>
/// <param name="Reached">Every thing reached, the start left out.</param>
/// <param name="Levels">How many things were first reached at each distance, from 1.</param>
/// <param name="Standings">Who has them, counted.</param>
/// <param name="IsCut">Whether the asked depth ended the walk while it could have gone on.</param>
public sealed record TraceResult(NodeSet Reached, IReadOnlyList<int> Levels, IReadOnlyDictionary<Standing, int> Standings, bool IsCut);

/// <summary>
/// A breadth-first walk over the shards in frontier batches: one message per shard and wave, whatever the number of nodes. Derivations hold for ever; over
/// containers and assets the walk carries the window of time for which the whole run of placements held, so a crate that was used again does not tie its
/// earlier content to its later one.
/// </summary>
public static class TraceWalk
{
    /// <summary>Walks from some nodes as far as <paramref name="depth"/> steps (null: to the end).</summary>
    public static async ValueTask<TraceResult> Run(
        ILineageShards shards, IReadOnlyList<int> start, TraceDirection direction, EdgeKind follow, int? depth, long bound)
    {
        var reached = new NodeSet();
        var atAnyTime = new NodeSet();
        var windows = new Dictionary<int, List<Window>>();
        var levels = new List<int>();
        var standings = new Dictionary<Standing, int>();
        foreach (var node in start)
        {
            atAnyTime.Add(node);
            reached.Add(node);
        }
        var frontier = new Frontier([.. start], [], []);
        var isCut = false;
        while (!frontier.IsEmpty)
        {
            // Beyond the depth only the question remains whether anything new lies there; it may lie behind things that are known by now.
            var isBeyond = depth is { } limit && levels.Count >= limit;
            var (next, steps) = await Visit(shards, frontier, direction, follow, bound, standings, atAnyTime);
            var nodes = new List<int>();
            var fresh = new List<int>();
            foreach (var part in next)
                foreach (var node in part)
                    if (atAnyTime.Add(node))
                    {
                        nodes.Add(node);
                        if (reached.Add(node)) fresh.Add(node);
                    }
            var placed = new List<Window>();
            foreach (var window in await Admit(shards, steps, bound))
            {
                if (atAnyTime.Contains(window.Node) || !AddWindow(windows, window)) continue;
                placed.Add(window);
                if (reached.Add(window.Node)) fresh.Add(window.Node);
            }
            if (isBeyond && fresh.Count > 0)
            {
                isCut = true;
                foreach (var node in fresh) reached.Remove(node);
                break;
            }
            if (fresh.Count > 0 || nodes.Count > 0 || placed.Count > 0) levels.Add(fresh.Count);
            // Mostly all of a wave is new and stands still to be counted: then one list is both.
            frontier = new(nodes, placed, placed.Count == 0 && fresh.Count == nodes.Count ? nodes : fresh);
        }
        while (levels.Count > 0 && levels[^1] == 0) levels.RemoveAt(levels.Count - 1);
        foreach (var node in start) reached.Remove(node);
        return new(reached, levels, standings, isCut);
    }

    sealed record Frontier(List<int> Nodes, List<Window> Windows, List<int> Stand)
    {
        public bool IsEmpty => Nodes.Count == 0 && Windows.Count == 0;
    }

    /// <summary>Asks every shard that holds part of the frontier, once; then the processes it led to, which are no steps of their own.</summary>
    static async ValueTask<(List<int[]> Next, List<Step> Placed)> Visit(
        ILineageShards shards, Frontier frontier, TraceDirection direction, EdgeKind follow, long bound, Dictionary<Standing, int> standings, NodeSet atAnyTime)
    {
        var asks = Deal(shards.Count, frontier, direction, follow, bound);
        var next = new List<int[]>();
        var placed = new List<Step>();
        var processes = new List<int>();
        var pending = new List<(int Shard, VisitAnswer Answer)>();
        foreach (var (shard, visit) in asks.Select(ask => (ask.Shard, shards.Visit(ask.Shard, ask.Ask).AsTask())).ToList())
        {
            var answer = await visit;
            next.Add(answer.Next);
            placed.AddRange(answer.Placed);
            foreach (var process in answer.Processes) if (atAnyTime.Add(process)) processes.Add(process);
            foreach (var count in answer.Standings) standings[count.Standing] = standings.GetValueOrDefault(count.Standing) + count.Count;
            if (answer.Pending.Length > 0) pending.Add((shard, answer));
        }
        if (processes.Count > 0)
            foreach (var (_, _, answer) in await shards.Ask(processes, node => node, (shard, mine) => shards.Visit(shard, new() { Direction = direction, Follow = follow, Bound = bound, Nodes = mine })))
                next.Add(answer.Next);
        await StandingWalk.CountPlaced(shards, pending, bound, standings);
        return (next, placed);
    }

    static IEnumerable<(int Shard, VisitAsk Ask)> Deal(int count, Frontier frontier, TraceDirection direction, EdgeKind follow, long bound)
    {
        var nodes = DealBy(count, frontier.Nodes, node => node);
        var windows = DealBy(count, frontier.Windows, window => window.Node);
        var stand = ReferenceEquals(frontier.Stand, frontier.Nodes) ? nodes : DealBy(count, frontier.Stand, node => node);
        for (var shard = 0; shard < count; shard++)
            if (nodes[shard].Length + windows[shard].Length + stand[shard].Length > 0)
                yield return (shard, new() { Direction = direction, Follow = follow, Bound = bound, Nodes = nodes[shard], Windows = windows[shard], Stand = stand[shard] });
    }

    static T[][] DealBy<T>(int count, List<T> items, Func<T, int> nodeOf)
    {
        var sizes = new int[count];
        foreach (var item in items) sizes[nodeOf(item) % count]++;
        var dealt = new T[count][];
        for (var shard = 0; shard < count; shard++) dealt[shard] = sizes[shard] == 0 ? [] : new T[sizes[shard]];
        Array.Clear(sizes);
        foreach (var item in items)
        {
            var shard = nodeOf(item) % count;
            dealt[shard][sizes[shard]++] = item;
        }
        return dealt;
    }

    internal static async ValueTask<List<Window>> Admit(ILineageShards shards, IReadOnlyCollection<Step> steps, long bound)
    {
        var admitted = new List<Window>();
        foreach (var (_, _, windows) in await shards.Ask(steps, step => step.To, (shard, mine) => shards.Admit(shard, mine, bound)))
            foreach (var window in windows) if (window.From < window.Until) admitted.Add(window);
        return admitted;
    }

    /// <summary>Remembers a window; false when an earlier one covers it.</summary>
    internal static bool AddWindow(Dictionary<int, List<Window>> windows, in Window window)
    {
        if (IsCovered(windows, window)) return false;
        if (!windows.TryGetValue(window.Node, out var known)) windows.Add(window.Node, known = []);
        known.Add(window);
        return true;
    }

    /// <summary>Whether a window lies within one that is remembered.</summary>
    internal static bool IsCovered(Dictionary<int, List<Window>> windows, in Window window)
    {
        if (!windows.TryGetValue(window.Node, out var known)) return false;
        foreach (var other in known) if (other.From <= window.From && other.Until >= window.Until) return true;
        return false;
    }
}
