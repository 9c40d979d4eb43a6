using TraceGrains.Domain.Holds;

namespace TraceGrains.Domain.Lineage;

public sealed partial class LineageShard
{
    /// <summary>Movements that are remembered; who is further behind reads the rows again.</summary>
    const int MovementsKept = 10_000;

    readonly Queue<Movement> movements = [];

    /// <summary>Everything after this sequence is remembered.</summary>
    long movementsFrom;

    void RememberMovement(uint at, long time, ulong tieBreak, Fact.Position fact)
    {
        if (!IsMovement(fact)) return;
        movements.Enqueue(Of(at, time, tieBreak, fact));
        while (movements.Count > MovementsKept) movementsFrom = movements.Dequeue().Sequence;
    }

    /// <summary>Reads the movements out of a row.</summary>
    public static void ReadMovements(long sequence, ReadOnlySpan<byte> row, List<Movement> into)
    {
        var reader = new FactCodec.Reader(row);
        while (reader.Next() is { } fact)
            if (fact is Fact.Position position && IsMovement(position)) into.Add(Of(sequence, reader.EventTime, reader.TieBreak, position));
    }

    static Movement Of(long sequence, long time, ulong tieBreak, Fact.Position fact) => new() { Node = fact.Node, Sequence = sequence, Time = time, TieBreak = tieBreak, Step = fact.BizStep };

    /// <summary>Whether an event's word on a thing brings it on.</summary>
    public static bool IsMovement(Fact.Position fact) => MoveRules.ClassOf(MoveSteps.ClassOf(fact.BizStep), fact.Disposition) != MoveClass.Staying;

    /// <summary>Drops what has been looked at.</summary>
    public void ForgetMovements(long through)
    {
        while (movements.TryPeek(out var first) && first.Sequence <= through) movements.Dequeue();
        movementsFrom = Math.Max(movementsFrom, through);
    }

    /// <summary>
    /// The movements after one sequence and up to another: those that need a closer look, and what else has a say about the others. <paramref name="again"/> are movements that were read from
    /// the rows because they were forgotten here.
    /// </summary>
    public MovementAnswer Movements(long after, long through, IReadOnlyList<Movement>? again = null)
    {
        if (again is null && after < movementsFrom) return new() { Remembers = false };
        var suspects = new List<Movement>();
        var others = new HashSet<int>();
        var latest = long.MinValue;
        foreach (var movement in Between(after, through, again))
        {
            var line = Move(movement.Ask());
            if (line.Contents is not null || MoveRules.SpeaksAgainst(line, movement.Step, movement.Time)) suspects.Add(movement);
            else
            {
                latest = Math.Max(latest, movement.Time);
                others.UnionWith(line.Lots ?? []);
                foreach (var step in line.Containers ?? []) others.Add(step.To);
            }
        }
        return new() { Suspects = [.. suspects], Others = [.. others], Latest = latest };
    }

    /// <summary>Of some lots and containers, those that may have something against moving what belongs to them: a block, at whatever time, or a date before the latest moment.</summary>
    public int[] WithCaveats(int[] asked, long latest) => [.. asked.Where(node => Knows(node) && MayHaveCaveats(node, latest))];

    bool MayHaveCaveats(int number, long latest)
    {
        ref var node = ref nodes[Local(number)];
        // A container in a container is looked at more closely: the outer one may be held.
        if (node.Stays != 0 && (node.Roles & Roles.Class) == 0) return true;
        if (caveatsOf.TryGetValue(Local(number), out var head))
            for (var i = head; i != 0; i = caveats[i].Next)
                if (caveats[i].IsSet || caveats[i].Date != 0 && caveats[i].Until <= latest) return true;
        if ((node.Roles & Roles.Class) != 0) return false;
        for (var i = node.Positions; i != 0; i = positions[i].Next)
            if (Blocks.Of(Blocks.Implied(positions[i].Disposition, positions[i].BizStep, positions[i].Ends)) != BlockKind.None) return true;
        return false;
    }

    /// <summary>Movements of a stretch, of things that belong to one of some lots or lay in one of some containers; null where this shard does not remember that far back.</summary>
    public Movement[]? MovementsWith(long after, long through, HashSet<int> others, IReadOnlyList<Movement>? again = null)
    {
        if (again is null && after < movementsFrom) return null;
        var found = new List<Movement>();
        foreach (var movement in Between(after, through, again))
        {
            var line = Move(movement.Ask());
            if (line.Lots?.Any(others.Contains) == true || line.Containers?.Any(step => others.Contains(step.To)) == true) found.Add(movement);
        }
        return [.. found];
    }

    /// <summary>Movements whose event was not withdrawn before it came.</summary>
    IEnumerable<Movement> Between(long after, long through, IReadOnlyList<Movement>? again) =>
        (again ?? (IEnumerable<Movement>)movements).Where(movement => movement.Sequence > after && movement.Sequence <= through && IsLive((uint)movement.Sequence, (uint)movement.Sequence));
}
