using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Lineage;

sealed partial class LineageShardGrain
{
    /// <summary>Movements of the stretch last asked about, where the shard itself remembered no further back.</summary>
    (long After, long Through, List<Movement> Movements)? again;

    public async Task<MoveLine[]> Moves(MoveAsk[] asked, long bound)
    {
        await Hear(bound);
        await marksAreIn;
        return shard.Moves(asked);
    }

    public async Task<MovementAnswer> Movements(long after, long through)
    {
        await Hear(through);
        await marksAreIn;
        shard.ForgetMovements(after);
        again = null;
        var answer = shard.Movements(after, through);
        return answer.Remembers ? answer : shard.Movements(after, through, await Again(after, through));
    }

    public Task<int[]> WithCaveats(int[] asked, long latest) => Task.FromResult(shard.WithCaveats(asked, latest));

    public async Task<Movement[]> MovementsWith(long after, long through, int[] others)
    {
        var found = shard.MovementsWith(after, through, [.. others]);
        return found ?? shard.MovementsWith(after, through, [.. others], await Again(after, through))!;
    }

    async ValueTask<List<Movement>> Again(long after, long through)
    {
        if (again is { } known && (known.After, known.Through) == (after, through)) return known.Movements;
        var read = new List<Movement>();
        for (var at = after; at < through;)
        {
            var rows = await ledger.ReadShardRows(Number, at, PageSize);
            if (rows.Count == 0) break;
            foreach (var row in rows)
                if (row.Sequence <= through) LineageShard.ReadMovements(row.Sequence, row.Facts, read);
            at = rows[^1].Sequence;
        }
        again = (after, through, read);
        return read;
    }
}
