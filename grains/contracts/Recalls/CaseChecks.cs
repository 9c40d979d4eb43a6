using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Effectiveness;

namespace TraceGrains.Contracts.Recalls;

/// <summary>The last round of effectiveness checks of a case; members as in <see cref="EffectivenessDraw"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ChecksView")]
public sealed record ChecksView
{
    /// <summary>The level.</summary>
    [Id(0)] public required EffectivenessLevel Level { get; init; }
    /// <summary>Of level B.</summary>
    [Id(1)] public decimal? Percent { get; init; }
    /// <summary>Made public before the draw.</summary>
    [Id(2)] public required string Commitment { get; init; }
    /// <summary>Made public with the draw; null before.</summary>
    [Id(3)] public string? Seed { get; init; }
    /// <summary>Tier by tier; empty before the draw.</summary>
    [Id(4)] public TierCheckView[] Tiers { get; init; } = [];
}

/// <summary>Draw and rate of one tier; members as in <see cref="TierDraw"/> and <see cref="TierRate"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.TierCheckView")]
public sealed record TierCheckView
{
    /// <summary>Which.</summary>
    [Id(0)] public required RecallDepth Tier { get; init; }
    /// <summary>Consignees on the list.</summary>
    [Id(1)] public required int Listed { get; init; }
    /// <summary>SHA-256 of the list.</summary>
    [Id(2)] public required string ListHash { get; init; }
    /// <summary>Codes of those drawn, in the order of the draw.</summary>
    [Id(3)] public required string[] Drawn { get; init; }
    /// <summary>Of them checked so far.</summary>
    [Id(4)] public required int Checked { get; init; }
    /// <summary>Of those, reached.</summary>
    [Id(5)] public required int Reached { get; init; }
    /// <summary>Of those, told.</summary>
    [Id(6)] public required int Notified { get; init; }
    /// <summary>Of those, who did what they were asked to.</summary>
    [Id(7)] public required int Acted { get; init; }
    /// <summary>For how many the recall worked.</summary>
    [Id(8)] public required int Effective { get; init; }
    /// <summary>Lower bound of the share among all on the list, 95 %.</summary>
    [Id(9)] public required double Lower { get; init; }
    /// <summary>Upper bound.</summary>
    [Id(10)] public required double Upper { get; init; }
}

/// <summary>How a drill went; members as in <see cref="Domain.Recalls.Drills.DrillScore"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.DrillView")]
public sealed record DrillView
{
    /// <summary>When it began.</summary>
    [Id(0)] public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Minutes until the scope was known; null when it is not.</summary>
    [Id(1)] public double? MinutesToScope { get; init; }
    /// <summary>Minutes until all holders had been told; null when not all are.</summary>
    [Id(2)] public double? MinutesToNotified { get; init; }
    /// <summary>Percent of holders told.</summary>
    [Id(3)] public required double NotifiedPercent { get; init; }
    /// <summary>Percent of holders who had acknowledged after two hours.</summary>
    [Id(4)] public required double AcknowledgedAt2h { get; init; }
    /// <summary>Percent of holders who had acknowledged after four hours.</summary>
    [Id(5)] public required double AcknowledgedAt4h { get; init; }
    /// <summary>Percent of the amount that balances; null while not balanced.</summary>
    [Id(6)] public double? ReconciledPercent { get; init; }
    /// <summary>The five proofs.</summary>
    [Id(7)] public required DrillProofView[] Proofs { get; init; }
    /// <summary>What each scheme says.</summary>
    [Id(8)] public required DrillSchemeView[] Schemes { get; init; }
}

/// <summary>One of the five proofs of a drill.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.DrillProofView")]
public sealed record DrillProofView
{
    /// <summary>Which.</summary>
    [Id(0)] public required Domain.Recalls.Drills.DrillProof Proof { get; init; }
    /// <summary>Whether it is proven.</summary>
    [Id(1)] public required bool IsProven { get; init; }
    /// <summary>What was seen, English.</summary>
    [Id(2)] public required string WhyEn { get; init; }
    /// <summary>What was seen, Chinese.</summary>
    [Id(3)] public required string WhyZh { get; init; }
}

/// <summary>Whether a drill meets a scheme.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.DrillSchemeView")]
public sealed record DrillSchemeView
{
    /// <summary>Id of the scheme.</summary>
    [Id(0)] public required string Scheme { get; init; }
    /// <summary>How far its marks may be relied on.</summary>
    [Id(1)] public required SourceTrust Trust { get; init; }
    /// <summary>Whether it meets all of it.</summary>
    [Id(2)] public required bool Passed { get; init; }
    /// <summary>What it does not meet, English.</summary>
    [Id(3)] public required string[] Failures { get; init; }
}
