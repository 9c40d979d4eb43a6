using System.Collections.Immutable;
using TraceGrains.Domain.Recalls.Answers;

namespace TraceGrains.Domain.Recalls.Cases;

/// <summary>A recall case as its entries tell it. A value: the next entry makes the next file.</summary>
public sealed partial record CaseFile
{
    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }
    /// <summary>Meant, or an exercise.</summary>
    public required CaseMode Mode { get; init; }
    /// <summary>What it is called.</summary>
    public required string Title { get; init; }
    /// <summary>What is suspected; the public reason.</summary>
    public required string Reason { get; init; }
    /// <summary>Where the suspicion came from.</summary>
    public string? Source { get; init; }
    /// <summary>Under which laws it is run.</summary>
    public ImmutableArray<string> Regimes { get; init; } = [];
    /// <summary>What it is about now, as a question in its saved form; null for a recall that was issued by a code, serial numbers or an event.</summary>
    public string? Scope { get; init; }
    /// <summary>The assessment that counts; null until there is one.</summary>
    public CaseEntry.Assessed? Assessment { get; init; }
    /// <summary>How grave; null until assessed.</summary>
    public RecallClass? Class { get; init; }
    /// <summary>Canonical code of the enterprise or authority that opened it; null where it was not said, and for a recall that was issued without a case.</summary>
    public string? OpenedBy { get; init; }
    /// <summary>The district whose authority opened it or issued it without a case; null where no district's did.</summary>
    public string? District { get; init; }
    /// <summary>When the risk was known, where that was before it was opened.</summary>
    public DateTimeOffset? KnownAt { get; init; }
    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>When the assessment that counts was made.</summary>
    public DateTimeOffset? AssessedAt { get; init; }
    /// <summary>When the recall was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }
    /// <summary>When everything reached was first marked.</summary>
    public DateTimeOffset? SpreadAt { get; init; }
    /// <summary>When the scope was last widened.</summary>
    public DateTimeOffset? WidenedAt { get; init; }
    /// <summary>When it was completed; null when it is open again.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
    /// <summary>When it was closed.</summary>
    public DateTimeOffset? TerminatedAt { get; init; }
    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
    /// <summary>How it was closed; null while it is not.</summary>
    public CaseEntry.Terminated? Termination { get; init; }
    /// <summary>What the file says of each party that was told or has answered, by canonical code.</summary>
    public ImmutableSortedDictionary<string, PartyRecord> Parties { get; init; } = ImmutableSortedDictionary.Create<string, PartyRecord>(StringComparer.Ordinal);
    /// <summary>All entries, oldest first.</summary>
    public ImmutableList<RecordedEntry> Entries { get; init; } = [];

    /// <summary>Whether the recall has been issued and not been taken back.</summary>
    public bool IsIssued => IssuedAt is not null && State != CaseState.Withdrawn;

    /// <summary>Whether nothing more is to be done in it.</summary>
    public bool IsClosed => State is CaseState.Terminated or CaseState.Withdrawn;

    /// <summary>Entries of a kind, oldest first.</summary>
    public IEnumerable<(RecordedEntry Recorded, T Entry)> Of<T>() where T : CaseEntry => Entries.Where(recorded => recorded.Entry is T).Select(recorded => (recorded, (T)recorded.Entry));

    /// <summary>The file of a recall that was issued without a case: it begins in the middle.</summary>
    public static CaseFile OfRecall(string reason, RecallClass gravity, string? scope, DateTimeOffset issuedAt, DateTimeOffset? withdrawnAt, string? district = null) => new()
    {
        State = withdrawnAt is null ? CaseState.Monitoring : CaseState.Withdrawn, Mode = CaseMode.Live, Title = "", Reason = reason, Class = gravity, Scope = scope,
        OpenedAt = issuedAt, IssuedAt = issuedAt, WithdrawnAt = withdrawnAt, District = district,
    };

    /// <summary>The file with its next entry; of the first one, there was none before.</summary>
    public static CaseFile Add(CaseFile? before, RecordedEntry recorded)
    {
        if (recorded.Entry is CaseEntry.Opened opened && before is null)
            before = new()
            {
                State = CaseState.Suspected, Mode = opened.Mode, Title = opened.Title, Reason = opened.Reason, Source = opened.Source, Regimes = [.. opened.Regimes], Scope = opened.Scope,
                KnownAt = opened.KnownAt, OpenedAt = recorded.At, OpenedBy = recorded.By.Party, District = opened.District,
            };
        if (before is null) throw new InvalidDataException($"a case begins by being opened; its first entry is {recorded.Entry.GetType().Name}");
        return before.After(recorded) with { Entries = before.Entries.Add(recorded), Parties = PartyRecord.After(before.Parties, recorded) };
    }

    CaseFile After(RecordedEntry recorded) => recorded.Entry switch
    {
        CaseEntry.Rescoped e => this with { State = CaseState.Suspected, Scope = e.Scope, Assessment = null, AssessedAt = null },
        CaseEntry.Assessed e => this with { State = CaseState.Assessed, Assessment = e, Class = e.Class, AssessedAt = recorded.At },
        CaseEntry.Issued => this with { State = CaseState.Issued, IssuedAt = recorded.At },
        CaseEntry.Spread when State == CaseState.Issued => this with { State = CaseState.Monitoring, SpreadAt = recorded.At },
        CaseEntry.Widened e => this with { State = CaseState.Widened, Scope = e.Scope, WidenedAt = recorded.At, CompletedAt = null },
        CaseEntry.Narrowed e => this with { State = CaseState.Narrowed, Scope = e.Scope },
        CaseEntry.Completed => this with { State = CaseState.Completed, CompletedAt = recorded.At },
        CaseEntry.Terminated e => this with { State = CaseState.Terminated, TerminatedAt = recorded.At, Termination = e },
        CaseEntry.Withdrawn => this with { State = CaseState.Withdrawn, WithdrawnAt = recorded.At },
        _ => this,
    };
}
