using System.ComponentModel;

namespace TraceGrains.GraphQL.Recalls.Clocks;

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("What a statute wants done in a recall.")]
public enum ObligationKind
{
    [Description("Stop making and selling.")]
    StopSale = 1,
    [Description("Begin the recall.")]
    StartRecall = 2,
    [Description("Tell consignees to stop selling and using.")]
    NotifyConsignees = 3,
    [Description("Tell consumers.")]
    NotifyConsumers = 4,
    [Description("Tell the authority.")]
    NotifyAuthority = 5,
    [Description("Hand in the recall plan.")]
    SubmitPlan = 6,
    [Description("Report progress, again and again.")]
    ProgressReport = 7,
    [Description("Check that consignees were reached and acted.")]
    EffectivenessChecks = 8,
    [Description("Finish the recall.")]
    CompleteRecall = 9,
    [Description("Report the outcome.")]
    SummaryReport = 10,
    [Description("Ask the authority to close the recall.")]
    RequestTermination = 11,
}

[Description("Where an obligation stands.")]
public enum ObligationState
{
    [Description("Open, with time left, or with no time named.")]
    Pending = 1,
    [Description("Open, in the last part of its time.")]
    DueSoon = 2,
    [Description("Open, its time has passed.")]
    Overdue = 3,
    [Description("Done before its time passed, or with no time named.")]
    DoneInTime = 4,
    [Description("Done after its time had passed.")]
    DoneLate = 5,
    [Description("Was open when the recall was taken back or closed.")]
    Lapsed = 6,
}

[Description("How far a rule that is kept as data may be relied on.")]
public enum SourceTrust
{
    [Description("Read in the text itself or in a report that quotes it.")]
    Verified = 1,
    [Description("Known of practice; nobody has compared it with the text.")]
    NotVerified = 2,
    [Description("No text says so: a rule of this program.")]
    OwnRule = 3,
}
