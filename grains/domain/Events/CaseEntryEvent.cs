using System.Globalization;
using System.Text.Json;
using TraceGrains.Domain.Recalls.Cases;

namespace TraceGrains.Domain.Events;

/// <summary>Which entry of which case an event is.</summary>
/// <param name="RecallId">The case's URN, <c>urn:tracegrains:recall:…</c>.</param>
/// <param name="Number">The entry's number, from 1.</param>
public sealed record CaseReference(string RecallId, int Number);

/// <summary>
/// An entry of a recall case as an event of TraceGrains' own in the ledger. It names the case and nothing else, so that the chain of the case is its file. Its id is the case's with the entry's number:
/// of two that would be the next entry, only one is recorded.
/// </summary>
public static class CaseEntryEvent
{
    /// <summary>The event's type.</summary>
    public const string Type = JsonLdContext.ReservedVocabulary + "CaseEvent";

    const string Member = "tg:case";

    static readonly byte[] typeMarker = System.Text.Encoding.UTF8.GetBytes($"\"type\":\"{Type}\"");

    /// <summary>The id of an entry's event.</summary>
    public static string IdOf(string recall, int number) => string.Create(CultureInfo.InvariantCulture, $"{recall}:case:{number}");

    /// <summary>Writes an entry.</summary>
    /// <exception cref="FormatException">A text of it is no Unicode.</exception>
    public static CanonicalEvent Build(string recall, int number, CaseActor by, string? actId, CaseEntry entry, DateTimeOffset time)
    {
        var written = OwnEvent.Write(Type, IdOf(recall, number), time, json =>
        {
            json.WriteStartObject(Member);
            json.WriteString("recall", recall);
            json.WriteNumber("number", number);
            json.WritePropertyName("by");
            CaseJson.Write(json, by);
            if (actId is not null)
                json.WriteString("actId", actId);
            json.WritePropertyName("entry");
            CaseJson.Write(json, entry);
            json.WriteEndObject();
        });
        return TryRead(written.Json) is { } read && CaseJson.Print(read.Entry) == CaseJson.Print(entry)
            ? written
            : throw new FormatException("An entry has to read back as it was written: some part of it is no text.");
    }

    /// <summary>Reads the entry of a recorded event; null when it is an event of another kind.</summary>
    public static (CaseReference Case, CaseActor By, string? ActId, CaseEntry Entry)? TryRead(ReadOnlyMemory<byte> stored)
    {
        if (!IsIn(stored.Span))
            return null;
        using var document = JsonDocument.Parse(stored, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        var value = document.RootElement.GetProperty(Member);
        var actId = value.TryGetProperty("actId"u8, out var act) ? act.GetString() : null;
        return Read(value) is { } reference && CaseJson.ReadActor(value.GetProperty("by"u8)) is { } by && CaseJson.Read(value.GetProperty("entry"u8)) is { } entry ? (reference, by, actId, entry) : null;
    }

    /// <summary>Whether a stored event is an entry of a case, by its bytes alone: nobody else may use the vocabulary.</summary>
    public static bool IsIn(ReadOnlySpan<byte> stored) => stored.IndexOf(typeMarker) >= 0;

    /// <summary>Reads which entry of which case the member <c>tg:case</c> says; null when it does not.</summary>
    internal static CaseReference? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("recall"u8, out var recall) && recall.ValueKind == JsonValueKind.String && recall.GetString()!.StartsWith(JsonLdContext.Reserved + "recall:", StringComparison.Ordinal)
        && value.TryGetProperty("number"u8, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var read) && read >= 1
            ? new(recall.GetString()!, read) : null;
}
