using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>The statutory clocks of a case: what its file says of moments and reports, and what follows.</summary>
public static class CaseClocks
{
    /// <summary>What clocks are counted from, as the file tells it.</summary>
    public static ClockFacts FactsOf(CaseFile file, DateTimeOffset now) => new()
    {
        Regimes = file.Regimes, Class = file.Class, Depth = file.Assessment?.Depth, OpenedAt = file.OpenedAt, AssessedAt = file.AssessedAt, IssuedAt = file.IssuedAt, NotifiedAt = [.. Notified(file)],
        WidenedAt = [.. file.Of<CaseEntry.Widened>().Select(one => one.Recorded.At)], CompletedAt = [.. file.Of<CaseEntry.Completed>().Select(one => one.Recorded.At)], TerminatedAt = file.TerminatedAt,
        WithdrawnAt = file.WithdrawnAt, Reports = [.. file.Of<CaseEntry.ReportSubmitted>().Select(one => new ClockReport(one.Entry.Regime, one.Entry.Report, one.Recorded.At))], Now = now,
        KnownAt = file.KnownAt, AnnouncedAt = file.Of<CaseEntry.Announced>().Select(announced => (DateTimeOffset?)announced.Recorded.At).FirstOrDefault(),
        Agreements = [.. file.Of<CaseEntry.Agreed>().Select(agreed => new ClockAgreement(agreed.Entry.Regime, agreed.Entry.Report, agreed.Entry.Until, agreed.Entry.EveryDays))],
    };

    /// <summary>Notices to many holders are several entries in a row; everybody has been told by the last of a row.</summary>
    static IEnumerable<DateTimeOffset> Notified(CaseFile file)
    {
        for (var i = 0; i < file.Entries.Count; i++)
            if (file.Entries[i].Entry is CaseEntry.Notified && (i + 1 == file.Entries.Count || file.Entries[i + 1].Entry is not CaseEntry.Notified)) yield return file.Entries[i].At;
    }

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
        CaseEntry.Announced e => CaseRules.Required("where", e.Where, CaseRules.TextMax),
        CaseEntry.Agreed e => Of(RegimeCatalog.Standard.Check(e.Regime, e.Report)) ?? CaseRules.Required("note", e.Note, CaseRules.TextMax)
            ?? (e.Until is null == e.EveryDays is null ? new CaseProblem(CaseRefusal.FieldInvalid, "until: expected either a deadline or an interval in days") : null)
            ?? (e.EveryDays is < 1 or > 366 ? new CaseProblem(CaseRefusal.FieldInvalid, $"everyDays: expected 1 to 366; found {e.EveryDays}") : null),
        _ => null,
    };

    static CaseProblem? Of(FieldProblem? problem) => problem is null ? null : new(CaseRefusal.FieldInvalid, problem.ToString());
}
