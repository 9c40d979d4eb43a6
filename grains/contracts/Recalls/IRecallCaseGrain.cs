using TraceGrains.Domain.Recalls;
using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Contracts.Recalls;

/// <summary>The file of one recall case. Key: its URN, <c>urn:tracegrains:recall:…</c>, the same as that of the recall it may issue. Everything it knows stands in the ledger.</summary>
[Alias("tg.IRecallCaseGrain")]
public interface IRecallCaseGrain : IGrainWithStringKey
{
    /// <summary>Does something in the case: checks it, records it as the next entry, and lets it take effect. When this returns, both have happened.</summary>
    [Alias("Act")] [ResponseTimeout("00:05:00")] Task<CaseAnswer> Act(CaseAct act);

    /// <summary>The case as it stands; null when there is none.</summary>
    [Alias("View")] Task<CaseView?> View();

    /// <summary>Waits until the case has another entry than <paramref name="entries"/> of them, for at most ten seconds, and answers it.</summary>
    [Alias("Watch")] [ResponseTimeout("00:00:30")] Task<CaseView?> Watch(int entries);

    /// <summary>Entries after a number, oldest first; at most 1,000.</summary>
    [Alias("Entries")] Task<CaseEntryView[]> Entries(int after, int first);

    /// <summary>Parties that were told, have answered or still have to, in the order of their codes, after one; at most 1,000. Nobody (goods of which nobody is known to have them) comes first.</summary>
    [Alias("Parties")] [ResponseTimeout("00:02:00")] Task<CasePartyView[]> Parties(string? after, int first);

    /// <summary>How one party stands in the case; null when it has nothing to do with it.</summary>
    [Alias("Party")] [ResponseTimeout("00:02:00")] Task<CasePartyView?> Party(string party);

    /// <summary>Whether a party was told of the case, said something in it, or, while it is open, has something to answer for.</summary>
    [Alias("Concerns")] [ResponseTimeout("00:02:00")] Task<bool> Concerns(string party);

    /// <summary>What a party still has to answer for; at most 10,000 things at once. Null party: goods of which nobody is known to have them.</summary>
    [Alias("Goods")] [ResponseTimeout("00:02:00")] Task<CaseGoods> Goods(string? party, string? after, int first);

    /// <summary>What the regimes of the case want done, as it stands now or stood at a time, by due time.</summary>
    [Alias("Obligations")] Task<ObligationView[]> Obligations(DateTimeOffset? at);

    /// <summary>The last round of effectiveness checks; null when none was begun.</summary>
    [Alias("Checks")] Task<ChecksView?> Checks();

    /// <summary>How a drill went so far; null when the case is none.</summary>
    [Alias("Drill")] [ResponseTimeout("00:05:00")] Task<DrillView?> Drill();

    /// <summary>Makes a link by which a party can answer without an account.</summary>
    [Alias("MakeLink")] Task<AnswerLink> MakeLink(CaseAct by, string party, TimeSpan goodFor);

    /// <summary>The party whose link has this secret; null when there is none, or its time is over.</summary>
    [Alias("PartyOfLink")] Task<string?> PartyOfLink(string secret);

    /// <summary>Tells whoever has to be told, reminds and hands over whoever is late. Harmless at any time.</summary>
    [Alias("Pulse")] [ResponseTimeout("00:05:00")] Task Pulse();
}

/// <summary>Knows all recall cases of the ledger, those that never issued a recall included.</summary>
[Alias("tg.IRecallCasesGrain")]
public interface IRecallCasesGrain : IGrainWithIntegerKey
{
    /// <summary>URNs of cases in the order of their URNs, after one; at most so many.</summary>
    [Alias("After")] Task<string[]> After(string? after, int first);

    /// <summary>Open cases in which a party was told or has something to answer for, newest first.</summary>
    [Alias("Inbox")] [ResponseTimeout("00:02:00")] Task<InboxItem[]> Inbox(string party);

    /// <summary>Lets every open case tell, remind and hand over. Harmless at any time.</summary>
    [Alias("Pulse")] [ResponseTimeout("00:05:00")] Task Pulse();
}

/// <summary>What somebody wants to do in a case.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaseAct")]
public sealed record CaseAct
{
    /// <summary>The entry to be (<see cref="CaseJson"/>); empty where the call says what is done.</summary>
    [Id(0)] public required string Entry { get; init; }
    /// <summary>Who does it (<see cref="CaseActor"/>).</summary>
    [Id(1)] public required string ByName { get; init; }
    /// <summary>For whom, in any spelling of the code; null when not told.</summary>
    [Id(2)] public string? ByParty { get; init; }
    /// <summary>In what capacity; null when not told.</summary>
    [Id(3)] public string? ByRole { get; init; }
    /// <summary>An id of the client's own choice: the act sent again is done once. Up to 100 characters.</summary>
    [Id(4)] public string? ActId { get; init; }
}

/// <summary>The case, or why the act was refused.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaseAnswer")]
public sealed record CaseAnswer
{
    /// <summary>The case after the act; null when refused.</summary>
    [Id(0)] public CaseView? Case { get; init; }
    /// <summary>Number of the entry that the act became; null when refused.</summary>
    [Id(1)] public int? Entry { get; init; }
    /// <summary>Why not; null when done.</summary>
    [Id(2)] public CaseRefusal? Refused { get; init; }
    /// <summary>The refusal in words, naming the field.</summary>
    [Id(3)] public string? Message { get; init; }
}

