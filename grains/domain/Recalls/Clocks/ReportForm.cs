namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>A report of a case that is drafted from the ledger when it is asked for, as its address names it.</summary>
public enum ReportForm
{
    /// <summary>Recall plan for food (食品召回计划).</summary>
    Plan = 1,
    /// <summary>Where the recall stands, with the points of 21 CFR 7.53(b).</summary>
    Status = 2,
    /// <summary>Summary of a food recall (食品召回总结报告).</summary>
    Summary = 3,
}
