using TraceGrains.Domain.Custody;
using TraceGrains.Domain.Lineage;
using TraceGrains.Domain.Recalls.Previews;

namespace TraceGrains.Domain.Balances;

/// <summary>Units with codes of their own, counted by where each stands.</summary>
sealed class UnitTally
{
    static readonly int inactive = Dispositions.IndexOf("inactive"), returned = Dispositions.IndexOf("returned"), stolen = Dispositions.IndexOf("stolen"), unknown = Dispositions.IndexOf("unknown");

    readonly Dictionary<int, (int OnHand, int InTransit)> parties = [];
    int produced, opening, onHand, inTransit, used, sold, destroyed, sentBack, lost, unaccounted;

    /// <summary>Canonical code; empty where the code names none.</summary>
    public string Product { get; set; } = "";

    public int Count => produced + opening;

    /// <summary>Adds one. What has become something else, or was decommissioned, is used, wherever it stands.</summary>
    public void Add(in Standing standing, bool isUsed, bool hasOrigin)
    {
        if (hasOrigin) produced++;
        else opening++;
        var fate = isUsed || standing.Disposition == inactive ? (Fate?)null : Fates.Of(standing);
        if (fate is Fate.OnHand or Fate.InTransit)
        {
            if (standing.Disposition == returned) sentBack++;
            var party = fate == Fate.OnHand || standing.Consignee == 0 ? standing.Holder : standing.Consignee;
            var (there, coming) = parties.GetValueOrDefault(party);
            parties[party] = fate == Fate.OnHand ? (there + 1, coming) : (there, coming + 1);
        }
        switch (fate)
        {
            case null:
                used++;
                break;
            case Fate.OnHand:
                onHand++;
                break;
            case Fate.InTransit:
                inTransit++;
                break;
            case Fate.Sold:
                sold++;
                break;
            case Fate.Destroyed:
                destroyed++;
                break;
            default:
                unaccounted++;
                if (standing.Disposition == stolen || standing.Disposition == unknown) lost++;
                break;
        }
    }

    /// <summary>Adds what another tally counted.</summary>
    public void Add(UnitTally other)
    {
        (produced, opening, onHand, inTransit, used) = (produced + other.produced, opening + other.opening, onHand + other.onHand, inTransit + other.inTransit, used + other.used);
        (sold, destroyed, sentBack, lost, unaccounted) = (sold + other.sold, destroyed + other.destroyed, sentBack + other.sentBack, lost + other.lost, unaccounted + other.unaccounted);
        foreach (var (party, (there, coming)) in other.parties)
        {
            var (before, before2) = parties.GetValueOrDefault(party);
            parties[party] = (before + there, before2 + coming);
        }
    }

    public LotBalance Close() => new()
    {
        Uom = "", Produced = produced, Opening = opening, OnHand = onHand, InTransit = inTransit, Used = used, Sold = sold, Destroyed = destroyed, Returned = sentBack, Lost = lost, Unaccounted = unaccounted,
        Parties = [.. parties.Select(pair => new PartyBalance(pair.Key, pair.Value.OnHand, pair.Value.InTransit))],
        Discrepancies = [.. Found()],
    };

    IEnumerable<Discrepancy> Found()
    {
        if (opening > 0) yield return new(DiscrepancyKind.OriginUnknown, 0, opening, 0);
        if (lost > 0) yield return new(DiscrepancyKind.Lost, 0, lost, 0);
        if (unaccounted > lost) yield return new(DiscrepancyKind.HolderUnknown, 0, unaccounted - lost, 0);
    }
}
