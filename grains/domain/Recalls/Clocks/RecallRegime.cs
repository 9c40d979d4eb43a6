namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>What has to be done.</summary>
public enum ObligationKind
{
    /// <summary>Stop making and selling.</summary>
    StopSale = 1,
    /// <summary>Begin the recall.</summary>
    StartRecall = 2,
    /// <summary>Tell consignees to stop selling and using.</summary>
    NotifyConsignees = 3,
    /// <summary>Tell consumers.</summary>
    NotifyConsumers = 4,
    /// <summary>Tell the authority.</summary>
    NotifyAuthority = 5,
    /// <summary>Hand in the recall plan, with the assessment where it is asked for.</summary>
    SubmitPlan = 6,
    /// <summary>Report progress, again and again.</summary>
    ProgressReport = 7,
    /// <summary>Check that consignees were reached and acted.</summary>
    EffectivenessChecks = 8,
    /// <summary>Finish the recall.</summary>
    CompleteRecall = 9,
    /// <summary>Report the outcome.</summary>
    SummaryReport = 10,
    /// <summary>Ask the authority to close the recall.</summary>
    RequestTermination = 11,
}

/// <summary>From where the next of a series of reports is counted.</summary>
public enum ReportSeries
{
    /// <summary>Periods follow one another from the beginning; each wants a report, and a later report makes up for missed ones.</summary>
    FromBeginning = 1,
    /// <summary>Each report begins the period of the next.</summary>
    FromLastReport = 2,
}

/// <summary>What a regime calls a class.</summary>
/// <param name="Class">Which of the three.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Meaning">When it applies, in our words.</param>
public sealed record RegimeClass(RecallClass Class, LocalText Name, LocalText Meaning);

/// <summary>One obligation of a regime and how its time is counted.</summary>
/// <param name="Id">Its name within the regime: lower-case letters, digits and hyphens.</param>
/// <param name="Kind">What has to be done.</param>
/// <param name="Name">The same in words.</param>
/// <param name="From">The moment it is counted from.</param>
/// <param name="Within">How long there is; null for a report that comes again.</param>
/// <param name="Every">The interval of a report that comes again; null otherwise, or when there is one only where an authority asks for it.</param>
/// <param name="Series">From where each next report is counted; null for what is done once.</param>
/// <param name="Until">The moment after which no more reports are due; null for what is done once.</param>
/// <param name="DoneBy">The moment that fulfils it; null when only a report or attestation does. A report or attestation always does.</param>
/// <param name="OnWidening">Whether each widening of the scope asks for it again, for what has come in.</param>
/// <param name="Depth">The depth of recall from which on it applies; null for every recall.</param>
/// <param name="Clause">Article and section.</param>
/// <param name="Trust">How far the time may be relied on.</param>
/// <param name="Source">Where it was read, or what is assumed.</param>
/// <param name="Form">The form that drafts the report; null where there is none for this regime.</param>
public sealed record RegimeClock(
    string Id, ObligationKind Kind, LocalText Name, CaseMoment From, string Clause, SourceTrust Trust, string Source, PeriodByClass? Within = null, PeriodByClass? Every = null,
    ReportSeries? Series = null, CaseMoment? Until = null, CaseMoment? DoneBy = null, bool OnWidening = false, RecallDepth? Depth = null, ReportForm? Form = null);

/// <summary>A law under which recalls are run, and its clocks.</summary>
/// <param name="Id">Its name in cases: lower-case letters, digits and hyphens.</param>
/// <param name="Name">Its title.</param>
/// <param name="Instrument">Number, issuer and date.</param>
/// <param name="Covers">For which goods.</param>
/// <param name="Replaced">Id of the regime that has taken its place; null while it is in force.</param>
/// <param name="Classes">Its classes, I to III; empty where it has none.</param>
/// <param name="Clocks">Its clocks.</param>
public sealed record RecallRegime(string Id, LocalText Name, string Instrument, LocalText Covers, IReadOnlyList<RegimeClass> Classes, IReadOnlyList<RegimeClock> Clocks, string? Replaced = null)
{
    /// <summary>What the regime calls a class; null where it has none.</summary>
    public RegimeClass? ClassOf(RecallClass gravity) => Classes.FirstOrDefault(one => one.Class == gravity);

    /// <summary>The least trusted of its clocks.</summary>
    public SourceTrust Trust => Clocks.Any(clock => clock.Trust == SourceTrust.NotVerified) ? SourceTrust.NotVerified
        : Clocks.Any(clock => clock.Trust == SourceTrust.OwnRule) ? SourceTrust.OwnRule : SourceTrust.Verified;
}
