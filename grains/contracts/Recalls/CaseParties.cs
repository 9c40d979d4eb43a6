using TraceGrains.Contracts.Lineage;
using TraceGrains.Domain.Recalls.Answers;
using TraceGrains.Domain.Recalls.Cases;
using TraceGrains.Domain.Recalls.Clocks;

namespace TraceGrains.Contracts.Recalls;

/// <summary>How a party stands in a case: what it was told, what it said, and what it still has to answer for.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CasePartyView")]
public sealed record CasePartyView
{
    /// <summary>Canonical code; null for goods of which nobody is known to have them.</summary>
    [Id(0)] public string? Party { get; init; }
    /// <summary><see cref="PartyRecord.Name"/>, as it is shown.</summary>
    [Id(1)] public string? Name { get; init; }
    /// <summary>Things it has and has not answered for.</summary>
    [Id(2)] public required int Things { get; init; }
    /// <summary>Things on their way to it, not answered for.</summary>
    [Id(3)] public required int OnTheWay { get; init; }
    /// <summary>Lots of which it has some, not answered for.</summary>
    [Id(4)] public required int Lots { get; init; }
    /// <summary><see cref="PartyRecord.NotifiedAt"/>.</summary>
    [Id(5)] public DateTimeOffset? NotifiedAt { get; init; }
    /// <summary><see cref="PartyRecord.AcknowledgedAt"/>.</summary>
    [Id(6)] public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary><see cref="PartyRecord.AnsweredAt"/>.</summary>
    [Id(7)] public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>By when it is to answer for everything; null when it has, or was not told.</summary>
    [Id(8)] public DateTimeOffset? AnswerDue { get; init; }
    /// <summary>Things it answered for, by outcome.</summary>
    [Id(9)] public OutcomeCount[] Answered { get; init; } = [];
    /// <summary><see cref="PartyRecord.Reminders"/>.</summary>
    [Id(10)] public int Reminders { get; init; }
    /// <summary><see cref="PartyRecord.Level"/>.</summary>
    [Id(11)] public EscalationLevel Level { get; init; }
    /// <summary>Things it was told of.</summary>
    [Id(12)] public int ToldOf { get; init; }
}

/// <summary>How many things had an outcome.</summary>
[GenerateSerializer]
[Alias("tg.OutcomeCount")]
public readonly record struct OutcomeCount([property: Id(0)] AnswerOutcome Outcome, [property: Id(1)] int Count);

/// <summary>What one party still has to answer for, a page of it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaseGoods")]
public sealed record CaseGoods
{
    /// <summary>Things, with where each stands, in the order in which the ledger first heard of them.</summary>
    [Id(0)] public TracedItem[] Items { get; init; } = [];
    /// <summary>Where the next page starts; null at the end.</summary>
    [Id(1)] public string? Next { get; init; }
    /// <summary>How much of which lots; with the first page only.</summary>
    [Id(2)] public LotHeld[] Lots { get; init; } = [];
}

/// <summary>How much of a lot a party has.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.LotHeld")]
public sealed record LotHeld
{
    /// <summary>Canonical code of the lot.</summary>
    [Id(0)] public required string Lot { get; init; }
    /// <summary>How much, in the base unit; null where some event did not say.</summary>
    [Id(1)] public decimal? Quantity { get; init; }
    /// <summary>Base unit of measure; null counts pieces.</summary>
    [Id(2)] public string? Uom { get; init; }
    /// <summary>Whether it is on its way to the party.</summary>
    [Id(3)] public bool IsOnTheWay { get; init; }
}

/// <summary>What a party finds in its inbox: a case that concerns it, and how it stands in it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.InboxItem")]
public sealed record InboxItem
{
    /// <summary>The case.</summary>
    [Id(0)] public required CaseView Case { get; init; }
    /// <summary>How the party stands in it.</summary>
    [Id(1)] public required CasePartyView Party { get; init; }
}

/// <summary>A link by which a party without an account can answer, or why none was made.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.AnswerLink")]
public sealed record AnswerLink
{
    /// <summary>The link's token; told once and kept nowhere.</summary>
    [Id(0)] public string? Token { get; init; }
    /// <summary>When it ends to be good.</summary>
    [Id(1)] public DateTimeOffset? Expires { get; init; }
    /// <summary>The case after the act, or the refusal.</summary>
    [Id(2)] public required CaseAnswer Answer { get; init; }
}
