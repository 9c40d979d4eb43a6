using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Balances;

namespace TraceGrains.Contracts.Balances;

/// <summary>Adds up what became of goods: produced + opening = on hand + in transit + used + sold + destroyed + sampled + unaccounted. Stateless.</summary>
[Alias("tg.IMassBalanceGrain")]
public interface IMassBalanceGrain : IGrainWithIntegerKey
{
    /// <summary>The balance of a lot, a class of things without lots, or a single unit; null when no event has named the code.</summary>
    [Alias("OfLot")]
    [ResponseTimeout("00:02:00")]
    Task<BalanceAnswer?> OfLot(string code, DateTimeOffset? asOf, CancellationToken stop = default);

    /// <summary>The balance of everything that a scope names and what it became, by product; the problem, when the scope is not right.</summary>
    [Alias("OfScope")]
    [ResponseTimeout("00:05:00")]
    Task<BalanceAnswer> OfScope(PreviewRequest request, CancellationToken stop = default);

    /// <summary>The balance of everything that a recall in force reaches, by product.</summary>
    [Alias("OfRecall")]
    [ResponseTimeout("00:05:00")]
    Task<BalanceAnswer> OfRecall(string recall, CancellationToken stop = default);

    /// <summary>
    /// Inputs against outputs of a transformation: its <c>transformationID</c> (canonical), or the id of one of its events. Null when there is none such on record.
    /// </summary>
    [Alias("OfTransformation")]
    [ResponseTimeout("00:02:00")]
    Task<TransformationView?> OfTransformation(string id, DateTimeOffset? asOf, CancellationToken stop = default);
}

/// <summary>Balances, one for each product and unit of measure.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.BalanceAnswer")]
public sealed record BalanceAnswer
{
    /// <summary>The balances; those with most goods first.</summary>
    [Id(0)] public BalanceView[] Balances { get; init; } = [];
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(1)] public long AsOfSequence { get; init; }
    /// <summary>Units of which it was not looked up whether they ever came into being, because it would have taken too many events; they count as produced.</summary>
    [Id(2)] public int OriginUnchecked { get; init; }
    /// <summary>Path of the field at fault; null when there is none.</summary>
    [Id(3)] public string? ProblemField { get; init; }
    /// <summary>What was expected there.</summary>
    [Id(4)] public string? ProblemMessage { get; init; }
    /// <summary>Of many lots: those that do not add up, the worst first; at most <see cref="BalanceSheet.OutsideMax"/>. Their <see cref="BalanceView.Product"/> is the lot, null for units without one.</summary>
    [Id(5)] public BalanceView[] Outside { get; init; } = [];
}

/// <summary>One balance; members as in <see cref="LotBalance"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.BalanceView")]
public sealed record BalanceView
{
    /// <summary>The product, or the code asked for; null for goods whose code names no product.</summary>
    [Id(0)] public string? Product { get; init; }
    /// <summary>Base unit of measure; null counts pieces.</summary>
    [Id(1)] public string? Uom { get; init; }
    /// <summary>Made.</summary>
    [Id(2)] public decimal Produced { get; init; }
    /// <summary>With parties.</summary>
    [Id(3)] public decimal OnHand { get; init; }
    /// <summary>Sent and not received.</summary>
    [Id(4)] public decimal InTransit { get; init; }
    /// <summary>Made into something else.</summary>
    [Id(5)] public decimal Used { get; init; }
    /// <summary>With consumers or patients.</summary>
    [Id(6)] public decimal Sold { get; init; }
    /// <summary>Destroyed or disposed of.</summary>
    [Id(7)] public decimal Destroyed { get; init; }
    /// <summary>Taken as samples.</summary>
    [Id(8)] public decimal Sampled { get; init; }
    /// <summary>Sent back; no part of the sum.</summary>
    [Id(9)] public decimal Returned { get; init; }
    /// <summary>What does not add up.</summary>
    [Id(10)] public decimal Unaccounted { get; init; }
    /// <summary>Whether something is not known.</summary>
    [Id(11)] public bool IsOpen { get; init; }
    /// <summary>Category of the product, as master data says it; null where it does not.</summary>
    [Id(12)] public string? Category { get; init; }
    /// <summary>The share of everything there was that may be unaccounted for in this category.</summary>
    [Id(13)] public decimal Tolerance { get; init; }
    /// <summary>Whether it adds up within the tolerance; of several lots, whether each does.</summary>
    [Id(14)] public bool Holds { get; init; }
    /// <summary>Who has how much by the book; of a single lot only.</summary>
    [Id(15)] public PartyAmount[] Parties { get; init; } = [];
    /// <summary>What does not add up, and where it showed; of a single lot only.</summary>
    [Id(16)] public DiscrepancyView[] Discrepancies { get; init; } = [];
    /// <summary>Came from outside.</summary>
    [Id(17)] public decimal Opening { get; init; }
    /// <summary>Stolen or not found; part of <see cref="Unaccounted"/>.</summary>
    [Id(18)] public decimal Lost { get; init; }
    /// <summary>Whether it tells again, in another measure, of goods whose units are counted one by one.</summary>
    [Id(19)] public bool IsToldByUnits { get; init; }
    /// <summary>How many lots were added up.</summary>
    [Id(20)] public int Lots { get; init; }
    /// <summary>How many of them do not add up within the tolerance.</summary>
    [Id(21)] public int LotsOutside { get; init; }
}

