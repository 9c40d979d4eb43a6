using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Recalls.Drills;

/// <summary>The five things a drill has to prove.</summary>
public enum DrillProof
{
    /// <summary>Where the goods went.</summary>
    ForwardTrace = 1,
    /// <summary>What they were made of, and where that came from.</summary>
    BackwardTrace = 2,
    /// <summary>That amounts balance.</summary>
    MassBalance = 3,
    /// <summary>That everybody concerned is told, and how fast.</summary>
    Communication = 4,
    /// <summary>That what went wrong is put right.</summary>
    CorrectiveAction = 5,
}

/// <summary>Whether a drill proved one of the five.</summary>
/// <param name="Proof">Which.</param>
/// <param name="IsProven">Whether it did.</param>
/// <param name="After">How long after the beginning; null when not proven.</param>
/// <param name="Why">What was seen.</param>
public sealed record DrillProofResult(DrillProof Proof, bool IsProven, TimeSpan? After, LocalText Why);

/// <summary>Whether a drill met what a scheme asks for.</summary>
/// <param name="Scheme">Id of the scheme.</param>
/// <param name="Trust">How far the marks may be relied on.</param>
/// <param name="Passed">Whether it met all of it.</param>
/// <param name="Failures">What it did not meet.</param>
public sealed record SchemeResult(string Scheme, SourceTrust Trust, bool Passed, LocalText[] Failures);

/// <summary>How a mock recall went.</summary>
public sealed record DrillScore
{
    /// <summary>Part of a percentage up to which a balance counts as whole: what rounding of amounts makes.</summary>
    public const double Rounding = 1e-9;

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Time until the scope was known; null when it never was.</summary>
    public TimeSpan? TimeToScope { get; init; }
    /// <summary>Time until all holders had been told; null when not all were.</summary>
    public TimeSpan? TimeToNotified { get; init; }
    /// <summary>Percent of holders told in the end. Of none, all.</summary>
    public required double NotifiedPercent { get; init; }
    /// <summary>Percent of holders who had acknowledged two hours after the beginning.</summary>
    public required double AcknowledgedAt2h { get; init; }
    /// <summary>Percent of holders who had acknowledged four hours after the beginning.</summary>
    public required double AcknowledgedAt4h { get; init; }
    /// <summary>Percent of the amount that balances, of the unit of measure that does worst; null when no amounts were given.</summary>
    public double? ReconciledPercent { get; init; }
    /// <summary>The five proofs, in their order.</summary>
    public required DrillProofResult[] Proofs { get; init; }
    /// <summary>What each scheme says of it.</summary>
    public required SchemeResult[] Schemes { get; init; }

    /// <summary>Proofs that were given, 0 to 5.</summary>
    public int Proven => Proofs.Count(proof => proof.IsProven);

    /// <summary>Scores a drill. False with what is wrong with the facts.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="schemes">By which schemes; the committed ones when null.</param>
    /// <param name="score">The score.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryScore(DrillFacts facts, IReadOnlyList<DrillScheme>? schemes, [NotNullWhen(true)] out DrillScore? score, [NotNullWhen(false)] out FieldProblem? problem)
    {
        score = null;
        if ((problem = facts.Problem()) is not null) return false;
        TimeSpan? After(DateTimeOffset? at) => at - facts.StartedAt;
        var isAllNotified = facts.NotifiedAt.Count == facts.Holders;
        // With nobody to tell, everybody has been told once that is known.
        var notified = !isAllNotified ? null : facts.Holders == 0 ? After(facts.ScopeKnownAt) : After(facts.NotifiedAt.Max());
        double? reconciled = facts.Quantities.Count == 0 ? null : facts.Quantities.Min(quantity => quantity.ReconciledPercent);
        var measured = new DrillScore
        {
            StartedAt = facts.StartedAt, TimeToScope = After(facts.ScopeKnownAt), TimeToNotified = notified, NotifiedPercent = Percent(facts.NotifiedAt.Count, facts.Holders),
            AcknowledgedAt2h = Acknowledged(facts, 2), AcknowledgedAt4h = Acknowledged(facts, 4), ReconciledPercent = reconciled, Proofs = [], Schemes = [],
        };
        var proofs = DrillProofs.Of(facts, measured);
        score = measured with { Proofs = proofs, Schemes = [.. (schemes ?? DrillScheme.Standard).Select(scheme => DrillMarks.Of(scheme, measured, proofs))] };
        return true;
    }

    static double Acknowledged(DrillFacts facts, int hours) => Percent(facts.AcknowledgedAt.Count(at => at <= facts.StartedAt.AddHours(hours)), facts.Holders);

    static double Percent(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;
}
