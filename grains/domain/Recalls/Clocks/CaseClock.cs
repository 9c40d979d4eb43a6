using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>A case as the clocks see it.</summary>
public static class CaseClock
{
    /// <summary>
    /// What happened in a case, from its file. The file does not say when the risk was known or the recall announced, nor what was drafted or agreed: add those by <c>with</c> where they are known.
    /// </summary>
    public static ClockFacts Facts(CaseFile file, DateTimeOffset now) => new()
    {
        Regimes = file.Regimes, Class = file.Class, Depth = file.Assessment?.Depth, OpenedAt = file.OpenedAt, AssessedAt = file.AssessedAt, IssuedAt = file.IssuedAt, NotifiedAt = [.. Notified(file)],
        WidenedAt = [.. file.Of<CaseEntry.Widened>().Select(one => one.Recorded.At)], CompletedAt = [.. file.Of<CaseEntry.Completed>().Select(one => one.Recorded.At)], TerminatedAt = file.TerminatedAt,
        WithdrawnAt = file.WithdrawnAt, Reports = [.. file.Of<CaseEntry.ReportSubmitted>().Select(one => new ClockReport(one.Entry.Regime, one.Entry.Report, one.Recorded.At))], Now = now,
    };

    /// <summary>Notices to many holders are several entries in a row; everybody has been told by the last of a row.</summary>
    static IEnumerable<DateTimeOffset> Notified(CaseFile file)
    {
        for (var i = 0; i < file.Entries.Count; i++)
            if (file.Entries[i].Entry is CaseEntry.Notified && (i + 1 == file.Entries.Count || file.Entries[i + 1].Entry is not CaseEntry.Notified)) yield return file.Entries[i].At;
    }
}
