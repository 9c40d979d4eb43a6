using TraceGrains.Domain.Balances;

namespace TraceGrains.Domain.Lineage;

/// <summary>The shards of one lineage index, wherever they live. Walks are written against this, so the same walk runs over grains and, in tests, over plain objects.</summary>
public interface ILineageShards
{
    /// <summary>How many shards; entity n belongs to shard n modulo this.</summary>
    int Count { get; }
    /// <summary><see cref="LineageShard.Visit"/>.</summary>
    ValueTask<VisitAnswer> Visit(int shard, VisitAsk ask);
    /// <summary><see cref="LineageShard.Steps"/>.</summary>
    ValueTask<Step[]> Steps(int shard, Window[] windows, TraceDirection direction, EdgeKind follow, long bound);
    /// <summary><see cref="LineageShard.Admit(Step[], long)"/>.</summary>
    ValueTask<Window[]> Admit(int shard, Step[] steps, long bound);
    /// <summary><see cref="LineageShard.Look(Stay[], long)"/>.</summary>
    ValueTask<StayAnswer[]> Look(int shard, Stay[] stays, long bound);
    /// <summary><see cref="LineageShard.StandPlaced"/>.</summary>
    ValueTask<StandingCount[]> StandPlaced(int shard, int[] pending, Stay[] stays, Registers[] found, long bound);
    /// <summary><see cref="LineageShard.Lines"/>.</summary>
    ValueTask<NodeLine[]> Lines(int shard, int[] nodes, long bound);
    /// <summary><see cref="LineageShard.Describe"/>.</summary>
    ValueTask<NodeAnswer> Describe(int shard, int node, long bound);
    /// <summary><see cref="LineageShard.Held"/>.</summary>
    ValueTask<Holding[]?[]> Held(int shard, int[] nodes, long bound);
    /// <summary><see cref="LineageShard.Moves"/>, by a shard that has heard of everything up to a ledger sequence.</summary>
    ValueTask<MoveLine[]> Moves(int shard, MoveAsk[] asked, long bound);
    /// <summary><see cref="LineageShard.Movements"/>, by a shard that has heard of everything up to the second sequence and remembers, or reads again, what came after the first.</summary>
    ValueTask<MovementAnswer> Movements(int shard, long after, long through);
    /// <summary><see cref="LineageShard.WithCaveats"/>.</summary>
    ValueTask<int[]> WithCaveats(int shard, int[] asked, long latest);
    /// <summary><see cref="LineageShard.MovementsWith"/>.</summary>
    ValueTask<Movement[]> MovementsWith(int shard, long after, long through, int[] others);
    /// <summary><see cref="LineageShard.Goods"/>.</summary>
    ValueTask<GoodsLine[]> Goods(int shard, int[] nodes, long bound);
    /// <summary><see cref="LineageShard.BeginReach"/>.</summary>
    ValueTask<bool> BeginReach(int shard, int recall, long draft);
    /// <summary><see cref="LineageShard.NewestDraft"/>.</summary>
    ValueTask<long> NewestDraft(int shard, int recall);
    /// <summary><see cref="LineageShard.Scope"/>.</summary>
    ValueTask<int[]> Scope(int shard, int recall);
    /// <summary><see cref="LineageShard.SetScope"/>.</summary>
    ValueTask SetScope(int shard, int recall, int[] named, bool isWhole);
    /// <summary><see cref="LineageShard.Mark"/>.</summary>
    ValueTask<MarkAnswer> Mark(int shard, int recall, int[] nodes, long draft, bool onlyNew);
    /// <summary><see cref="LineageShard.CommitReach"/>.</summary>
    ValueTask<int?> CommitReach(int shard, int recall, long draft);
}

/// <summary>Asks many shards at once.</summary>
public static class Scatter
{
    /// <summary>Deals items to the shards of their nodes and asks each shard that got any, all at once.</summary>
    public static async ValueTask<(int Shard, T[] Asked, TAnswer Answer)[]> Ask<T, TAnswer>(
        this ILineageShards shards, IReadOnlyCollection<T> items, Func<T, int> nodeOf, Func<int, T[], ValueTask<TAnswer>> ask)
    {
        if (items.Count == 0) return [];
        var count = shards.Count;
        var sizes = new int[count];
        foreach (var item in items) sizes[nodeOf(item) % count]++;
        var dealt = new T[count][];
        for (var shard = 0; shard < count; shard++) if (sizes[shard] > 0) dealt[shard] = new T[sizes[shard]];
        Array.Clear(sizes);
        foreach (var item in items)
        {
            var shard = nodeOf(item) % count;
            dealt[shard][sizes[shard]++] = item;
        }
        var asked = new List<(int Shard, Task<TAnswer> Answer)>();
        for (var shard = 0; shard < count; shard++)
            if (dealt[shard] is { } mine) asked.Add((shard, ask(shard, mine).AsTask()));
        var answers = new (int, T[], TAnswer)[asked.Count];
        for (var i = 0; i < answers.Length; i++) answers[i] = (asked[i].Shard, dealt[asked[i].Shard], await asked[i].Answer);
        return answers;
    }
}
