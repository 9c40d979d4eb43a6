using System.Collections.Immutable;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Domain.Recalls.Answers;

/// <summary>What a case's file says of one party.</summary>
public sealed record PartyRecord
{
    /// <summary>Canonical code.</summary>
    public required string Party { get; init; }
    /// <summary>What stands for its name, where somebody who passed goods on told it.</summary>
    public string? Name { get; init; }
    /// <summary>What it was last told that it has; null when it was not told yet.</summary>
    public PartyGoods? Told { get; init; }
    /// <summary>When it was first told.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }
    /// <summary>When it was last told of more: from then its time to answer runs.</summary>
    public DateTimeOffset? LastNotifiedAt { get; init; }
    /// <summary>When it said that it has read its notice, by word or by answering.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>When it last answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Things it answered for, by outcome.</summary>
    public ImmutableSortedDictionary<AnswerOutcome, int> Things { get; init; } = ImmutableSortedDictionary<AnswerOutcome, int>.Empty;
    /// <summary>How often it was reminded since it was last told of more.</summary>
    public int Reminders { get; init; }
    /// <summary>When it was last reminded.</summary>
    public DateTimeOffset? RemindedAt { get; init; }
    /// <summary>Who looks after it.</summary>
    public EscalationLevel Level { get; init; }

    /// <summary>The records after an entry. A party that answers without having been told is one all the same.</summary>
    public static ImmutableSortedDictionary<string, PartyRecord> After(ImmutableSortedDictionary<string, PartyRecord> records, RecordedEntry recorded)
    {
        var at = recorded.At;
        return recorded.Entry switch
        {
            CaseEntry.Notified e => With(records, e.Parties.Select(goods => goods.Party), (one, i) => one with
            {
                Told = e.Parties[i], NotifiedAt = one.NotifiedAt ?? at, LastNotifiedAt = at, Reminders = 0, RemindedAt = null, Level = EscalationLevel.None,
            }),
            CaseEntry.Acknowledged e => With(records, [e.Party], (one, _) => one with { AcknowledgedAt = one.AcknowledgedAt ?? at }),
            CaseEntry.Answered e => With(records, [e.Party], (one, _) => one with
            {
                AcknowledgedAt = one.AcknowledgedAt ?? at, AnsweredAt = at,
                Things = one.Things.SetItems(e.Lines.GroupBy(line => line.Outcome).Select(lines => KeyValuePair.Create(lines.Key, one.Things.GetValueOrDefault(lines.Key) + lines.Sum(line => line.Codes.Length)))),
            }),
            CaseEntry.PassedOn e => With(
                With(records, [e.Party], (one, _) => one with { AcknowledgedAt = one.AcknowledgedAt ?? at, AnsweredAt = at }),
                e.To.Select(AnswerRules.CodeOf), (one, i) => one with { Name = one.Name ?? e.To[i].Name }),
            CaseEntry.Chased e => With(records, e.Parties, (one, _) => one with { Reminders = one.Reminders + 1, RemindedAt = at }),
            CaseEntry.Escalated e => With(records, e.Parties, (one, _) => one with { Level = e.Level }),
            _ => records,
        };
    }

    static ImmutableSortedDictionary<string, PartyRecord> With(ImmutableSortedDictionary<string, PartyRecord> records, IEnumerable<string> parties, Func<PartyRecord, int, PartyRecord> change)
    {
        var builder = records.ToBuilder();
        foreach (var (i, party) in parties.Index()) builder[party] = change(builder.TryGetValue(party, out var known) ? known : new() { Party = party }, i);
        return builder.ToImmutable();
    }
}
