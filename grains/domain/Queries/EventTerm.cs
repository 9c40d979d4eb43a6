namespace TraceGrains.Domain.Queries;

/// <summary>One thing an event says that a query can ask for: a field and one of its values.</summary>
/// <param name="Field">The field, as <see cref="TermFields"/> names it.</param>
/// <param name="Text">The value in its one spelling: codes canonical, CBV terms as web URIs, times in UTC, numbers without needless digits. Null where the field holds other fields.</param>
/// <param name="Number">The value as a number where it is one; in the base unit where the field's name carries one.</param>
/// <param name="Time">The value as a time where it is one, to the millisecond.</param>
public readonly record struct EventTerm(string Field, string? Text, decimal? Number = null, DateTimeOffset? Time = null);
