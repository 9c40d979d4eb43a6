using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>How a drill went, by its file.</summary>
public static class CaseDrill
{
    /// <summary>
    /// What happened. It began when the case was opened; the scope and the way to customers were known when the wave (the dry run) was through; the way from suppliers when somebody attached it as evidence whose
    /// name begins with <c>trace back</c>; amounts were balanced when it was completed; what is to be done better was said when it was terminated.
    /// </summary>
    /// <param name="file">The case.</param>
    /// <param name="quantities">What the balance says, one for each unit.</param>
    public static DrillFacts FactsOf(CaseFile file, IReadOnlyList<DrillQuantity> quantities)
    {
        DateTimeOffset? traced = file.SpreadAt, completed = file.CompletedAt;
        var told = file.Parties.Values.Where(party => party.NotifiedAt is not null).ToList();
        return new()
        {
            StartedAt = file.OpenedAt, ScopeKnownAt = traced, ForwardTracedAt = traced,
            BackwardTracedAt = file.Of<CaseEntry.EvidenceAdded>().Where(one => one.Entry.Name.StartsWith("trace back", StringComparison.OrdinalIgnoreCase)).Select(one => (DateTimeOffset?)one.Recorded.At).FirstOrDefault(),
            BalancedAt = quantities.Count == 0 ? null : completed, Quantities = completed is null ? [] : quantities, Holders = told.Count,
            NotifiedAt = [.. told.Select(party => party.NotifiedAt!.Value)], AcknowledgedAt = [.. told.Select(party => party.AcknowledgedAt).OfType<DateTimeOffset>()], CorrectedAt = file.TerminatedAt,
        };
    }

    /// <summary>The score; null when the file is not that of a drill.</summary>
    public static DrillScore? ScoreOf(CaseFile file, IReadOnlyList<DrillQuantity> quantities) =>
        file.Mode == CaseMode.Drill && DrillScore.TryScore(FactsOf(file, quantities), null, out var score, out _) ? score : null;
}
