namespace TraceGrains.Benchmarks.Lineages;

/// <summary>The floor: breadth-first search over two flat arrays by one thread, things counted by holder.</summary>
sealed class FlatSearch(LineageGraph graph)
{
    readonly (int[] Starts, int[] Targets) edges = Join(graph);
    readonly int[] holderOf = graph.HolderOf();

    public (int Reached, int[] ByHolder) Run(int root)
    {
        var seen = new bool[graph.Nodes];
        var queue = new int[graph.Nodes];
        var byHolder = new int[graph.Holders];
        var (read, written) = (0, 1);
        queue[0] = root;
        seen[root] = true;
        while (read < written)
        {
            var node = queue[read++];
            for (var i = edges.Starts[node]; i < edges.Starts[node + 1]; i++)
            {
                var child = edges.Targets[i];
                if (seen[child]) continue;
                seen[child] = true;
                byHolder[holderOf[child]]++;
                queue[written++] = child;
            }
        }
        return (written - 1, byHolder);
    }

    static (int[], int[]) Join(LineageGraph graph)
    {
        var (first, second) = (graph.Children(graph.Parents), graph.Children(graph.SecondParents));
        var starts = new int[graph.Nodes + 1];
        var targets = new List<int>(graph.Edges);
        for (var node = 0; node < graph.Nodes; node++)
        {
            targets.AddRange(first.Targets.AsSpan(first.Starts[node]..first.Starts[node + 1]));
            targets.AddRange(second.Targets.AsSpan(second.Starts[node]..second.Starts[node + 1]));
            starts[node + 1] = targets.Count;
        }
        return (starts, [.. targets]);
    }
}
