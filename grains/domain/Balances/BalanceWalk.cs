using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Previews;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Balances;

/// <summary>Adds up what became of some things and lots: units by where they stand, lots by their flows. Shards are asked in bulk, some ten thousand things at a time.</summary>
public sealed class BalanceWalk
{
    /// <summary>Things that are looked at together.</summary>
    const int Chunk = 20_000;

    readonly IScopeLedger ledger;
    readonly ILineageShards shards;
    readonly long bound;
    readonly HashSet<int> withoutOrigin;
    readonly Dictionary<(int Lot, string Product), UnitTally> tallies = [];
    readonly Dictionary<int, (LotBalance Pieces, decimal Loose)> pieces = [];

    BalanceWalk(IScopeLedger ledger, ILineageShards shards, long bound, IEnumerable<int> withoutOrigin) =>
        (this.ledger, this.shards, this.bound, this.withoutOrigin) = (ledger, shards, bound, [.. withoutOrigin]);

    /// <summary>The sheet of some things, as on record up to a ledger sequence.</summary>
    /// <param name="ledger">Knows codes and origins.</param>
    /// <param name="shards">Know flows and standings.</param>
    /// <param name="things">Lots and units; of a lot all its units should be among them.</param>
    /// <param name="categoriesOf">The categories of products, in the order asked.</param>
    /// <param name="tolerance">How much each may miss.</param>
    /// <param name="bound">A ledger sequence.</param>
    public static async ValueTask<BalanceSheet> Of(
        IScopeLedger ledger, ILineageShards shards, NodeSet things, Func<IReadOnlyList<string>, ValueTask<string?[]>> categoriesOf, BalanceTolerance tolerance, long bound)
    {
        var (without, notChecked) = await OriginWalk.Find(ledger, things, bound);
        var walk = new BalanceWalk(ledger, shards, bound, without);
        var sums = new BalanceSums(categoriesOf, tolerance);
        foreach (var chunk in things.Ascending().Chunk(Chunk)) await sums.Add(await walk.Take(chunk));
        await sums.Add(walk.Counted());
        return sums.Close(notChecked);
    }

    /// <summary>The balances of one lot, one for each unit of measure, pieces first; none where no event moved any of it. And how many of its units were not looked up as to their origin.</summary>
    public static async ValueTask<(IReadOnlyList<LotBalance> Balances, int OriginUnchecked)> OfLot(IScopeLedger ledger, ILineageShards shards, int lot, long bound)
    {
        var things = new NodeSet();
        things.Add(lot);
        foreach (var (_, _, answer) in await shards.Ask([lot], node => node, (shard, mine) => shards.Visit(shard, new() { Direction = TraceDirection.Forward, Follow = EdgeKind.MemberOf, Bound = bound, Nodes = mine })))
            foreach (var unit in answer.Next) things.Add(unit);
        var (without, notChecked) = await OriginWalk.Find(ledger, things, bound);
        var walk = new BalanceWalk(ledger, shards, bound, without);
        var balances = new List<LotBalance>();
        foreach (var chunk in things.Ascending().Chunk(Chunk)) balances.AddRange((await walk.Take(chunk)).Where(one => one.Lot == lot).Select(one => one.Balance));
        // A unit may belong to several lots; it was asked for as one of this.
        balances.AddRange(walk.Counted(lot).Select(one => one.Balance));
        return ([.. balances.OrderBy(balance => balance.Uom, StringComparer.Ordinal)], notChecked);
    }