/// <summary>How much a party has, and how much is on its way to it.</summary>
[GenerateSerializer]
[Alias("tg.PartyAmount")]
public readonly record struct PartyAmount([property: Id(0)] string? Party, [property: Id(1)] decimal Quantity, [property: Id(2)] decimal InTransit = 0);

/// <summary>One thing that does not add up.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.DiscrepancyView")]
public sealed record DiscrepancyView
{
    /// <summary>What.</summary>
    [Id(0)] public required DiscrepancyKind Kind { get; init; }
    /// <summary>At whom; null for nobody in particular.</summary>
    [Id(1)] public string? Party { get; init; }
    /// <summary>How much; null where it is not known.</summary>
    [Id(2)] public decimal? Quantity { get; init; }
    /// <summary>Ledger sequence of the event at which it showed; null where no single event shows it.</summary>
    [Id(3)] public long? Sequence { get; init; }
}

/// <summary>Inputs against outputs of a transformation; members as in <see cref="TransformationBalance"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TransformationView")]
public sealed record TransformationView
{
    /// <summary>What went in.</summary>
    [Id(0)] public ProcessAmountView[] Inputs { get; init; } = [];
    /// <summary>What came out.</summary>
    [Id(1)] public ProcessAmountView[] Outputs { get; init; } = [];
    /// <summary>Kilograms that went in, as far as they were weighed.</summary>
    [Id(2)] public decimal InputMass { get; init; }
    /// <summary>Kilograms that came out, as far as they were weighed.</summary>
    [Id(3)] public decimal OutputMass { get; init; }
    /// <summary>Whether everything on both sides was weighed.</summary>
    [Id(4)] public bool IsWeighed { get; init; }
    /// <summary>Share of the mass that came out; null where it is not known.</summary>
    [Id(5)] public decimal? Yield { get; init; }
    /// <summary>Whether more came out than went in, beyond the tolerance of the outputs' category.</summary>
    [Id(6)] public bool Gains { get; init; }
    /// <summary>Its events: ledger sequences, ascending.</summary>
    [Id(7)] public long[] Sequences { get; init; } = [];
    /// <summary>Whether it has more events than <see cref="EventsMax"/>; those beyond are left out.</summary>
    [Id(8)] public bool IsCut { get; init; }
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(9)] public long AsOfSequence { get; init; }

    /// <summary>Events of a process that are read.</summary>
    public const int EventsMax = 10_000;
}

/// <summary>So much of a product in one unit of measure.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ProcessAmountView")]
public sealed record ProcessAmountView
{
    /// <summary>Canonical code.</summary>
    [Id(0)] public string Product { get; init; } = "";
    /// <summary>Base unit of measure; null counts pieces.</summary>
    [Id(1)] public string? Uom { get; init; }
    /// <summary>How much; null where some event did not say.</summary>
    [Id(2)] public decimal? Quantity { get; init; }
}
