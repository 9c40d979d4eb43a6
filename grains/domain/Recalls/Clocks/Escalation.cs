using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>A level and when it is reached.</summary>
/// <param name="Level">Which.</param>
/// <param name="After">How long overdue, by class; hours.</param>
public sealed record EscalationStep(EscalationLevel Level, PeriodByClass After);

/// <summary>When an obligation is due soon, what "at once" is counted as, and how what is overdue goes up. No statute says so: a rule of this program, kept as data.</summary>
/// <param name="AtOnce">What "at once" is counted as; hours.</param>
/// <param name="DueSoonShare">The last part of the time in which it is due soon, above 0 and below 1.</param>
/// <param name="DueSoonMax">The same, at most; hours.</param>
/// <param name="Steps">Levels, rising.</param>
/// <param name="Trust">How far it may be relied on.</param>
public sealed record Escalation(Period AtOnce, double DueSoonShare, Period DueSoonMax, IReadOnlyList<EscalationStep> Steps, SourceTrust Trust)
{
    internal TimeSpan AtOnceTime => TimeSpan.FromHours(AtOnce.Count);

    internal DateTimeOffset SoonAt(DateTimeOffset from, DateTimeOffset due)
    {
        var share = (due - from) * DueSoonShare;
        var most = TimeSpan.FromHours(DueSoonMax.Count);
        return due - (share < most ? share : most);
    }

    /// <summary>The level of what is overdue by so long.</summary>
    internal EscalationLevel LevelOf(RecallClass gravity, TimeSpan overdue) =>
        Steps.Where(step => overdue > TimeSpan.FromHours(step.After.Of(gravity).Count)).Select(step => step.Level).DefaultIfEmpty(EscalationLevel.None).Max();

    internal IEnumerable<DateTimeOffset> Changes(RecallClass gravity, DateTimeOffset due) => Steps.Select(step => due + TimeSpan.FromHours(step.After.Of(gravity).Count) + TimeSpan.FromTicks(1));
}
