using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Silo.Links;

/// <summary>What anybody may know of a thing (invariant I10, the consumer's level): what it is, what happened to it, whether it is recalled. No amounts, no partners beyond names, no papers.</summary>
sealed record PublicRecord
{
    public required string Code { get; init; }
    public required CodeKind Kind { get; init; }
    /// <summary>Whether any event has named it.</summary>
    public required bool IsOnRecord { get; init; }
    public PublicName? Name { get; init; }
    /// <summary>The code in words.</summary>
    public IReadOnlyList<CodePart> Parts { get; init; } = [];
    /// <summary>The lot a unit belongs to.</summary>
    public string? LotCode { get; init; }
    /// <summary>Expiry or best-before day, as the maker recorded it.</summary>
    public DateOnly? Expires { get; init; }
    /// <summary>Products it was made from.</summary>
    public IReadOnlyList<PublicName> MadeFrom { get; init; } = [];
    /// <summary>Earliest first.</summary>
    public IReadOnlyList<PublicStep> Steps { get; init; } = [];
    public IReadOnlyList<PublicRecall> Recalls { get; init; } = [];
    /// <summary>A wider thing that is on record where this one is not: its lot or its product.</summary>
    public PublicRecord? Wider { get; init; }

    public bool IsRecalled => Recalls.Count > 0;
}

/// <summary>One thing that happened.</summary>
/// <param name="Time">When, at the place's own clock.</param>
/// <param name="Step">The business step: a CBV word, or the URI of another term; null where the event names none.</param>
/// <param name="Type">The event's type and action, for events without step.</param>
/// <param name="Who">The party or place it happened at.</param>
/// <param name="To">The party it went to, on steps that send goods off.</param>
sealed record PublicStep(DateTimeOffset Time, string? Step, string Type, PublicName? Who, PublicName? To);

/// <summary>A recall in force.</summary>
sealed record PublicRecall(string Id, string Class, string Reason, DateTimeOffset IssuedAt);
