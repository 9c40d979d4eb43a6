namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>
/// What a recall is to name, as a question that can be asked of the ledger at any instant: a tree whose leaves name things and whose branches combine sets. Codes are canonical.
/// <see cref="ScopeReader"/> makes it, <see cref="ScopeJson"/> saves it.
/// </summary>
public abstract record ScopeQuery
{
    /// <summary>A production lot, or a class of things that has no GS1 code.</summary>
    public sealed record Batch(string Code) : ScopeQuery;

    /// <summary>A product: its class, its lots and its units; with a date, those lots and units of it that came into being then.</summary>
    /// <param name="Code">The product.</param>
    /// <param name="From">First date of production, inclusive (<see cref="ProductionDate"/>); null for any.</param>
    /// <param name="Until">Last date of production, inclusive; null for any.</param>
    public sealed record Product(string Code, DateOnly? From, DateOnly? Until) : ScopeQuery;

    /// <summary>The units of a product whose serial numbers lie in a run.</summary>
    public sealed record Serials(SerialRange Range) : ScopeQuery;

    /// <summary>One serialised thing: unit, logistic unit or asset.</summary>
    public sealed record Unit(string Code) : ScopeQuery;

    /// <summary>
    /// Everything named by events that also name a party, place or device (source, destination, read point, business location, sensor, asset), that one itself left out.
    /// What lay inside a named container is not named.
    /// </summary>
    /// <param name="By">The party, place or device.</param>
    /// <param name="From">First event time, inclusive.</param>
    /// <param name="Until">Event time that is not included any more.</param>
    public sealed record Touched(string By, DateTimeOffset From, DateTimeOffset Until) : ScopeQuery;

    /// <summary>Everything a thing became, itself left out: made-of and member-of, to the end.</summary>
    public sealed record MadeFrom(string Code) : ScopeQuery;

    /// <summary>Everything made of a thing, and of whatever went into one process with it: what may have been contaminated beside it.</summary>
    public sealed record MadeWith(string Code) : ScopeQuery;

    /// <summary>Everything an event named: parent, objects, inputs and outputs.</summary>
    public sealed record OfEvent(string EventId) : ScopeQuery;

    /// <summary>Union.</summary>
    public sealed record AnyOf(IReadOnlyList<ScopeQuery> Scopes) : ScopeQuery;

    /// <summary>Intersection.</summary>
    public sealed record AllOf(IReadOnlyList<ScopeQuery> Scopes) : ScopeQuery;

    /// <summary>Exclusion: the things of one scope that are not in another. What is made of the rest is reached all the same, even where it was excluded.</summary>
    public sealed record Except(ScopeQuery Of, ScopeQuery Without) : ScopeQuery;
}
