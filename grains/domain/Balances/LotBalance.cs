namespace TraceGrains.Domain.Balances;

/// <summary>What does not add up in a balance, or what had to be taken for granted so that it does.</summary>
public enum DiscrepancyKind
{
    /// <summary>A party gave, used, sold or lost more than ever came to it: something came from nowhere, or an event is missing.</summary>
    FromNowhere = 1,
    /// <summary>More arrived than was ever sent.</summary>
    ReceivedUnsent = 2,
    /// <summary>A stock-taking found less than there should have been.</summary>
    CountedLess = 3,
    /// <summary>A stock-taking found more than there should have been.</summary>
    CountedMore = 4,
    /// <summary>An event does not say how much; the balance is open.</summary>
    AmountUnknown = 5,
    /// <summary>Sent to a party that gave, used or sold it, and no event says that it arrived. Taken for arrived.</summary>
    ArrivalNotTold = 6,
    /// <summary>No event says how it came into being: taken for received from outside.</summary>
    OriginUnknown = 7,
    /// <summary>Some pieces of the lot have codes of their own and others have not, and what events say of pieces does not tell them apart; the balance is open.</summary>
    PartlySerialised = 8,
    /// <summary>Stolen, or looked for and not found.</summary>
    Lost = 9,
    /// <summary>Units of which no event names a party that has them, nor a place where they are.</summary>
    HolderUnknown = 10,
}

/// <summary>One thing that does not add up.</summary>
/// <param name="Kind">What.</param>
/// <param name="Party">At whom: entity number; 0 for nobody in particular.</param>
/// <param name="Quantity">How much; null where it is not known.</param>
/// <param name="Sequence">Ledger sequence of the event at which it showed; 0 where no single event shows it.</param>
public readonly record struct Discrepancy(DiscrepancyKind Kind, int Party, decimal? Quantity, long Sequence);

/// <summary>How much a party has, and how much is on its way to it.</summary>
/// <param name="Party">A party, or a place where no event named a party: entity number; 0 for nobody known.</param>
/// <param name="OnHand">What it has, by the book.</param>
/// <param name="InTransit">What was sent to it and has not arrived.</param>
public readonly record struct PartyBalance(int Party, decimal OnHand, decimal InTransit);

/// <summary>
/// The mass balance of a lot in one unit of measure (BRCGS issue 9, 3.9: quantity check): what was produced or came from outside is on hand, on its way, used, sold, destroyed, sampled or unaccounted. The identity
/// <c>Produced + Opening = OnHand + InTransit + Used + Sold + Destroyed + Sampled + Unaccounted</c> always holds; what does not add up is in <see cref="Unaccounted"/>, with its sign.
/// </summary>
public sealed record LotBalance
{
    /// <summary>Base unit of measure; empty counts pieces.</summary>
    public required string Uom { get; init; }
    /// <summary>Made.</summary>
    public decimal Produced { get; init; }
    /// <summary>Came from outside: entered as stock, or never produced on record.</summary>
    public decimal Opening { get; init; }
    /// <summary>With parties, by the book, stock-takings considered.</summary>
    public decimal OnHand { get; init; }
    /// <summary>Sent and not received.</summary>
    public decimal InTransit { get; init; }
    /// <summary>Made into something else, or decommissioned.</summary>
    public decimal Used { get; init; }
    /// <summary>With consumers or patients.</summary>
    public decimal Sold { get; init; }
    /// <summary>Destroyed or disposed of.</summary>
    public decimal Destroyed { get; init; }
    /// <summary>Taken as samples.</summary>
    public decimal Sampled { get; init; }
    /// <summary>Sent or brought back; wherever it is now, it counts there: no part of the sum.</summary>
    public decimal Returned { get; init; }
    /// <summary>Stolen, or looked for and not found: a part of <see cref="Unaccounted"/>.</summary>
    public decimal Lost { get; init; }
    /// <summary>Lost, missing in stock-takings; less what came from nowhere.</summary>
    public decimal Unaccounted { get; init; }
    /// <summary>Whether something is not known, so that nothing of this is certain.</summary>
    public bool IsOpen { get; init; }
    /// <summary>Whether units of the lot are counted one by one, so that this, in another measure, tells of the same goods again.</summary>
    public bool IsToldByUnits { get; init; }
    /// <summary>What each party has.</summary>
    public IReadOnlyList<PartyBalance> Parties { get; init; } = [];
    /// <summary>What does not add up.</summary>
    public IReadOnlyList<Discrepancy> Discrepancies { get; init; } = [];

    /// <summary>Everything that there ever was.</summary>
    public decimal Total => Produced + Opening;

    /// <summary>The sum of two balances in one unit; parties and discrepancies are not carried over.</summary>
    public static LotBalance operator +(LotBalance one, LotBalance other) => new()
    {
        Uom = one.Uom, Produced = one.Produced + other.Produced, Opening = one.Opening + other.Opening, OnHand = one.OnHand + other.OnHand, InTransit = one.InTransit + other.InTransit,
        Used = one.Used + other.Used, Sold = one.Sold + other.Sold, Destroyed = one.Destroyed + other.Destroyed, Sampled = one.Sampled + other.Sampled, Returned = one.Returned + other.Returned,
        Lost = one.Lost + other.Lost, Unaccounted = one.Unaccounted + other.Unaccounted, IsOpen = one.IsOpen || other.IsOpen,
    };
}
