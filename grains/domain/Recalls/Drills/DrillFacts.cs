namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>An amount that a drill had to account for, in one unit of measure.</summary>
/// <param name="Unit">UN/ECE code of the unit, such as <c>KGM</c>; pieces as <c>EA</c>.</param>
/// <param name="Produced">What there was to account for, 0 or more.</param>
/// <param name="Accounted">What was found: on hand, sold, used, returned, destroyed.</param>
public sealed record DrillQuantity(string Unit, decimal Produced, decimal Accounted)
{
    /// <summary>
    /// How much of it balances, from 0 to 100: what is missing and what is too much both count against it. More found than there was is no better than less.
    /// </summary>
    public double ReconciledPercent => Produced == 0 ? Accounted == 0 ? 100 : 0 : (double)Math.Max(0, 100 - Math.Abs(Produced - Accounted) / Produced * 100);
}

/// <summary>What happened in a mock recall.</summary>
public sealed record DrillFacts
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When everything reached and everybody who has it was known; null when it never was.</summary>
    public DateTimeOffset? ScopeKnownAt { get; init; }
    /// <summary>When it was known where the goods went.</summary>
    public DateTimeOffset? ForwardTracedAt { get; init; }
    /// <summary>When it was known what they were made of and where that came from.</summary>
    public DateTimeOffset? BackwardTracedAt { get; init; }
    /// <summary>When the amounts had been balanced.</summary>
    public DateTimeOffset? BalancedAt { get; init; }
    /// <summary>Holders who had to be told.</summary>
    public required int Holders { get; init; }
    /// <summary>When each holder who was told was told; at most one time for each.</summary>
    public IReadOnlyList<DateTimeOffset> NotifiedAt { get; init; } = [];
    /// <summary>When each holder who acknowledged did; at most one time for each.</summary>
    public IReadOnlyList<DateTimeOffset> AcknowledgedAt { get; init; } = [];
    /// <summary>Amounts, one for each unit of measure.</summary>
    public IReadOnlyList<DrillQuantity> Quantities { get; init; } = [];
    /// <summary>When what is to be done better was put on record (nothing counts too, when said so).</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>What is wrong with it; null when it can be scored.</summary>
    public FieldProblem? Problem()
    {
        if (Holders < 0) return new("holders", $"expected 0 or more; found {Holders}");
        if (NotifiedAt.Count > Holders) return new("notifiedAt", $"expected at most one time for each of {Holders} holders; found {NotifiedAt.Count}");
        if (AcknowledgedAt.Count > Holders) return new("acknowledgedAt", $"expected at most one time for each of {Holders} holders; found {AcknowledgedAt.Count}");
        (string Field, DateTimeOffset? At)[] times =
        [
            ("scopeKnownAt", ScopeKnownAt), ("forwardTracedAt", ForwardTracedAt), ("backwardTracedAt", BackwardTracedAt), ("balancedAt", BalancedAt), ("correctedAt", CorrectedAt),
            ("notifiedAt", NotifiedAt.Count == 0 ? null : NotifiedAt.Min()), ("acknowledgedAt", AcknowledgedAt.Count == 0 ? null : AcknowledgedAt.Min()),
        ];
        foreach (var (field, at) in times)
            if (at < StartedAt) return new(field, "expected a time not before the beginning of the drill");
        for (var i = 0; i < Quantities.Count; i++)
        {
            if (Quantities[i].Produced < 0 || Quantities[i].Accounted < 0) return new($"quantities[{i}]", "expected amounts of 0 or more");
            if (Quantities.Take(i).Any(other => other.Unit == Quantities[i].Unit)) return new($"quantities[{i}].unit", $"expected each unit once; {Quantities[i].Unit} comes again");
        }
        return null;
    }
}
