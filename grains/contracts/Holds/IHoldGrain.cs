namespace TraceGrains.Contracts.Holds;

/// <summary>One hold. Key: its URN, <c>urn:tracegrains:hold:…</c>. The ledger is all it remembers.</summary>
[Alias("tg.IHoldGrain")]
public interface IHoldGrain : IGrainWithStringKey
{
    /// <summary>Places the hold: when this answers, it is on record and every gate refuses. Asked again with the same content it answers as the first time.</summary>
    [Alias("Place")] Task<HoldAnswer> Place(HoldRequest request);

    /// <summary>Releases it.</summary>
    [Alias("Release")] Task<HoldAnswer> Release(string reason, string by);

    /// <summary>The hold; null when there is none of this id.</summary>
    [Alias("View")] Task<HoldView?> View();
}

/// <summary>A hold to be placed.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HoldRequest")]
public sealed class HoldRequest
{
    /// <summary>Things held by one hold at most.</summary>
    public const int CodesMax = 10_000;
    /// <summary>Characters of a reason, and of a name, at most.</summary>
    public const int ReasonMax = 2_000, NameMax = 200;

    /// <summary>Canonical codes of units, lots, containers or devices.</summary>
    [Id(0)] public string[] Codes { get; set; } = [];
    /// <summary>Why.</summary>
    [Id(1)] public string Reason { get; set; } = "";
    /// <summary>Who places it: a name, or a party's code.</summary>
    [Id(2)] public string By { get; set; } = "";
    /// <summary>The district whose authority places it; null where no district's does.</summary>
    [Id(3)] public string? District { get; set; }
}

/// <summary>Why a request about a hold was refused.</summary>
public enum HoldRefusal
{
    /// <summary>A field is missing, too long or malformed.</summary>
    FieldInvalid = 1,
    /// <summary>No event has named one of the codes, or it names no goods.</summary>
    ThingUnknown = 2,
    /// <summary>A hold of that id with other content exists.</summary>
    IdInUse = 3,
    /// <summary>There is no such hold.</summary>
    HoldUnknown = 4,
    /// <summary>It was released already, for another reason or by somebody else.</summary>
    AlreadyReleased = 5,
}

/// <summary>The hold, or why the request was refused.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HoldAnswer")]
public sealed class HoldAnswer
{
    /// <summary>The hold; null when the request was refused.</summary>
    [Id(0)] public HoldView? Hold { get; set; }
    /// <summary>Why it was refused; null when it was done.</summary>
    [Id(1)] public HoldRefusal? Refused { get; set; }
    /// <summary>The same in words.</summary>
    [Id(2)] public string? Message { get; set; }
}

/// <summary>A hold as it stands.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.HoldView")]
public sealed class HoldView
{
    /// <summary>Its URN.</summary>
    [Id(0)] public string Id { get; set; } = "";
    /// <summary>What it holds.</summary>
    [Id(1)] public string[] Codes { get; set; } = [];
    /// <summary>Why.</summary>
    [Id(2)] public string Reason { get; set; } = "";
    /// <summary>Who placed it.</summary>
    [Id(3)] public string By { get; set; } = "";
    /// <summary>When it was placed.</summary>
    [Id(4)] public DateTimeOffset PlacedAt { get; set; }
    /// <summary>When it was released; null while it holds.</summary>
    [Id(5)] public DateTimeOffset? ReleasedAt { get; set; }
    /// <summary>Why it was released.</summary>
    [Id(6)] public string? ReleasedReason { get; set; }
    /// <summary>Who released it.</summary>
    [Id(7)] public string? ReleasedBy { get; set; }
    /// <summary>The district whose authority placed it; null where no district's did.</summary>
    [Id(8)] public string? District { get; set; }
}