    /// <summary>Looks at some things: lots without units are answered at once, the others when every unit has been seen.</summary>
    async ValueTask<List<ProductLot>> Take(int[] chunk)
    {
        var codes = await ledger.Codes(chunk);
        var lines = new Dictionary<int, GoodsLine>(chunk.Length);
        foreach (var (_, asked, answer) in await shards.Ask(chunk, node => node, (shard, mine) => shards.Goods(shard, mine, bound)))
            for (var i = 0; i < asked.Length; i++) lines[asked[i]] = answer[i];
        var packed = await StandingWalk.Resolve(shards, lines.Values.SelectMany(line => line.Packed ?? []).Select(part => part.Stay), bound);
        var lotOf = await LotsOf(lines);
        var lots = new List<ProductLot>();
        var units = new List<(int Number, string Product, int Lot, bool IsUsed)>();
        for (var i = 0; i < chunk.Length; i++)
        {
            var (line, product) = (lines[chunk[i]], ProductCode.Of(codes[i]) ?? "");
            if ((line.Roles & Roles.Class) == 0 || ((line.Roles & Roles.Instance) != 0 && line is { Flows: null, Packed: null })) units.Add((chunk[i], product, lotOf.GetValueOrDefault(chunk[i], line.Lot), line.IsUsed));
            else TakeLot(chunk[i], product, line.Units, line.Packed is null ? LotBook.Of(line.Flows ?? []) : LotCarriage.Books(line.Flows ?? [], line.Packed, stay => packed.GetValueOrDefault(stay)), lots);
        }
        await TakeUnits(units);
        return lots;
    }

    /// <summary>A unit that events call one of several lots counts in the one whose code comes first.</summary>
    async ValueTask<Dictionary<int, int>> LotsOf(Dictionary<int, GoodsLine> lines)
    {
        var several = lines.Where(pair => pair.Value.OtherLots is not null).Select(pair => (Unit: pair.Key, Lots: pair.Value.OtherLots!.Append(pair.Value.Lot).ToArray())).ToList();
        if (several.Count == 0) return [];
        var numbers = several.SelectMany(one => one.Lots).Distinct().ToArray();
        var codes = numbers.Zip(await ledger.Codes(numbers)).ToDictionary(pair => pair.First, pair => pair.Second);
        return several.ToDictionary(one => one.Unit, one => one.Lots.MinBy(lot => codes[lot], StringComparer.Ordinal));
    }

    void TakeLot(int lot, string product, int units, IReadOnlyList<LotBook> books, List<ProductLot> lots)
    {
        foreach (var book in books)
        {
            var balance = book.Close();
            if (units == 0) lots.Add(new(lot, product, balance));
            else if (balance.Uom.Length == 0) pieces[lot] = (balance, book.Loose);
            else lots.Add(new(lot, product, balance with { IsToldByUnits = true }));
        }
        if (units > 0) TallyOf(lot, product).Product = product;
    }

    async ValueTask TakeUnits(List<(int Number, string Product, int Lot, bool IsUsed)> units)
    {
        if (units.Count == 0) return;
        var standings = await StandingWalk.Of(shards, [.. units.Select(unit => unit.Number)], bound);
        for (var i = 0; i < units.Count; i++)
        {
            TallyOf(units[i].Lot, units[i].Product).Add(standings[i].Standing, units[i].IsUsed, !withoutOrigin.Contains(units[i].Number));
        }
    }

    /// <summary>Units of one lot are tallied together; those without a lot by product.</summary>
    UnitTally TallyOf(int lot, string product)
    {
        var key = (lot, lot == 0 ? product : "");
        if (!tallies.TryGetValue(key, out var tally)) tallies.Add(key, tally = new() { Product = product });
        return tally;
    }

    IEnumerable<ProductLot> Counted() => tallies.Where(pair => pair.Value.Count > 0 || pieces.ContainsKey(pair.Key.Lot)).Select(pair => Counted(pair.Key.Lot, pair.Value));

    /// <summary>All units seen, as those of one lot.</summary>
    IEnumerable<ProductLot> Counted(int lot)
    {
        var tally = new UnitTally();
        foreach (var one in tallies.Values) tally.Add(one);
        return tally.Count > 0 || pieces.ContainsKey(lot) ? [Counted(lot, tally)] : [];
    }

    ProductLot Counted(int lot, UnitTally tally) =>
        new(lot, tally.Product, pieces.TryGetValue(lot, out var told) ? tally.Count == 0 ? told.Pieces : PiecesAndUnits.Of(tally.Close(), told.Pieces, told.Loose) : tally.Close());
}
