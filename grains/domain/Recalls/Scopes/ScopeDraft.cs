using System.Text.Json.Serialization;

namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>A scope as somebody wrote it, unchecked: exactly one member is to be given. The members in this order are the saved form.</summary>
public sealed record ScopeDraft
{
    /// <summary>See <see cref="ScopeQuery.Batch"/>.</summary>
    public string? Batch { get; init; }
    /// <summary>See <see cref="ScopeQuery.Product"/>.</summary>
    public ProductDraft? Product { get; init; }
    /// <summary>See <see cref="ScopeQuery.Serials"/>.</summary>
    public SerialsDraft? Serials { get; init; }
    /// <summary>See <see cref="ScopeQuery.Unit"/>.</summary>
    public string? Unit { get; init; }
    /// <summary>See <see cref="ScopeQuery.Touched"/>.</summary>
    public TouchedDraft? TouchedBy { get; init; }
    /// <summary>See <see cref="ScopeQuery.MadeFrom"/>.</summary>
    public string? MadeFrom { get; init; }
    /// <summary>See <see cref="ScopeQuery.MadeWith"/>.</summary>
    public string? MadeWith { get; init; }
    /// <summary>See <see cref="ScopeQuery.OfEvent"/>.</summary>
    public string? Event { get; init; }
    /// <summary>See <see cref="ScopeQuery.AnyOf"/>.</summary>
    public IReadOnlyList<ScopeDraft?>? AnyOf { get; init; }
    /// <summary>See <see cref="ScopeQuery.AllOf"/>.</summary>
    public IReadOnlyList<ScopeDraft?>? AllOf { get; init; }
    /// <summary>See <see cref="ScopeQuery.Except"/>.</summary>
    public ExceptDraft? Except { get; init; }

    /// <summary>How many members are given.</summary>
    [JsonIgnore]
    public int Given => new object?[] { Batch, Product, Serials, Unit, TouchedBy, MadeFrom, MadeWith, Event, AnyOf, AllOf, Except }.Count(member => member is not null);
}

/// <summary>A product, and when it was made: dates as <c>yyyy-MM-dd</c>.</summary>
public sealed record ProductDraft(string? Code, string? ProducedFrom, string? ProducedUntil);

/// <summary>A run of serial numbers.</summary>
public sealed record SerialsDraft(string? Product, string? From, string? To);

/// <summary>A party, place or device, and between which event times: ISO 8601 with an offset.</summary>
public sealed record TouchedDraft(string? Code, string? From, string? Until);

/// <summary>One scope without another.</summary>
public sealed record ExceptDraft(ScopeDraft? Of, ScopeDraft? Without);
