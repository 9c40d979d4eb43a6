namespace TraceGrains.Domain.Events;

/// <summary>An accepted event: what it says, the bytes that are kept of it, and what identifies it.</summary>
public sealed record CanonicalEvent
{
    /// <summary>What the rules read.</summary>
    public required EpcisEvent Event { get; init; }

    /// <summary>
    /// The event as one self-contained EPCIS 2.0 JSON-LD object in UTF-8: members as they were given, without insignificant white space, without
    /// <c>recordTime</c> (the ledger adds it), with the document's <c>@context</c>. These bytes are stored once and never rewritten.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>SHA-256 of the CBV 2.0 event-hash pre-image (CBV 2.0, section 8.9): same content, same hash, whatever the spelling. It covers neither the event's id nor its error declaration. 32 bytes.</summary>
    public required ReadOnlyMemory<byte> CbvHash { get; init; }

    /// <summary>The id the event is known by: its own, or else the CBV hash as <c>ni:///sha-256;…?ver=CBV2.0</c>.</summary>
    public string Id => Event.EventId ?? CbvHashId(CbvHash.Span);

    /// <summary>A CBV hash written as the event id CBV 2.0 defines for it.</summary>
    public static string CbvHashId(ReadOnlySpan<byte> hash) => $"ni:///sha-256;{Convert.ToHexStringLower(hash)}?ver=CBV2.0";
}
