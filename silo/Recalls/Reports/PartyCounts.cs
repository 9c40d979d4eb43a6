using TraceGrains.Contracts.Recalls;
using TraceGrains.Domain.Recalls.Answers;

namespace TraceGrains.Silo.Recalls.Reports;

/// <summary>How the consignees of a case stand: what 21 CFR 7.53(b) asks for, counted.</summary>
sealed class PartyCounts
{
    public PartyCounts(IEnumerable<CasePartyView> parties)
    {
        Known = [.. parties.Where(party => party.Party is not null)];
        Notified = [.. Known.Where(party => party.NotifiedAt is not null)];
        Responded = [.. Known.Where(party => party.AnsweredAt is not null || party.AcknowledgedAt is not null)];
        Silent = [.. Notified.Where(party => party.AcknowledgedAt is null && party.AnsweredAt is null)];
        Owing = [.. Known.Where(party => party.Things + party.OnTheWay + party.Lots > 0)];
        FirstNotified = Notified.Min(party => party.NotifiedAt);
        LastNotified = Notified.Max(party => party.NotifiedAt);
        LastDue = Owing.Max(party => party.AnswerDue);
    }

    public IReadOnlyList<CasePartyView> Known { get; }
    public IReadOnlyList<CasePartyView> Notified { get; }
    /// <summary>Have acknowledged or answered.</summary>
    public IReadOnlyList<CasePartyView> Responded { get; }
    /// <summary>Were told, and have neither acknowledged nor answered.</summary>
    public IReadOnlyList<CasePartyView> Silent { get; }
    /// <summary>Have goods for which they did not answer yet.</summary>
    public IReadOnlyList<CasePartyView> Owing { get; }
    public DateTimeOffset? FirstNotified { get; }
    public DateTimeOffset? LastNotified { get; }
    public DateTimeOffset? LastDue { get; }

    /// <summary>Things that a party brought back or made harmless.</summary>
    public static int Recovered(CasePartyView party) =>
        party.Answered.Where(count => count.Outcome is AnswerOutcome.Quarantined or AnswerOutcome.Returned or AnswerOutcome.Reworked or AnswerOutcome.Destroyed).Sum(count => count.Count);
}
