using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Balances;
using TraceGrains.GraphQL.Balances;

namespace TraceGrains.GraphQL.Balances
{
    [Description("What became of goods, added up.")]
    public sealed class MassBalance(BalanceAnswer answer)
    {
        [Description("One for each product and unit of measure; the most produced first.")]
        public IReadOnlyList<Balance> Balances => [.. answer.Balances.Select(view => new Balance(view))];

        [Description("Whether all of them add up within their tolerances.")]
        public bool Holds => answer.LotsLeftOut == 0 && answer.Balances.All(view => view.Holds);

        [Description("Lots left out, because more than 200,000 events would have had to be read; mostly 0.")]
        public int LotsLeftOut => answer.LotsLeftOut;

        [Description("The ledger sequence up to which the answer holds.")]
        public long AsOfSequence => answer.AsOfSequence;
    }

    [Description("A mass balance: produced = onHand + inTransit + used + sold + destroyed + sampled + unaccounted. Serialised units count in pieces, each once; amounts of lots in their base unit of measure.")]
    public sealed class Balance(BalanceView view)
    {
        [Description("The product, or the lot asked for; null for goods whose code names no product.")]
        public string? Product => view.Product;

        [Description("Unit of measure (UN/CEFACT common code); null counts pieces.")]
        public string? Uom => view.Uom;

        [Description("Made.")]
        public decimal Produced => view.Produced;

        [Description("With parties, by the book, stock-takings considered.")]
        public decimal OnHand => view.OnHand;

        [Description("Sent and not received.")]
        public decimal InTransit => view.InTransit;

        [Description("Made into something else.")]
        public decimal Used => view.Used;

        [Description("With consumers or patients.")]
        public decimal Sold => view.Sold;

        [Description("Destroyed or disposed of.")]
        public decimal Destroyed => view.Destroyed;

        [Description("Taken as samples.")]
        public decimal Sampled => view.Sampled;

        [Description("Sent back; part of what is on hand or in transit.")]
        public decimal Returned => view.Returned;

        [Description("Stolen, not found, or missing in stock-takings, less what came from nowhere.")]
        public decimal Unaccounted => view.Unaccounted;

        [Description("Whether some event does not say how much, so that nothing of this is certain.")]
        public bool IsOpen => view.IsOpen;

        [Description("Category of the product as its master data (urn:tracegrains:voc:category) says it; null where it does not.")]
        public string? Category => view.Category;

        [Description("The share of what was produced that may be unaccounted for in this category, 0 to 1: a default of the project.")]
        public decimal Tolerance => view.Tolerance;

        [Description("Whether it adds up within the tolerance.")]
        public bool Holds => view.Holds;

        [Description("Who has how much by the book, most first; of a single lot only.")]
        public IReadOnlyList<PartyAmount> Parties => [.. view.Parties.Select(amount => new PartyAmount(amount))];

        [Description("What does not add up, and at which event it showed; of a single lot only.")]
        public IReadOnlyList<BalanceDiscrepancy> Discrepancies => [.. view.Discrepancies.Select(one => new BalanceDiscrepancy(one))];
    }

    [Description("How much a party has.")]
    public sealed class PartyAmount(Contracts.Balances.PartyAmount amount)
    {
        [Description("The party, or the place, where no event named a party; null where none named either.")]
        public string? Party => amount.Party;

        [Description("How much.")]
        public decimal Quantity => amount.Quantity;
    }

    [Description("One thing that does not add up.")]
    public sealed class BalanceDiscrepancy(DiscrepancyView view)
    {
        [Description("What.")]
        public DiscrepancyKind Kind => (DiscrepancyKind)view.Kind;

        [Description("At whom; null for nobody in particular.")]
        public string? Party => view.Party;

        [Description("How much; null where it is not known.")]
        public decimal? Quantity => view.Quantity;

        [Description("Ledger sequence of the event at which it showed.")]
        public long Sequence => view.Sequence;
    }

    // Values are those of the domain, so that a cast translates; a test compares the lists.

    [Description("What does not add up in a balance.")]
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
        [Description("An event does not say how much.")]
        AmountUnknown = 5,
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.TraceWeight)]
        [Description("The mass balance of a lot, or of a class of things without lots; null when no event has named the code.")]
        public static async Task<MassBalance?> MassBalance(
            [FromServices] IGrainFactory grains,
            [Description("Its code, in any spelling.")] string code,
            [Description("Only what was on record at this time; now, when left out.")] DateTimeOffset? asOf = null,
            CancellationToken cancellation = default) =>
            await grains.GetGrain<IMassBalanceGrain>(0).OfLot(Codes.Canonical(code, "code"), asOf).WaitAsync(cancellation) is { } answer ? new MassBalance(answer) : null;
    }
}
