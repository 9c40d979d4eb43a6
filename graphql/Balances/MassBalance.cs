using System.ComponentModel;
using TraceGrains.Contracts.Balances;

namespace TraceGrains.GraphQL.Balances;

[Description("What became of goods, added up.")]
public sealed class MassBalance(BalanceAnswer answer)
{
    [Description("One for each product and unit of measure; the most goods first.")]
    public IReadOnlyList<Balance> Balances => [.. answer.Balances.Select(view => new Balance(view))];

    [Description("Whether every lot adds up within its tolerance.")]
    public bool Holds => answer.Balances.All(view => view.Holds);

    [Description("Of many lots: those that do not add up, open ones and those that miss the largest share first; at most 100. Their product is the lot; null for units without one.")]
    public IReadOnlyList<Balance> Outside => [.. answer.Outside.Select(view => new Balance(view))];

    [Description("Units of which it was not looked up whether they ever came into being, because that would have taken too many events; they count as produced. Mostly 0.")]
    public int OriginUnchecked => answer.OriginUnchecked;

    [Description("The ledger sequence up to which the answer holds.")]
    public long AsOfSequence => answer.AsOfSequence;
}

[Description("A mass balance: produced + opening = onHand + inTransit + used + sold + destroyed + sampled + unaccounted. Serialised units count in pieces, each once; amounts of lots in their base unit of measure.")]
public sealed class Balance(BalanceView view)
{
    [Description("The product, or the lot; null for goods whose code names no product.")]
    public string? Product => view.Product;

    [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
    public string? Uom => view.Uom;

    [Description("Made.")]
    public decimal Produced => view.Produced;

    [Description("Came from outside: entered as stock, or never produced on record.")]
    public decimal Opening => view.Opening;

    [Description("With parties, by the book, stock-takings considered.")]
    public decimal OnHand => view.OnHand;

    [Description("Sent and not received.")]
    public decimal InTransit => view.InTransit;

    [Description("Made into something else, or decommissioned.")]
    public decimal Used => view.Used;

    [Description("With consumers or patients.")]
    public decimal Sold => view.Sold;

    [Description("Destroyed or disposed of.")]
    public decimal Destroyed => view.Destroyed;

    [Description("Taken as samples.")]
    public decimal Sampled => view.Sampled;

    [Description("Sent or brought back; part of what is on hand, in transit or destroyed now.")]
    public decimal Returned => view.Returned;

    [Description("Stolen, or looked for and not found: a part of what is unaccounted for.")]
    public decimal Lost => view.Lost;

    [Description("Lost, or missing in stock-takings, less what came from nowhere.")]
    public decimal Unaccounted => view.Unaccounted;

    [Description("Whether something is not known, so that nothing of this is certain; the discrepancies say what.")]
    public bool IsOpen => view.IsOpen;

    [Description("Whether it tells again, in another measure, of goods whose units are counted one by one. Such goods follow their units; this is what events say of the lot itself.")]
    public bool IsToldByUnits => view.IsToldByUnits;

    [Description("Category of the product as its master data (urn:tracegrains:voc:category) says it; null where it does not.")]
    public string? Category => view.Category;

    [Description("The share of everything there was that may be unaccounted for in this category and unit of measure, 0 to 1: a default of the project, or as this installation sets it.")]
    public decimal Tolerance => view.Tolerance;

    [Description("Whether it adds up within the tolerance; of several lots, whether each does: too much of one makes up for nothing in another.")]
    public bool Holds => view.Holds;

    [Description("How many lots were added up; units without a lot count as one.")]
    public int Lots => view.Lots;

    [Description("How many of them do not add up within the tolerance.")]
    public int LotsOutside => view.LotsOutside;

    [Description("Who has how much by the book, most first; of a single lot only.")]
    public IReadOnlyList<PartyAmount> Parties => [.. view.Parties.Select(amount => new PartyAmount(amount))];

    [Description("What does not add up, and at which event it showed; of a single lot only.")]
    public IReadOnlyList<BalanceDiscrepancy> Discrepancies => [.. view.Discrepancies.Select(one => new BalanceDiscrepancy(one))];
}

[Description("How much a party has, and how much is on its way to it.")]
public sealed class PartyAmount(Contracts.Balances.PartyAmount amount)
{
    [Description("The party, or the place, where no event named a party; null where none named either.")]
    public string? Party => amount.Party;

    [Description("How much it has.")]
    public decimal Quantity => amount.Quantity;

    [Description("How much was sent to it and has not arrived.")]
    public decimal InTransit => amount.InTransit;
}

[Description("One thing that does not add up, or that had to be taken for granted.")]
public sealed class BalanceDiscrepancy(DiscrepancyView view)
{
    [Description("What.")]
    public DiscrepancyKind Kind => (DiscrepancyKind)view.Kind;

    [Description("At whom; null for nobody in particular.")]
    public string? Party => view.Party;

    [Description("How much; null where it is not known.")]
    public decimal? Quantity => view.Quantity;

    [Description("Ledger sequence of the event at which it showed; null where no single event shows it.")]
    public long? Sequence => view.Sequence;
}

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("What does not add up in a balance, or what had to be taken for granted so that it does.")]
public enum DiscrepancyKind
{
    [Description("A party gave, used, sold or lost more than ever came to it.")]
    FromNowhere = 1,
    [Description("More arrived than was ever sent.")]
    ReceivedUnsent = 2,
    [Description("A stock-taking found less than there should have been.")]
    CountedLess = 3,
    [Description("A stock-taking found more than there should have been.")]
    CountedMore = 4,
    [Description("An event does not say how much; the balance is open.")]
    AmountUnknown = 5,
    [Description("Sent to a party that gave, used or sold it, and no event says that it arrived. Taken for arrived.")]
    ArrivalNotTold = 6,
    [Description("No event says how it came into being: taken for received from outside.")]
    OriginUnknown = 7,
    [Description("Some pieces of the lot have codes of their own and others have not, and what events say of pieces does not tell them apart; the balance is open.")]
    PartlySerialised = 8,
    [Description("Stolen, or looked for and not found.")]
    Lost = 9,
    [Description("Units of which no event names a party that has them, nor a place where they are.")]
    HolderUnknown = 10,
}
