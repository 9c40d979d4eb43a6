using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Reports;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>Everything that the reports of a case are made of, read at one place in the ledger.</summary>
sealed record CaseReport
{
    public required CaseView Case { get; init; }
    /// <summary>Entries that somebody made, oldest first. What the system does by itself, and answers, are in the counts.</summary>
    public required IReadOnlyList<ReportedEntry> Acts { get; init; }
    /// <summary>Parties that were told, have answered or still have to; nobody (null) first.</summary>
    public required IReadOnlyList<CasePartyView> Parties { get; init; }
    public required AnswerBook Answers { get; init; }
    /// <summary>Destructions as reported, oldest first, at most <see cref="ReportDesk.DestructionsMax"/>.</summary>
    public required IReadOnlyList<Destruction> Destructions { get; init; }
    /// <summary>What the recall reaches: entity numbers, ascending.</summary>
    public required int[] Reached { get; init; }
    /// <summary>Whether that is what is marked; otherwise it is what the scope would reach.</summary>
    public required bool IsMarked { get; init; }
    /// <summary>Place in the ledger up to which this holds, and when the event there was recorded.</summary>
    public required long AsOf { get; init; }
    public required DateTimeOffset AsOfTime { get; init; }
    public required DateTimeOffset Now { get; init; }

    public bool IsDrill => Case.Mode == CaseMode.Drill;

    /// <summary>The last part of the case's URN.</summary>
    public string ShortName => Case.Id[(Case.Id.LastIndexOf(':') + 1)..];

    public T? Last<T>() where T : CaseEntry => Acts.Select(act => act.Entry).OfType<T>().LastOrDefault();
}

/// <summary>An entry of the file as a report tells it.</summary>
sealed record ReportedEntry(int Number, DateTimeOffset At, CaseActor By, CaseEntry Entry);

/// <summary>That goods were destroyed, as whoever had them reported.</summary>
sealed record Destruction(DateTimeOffset At, string Party, int Things, int Amounts, string? Witness, int Documents);
