using TraceGrains.Domain.Lineage;

namespace TraceGrains.Domain.Recalls.Previews;

/// <summary>How many things stand in one way, of one product.</summary>
/// <param name="Product">Canonical code of the product; null for things whose code names none.</param>
/// <param name="Standing">Who has them, where, in what state.</param>
/// <param name="Count">How many.</param>
public readonly record struct ImpactCount(string? Product, Standing Standing, int Count);

/// <summary>How much of the reached lots an account holds, by unit of measure.</summary>
/// <param name="Account">Party, place or container; 0 where no event named one.</param>
/// <param name="Kind">What sort of account.</param>
/// <param name="Uom">Base unit of measure; empty counts pieces.</param>
/// <param name="Quantity">Sum over lots; null where some event did not say how much.</param>
/// <param name="Lots">How many lots.</param>
public readonly record struct HeldImpact(int Account, AccountKind Kind, string Uom, decimal? Quantity, int Lots);

/// <summary>What a recall would do, counted.</summary>
/// <param name="Counts">Reached things by product and standing.</param>
/// <param name="Held">Amounts of the reached lots by account.</param>
/// <param name="Gaps">Where the chain breaks.</param>
public sealed record Impact(IReadOnlyList<ImpactCount> Counts, IReadOnlyList<HeldImpact> Held, GapFindings Gaps);
