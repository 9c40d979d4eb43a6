namespace TraceGrains.Domain.Lineage;

/// <summary>
/// Finds how one thing is tied to another: a shortest run of steps. It searches back from the item towards the trace's start, because ancestors are few where
/// descendants are many.
/// </summary>
public static class PathWalk
{
    /// <summary>
    /// The steps from <paramref name="start"/> to <paramref name="item"/> in the trace's direction, each as the trace would take it; null when there is none.
    /// Among shortest runs the one whose codes come first is taken, so that arrival order does not show.
    /// </summary>
    public static ValueTask<IReadOnlyList<Step>?> Find(
        ILineageShards shards, int start, int item, TraceDirection direction, EdgeKind follow, long bound, Func<IReadOnlyList<int>, ValueTask<string[]>> codesOf) =>
        Find(shards, node => node == start, item, direction, follow, bound, codesOf);

    /// <summary>The same from whichever of several starts is nearest; of those as near the one whose code comes first.</summary>
    public static async ValueTask<IReadOnlyList<Step>?> Find(
        ILineageShards shards, Func<int, bool> isStart, int item, TraceDirection direction, EdgeKind follow, long bound, Func<IReadOnlyList<int>, ValueTask<string[]>> codesOf)
    {
        if (isStart(item)) return [];
        var against = direction == TraceDirection.Forward ? TraceDirection.Backward : TraceDirection.Forward;
        // For each state (node and window) the steps by which the search came to it, all of the same length.
        var origins = new Dictionary<Window, List<(Window From, Step Step)>>();
        var frontier = new List<Window> { Window.At(item) };
        origins[frontier[0]] = [];
        var known = new Dictionary<int, List<Window>> { [item] = [Window.At(item)] };
        while (frontier.Count > 0)
        {
            var next = await Expand(shards, frontier, against, follow, bound, origins, known);
            if (next.Any(window => isStart(window.Node))) return await Unwind(isStart, next, origins, codesOf);
            frontier = next;
        }
        return null;
    }

    /// <summary>One step from a thing: its direct neighbours, with a process between two things counting as part of the step.</summary>
    public static async ValueTask<IReadOnlyList<Step>> Neighbours(ILineageShards shards, int node, TraceDirection direction, EdgeKind follow, long bound)
    {
        var first = (await StepsFrom(shards, [Window.At(node)], direction, follow, bound)).Select(pair => pair.Step).ToLookup(step => step.ToProcess);
        var processes = first[true].Select(step => step.To).Distinct().Select(Window.At).ToList();
        var through = (await StepsFrom(shards, processes, direction, follow, bound)).Select(pair => pair.Step with { From = node });
        return [.. first[false].Concat(through).Where(step => step.To != node).DistinctBy(step => (step.To, step.Kind, step.Start, step.Window.Until))];
    }

    static async ValueTask<List<Window>> Expand(
        ILineageShards shards, List<Window> frontier, TraceDirection against, EdgeKind follow, long bound,
        Dictionary<Window, List<(Window, Step)>> origins, Dictionary<int, List<Window>> known)
    {
        var wave = new Dictionary<Window, List<(Window, Step)>>();
        var processes = new Dictionary<int, List<(Window, Step)>>();
        foreach (var (from, step) in await StepsFrom(shards, frontier, against, follow, bound))
        {
            if (step.ToProcess)
            {
                if (!processes.TryGetValue(step.To, out var into)) processes.Add(step.To, into = []);
                into.Add((from, step));
            }
            else Offer(wave, step.Window, from, step);
        }
        if (processes.Count > 0)
            foreach (var (process, step) in await StepsFrom(shards, [.. processes.Keys.Select(Window.At)], against, follow, bound))
                foreach (var (from, into) in processes[process.Node])
                    Offer(wave, step.Window, from, step with { From = into.From });
        var next = new List<Window>();
        // Only a window of an earlier wave makes one superfluous: between windows of one wave the order in which they were found would decide.
        foreach (var (window, into) in wave)
        {
            if (TraceWalk.IsCovered(known, window)) continue;
            origins[window] = into;
            next.Add(window);
        }
        foreach (var window in next) TraceWalk.AddWindow(known, window);
        return next;
    }

    static void Offer(Dictionary<Window, List<(Window, Step)>> wave, in Window to, in Window from, in Step step)
    {
        if (!wave.TryGetValue(to, out var into)) wave.Add(to, into = []);
        into.Add((from, step));
    }

    static async ValueTask<List<(Window From, Step Step)>> StepsFrom(ILineageShards shards, List<Window> windows, TraceDirection direction, EdgeKind follow, long bound)
    {
        var steps = new List<(Window, Step)>();
        var placed = new List<(Window From, Step Step)>();
        foreach (var group in windows.GroupBy(window => window.Node % shards.Count))
            foreach (var window in group)
                foreach (var step in await shards.Steps(group.Key, [window], direction, follow, bound))
                    ((step.Kind & EdgeKind.Placement) != 0 ? placed : steps).Add((window, step));
        if (placed.Count > 0)
            foreach (var (_, asked, admitted) in await shards.Ask(placed, pair => pair.Step.To, (shard, mine) => shards.Admit(shard, [.. mine.Select(pair => pair.Step)], bound)))
                for (var i = 0; i < asked.Length; i++)
                    if (admitted[i].From < admitted[i].Until) steps.Add((asked[i].From, asked[i].Step with { Window = admitted[i] }));
        return steps;
    }

    readonly record struct ByCodePoint(string Code) : IComparable<ByCodePoint>
    {
        public int CompareTo(ByCodePoint other) => string.CompareOrdinal(Code, other.Code);
    }

    static async ValueTask<IReadOnlyList<Step>> Unwind(
        Func<int, bool> isStart, List<Window> last, Dictionary<Window, List<(Window From, Step Step)>> origins, Func<IReadOnlyList<int>, ValueTask<string[]>> codesOf)
    {
        var nodes = origins.Keys.Select(window => window.Node).Distinct().ToList();
        var code = nodes.Zip(await codesOf(nodes)).ToDictionary(pair => pair.First, pair => pair.Second);
        var at = last.Where(window => isStart(window.Node)).GroupBy(window => window.Node).MinBy(windows => new ByCodePoint(code[windows.Key]))!.ToList();
        var path = new List<Step>();
        while (origins[at[0]].Count > 0)
        {
            // Several windows of one node may lead on by the same step; all are kept until the codes decide. By another step they would be another run.
            var options = at.SelectMany(window => origins[window]).ToList();
            var best = options.MinBy(option => Rank(option.From, option.Step))!;
            path.Add(best.Step with { From = best.Step.To, To = best.From.Node, Window = best.Step.Window });
            at = [.. options.Where(option => Rank(option.From, option.Step) == Rank(best.From, best.Step)).Select(option => option.From).Distinct()];
        }
        return path;

        (ByCodePoint Code, int Kind, long Start, ulong TieBreak) Rank(in Window from, in Step step) => (new(code[from.Node]), (int)step.Kind, step.Start, step.StartTieBreak);
    }
}
