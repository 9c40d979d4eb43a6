namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>Who looks after what is overdue: a party that does not answer, an obligation that is not met.</summary>
public enum EscalationLevel
{
    /// <summary>Nobody yet but whoever has to do it.</summary>
    None = 0,
    /// <summary>The authority of the district (区县).</summary>
    District = 1,
    /// <summary>The authority of the city (市).</summary>
    City = 2,
}
