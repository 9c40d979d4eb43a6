namespace TraceGrains.Domain.Balances;

/// <summary>
/// One balance in pieces for a lot of which events tell both by number of pieces and by units with codes of their own. A piece counts once, by its own code where it has one.
/// </summary>
static class PiecesAndUnits
{
    /// <param name="units">Counted one by one.</param>
    /// <param name="pieces">What events say in pieces.</param>
    /// <param name="loose">How many of those came into being beside units, as something else.</param>
    public static LotBalance Of(LotBalance units, LotBalance pieces, decimal loose)
    {
        var alone = pieces.Total - loose;
        // Pieces that came into being beside units are none of those.
        if (alone <= 0) return (units + pieces) with { Parties = Merge(units.Parties, pieces.Parties), Discrepancies = [.. units.Discrepancies.Concat(pieces.Discrepancies).OrderBy(one => one.Sequence)] };
        // As many units as pieces: the same goods, told of twice.
        if (loose == 0 && units.Total >= alone) return units;
        // Every event that moved units told their number as well.
        if (Covers(pieces, units)) return pieces;
        var rest = Math.Max(0, alone - units.Total) + loose;
        return units with
        {
            Produced = units.Produced + rest, Unaccounted = units.Unaccounted + rest, IsOpen = true, Discrepancies = [.. units.Discrepancies, new(DiscrepancyKind.PartlySerialised, 0, rest, 0)],
        };
    }

    static bool Covers(LotBalance pieces, LotBalance units) =>
        !pieces.IsOpen && pieces.Unaccounted == 0 && units.Unaccounted == 0 && pieces.OnHand >= units.OnHand && pieces.InTransit >= units.InTransit && pieces.Used >= units.Used && pieces.Sold >= units.Sold &&
        pieces.Destroyed >= units.Destroyed;

    static IReadOnlyList<PartyBalance> Merge(IReadOnlyList<PartyBalance> one, IReadOnlyList<PartyBalance> other) =>
        [.. one.Concat(other).GroupBy(party => party.Party).Select(group => new PartyBalance(group.Key, group.Sum(party => party.OnHand), group.Sum(party => party.InTransit)))];
}
