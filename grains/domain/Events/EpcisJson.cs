using System.Text.Json;

namespace TraceGrains.Domain.Events;

/// <summary>
/// What became of a document: its events in order, or everything that is wrong with it. Both only where it was read with <see cref="CaptureErrorBehaviour.Proceed"/> and
/// every problem is one of an event: then these are the other events.
/// </summary>
public sealed record ReadDocument(IReadOnlyList<CanonicalEvent> Events, IReadOnlyList<CaptureProblem> Problems)
{
    /// <summary>Position of each of <see cref="Events"/> in the document's eventList, from 0; null where none is missing, so that an event's place is its position.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>Master data of the document's header as events to record beside the others (<see cref="MasterDataEvent"/>); empty for most documents.</summary>
    public IReadOnlyList<CanonicalEvent> MasterData { get; init; } = [];
}

/// <summary>Reads EPCIS 2.0 JSON-LD (ISO/IEC 19987, JSON binding).</summary>
/// <remarks>
/// Reading never throws on what a sender sent: whatever is wrong becomes a <see cref="CaptureProblem"/>. As strict as the published JSON schema, with
/// these differences. More is accepted: persistentDisposition in every kind of event (as in the XSD), CBV terms in their URN and web URI spellings,
/// and URIs with letters beyond ASCII. Less is accepted: identifiers must be identifiers, members may not repeat, a field without namespace in a
/// place or in an event type of one's own is refused because JSON-LD would drop it, and so is TraceGrains' own vocabulary.
/// </remarks>
public static class EpcisJson
{
    /// <summary>Reads an <c>EPCISDocument</c> or <c>EPCISQueryDocument</c>.</summary>
    public static ReadDocument ReadDocument(ReadOnlyMemory<byte> utf8, CaptureErrorBehaviour behaviour = CaptureErrorBehaviour.Rollback) => DocumentReader.Document(utf8, behaviour);

    /// <summary>Reads one bare event that carries its own <c>@context</c>.</summary>
    public static ReadDocument ReadEvent(ReadOnlyMemory<byte> utf8) => DocumentReader.Event(utf8, trusted: false);

    /// <summary>Reads stored bytes (<see cref="CanonicalEvent.Json"/>) back: the same <see cref="CanonicalEvent"/> as at capture. Throws <see cref="FormatException"/> when they are not such bytes.</summary>
    public static CanonicalEvent ReadStored(ReadOnlyMemory<byte> json)
    {
        var read = DocumentReader.Event(json, trusted: true);
        return read.Problems.Count == 0 ? read.Events[0] : throw new FormatException($"These bytes are no stored event: {read.Problems[0]}");
    }

    /// <summary>The same; null for bytes that are no stored event. A ledger that somebody tampered with may have spoilt them: the chain's check says so, other questions go on without them.</summary>
    public static CanonicalEvent? TryReadStored(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ReadStored(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Names the first field in which two events differ, for a refused re-use of an id; null when they say the same. Identifiers, terms and times
    /// are compared by what they mean; the order of members, the event's id and its record time do not count, its error declaration does.
    /// Throws <see cref="FormatException"/> when either is no stored event.
    /// </summary>
    public static string? FirstDifference(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> other) => ContentDifference.First(Content(json), Content(other));

    static ContentNode Content(ReadOnlyMemory<byte> json)
    {
        ReadStored(json);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        var root = document.RootElement;
        var content = new EventContent(JsonLdContext.Read(root.GetProperty("@context"u8)), new IdentityCache());
        var whole = content.Of(root, []);
        if (content.Declaration(root) is { } declaration)
            whole.Add(declaration);
        return whole;
    }
}
