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

public sealed record Obligation
{
    /// <summary><c>{regime}/{clock}/{number}</c>: the same thing keeps its id whatever happens.</summary>
    public required string Id { get; init; }
    /// <summary>Id of the regime.</summary>
    public required string Regime { get; init; }
    /// <summary>Id of its clock; what a report or attestation names.</summary>
    public required string Clock { get; init; }
    /// <summary>Which report of a series, or, of what is done once, the how-manieth time because the scope was widened; from 1.</summary>
    public required int Number { get; init; }
    /// <summary>What has to be done.</summary>
    public required ObligationKind Kind { get; init; }
    /// <summary>The same in words.</summary>
    public required LocalText Name { get; init; }
    /// <summary>Where its time begins.</summary>
    public required DateTimeOffset From { get; init; }
    /// <summary>The last instant at which it is in time; null when the text names no time.</summary>
    public required DateTimeOffset? Due { get; init; }
    /// <summary>When it was done; null while it is not.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    /// <summary>When the latest draft of it was made; null when there is none, or once it is done.</summary>
    public DateTimeOffset? DraftedAt { get; init; }
    /// <summary>Where it stands.</summary>
    public required ObligationState State { get; init; }
    /// <summary>Who has to care.</summary>
    public required EscalationLevel Level { get; init; }
    /// <summary>Further reports of the series that were missed after this one and that the same report makes up for.</summary>
    public int Missed { get; init; }
    /// <summary>Whether every day it is counted over has been published by the calendar; false: the deadline may move.</summary>
    public bool IsCalendarCertain { get; init; } = true;
    /// <summary>Whether the time is that of class I because the class is not decided yet.</summary>
    public bool IsClassAssumed { get; init; }
    /// <summary>How far the time may be relied on; show its <see cref="SourceTrusts.Note"/> wherever the time is shown.</summary>
    public required SourceTrust Trust { get; init; }
    /// <summary>Instrument and clause.</summary>
    public required string Source { get; init; }
    /// <summary>How the time came about, in words.</summary>
    public required LocalText Why { get; init; }
    /// <summary>When it changes next if nobody does anything; null when it does not.</summary>
    public DateTimeOffset? NextChangeAt { get; init; }

    /// <summary>Whether it still has to be done.</summary>
    public bool IsOpen => State is ObligationState.Pending or ObligationState.DueSoon or ObligationState.Overdue;
}
