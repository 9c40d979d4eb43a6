namespace TraceGrains.Domain.Events.Xml;

/// <summary>An event to be written in XML.</summary>
/// <param name="Json">As it is stored (<see cref="CanonicalEvent.Json"/>).</param>
/// <param name="EventId">The id it is known by, for one that has none of its own.</param>
/// <param name="RecordTime">When it was recorded; null leaves it out.</param>
public sealed record EventToWrite(ReadOnlyMemory<byte> Json, string? EventId = null, DateTimeOffset? RecordTime = null);
