using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

/// <summary>A movement that something stood against.</summary>
/// <param name="Movement">What was moved by which event.</param>
/// <param name="Facts">What bore on it.</param>
/// <param name="Reasons">What would have refused the step.</param>
public sealed record OffendingMovement(Movement Movement, MoveFacts Facts, MoveReason[] Reasons);

/// <summary>
/// Finds the movements of a stretch of the ledger that something stood against. Each shard looks at its own movements first; only what has something against it, or holds other things, is looked at
/// across shards. A lot or container is asked about once, however many things were moved out of it.
/// </summary>
/// <remarks>
/// What counts is what was on record before the event, and by event time before the movement: a hold that came later, in either sense, makes no violation of it. Marks are in force when this looks; of the recalls
/// those count that were issued before, in both senses. A second sale counts whichever of the two is told first.
/// </remarks>
public static class MovementWalk
{
    /// <summary>The offending movements after one sequence and up to another, in ledger order. Everything up to the second has to be settled.</summary>
    public static async ValueTask<IReadOnlyList<OffendingMovement>> Run(ILineageShards shards, long after, long through)
    {
        var suspects = await Suspects(shards, after, through);
        var facts = await MoveWalk.Of(shards, [.. suspects.Select(movement => movement.Ask())], through);
        var offending = new List<OffendingMovement>();
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i] is not { } known) continue;
            var reasons = MoveRules.Decide(MoveSteps.ClassOf(suspects[i].Step), suspects[i].Time, known).Where(reason => reason.Refuses).ToArray();
            if (reasons.Length > 0) offending.Add(new(suspects[i], known, reasons));
        }
        return offending;
    }

    static async ValueTask<List<Movement>> Suspects(ILineageShards shards, long after, long through)
    {
        var answers = await All(shards, shard => shards.Movements(shard, after, through));
        var suspects = answers.SelectMany(answer => answer.Suspects).ToHashSet();
        var others = answers.SelectMany(answer => answer.Others).Distinct().ToList();
        if (others.Count > 0)
        {
            var latest = answers.Max(answer => answer.Latest);
            var dubious = (await shards.Ask(others, node => node, (shard, mine) => shards.WithCaveats(shard, mine, latest))).SelectMany(one => one.Answer).ToArray();
            if (dubious.Length > 0)
                foreach (var more in await All(shards, shard => shards.MovementsWith(shard, after, through, dubious))) suspects.UnionWith(more);
        }
        return [.. suspects.OrderBy(movement => (movement.Sequence, movement.Node))];
    }

    static Task<T[]> All<T>(ILineageShards shards, Func<int, ValueTask<T>> ask) => Task.WhenAll(Enumerable.Range(0, shards.Count).Select(shard => ask(shard).AsTask()));
}
