namespace TraceGrains.Domain.Events;

/// <summary>What became of a document: its events in order, or everything that is wrong with it. Never both.</summary>
public sealed record ReadDocument(IReadOnlyList<CanonicalEvent> Events, IReadOnlyList<CaptureProblem> Problems);

/// <summary>Reads EPCIS 2.0 JSON-LD (ISO/IEC 19987, JSON binding).</summary>
public static class EpcisJson
{
    /// <summary>Reads an <c>EPCISDocument</c> or <c>EPCISQueryDocument</c>.</summary>
    public static ReadDocument ReadDocument(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();

    /// <summary>Reads one bare event that carries its own <c>@context</c>.</summary>
    public static ReadDocument ReadEvent(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();

    /// <summary>Reads stored bytes (<see cref="CanonicalEvent.Json"/>) back: the same <see cref="CanonicalEvent"/> as at capture. Throws <see cref="FormatException"/> when they are not such bytes.</summary>
    public static CanonicalEvent ReadStored(ReadOnlyMemory<byte> json) => throw new NotImplementedException();

    /// <summary>Names the first field in which two events differ, for a refused re-use of an id; null when they say the same.</summary>
    public static string? FirstDifference(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> other) => throw new NotImplementedException();
}
