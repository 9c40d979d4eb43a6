namespace TraceGrains.Domain.Access;

/// <summary>What somebody wants to do.</summary>
public enum Right
{
    /// <summary>Identify codes, follow the public story of a thing, read recalls as announced, check the transparency log.</summary>
    ReadPublic = 1,
    /// <summary>Read events, standings, lineage and master data.</summary>
    ReadCustody = 2,
    /// <summary>Record what happened.</summary>
    Capture = 3,
    /// <summary>Ask whether goods may move.</summary>
    AskMove = 4,
    /// <summary>Hold goods, and release them.</summary>
    Hold = 5,
    /// <summary>Acknowledge recalls, answer them, pass goods' news on.</summary>
    AnswerRecall = 6,
    /// <summary>Read a recall's file.</summary>
    ReadRecallCase = 7,
    /// <summary>Open, assess, issue, widen, narrow, close recalls.</summary>
    RunRecall = 8,
    /// <summary>Dry runs, common sources, balances.</summary>
    Weigh = 9,
    /// <summary>Lists across enterprises: violations, master data.</summary>
    Supervise = 10,
    /// <summary>Have serial numbers made for a batch.</summary>
    IssueSerials = 11,
    /// <summary>Make, rotate and revoke keys of machines.</summary>
    ManageKeys = 12,
    /// <summary>Share with a partner, and take that back.</summary>
    Share = 13,
    /// <summary>Say which keys and places belong to which enterprise.</summary>
    RegisterEnterprises = 14,
    /// <summary>Dashboards and other tools of those who run the system.</summary>
    Operate = 15,
    /// <summary>Read who read or did what.</summary>
    ReadAudit = 16,
}

/// <summary>How far a right goes.</summary>
public enum Reach
{
    /// <summary>Not at all.</summary>
    None = 0,
    /// <summary>The enterprise's own goods and places, one step up and one step down.</summary>
    Own = 1,
    /// <summary>What lies or happens in the district.</summary>
    District = 2,
    /// <summary>Everything.</summary>
    All = 3,
}