/// <summary>A recall case as it stands; members as in <see cref="CaseFile"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaseView")]
public sealed record CaseView
{
    /// <summary>URN.</summary>
    [Id(0)] public required string Id { get; init; }
    /// <summary><see cref="CaseFile.State"/>.</summary>
    [Id(1)] public required CaseState State { get; init; }
    /// <summary><see cref="CaseFile.Mode"/>.</summary>
    [Id(2)] public required CaseMode Mode { get; init; }
    /// <summary><see cref="CaseFile.Title"/>.</summary>
    [Id(3)] public required string Title { get; init; }
    /// <summary><see cref="CaseFile.Reason"/>.</summary>
    [Id(4)] public required string Reason { get; init; }
    /// <summary><see cref="CaseFile.Source"/>.</summary>
    [Id(5)] public string? Source { get; init; }
    /// <summary><see cref="CaseFile.Regimes"/>.</summary>
    [Id(6)] public string[] Regimes { get; init; } = [];
    /// <summary><see cref="CaseFile.Scope"/>.</summary>
    [Id(7)] public string? Scope { get; init; }
    /// <summary><see cref="CaseFile.Class"/>.</summary>
    [Id(8)] public RecallClass? Class { get; init; }
    /// <summary><see cref="CaseEntry.Assessed.Depth"/>.</summary>
    [Id(9)] public RecallDepth? Depth { get; init; }
    /// <summary><see cref="CaseEntry.Assessed.Hazard"/>.</summary>
    [Id(10)] public string? Hazard { get; init; }
    /// <summary><see cref="CaseEntry.Assessed.Strategy"/>.</summary>
    [Id(11)] public string? Strategy { get; init; }
    /// <summary><see cref="CaseEntry.Assessed.Instructions"/>.</summary>
    [Id(12)] public string? Instructions { get; init; }
    /// <summary><see cref="CaseFile.OpenedAt"/>.</summary>
    [Id(13)] public required DateTimeOffset OpenedAt { get; init; }
    /// <summary><see cref="CaseFile.AssessedAt"/>.</summary>
    [Id(14)] public DateTimeOffset? AssessedAt { get; init; }
    /// <summary><see cref="CaseFile.IssuedAt"/>.</summary>
    [Id(15)] public DateTimeOffset? IssuedAt { get; init; }
    /// <summary><see cref="CaseFile.SpreadAt"/>.</summary>
    [Id(16)] public DateTimeOffset? SpreadAt { get; init; }
    /// <summary><see cref="CaseFile.WidenedAt"/>.</summary>
    [Id(17)] public DateTimeOffset? WidenedAt { get; init; }
    /// <summary><see cref="CaseFile.CompletedAt"/>.</summary>
    [Id(18)] public DateTimeOffset? CompletedAt { get; init; }
    /// <summary><see cref="CaseFile.TerminatedAt"/>.</summary>
    [Id(19)] public DateTimeOffset? TerminatedAt { get; init; }
    /// <summary><see cref="CaseFile.WithdrawnAt"/>.</summary>
    [Id(20)] public DateTimeOffset? WithdrawnAt { get; init; }
    /// <summary><see cref="CaseEntry.Terminated.Lessons"/>.</summary>
    [Id(21)] public string? Lessons { get; init; }
    /// <summary><see cref="CaseEntry.Terminated.StaysBlocked"/>; null until closed.</summary>
    [Id(22)] public bool? StaysBlocked { get; init; }
    /// <summary>How many entries its file has.</summary>
    [Id(23)] public required int Entries { get; init; }
    /// <summary>The recall it issued; null until then, and in a drill.</summary>
    [Id(24)] public RecallView? Recall { get; init; }
    /// <summary><see cref="CaseFile.OpenedBy"/>.</summary>
    [Id(25)] public string? OpenedBy { get; init; }
    /// <summary><see cref="CaseFile.District"/>.</summary>
    [Id(26)] public string? District { get; init; }
}

/// <summary>An entry of a case's file; members as in <see cref="RecordedEntry"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaseEntryView")]
public sealed record CaseEntryView
{
    /// <summary><see cref="RecordedEntry.Number"/>.</summary>
    [Id(0)] public required int Number { get; init; }
    /// <summary><see cref="RecordedEntry.Sequence"/>.</summary>
    [Id(1)] public required long Sequence { get; init; }
    /// <summary><see cref="RecordedEntry.At"/>.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary><see cref="RecordedEntry.EventHash"/>.</summary>
    [Id(3)] public required string EventHash { get; init; }
    /// <summary>Id of its event.</summary>
    [Id(4)] public required string EventId { get; init; }
    /// <summary>Who did it: name.</summary>
    [Id(5)] public required string ByName { get; init; }
    /// <summary>For whom.</summary>
    [Id(6)] public string? ByParty { get; init; }
    /// <summary>In what capacity.</summary>
    [Id(7)] public string? ByRole { get; init; }
    /// <summary>What was done (<see cref="CaseJson"/>).</summary>
    [Id(8)] public required string Entry { get; init; }
}
