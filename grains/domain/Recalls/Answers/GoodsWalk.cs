using TraceGrains.Domain.Balances;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Recalls.Answers;

/// <summary>Recalled goods of one party for which it has not answered yet: entity numbers, ascending.</summary>
public sealed class PartyStock
{
    /// <summary>Things that it has.</summary>
    public List<int> Things { get; } = [];
    /// <summary>Things that are on their way to it.</summary>
    public List<int> OnTheWay { get; } = [];
    /// <summary>Lots of which it has some, or some is on its way to it, with how much; null where some event did not say.</summary>
    public List<Holding> Lots { get; } = [];
    /// <summary>Number of the lot of each of <see cref="Lots"/>.</summary>
    public List<int> LotNumbers { get; } = [];

    /// <summary>Whether it has nothing left to answer for.</summary>
    public bool IsEmpty => Things.Count + OnTheWay.Count + Lots.Count == 0;

    /// <summary>The rest, when some of it was answered for.</summary>
    public PartyStock Without(Func<int, bool> isAnswered)
    {
        var rest = new PartyStock();
        rest.Things.AddRange(Things.Where(node => !isAnswered(node)));
        rest.OnTheWay.AddRange(OnTheWay.Where(node => !isAnswered(node)));
        for (var i = 0; i < Lots.Count; i++)
            if (!isAnswered(LotNumbers[i]))
            {
                rest.Lots.Add(Lots[i]);
                rest.LotNumbers.Add(LotNumbers[i]);
            }
        return rest;
    }
}

/// <summary>What was answered for: things by anybody, and things and lots by whoever had them.</summary>
public sealed class AnsweredGoods
{
    readonly NodeSet things = new();
    readonly HashSet<(int Party, int Node)> byParty = [];

    /// <summary>Grows with every answer.</summary>
    public int Version { get; private set; }

    /// <summary>Somebody answered for things.</summary>
    public void Add(IEnumerable<int> nodes)
    {
        foreach (var node in nodes) if (node != 0) things.Add(node);
        Version++;
    }

    /// <summary>A party answered for its part of lots, or passed things on.</summary>
    public void Add(int party, IEnumerable<int> nodes)
    {
        foreach (var node in nodes) if (node != 0) byParty.Add((party, node));
        Version++;
    }

    /// <summary>Whether a party need not answer for a thing, or for its part of a lot.</summary>
    public bool Covers(int party, int node) => things.Contains(node) || byParty.Contains((party, node));
}

/// <summary>
/// Who has to answer for what: everything reached that somebody may still have, by where it stands now. What is sold or destroyed needs no answer; a lot whose units are known one by one is answered for
/// by its units.
/// </summary>
public static class GoodsWalk
{
    const int ChunkSize = 20_000;

    /// <summary>The parties that still have to answer, by entity number; 0 for goods of which nobody is known to have them.</summary>
    public static async ValueTask<Dictionary<int, PartyStock>> Of(ILineageShards shards, IEnumerable<int> reached, AnsweredGoods answered, long bound)
    {
        var parties = new Dictionary<int, PartyStock>();
        foreach (var chunk in reached.Chunk(ChunkSize))
        {
            var standings = await StandingWalk.Of(shards, chunk, bound);
            var lots = new List<int>();
            for (var i = 0; i < chunk.Length; i++)
            {
                var (standing, line) = standings[i];
                if ((line.Roles & (Roles.Class | Roles.Instance)) == Roles.Class) lots.Add(chunk[i]);
                else if (Fates.Of(standing) is Fate.OnHand or Fate.InTransit or Fate.Unaccounted)
                {
                    if (!answered.Covers(standing.Holder, chunk[i])) Stock(standing.Holder).Things.Add(chunk[i]);
                    if (standing.Consignee != 0 && standing.Consignee != standing.Holder && !answered.Covers(standing.Consignee, chunk[i])) Stock(standing.Consignee).OnTheWay.Add(chunk[i]);
                }
            }
            await AddLots(lots);
        }
        return parties;

        PartyStock Stock(int party)
        {
            if (!parties.TryGetValue(party, out var stock)) parties.Add(party, stock = new());
            return stock;
        }

        async ValueTask AddLots(List<int> lots)
        {
            foreach (var (lot, held) in await HoldingWalk.Of(shards, await WithoutUnits(shards, lots, bound), bound))
                foreach (var holding in held)
                    if (holding is { Kind: AccountKind.Holder or AccountKind.InTransitTo, Quantity: null or > 0 } && !answered.Covers(holding.Account, lot))
                    {
                        Stock(holding.Account).Lots.Add(holding);
                        Stock(holding.Account).LotNumbers.Add(lot);
                    }
        }
    }

    /// <summary>Those of some lots whose units are not known one by one.</summary>
    internal static async ValueTask<List<int>> WithoutUnits(ILineageShards shards, List<int> lots, long bound)
    {
        var units = await shards.Ask(lots, lot => lot, (shard, mine) => shards.Steps(shard, [.. mine.Select(Window.At)], TraceDirection.Forward, EdgeKind.MemberOf, bound));
        var has = units.SelectMany(answer => answer.Answer).Select(step => step.From).ToHashSet();
        return [.. lots.Where(lot => !has.Contains(lot))];
    }
}
