using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Balances;

/// <summary>
/// Whose places are whose, as far as the events of one lot tell: some name the party, some only the place, and mean the same. A place that several parties have used belongs to the one that an event named there last
/// before; or first, where none had been named before.
/// </summary>
sealed class LotPlaces
{
    readonly Dictionary<int, List<(long Time, ulong TieBreak, FlowKind Kind, int Party)>> byPlace = [];
    readonly HashSet<int> takers = [];

    /// <param name="rows">The flows of the lot.</param>
    /// <param name="containers">What events said of its containers while it was inside.</param>
    public LotPlaces(IEnumerable<FlowRow> rows, IEnumerable<Registers>? containers = null)
    {
        foreach (var row in rows)
        {
            var party = ActsAt(row);
            if (row.To != 0 && row.Kind is FlowKind.Sent or FlowKind.Received or FlowKind.Produced or FlowKind.Opened or FlowKind.Counted) takers.Add(row.To);
            Learn(row.Place, party, row.Time, row.TieBreak, row.Kind);
        }
        foreach (var container in containers ?? [])
            foreach (var holder in (ReadOnlySpan<Register>)[container.Stated, container.Sent])
                // One event that names both: the container's place when somebody had it.
                if (holder.IsSet && (holder.Time, holder.TieBreak) == (container.Place.Time, container.Place.TieBreak)) Learn(container.Place.Value, holder.Value, holder.Time, holder.TieBreak, FlowKind.Carried);
        foreach (var named in byPlace.Values) named.Sort();
    }

    void Learn(int place, int party, long time, ulong tieBreak, FlowKind kind)
    {
        if (party == 0 || place == 0 || party == place) return;
        if (!byPlace.TryGetValue(place, out var named)) byPlace.Add(place, named = []);
        named.Add((time, tieBreak, kind, party));
    }

    /// <summary>The flow with an account at both ends.</summary>
    public FlowRow Named(FlowRow row) => row.Kind switch
    {
        FlowKind.Produced or FlowKind.Opened or FlowKind.Counted or FlowKind.Received => row with { From = Of(row.From, row), To = Of(row.To != 0 ? row.To : row.Place, row) },
        // Where only the receiver of a sale is named, it may be the shop itself, as the answer to a recall says it, or the buyer.
        FlowKind.Sold => row with { From = Of(row.From != 0 ? row.From : takers.Contains(row.To) || row.Place == 0 ? row.To : row.Place, row), To = 0 },
        _ => row with { From = Of(row.From != 0 ? row.From : row.Place, row), To = Of(row.To, row) },
    };

    static int ActsAt(in FlowRow row) => row.Kind is FlowKind.Produced or FlowKind.Opened or FlowKind.Counted or FlowKind.Received ? row.To : row.From;

    /// <summary>The party that has a place; what is no place, or nobody's, stands for itself.</summary>
    public int Of(int account, in FlowRow at) => Of(account, at.Time, at.TieBreak);

    /// <summary>The party that had a place at a time.</summary>
    public int Of(int account, long time, ulong tieBreak)
    {
        if (!byPlace.TryGetValue(account, out var named)) return account;
        var last = named[0].Party;
        foreach (var (when, tie, _, party) in named)
        {
            if ((when, tie).CompareTo((time, tieBreak)) > 0) break;
            last = party;
        }
        return last;
    }
}
