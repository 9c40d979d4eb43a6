using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Scopes;

namespace TraceGrains.Domain.Recalls.Previews;

/// <summary>Finds things that no event brought into being. One event mostly brings many: it is read once, for all of them.</summary>
public static class OriginWalk
{
    /// <summary>Pages of chains that are read at most.</summary>
    public const int ChainsMax = 20_000;

    /// <summary>Those of some things that have no origin on record; and how many were left unchecked.</summary>
    public static async ValueTask<(IReadOnlyList<int> Without, int Unchecked)> Find(IScopeLedger ledger, NodeSet things, long bound)
    {
        var settled = new NodeSet();
        var read = new HashSet<long>();
        var without = new List<int>();
        var pages = 0;
        foreach (var thing in things.Ascending())
        {
            if (settled.Contains(thing)) continue;
            if (pages >= ChainsMax) return (without, things.Ascending().Count(other => other >= thing && !settled.Contains(other)));
            for (int? after = 0; after is { } from && !settled.Contains(thing) && pages < ChainsMax;)
            {
                pages++;
                var (events, next) = await ledger.EventsNaming(thing, from, bound);
                foreach (var e in events)
                    if (!settled.Contains(thing) && read.Add(e.Sequence) && Origin.CreatedBy(e.Canonical) is { Count: > 0 } created)
                        foreach (var number in await ledger.Find([.. created], bound)) settled.Add(number);
                after = next;
            }
            if (settled.Add(thing)) without.Add(thing);
        }
        return (without, 0);
    }
}
