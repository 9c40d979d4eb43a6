namespace TraceGrains.Domain.Balances;

/// <summary>Everything that was asked about, added up.</summary>
/// <param name="Products">By product and unit of measure.</param>
/// <param name="Outside">Lots that do not add up within their tolerance, those that miss most of what there was first; at most <see cref="OutsideMax"/>.</param>
/// <param name="OriginUnchecked">Units of which it was not looked up whether they ever came into being, because that would have taken too many events; they count as produced.</param>
public sealed record BalanceSheet(IReadOnlyList<ProductBalance> Products, IReadOnlyList<ProductLot> Outside, int OriginUnchecked)
{
    /// <summary>Lots outside their tolerance that are listed.</summary>
    public const int OutsideMax = 100;
}

/// <summary>The lots of a product, added up in one unit of measure.</summary>
/// <param name="Product">Canonical code; null for goods whose code names no product.</param>
/// <param name="Category">Its category, as master data says it; null where it does not.</param>
/// <param name="Balance">The sum.</param>
/// <param name="Lots">How many lots; units without a lot count as one.</param>
/// <param name="LotsOutside">How many of them do not add up within the tolerance. What is too much in one makes up for nothing in another.</param>
public sealed record ProductBalance(string? Product, string? Category, LotBalance Balance, int Lots, int LotsOutside);

/// <summary>A lot in one unit of measure.</summary>
/// <param name="Lot">Entity number; 0 for units without a lot.</param>
/// <param name="Product">Its product.</param>
/// <param name="Balance">Its balance.</param>
public sealed record ProductLot(int Lot, string? Product, LotBalance Balance);
