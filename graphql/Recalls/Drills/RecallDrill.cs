using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Recalls;

namespace TraceGrains.GraphQL.Recalls.Drills;

[Description("How a drill went. It begins when the case is opened; the scope is known when the dry run is through; amounts count as balanced when the case is completed; the way from suppliers is proven by evidence whose name begins with \"trace back\"; what is to be done better is what the termination says.")]
public sealed class RecallDrill(DrillView view)
{
    [Description("When it began.")]
    public DateTimeOffset StartedAt => view.StartedAt;

    [Description("Minutes until everything reached and everybody who has it was known; null when it is not.")]
    public double? MinutesToScope => view.MinutesToScope;

    [Description("Minutes until all holders had been told; null when not all are.")]
    public double? MinutesToNotified => view.MinutesToNotified;

    [Description("Percent of holders told.")]
    public double NotifiedPercent => view.NotifiedPercent;

    [Description("Percent of holders who had acknowledged two hours after the beginning.")]
    public double AcknowledgedAt2h => view.AcknowledgedAt2h;

    [Description("Percent of holders who had acknowledged four hours after the beginning.")]
    public double AcknowledgedAt4h => view.AcknowledgedAt4h;

    [Description("Percent of the amount that balances, of the unit of measure that does worst; null while not balanced.")]
    public double? ReconciledPercent => view.ReconciledPercent;

    [Description("The five things that a drill is to prove.")]
    public IReadOnlyList<RecallDrillProof> Proofs => [.. view.Proofs.Select(proof => new RecallDrillProof(proof))];

    [Description("What certification schemes say of it.")]
    public IReadOnlyList<RecallDrillScheme> Schemes => [.. view.Schemes.Select(scheme => new RecallDrillScheme(scheme))];
}

[Description("One of the five things that a drill is to prove.")]
public sealed class RecallDrillProof(DrillProofView view)
{
    [Description("Which: forwardTrace, backwardTrace, massBalance, communication, correctiveAction.")]
    public string Proof => char.ToLowerInvariant(view.Proof.ToString()[0]) + view.Proof.ToString()[1..];

    [Description("Whether it is proven.")]
    public bool IsProven => view.IsProven;

    [Description("What was seen, in English.")]
    public string Why => view.WhyEn;

    [Description("The same in Chinese.")]
    public string WhyZh => view.WhyZh;
}

[Description("Whether a drill meets a scheme.")]
public sealed class RecallDrillScheme(DrillSchemeView view)
{
    [Id]
    [Description("The scheme, such as brcgs-food.")]
    public string Scheme => view.Scheme;

    [Description("How far its marks may be relied on.")]
    public Clocks.SourceTrust Trust => (Clocks.SourceTrust)view.Trust;

    [Description("Whether it meets all of it.")]
    public bool Passed => view.Passed;

    [Description("What it does not meet.")]
    public IReadOnlyList<string> Failures => view.Failures;
}
