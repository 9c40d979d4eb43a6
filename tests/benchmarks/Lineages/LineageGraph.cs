namespace TraceGrains.Benchmarks.Lineages;

/// <summary>
/// One harvest and what became of it, the same on every machine: 1 lot, then 10, 200, 20,000 and 1,000,000. Each thing has a parent in the level before; half of
/// the inner ones and one leaf in twenty have a second. Node 0 is the root; levels follow one another.
/// </summary>
sealed class LineageGraph
{
    const int Seed = 20261123, HolderCount = 500;

    static readonly int[] FullLevels = [1, 10, 200, 20_000, 1_000_000], SmallLevels = [1, 5, 50, 1_000, 20_000];

    /// <summary>Where each level starts, and the end.</summary>
    public required int[] Starts { get; init; }

    /// <summary>First parent; -1 for the root.</summary>
    public required int[] Parents { get; init; }

    /// <summary>Second parent; -1 where there is none.</summary>
    public required int[] SecondParents { get; init; }

    /// <summary>Who gets what is made of a node, from 0.</summary>
    public required int[] Receivers { get; init; }

    public int Holders => HolderCount;

    public int Nodes => Parents.Length;

    public int Leaves => Starts[^1] - Starts[^2];

    public int Edges => Parents.Count(parent => parent >= 0) + SecondParents.Count(parent => parent >= 0);

    public bool IsLeaf(int node) => node >= Starts[^2];

    public static LineageGraph Generate(bool isSmall) => Generate(isSmall ? SmallLevels : FullLevels);

    /// <summary>One with so many leaves below levels of 1, 10, 200 and a fiftieth of them.</summary>
    public static LineageGraph WithLeaves(int leaves) => Generate([1, 10, 200, leaves / 50, leaves]);

    static LineageGraph Generate(int[] levels)
    {
        var starts = new int[levels.Length + 1];
        for (var level = 0; level < levels.Length; level++) starts[level + 1] = starts[level] + levels[level];
        var (parents, seconds, receivers) = (new int[starts[^1]], new int[starts[^1]], new int[starts[^1]]);
        var random = new Random(Seed);
        Array.Fill(seconds, -1);
        parents[0] = -1;
        for (var level = 1; level < levels.Length; level++)
            for (var node = starts[level]; node < starts[level + 1]; node++)
            {
                parents[node] = random.Next(starts[level - 1], starts[level]);
                var second = random.Next(starts[level - 1], starts[level]);
                var hasSecond = random.Next(100) < (level == levels.Length - 1 ? 5 : 50);
                if (hasSecond && second != parents[node]) seconds[node] = second;
            }
        for (var node = 0; node < receivers.Length; node++) receivers[node] = random.Next(HolderCount);
        return new() { Starts = starts, Parents = parents, SecondParents = seconds, Receivers = receivers };
    }

    /// <summary>Who has each node in the end: whoever got what was made of it, or else whoever got it itself.</summary>
    public int[] HolderOf()
    {
        var holders = new int[Nodes];
        var isInput = new bool[Nodes];
        foreach (var parent in Parents) if (parent >= 0) isInput[parent] = true;
        for (var node = 0; node < holders.Length; node++) holders[node] = Receivers[isInput[node] || node == 0 ? node : Parents[node]];
        return holders;
    }

    /// <summary>The children of every node, first parents before second ones: the targets of node n stand from Starts[n] to Starts[n + 1].</summary>
    public (int[] Starts, int[] Targets) Children(int[] parents)
    {
        var starts = new int[Nodes + 1];
        foreach (var parent in parents) if (parent >= 0) starts[parent + 1]++;
        for (var node = 0; node < Nodes; node++) starts[node + 1] += starts[node];
        var targets = new int[starts[^1]];
        var next = starts.AsSpan(0, Nodes).ToArray();
        for (var node = 0; node < Nodes; node++) if (parents[node] >= 0) targets[next[parents[node]]++] = node;
        return (starts, targets);
    }
}
