using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Contracts.Recalls;

/// <summary>What the regimes of a case want done, as it stands; members as in <see cref="Obligation"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.ObligationView")]
public sealed record ObligationView
{
    /// <summary><see cref="Obligation.Id"/>.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary><see cref="Obligation.Regime"/>.</summary>
    [Id(1)] public required string Regime { get; init; }
    /// <summary><see cref="Obligation.Clock"/>.</summary>
    [Id(2)] public required string Report { get; init; }
    /// <summary><see cref="Obligation.Number"/>.</summary>
    [Id(3)] public required int Number { get; init; }
    /// <summary><see cref="Obligation.Kind"/>.</summary>
    [Id(4)] public required ObligationKind Kind { get; init; }
    /// <summary><see cref="Obligation.Name"/>, English.</summary>
    [Id(5)] public required string NameEn { get; init; }
    /// <summary><see cref="Obligation.Name"/>, Chinese.</summary>
    [Id(6)] public required string NameZh { get; init; }
    /// <summary><see cref="Obligation.From"/>.</summary>
    [Id(7)] public required DateTimeOffset From { get; init; }
    /// <summary><see cref="Obligation.Due"/>.</summary>
    [Id(8)] public DateTimeOffset? Due { get; init; }
    /// <summary><see cref="Obligation.DoneAt"/>.</summary>
    [Id(9)] public DateTimeOffset? DoneAt { get; init; }
    /// <summary><see cref="Obligation.State"/>.</summary>
    [Id(10)] public required ObligationState State { get; init; }
    /// <summary><see cref="Obligation.Level"/>.</summary>
    [Id(11)] public required EscalationLevel Level { get; init; }
    /// <summary><see cref="Obligation.Missed"/>.</summary>
    [Id(12)] public int Missed { get; init; }
    /// <summary><see cref="Obligation.IsCalendarCertain"/>.</summary>
    [Id(13)] public bool IsCalendarCertain { get; init; }
    /// <summary><see cref="Obligation.IsClassAssumed"/>.</summary>
    [Id(14)] public bool IsClassAssumed { get; init; }
    /// <summary><see cref="Obligation.Trust"/>.</summary>
    [Id(15)] public required SourceTrust Trust { get; init; }
    /// <summary><see cref="Obligation.Source"/>.</summary>
    [Id(16)] public required string Source { get; init; }
    /// <summary><see cref="Obligation.Why"/>, English.</summary>
    [Id(17)] public required string WhyEn { get; init; }
    /// <summary><see cref="Obligation.Why"/>, Chinese.</summary>
    [Id(18)] public required string WhyZh { get; init; }
    /// <summary><see cref="Obligation.Form"/>.</summary>
    [Id(19)] public ReportForm? Form { get; init; }
}
