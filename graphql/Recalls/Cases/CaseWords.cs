using System.ComponentModel;

namespace TraceGrains.GraphQL.Recalls.Cases;

// Values are those of the domain, so that a cast translates; a test compares the lists.

[Description("Where a recall case stands.")]
public enum RecallCaseState
{
    [Description("Somebody suspects that something is wrong; nothing is held back.")]
    Suspected = 1,
    [Description("The hazard has been assessed, and class, depth and strategy are decided.")]
    Assessed = 2,
    [Description("The recall is on record and in force on its scope; its marks are on their way.")]
    Issued = 3,
    [Description("Everything reached is marked; answers are awaited.")]
    Monitoring = 4,
    [Description("As MONITORING, after more was brought into the scope.")]
    Widened = 5,
    [Description("As MONITORING, after something was taken out of the scope.")]
    Narrowed = 6,
    [Description("Everything that can be brought back has been; waits for the sign-off.")]
    Completed = 7,
    [Description("Closed.")]
    Terminated = 8,
    [Description("Taken back.")]
    Withdrawn = 9,
}

[Description("Whether a case is meant.")]
public enum RecallCaseMode
{
    [Description("A recall.")]
    Live = 1,
    [Description("A mock recall on the live lineage: nothing is marked, nothing is held back.")]
    Drill = 2,
}

[Description("How far down the chain a recall goes (21 CFR 7.42(b)(1)).")]
public enum RecallDepth
{
    [Description("Wholesalers.")]
    Wholesale = 1,
    [Description("Retailers, and whoever is before them.")]
    Retail = 2,
    [Description("Consumers and users, and whoever is before them.")]
    Consumer = 3,
}

[Description("What a holder says became of recalled goods.")]
public enum AnswerOutcome
{
    [Description("Set apart: nobody can sell, use or ship them.")]
    Quarantined = 1,
    [Description("Sent back.")]
    Returned = 2,
    [Description("Corrected, so that the hazard is gone.")]
    Reworked = 3,
    [Description("Destroyed, before a witness.")]
    Destroyed = 4,
    [Description("Used up in making something else.")]
    UsedUp = 5,
    [Description("Sold to consumers, or given to patients, before they could be held back.")]
    Sold = 6,
    [Description("Looked for and not found.")]
    NotFound = 7,
}

[Description("Who looks after what is overdue: a party that does not answer, an obligation that is not met.")]
public enum EscalationLevel
{
    [Description("Nobody yet but whoever has to do it.")]
    None = 0,
    [Description("The authority of the district (区县).")]
    District = 1,
    [Description("The authority of the city (市).")]
    City = 2,
}
