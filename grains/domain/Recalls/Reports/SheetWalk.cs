using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Recalls.Reports;

/// <summary>Lists recalled goods one by one, some thousands at a time: nothing of it grows with how many there are.</summary>
public static class SheetWalk
{
    const int Chunk = 5_000;

    /// <summary>The lines of some things, in the order given; a lot has a line for each account that holds some of it.</summary>
    public static async IAsyncEnumerable<GoodsLine[]> Of(ILineageShards shards, IReadOnlyList<int> reached, AnswerBook answers, long bound)
    {
        foreach (var chunk in reached.Chunk(Chunk))
        {
            var known = await StandingWalk.RegistersOf(shards, chunk, bound);
            var lots = chunk.Where((_, i) => IsLot(known[i].Line)).ToList();
            var held = await HoldingWalk.Of(shards, lots, bound);
            var uncounted = (await GoodsWalk.WithoutUnits(shards, lots, bound)).ToHashSet();
            var lotOf = await LotsOf(shards, [.. chunk.Where((_, i) => !IsLot(known[i].Line))], bound);
            var lines = new List<GoodsLine>(chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
            {
                var (registers, line) = known[i];
                if (!IsLot(line)) lines.Add(Thing(chunk[i], lotOf.GetValueOrDefault(chunk[i]), registers, answers.Of(chunk[i])));
                else if (!uncounted.Contains(chunk[i])) lines.Add(Lot(GoodsKind.LotOfUnits, chunk[i], registers));
                else if (held[chunk[i]].Length == 0) lines.Add(Lot(GoodsKind.Lot, chunk[i], registers) with { Answer = answers.Of(registers.Read().Holder, chunk[i]) is [.., var last] ? last.Note : null });
                else lines.AddRange(held[chunk[i]].Select(holding => Amount(chunk[i], holding, registers, answers)));
            }
            await SeeBehindAnswers(shards, lines, answers);
            yield return [.. lines];
        }
    }

    /// <summary>An answer is an event about the goods, and says anew who has them. When they came to whoever answered, what was on record before the answer tells, as long as they were not sent off since.</summary>
    static async ValueTask SeeBehindAnswers(ILineageShards shards, List<GoodsLine> lines, AnswerBook answers)
    {
        foreach (var same in Enumerable.Range(0, lines.Count).Where(i => lines[i].Answer is not null).GroupBy(i => lines[i].Answer!.Value.Entry).ToList())
        {
            int[] things = [.. same.Select(i => lines[i].Thing).Distinct()];
            var before = things.Zip(await StandingWalk.RegistersOf(shards, things, answers.Entry(same.Key).Sequence - 1)).ToDictionary(pair => pair.First, pair => pair.Second.Registers);
            foreach (var i in same)
            {
                var registers = before[lines[i].Thing];
                if (registers.Read().Holder != lines[i].Standing.Holder || (lines[i].Kind != GoodsKind.LotAmount && ShippedOf(registers) != lines[i].Shipped)) continue;
                lines[i] = lines[i] with { Received = ReceivedOf(registers), Shipped = ShippedOf(registers) };
            }
        }
    }

    static bool IsLot(NodeLine line) => (line.Roles & (Roles.Class | Roles.Instance)) == Roles.Class;

    static GoodsLine Thing(int thing, int lot, Registers registers, AnswerNote? answer)
    {
        var standing = registers.Read();
        return new()
        {
            Kind = GoodsKind.Thing, Thing = thing, Lot = lot, Quantity = 1, Uom = null, Standing = standing, Fate = Fates.Of(standing), Received = ReceivedOf(registers), Shipped = ShippedOf(registers), Answer = answer,
        };
    }

    static GoodsLine Lot(GoodsKind kind, int lot, Registers registers)
    {
        var standing = registers.Read();
        return new()
        {
            Kind = kind, Thing = lot, Lot = lot, Quantity = null, Uom = null, Standing = standing, Fate = Fates.Of(standing), Received = ReceivedOf(registers), Shipped = ShippedOf(registers),
        };
    }

    /// <summary>A lot stands in as many ways as it has accounts. Where it was last seen as a whole, and in what state, tells of an account only when that is whose events said so.</summary>
    static GoodsLine Amount(int lot, Holding holding, Registers registers, AnswerBook answers)
    {
        var whole = registers.Read();
        var isOfWhole = holding.Kind == AccountKind.Holder && whole.Holder == holding.Account && whole.Consignee == 0 || holding.Kind == AccountKind.InTransitTo && whole.Consignee == holding.Account;
        var standing = holding.Kind switch
        {
            AccountKind.Holder => new Standing { Holder = holding.Account },
            AccountKind.InTransitTo => new() { Holder = isOfWhole ? whole.Holder : 0, Consignee = holding.Account },
            _ => new() { Place = holding.Account },
        };
        if (isOfWhole) standing = standing with { Place = whole.Place, Disposition = whole.Disposition };
        return new()
        {
            Kind = GoodsKind.LotAmount, Thing = lot, Lot = lot, Quantity = holding.Quantity, Uom = holding.Uom.Length == 0 ? null : holding.Uom, Standing = standing,
            // A disposition is the last word about some of it, not about all that the account holds: parts that were sold or destroyed are seen in what was answered, or have left the account.
            Fate = holding.Kind == AccountKind.InTransitTo ? Fate.InTransit : holding is { Kind: AccountKind.Holder, Account: 0 } ? Fate.Unaccounted : Fate.OnHand,
            Received = isOfWhole ? ReceivedOf(registers) : null, Shipped = isOfWhole ? ShippedOf(registers) : null,
            Answer = answers.Of(holding.Account, lot) is [.., var last] ? last.Note : null, LastSequence = holding.LastSequence,
        };
    }

    static long? ReceivedOf(in Registers registers)
    {
        var last = registers.Arrived.IsLaterThan(registers.Stated) ? registers.Arrived : registers.Stated;
        return last.IsSet ? last.Time : null;
    }

    static long? ShippedOf(in Registers registers)
    {
        var last = registers.Sent;
        if (registers.SentOn is [var sentOn, ..] && sentOn.IsLaterThan(last)) last = sentOn;
        return last.IsSet ? last.Time : null;
    }

    /// <summary>The lot of each thing that is of one; of several the first on record.</summary>
    static async ValueTask<Dictionary<int, int>> LotsOf(ILineageShards shards, int[] things, long bound)
    {
        var lots = new Dictionary<int, int>();
        foreach (var (_, _, steps) in await shards.Ask(things, thing => thing, (shard, mine) => shards.Steps(shard, [.. mine.Select(Window.At)], TraceDirection.Backward, EdgeKind.MemberOf, bound)))
            foreach (var step in steps.OrderBy(step => step.Sequence)) lots.TryAdd(step.From, step.To);
        return lots;
    }
}
