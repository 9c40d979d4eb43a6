namespace TraceGrains.Domain.Recalls.Clocks;

/// <summary>Moments of a recall that statutes count from or to.</summary>
public enum CaseMoment
{
    /// <summary>The risk was known (知悉); the opening of the case where nothing else is told.</summary>
    Known = 1,
    /// <summary>The recall was decided on: the case was assessed, or issued where that came first.</summary>
    Decided = 2,
    /// <summary>The recall began: it was issued.</summary>
    Issued = 3,
    /// <summary>The recall was announced to the public; its issue where nothing else is told.</summary>
    Announced = 4,
    /// <summary>Every consignee then in scope had been told.</summary>
    Notified = 5,
    /// <summary>The scope was widened.</summary>
    Widened = 6,
    /// <summary>What can be brought back had been.</summary>
    Completed = 7,
    /// <summary>The case was closed.</summary>
    Terminated = 8,
}

/// <summary>A report or act of one clock, handed in or drafted.</summary>
/// <param name="Regime">Id of the regime, such as <c>cn-food</c>.</param>
/// <param name="Clock">Id of its clock, such as <c>plan</c>.</param>
/// <param name="At">When.</param>
public sealed record ClockReport(string Regime, string Clock, DateTimeOffset At);

/// <summary>What an authority has agreed to or asked for, other than the text.</summary>
/// <param name="Regime">Id of the regime.</param>
/// <param name="Clock">Id of its clock.</param>
/// <param name="Until">A deadline put off to this instant (食品召回管理办法 art. 18 allows it); null when it is about an interval.</param>
/// <param name="Every">The interval of a report that comes again, in whole days, as under 21 CFR 7.53, for the whole series; null when it is about a deadline.</param>
public sealed record ClockAgreement(string Regime, string Clock, DateTimeOffset? Until, int? Every);

/// <summary>What clocks are worked out from. Whatever is told to have happened after <see cref="Now"/> does not count, so that the same facts answer as of any instant.</summary>
public sealed record ClockFacts
{
    /// <summary>Ids of the regimes the case is under; several at once are usual.</summary>
    public required IReadOnlyList<string> Regimes { get; init; }
    /// <summary>How grave; null until assessed, when the shortest times, those of class I, are counted.</summary>
    public RecallClass? Class { get; init; }
    /// <summary>How far down the chain; null until decided, when obligations towards consumers count.</summary>
    public RecallDepth? Depth { get; init; }
    /// <summary>When the case was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>When the risk was known, where that is another time.</summary>
    public DateTimeOffset? KnownAt { get; init; }
    /// <summary>When it was assessed.</summary>
    public DateTimeOffset? AssessedAt { get; init; }
    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }
    /// <summary>When it was announced, where that is another time than its issue.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }
    /// <summary>Each time at which every consignee then in scope had been told.</summary>
    public IReadOnlyList<DateTimeOffset> NotifiedAt { get; init; } = [];
    /// <summary>Each time the scope was widened.</summary>
    public IReadOnlyList<DateTimeOffset> WidenedAt { get; init; } = [];
    /// <summary>Each time it was completed; widening opens it again.</summary>
    public IReadOnlyList<DateTimeOffset> CompletedAt { get; init; } = [];
    /// <summary>When it was closed.</summary>
    public DateTimeOffset? TerminatedAt { get; init; }
    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
    /// <summary>Reports handed in and acts attested.</summary>
    public IReadOnlyList<ClockReport> Reports { get; init; } = [];
    /// <summary>Reports drafted and not handed in yet.</summary>
    public IReadOnlyList<ClockReport> Drafts { get; init; } = [];
    /// <summary>What authorities have agreed to; the last one of a clock counts.</summary>
    public IReadOnlyList<ClockAgreement> Agreements { get; init; } = [];
    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When nothing more was due: taken back or closed.</summary>
    internal DateTimeOffset? ClosedAt => Earliest(Past(WithdrawnAt), Past(TerminatedAt));

    /// <summary>When a moment came, each time, in order.</summary>
    internal IReadOnlyList<DateTimeOffset> Times(CaseMoment moment) => moment switch
    {
        CaseMoment.Known => One(Past(KnownAt) ?? OpenedAt),
        CaseMoment.Decided => One(Earliest(Past(AssessedAt), Past(IssuedAt))),
        CaseMoment.Issued => One(IssuedAt),
        CaseMoment.Announced => One(Past(AnnouncedAt) ?? IssuedAt),
        CaseMoment.Notified => Many(NotifiedAt),
        CaseMoment.Widened => Many(WidenedAt),
        CaseMoment.Completed => Many(CompletedAt),
        _ => One(TerminatedAt),
    };

    internal IReadOnlyList<DateTimeOffset> Reported(string regime, string clock) => Many(Reports.Where(report => report.Regime == regime && report.Clock == clock).Select(report => report.At));

    internal DateTimeOffset? Drafted(string regime, string clock) => Many(Drafts.Where(draft => draft.Regime == regime && draft.Clock == clock).Select(draft => draft.At)) is [.., var last] ? last : null;

    internal ClockAgreement? Deadline(string regime, string clock) => Agreements.LastOrDefault(agreed => agreed.Regime == regime && agreed.Clock == clock && agreed.Until is not null);

    internal ClockAgreement? Interval(string regime, string clock) => Agreements.LastOrDefault(agreed => agreed.Regime == regime && agreed.Clock == clock && agreed.Every is > 0);

    DateTimeOffset? Past(DateTimeOffset? at) => at <= Now ? at : null;

    IReadOnlyList<DateTimeOffset> One(DateTimeOffset? at) => Past(at) is { } past ? [past] : [];

    IReadOnlyList<DateTimeOffset> Many(IEnumerable<DateTimeOffset> times) => [.. times.Where(at => at <= Now).Order()];

    static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
