namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>What of a drill's score a trend compares; members as in <see cref="DrillScore"/>.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="MinutesToScope">Until the scope was known; null when it never was.</param>
/// <param name="MinutesToNotified">Until all holders had been told; null when not all were.</param>
/// <param name="AcknowledgedAt2h">Percent of holders after two hours.</param>
/// <param name="AcknowledgedAt4h">Percent of holders after four hours.</param>
/// <param name="ReconciledPercent">Percent of the amount that balances; null when it was not balanced.</param>
/// <param name="Proven">Proofs that were given, 0 to 5.</param>
/// <param name="Passed">Schemes that it met.</param>
public sealed record DrillFigures(
    DateTimeOffset StartedAt, double? MinutesToScope, double? MinutesToNotified, double AcknowledgedAt2h, double AcknowledgedAt4h, double? ReconciledPercent, int Proven, IReadOnlyCollection<string> Passed)
{
    /// <summary>The figures of a score.</summary>
    public static DrillFigures Of(DrillScore score) => new(
        score.StartedAt, score.TimeToScope?.TotalMinutes, score.TimeToNotified?.TotalMinutes, score.AcknowledgedAt2h, score.AcknowledgedAt4h, score.ReconciledPercent, score.Proven,
        [.. score.Schemes.Where(scheme => scheme.Passed).Select(scheme => scheme.Scheme)]);
}
