using System.Text.Json.Serialization;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls.Cases;

[JsonDerivedType(typeof(Announced), "announced")]
[JsonDerivedType(typeof(Agreed), "agreed")]
[JsonDerivedType(typeof(ClocksEscalated), "clocksEscalated")]
public abstract partial record CaseEntry
{
    /// <summary>The recall is announced to the public; some times are counted from then.</summary>
    /// <param name="Where">By what means and where, 1 to 2,000 characters.</param>
    public sealed record Announced(string Where) : CaseEntry;

    /// <summary>An authority agrees to another deadline, or asks for reports at another interval.</summary>
    /// <param name="Regime">Id of the regime.</param>
    /// <param name="Report">Id of its clock.</param>
    /// <param name="Note">Who agreed and how, 1 to 2,000 characters.</param>
    /// <param name="Until">The new deadline; null when it is about an interval.</param>
    /// <param name="EveryDays">The new interval in days, 1 to 366; null when it is about a deadline.</param>
    public sealed record Agreed(string Regime, string Report, string Note, DateTimeOffset? Until = null, int? EveryDays = null) : CaseEntry;

    /// <summary>What is overdue is handed to an authority.</summary>
    public sealed record ClocksEscalated(string[] Obligations, EscalationLevel Level) : CaseEntry;
}
