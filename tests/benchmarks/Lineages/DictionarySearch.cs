namespace TraceGrains.Benchmarks.Lineages;

/// <summary>The same search as it is usually first written: a dictionary of lists, a hash set of what was seen.</summary>
sealed class DictionarySearch
{
    readonly Dictionary<int, List<int>> children = [];
    readonly int[] holderOf;

    public DictionarySearch(LineageGraph graph)
    {
        holderOf = graph.HolderOf();
        foreach (var parents in (int[][])[graph.Parents, graph.SecondParents])
            for (var node = 0; node < parents.Length; node++)
            {
                if (parents[node] < 0) continue;
                if (!children.TryGetValue(parents[node], out var list)) children.Add(parents[node], list = []);
                list.Add(node);
            }
    }

    public (int Reached, Dictionary<int, int> ByHolder) Run(int root)
    {
        var seen = new HashSet<int> { root };
        var queue = new Queue<int>([root]);
        var byHolder = new Dictionary<int, int>();
        while (queue.TryDequeue(out var node))
            if (children.TryGetValue(node, out var list))
                foreach (var child in list)
                {
                    if (!seen.Add(child)) continue;
                    byHolder[holderOf[child]] = byHolder.GetValueOrDefault(holderOf[child]) + 1;
                    queue.Enqueue(child);
                }
        return (seen.Count - 1, byHolder);
    }
}
