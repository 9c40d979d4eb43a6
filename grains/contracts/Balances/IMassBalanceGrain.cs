using TraceGrains.Domain.Balances;

namespace TraceGrains.Contracts.Balances;

/// <summary>Adds up what became of goods: produced = on hand + in transit + used + sold + destroyed + sampled + unaccounted. Stateless.</summary>
[Alias("tg.IMassBalanceGrain")]
public interface IMassBalanceGrain : IGrainWithIntegerKey
{
    /// <summary>The balance of a lot (or a class of things without lots); null when no event has named the code.</summary>
    [Alias("OfLot")]
    [ResponseTimeout("00:02:00")]
    Task<BalanceAnswer?> OfLot(string code, DateTimeOffset? asOf);

    /// <summary>The balance of everything that a scope (in its saved form) names and what it became, by product; the problem, when the scope is not right.</summary>
    [Alias("OfScope")]
    [ResponseTimeout("00:05:00")]
    Task<BalanceAnswer> OfScope(string scope, DateTimeOffset? asOf);

    /// <summary>The balance of everything that a recall in force reaches, by product.</summary>
    [Alias("OfRecall")]
    [ResponseTimeout("00:05:00")]
    Task<BalanceAnswer> OfRecall(string recall);
}

/// <summary>Balances, one for each product and unit of measure.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.BalanceAnswer")]
public sealed record BalanceAnswer
{
    /// <summary>The balances; those of most products first.</summary>
    [Id(0)] public BalanceView[] Balances { get; init; } = [];
    /// <summary>The ledger sequence up to which the answer holds.</summary>
    [Id(1)] public long AsOfSequence { get; init; }
    /// <summary>Lots left out, because more events would have had to be read than <see cref="EventsMax"/>.</summary>
    [Id(2)] public int LotsLeftOut { get; init; }
    /// <summary>Path of the field at fault; null when there is none.</summary>
    [Id(3)] public string? ProblemField { get; init; }
    /// <summary>What was expected there.</summary>
    [Id(4)] public string? ProblemMessage { get; init; }

    /// <summary>Events that are read for one answer.</summary>
    public const int EventsMax = 200_000;
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
    /// <summary>Whether some event does not say how much.</summary>
    [Id(11)] public bool IsOpen { get; init; }
    /// <summary>Category of the product, as master data says it; null where it does not.</summary>
    [Id(12)] public string? Category { get; init; }
    /// <summary>The share of what was produced that may be unaccounted for in this category.</summary>
    [Id(13)] public decimal Tolerance { get; init; }
    /// <summary>Whether it adds up within the tolerance.</summary>
    [Id(14)] public bool Holds { get; init; }
    /// <summary>Who has how much by the book; of a single lot only.</summary>
    [Id(15)] public PartyAmount[] Parties { get; init; } = [];
    /// <summary>What does not add up, and where it showed; of a single lot only.</summary>
    [Id(16)] public DiscrepancyView[] Discrepancies { get; init; } = [];
}

/// <summary>How much a party has.</summary>
[GenerateSerializer]
[Alias("tg.PartyAmount")]
public readonly record struct PartyAmount([property: Id(0)] string? Party, [property: Id(1)] decimal Quantity);

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
    /// <summary>Ledger sequence of the event at which it showed.</summary>
    [Id(3)] public required long Sequence { get; init; }
}
