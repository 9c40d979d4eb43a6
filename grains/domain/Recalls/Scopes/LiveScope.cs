using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>
/// Keeps the scope of a recall in force what its question says, as of now. The shards hold what the question came to; the ledger holds the question. One working-out of a recall runs at a time; whoever
/// calls sees to that.
/// </summary>
public static class LiveScope
{
    /// <summary>Nothing may have been asked about an instant before: a recall in force is about everything on record, up to the row applied last.</summary>
    const long Now = long.MaxValue;

    /// <summary>Works the question out over everything on record.</summary>
    public static ValueTask<ScopeOutcome> Resolve(IScopeLedger ledger, ILineageShards shards, ScopeQuery scope) => ScopeWalk.Resolve(ledger, shards, scope, Now);

    /// <summary>Tells the shards all that the recall names. A working-out of its reach is to follow.</summary>
    public static ValueTask Tell(ILineageShards shards, int recall, IReadOnlyList<int> things) => Tell(shards, recall, things, isWhole: true);

    /// <summary>Brings into scope what was not in it, and marks what it became: all of it is in force when this returns.</summary>
    public static async ValueTask Enter(ILineageShards shards, int recall, IReadOnlyList<int> things)
    {
        if (things.Count == 0) return;
        await Tell(shards, recall, things, isWhole: false);
        var draft = (await Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => shards.NewestDraft(shard, recall).AsTask()))).Max();
        await ReachWalk.Spread(shards, things.Select(thing => new Spill { Recall = recall, Node = thing, Draft = draft }));
    }

    static async ValueTask Tell(ILineageShards shards, int recall, IReadOnlyList<int> things, bool isWhole)
    {
        var dealt = things.ToLookup(thing => thing % shards.Count);
        await Task.WhenAll(Enumerable.Range(0, shards.Count).Where(shard => isWhole || dealt.Contains(shard))
            .Select(shard => shards.SetScope(shard, recall, [.. dealt[shard]], isWhole).AsTask()));
    }
}

/// <summary>How a scope changed: entity numbers, ascending.</summary>
public sealed record ScopeChange(int[] Entered, int[] Left)
{
    /// <summary>The difference between two scopes, both ascending.</summary>
    public static ScopeChange Between(int[] before, int[] after) => new([.. after.Except(before)], [.. before.Except(after)]);

    /// <summary>Whether they are the same.</summary>
    public bool IsNone => Entered.Length + Left.Length == 0;
}
