using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>Where an obligation stands.</summary>
public enum ObligationState
{
    /// <summary>Open, with time left, or with no time named.</summary>
    Pending = 1,
    /// <summary>Open, in the last part of its time.</summary>
    DueSoon = 2,
    /// <summary>Open, its time has passed.</summary>
    Overdue = 3,
    /// <summary>Done before its time passed, or with no time named.</summary>
    DoneInTime = 4,
    /// <summary>Done after its time had passed.</summary>
    DoneLate = 5,
    /// <summary>Was open when the recall was taken back or closed; nothing is due any more.</summary>
    Lapsed = 6,
}

/// <summary>One thing that a statute wants done in a recall, as it stands at an instant.</summary>
[GenerateSerializer, Immutable, Alias("tg.Obligation")]
public sealed record Obligation
{
    /// <summary><c>{regime}/{clock}/{number}</c>: the same thing keeps its id whatever happens.</summary>
    [Id(0)] public required string Id { get; set; }
    /// <summary>Id of the regime.</summary>
    [Id(1)] public required string Regime { get; set; }
    /// <summary>Id of its clock; what a report or attestation names.</summary>
    [Id(2)] public required string Clock { get; set; }
    /// <summary>Which report of a series, or, of what is done once, the how-manieth time because the scope was widened; from 1.</summary>
    [Id(3)] public required int Number { get; set; }
    /// <summary>What has to be done.</summary>
    [Id(4)] public required ObligationKind Kind { get; set; }
    /// <summary>The same in words.</summary>
    [Id(5)] public required LocalText Name { get; set; }
    /// <summary>Where its time begins.</summary>
    [Id(6)] public required DateTimeOffset From { get; set; }
    /// <summary>The last instant at which it is in time; null when the text names no time.</summary>
    [Id(7)] public required DateTimeOffset? Due { get; set; }
    /// <summary>When it was done; null while it is not.</summary>
    [Id(8)] public DateTimeOffset? DoneAt { get; set; }
    /// <summary>When the latest draft of it was made; null when there is none, or once it is done.</summary>
    [Id(9)] public DateTimeOffset? DraftedAt { get; set; }
    /// <summary>Where it stands.</summary>
    [Id(10)] public required ObligationState State { get; set; }
    /// <summary>Which authority looks after it; nobody while it is the enterprise's alone.</summary>
    [Id(11)] public required EscalationLevel Level { get; set; }
    /// <summary>Further reports of the series that were missed after this one and that the same report makes up for.</summary>
    [Id(12)] public int Missed { get; set; }
    /// <summary>Whether every day it is counted over has been published by the calendar; false: the deadline may move.</summary>
    [Id(13)] public bool IsCalendarCertain { get; set; } = true;
    /// <summary>Whether the time is that of class I because the class is not decided yet.</summary>
    [Id(14)] public bool IsClassAssumed { get; set; }
    /// <summary>How far the time may be relied on; show its <see cref="SourceTrusts.Note"/> wherever the time is shown.</summary>
    [Id(15)] public required SourceTrust Trust { get; set; }
    /// <summary>Instrument and clause.</summary>
    [Id(16)] public required string Source { get; set; }
    /// <summary>How the time came about, in words.</summary>
    [Id(17)] public required LocalText Why { get; set; }
    /// <summary>When it changes next if nobody does anything; null when it does not.</summary>
    [Id(18)] public DateTimeOffset? NextChangeAt { get; set; }
    /// <summary>The form that drafts the report which is wanted; null when there is none, or once nothing is wanted any more.</summary>
    [Id(19)] public ReportForm? Form { get; set; }

    /// <summary>Whether it still has to be done.</summary>
    public bool IsOpen => State is ObligationState.Pending or ObligationState.DueSoon or ObligationState.Overdue;
}
