namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Where a recall case stands.</summary>
public enum CaseState
{
    /// <summary>Somebody suspects that something is wrong; nothing is held back.</summary>
    Suspected = 1,
    /// <summary>The hazard has been assessed, and the class, depth and strategy are decided.</summary>
    Assessed = 2,
    /// <summary>The recall is on record and in force on its scope; its marks are on their way through the lineage.</summary>
    Issued = 3,
    /// <summary>Everything reached is marked; answers are awaited.</summary>
    Monitoring = 4,
    /// <summary>As monitoring, after more was brought into the scope.</summary>
    Widened = 5,
    /// <summary>As monitoring, after something was taken out of the scope.</summary>
    Narrowed = 6,
    /// <summary>Everything that can be brought back has been; waits for the sign-off (21 CFR 7.55(b): completed).</summary>
    Completed = 7,
    /// <summary>Closed (21 CFR 7.55(a): terminated).</summary>
    Terminated = 8,
    /// <summary>Taken back: the suspicion or the recall was wrong.</summary>
    Withdrawn = 9,
}

/// <summary>Whether a case is meant.</summary>
public enum CaseMode
{
    /// <summary>A recall.</summary>
    Live = 1,
    /// <summary>A mock recall on the live lineage: nothing is marked, nothing is held back, and whoever hears of it hears that it is an exercise.</summary>
    Drill = 2,
}
