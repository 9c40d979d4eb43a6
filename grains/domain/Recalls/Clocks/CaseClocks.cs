using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>The statutory clocks of a case: what its file says of moments and reports, and what follows.</summary>
public static class CaseClocks
{
    /// <summary>What clocks are counted from, as the file tells it.</summary>
    public static ClockFacts FactsOf(CaseFile file, DateTimeOffset now) => CaseClock.Facts(file, now) with
    {
        KnownAt = file.KnownAt, AnnouncedAt = file.Of<CaseEntry.Announced>().Select(announced => (DateTimeOffset?)announced.Recorded.At).FirstOrDefault(),
        Agreements = [.. file.Of<CaseEntry.Agreed>().Select(agreed => new ClockAgreement(agreed.Entry.Regime, agreed.Entry.Report, agreed.Entry.Until, agreed.Entry.EveryDays))],
    };

    /// <summary>Everything the case's regimes want done, at a time.</summary>
    public static Obligations Of(CaseFile file, DateTimeOffset now) => Obligations.Of(FactsOf(file, now), WorkingCalendar.China);

    /// <summary>What is to be handed up now: open obligations that have come to a level at which they were not handed up yet.</summary>
    public static IEnumerable<CaseEntry.ClocksEscalated> DueOf(CaseFile file, DateTimeOffset now)
    {
        var told = new Dictionary<string, EscalationLevel>();
        foreach (var (_, escalated) in file.Of<CaseEntry.ClocksEscalated>())
            foreach (var obligation in escalated.Obligations) told[obligation] = escalated.Level;
        return Of(file, now).Items.Where(item => item.IsOpen && item.Level >= EscalationLevel.District && item.Level > told.GetValueOrDefault(item.Id))
            .GroupBy(item => item.Level).OrderBy(group => group.Key).Select(group => new CaseEntry.ClocksEscalated([.. group.Select(item => item.Id)], group.Key));
    }

    /// <summary>What is wrong with the fields of an entry about clocks; null when nothing, or when it is another entry.</summary>
    public static CaseProblem? Fields(CaseEntry entry) => entry switch
    {
        CaseEntry.Opened e => Of(RegimeCatalog.Standard.Check(e.Regimes)),
        CaseEntry.ReportSubmitted e => Of(RegimeCatalog.Standard.Check(e.Regime, e.Report)),
        CaseEntry.Announced e => Required("where", e.Where),
        CaseEntry.Agreed e => Of(RegimeCatalog.Standard.Check(e.Regime, e.Report)) ?? Required("note", e.Note)
            ?? (e.Until is null == e.EveryDays is null ? new CaseProblem(CaseRefusal.FieldInvalid, "until: expected either a deadline or an interval in days") : null)
            ?? (e.EveryDays is < 1 or > 366 ? new CaseProblem(CaseRefusal.FieldInvalid, $"everyDays: expected 1 to 366; found {e.EveryDays}") : null),
        _ => null,
    };

    static CaseProblem? Of(FieldProblem? problem) => problem is null ? null : new(CaseRefusal.FieldInvalid, problem.ToString());

    static CaseProblem? Required(string field, string text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > CaseRules.TextMax ? new(CaseRefusal.FieldInvalid, $"{field}: expected 1 to {CaseRules.TextMax} characters; found {text?.Length ?? 0}") : null;
}
