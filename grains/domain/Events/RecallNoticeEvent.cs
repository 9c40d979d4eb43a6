using System.Text.Json;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Recalls;

namespace TraceGrains.Domain.Events;

/// <summary>
/// A recall notice as an EPCIS event: anyone who reads EPCIS sees things being held back with the persistent disposition <c>recalled</c>; what is
/// TraceGrains' own stands in one member, <c>tg:recall</c>.
/// </summary>
public static class RecallNoticeEvent
{
    static readonly string[] Kinds = ["", "issued", "withdrawn", "reached", "released", "widened", "narrowed"];

    /// <summary>
    /// Writes a notice as the event that goes into the ledger. Issued, reached and widened set the persistent disposition <c>recalled</c> with the business step
    /// <c>holding</c>; withdrawn, released and narrowed unset it with the step <c>other</c>, because the CBV has no word for letting go.
    /// </summary>
    /// <param name="notice">What the notice does.</param>
    /// <param name="eventTime">When; written in UTC.</param>
    /// <param name="eventId">The notice's own id; null to be known by its CBV hash.</param>
    /// <param name="epcs">Things it names, in any spelling.</param>
    /// <param name="quantities">Lots and products it names, in any spelling.</param>
    /// <param name="holder">The party the notice is for, written as destination with the type <c>possessing_party</c>; null for a notice to no one in particular.</param>
    /// <exception cref="FormatException">A code is no identifier, or the notice says something an event cannot.</exception>
    public static CanonicalEvent Build(RecallNotice notice, DateTimeOffset eventTime, string? eventId, IReadOnlyList<string> epcs, IReadOnlyList<Amount> quantities, string? holder = null)
    {
        var begins = notice.Kind is RecallNoticeKind.Issued or RecallNoticeKind.Reached or RecallNoticeKind.Widened;
        var written = OwnEvent.Write("ObjectEvent", eventId, eventTime, json =>
        {
            json.WriteString("action", "OBSERVE");
            json.WriteString("bizStep", begins ? "holding" : "other");
            json.WriteStartObject("persistentDisposition");
            json.WriteStartArray(begins ? "set" : "unset");
            json.WriteStringValue("recalled");
            json.WriteEndArray();
            json.WriteEndObject();
            OwnEvent.WriteInstances(json, epcs.Select(Canonical).Distinct(StringComparer.Ordinal));
            OwnEvent.WriteAmounts(json, [.. quantities.Select(amount => amount with { Code = Canonical(amount.Code) })]);
            OwnEvent.WritePossessor(json, "destinationList", "destination", holder is null ? null : Canonical(holder));
            Write(notice, json);
        });
        return written.Event.Recall == notice ? written : throw new FormatException("A recall notice has to read back as it was written: some part of it is no text.");
    }

    /// <summary>Whether a stored event is a recall notice, by its bytes alone: nobody else may use the vocabulary.</summary>
    public static bool IsIn(ReadOnlySpan<byte> stored) => stored.IndexOf("\"tg:recall\":"u8) >= 0;

    static void Write(RecallNotice notice, Utf8JsonWriter json)
    {
        json.WriteStartObject("tg:recall");
        json.WriteString("id", notice.RecallId);
        json.WriteString("kind", Kinds[(int)notice.Kind]);
        if (notice.Class is { } gravity)
            json.WriteNumber("class", (int)gravity);
        if (notice.Reason is not null)
            json.WriteString("reason", notice.Reason);
        if (notice.Range is { } range)
        {
            json.WriteStartObject("range");
            json.WriteString("product", range.Product);
            json.WriteString("from", range.From);
            json.WriteString("to", range.To);
            json.WriteEndObject();
        }
        if (notice.ScopeEvent is not null)
            json.WriteString("scopeEvent", notice.ScopeEvent);
        if (notice.Query is not null)
            json.WriteString("query", notice.Query);
        if (notice.Things is { } things)
            json.WriteNumber("things", things);
        if (notice.District is not null)
            json.WriteString("district", notice.District);
        json.WriteEndObject();
    }

    /// <summary>Reads the member <c>tg:recall</c>; null when it is no recall notice.</summary>
    internal static RecallNotice? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var known = 0;
        string? Text(string name)
        {
            if (!value.TryGetProperty(name, out var text))
                return null;
            known++;
            return text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }

        var (id, kindWord, reason, scopeEvent, query, district) = (Text("id"), Text("kind"), Text("reason"), Text("scopeEvent"), Text("query"), Text("district"));
        var kind = Array.IndexOf(Kinds, kindWord);
        if (id is null || kind < 1 || !id.StartsWith(JsonLdContext.Reserved + "recall:", StringComparison.Ordinal))
            return null;
        RecallClass? gravity = null;
        if (value.TryGetProperty("class"u8, out var number))
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var read) || read is < 1 or > 3)
                return null;
            gravity = (RecallClass)read;
            known++;
        }
        int? things = null;
        if (value.TryGetProperty("things"u8, out var size))
        {
            if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out var count) || count < 0)
                return null;
            things = count;
            known++;
        }
        SerialRange? range = null;
        if (value.TryGetProperty("range"u8, out var serials))
        {
            string? Part(string name) =>
                serials.ValueKind == JsonValueKind.Object && serials.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null;
            if (Part("product") is not { } product || Part("from") is not { } from || Part("to") is not { } to)
                return null;
            range = new SerialRange(product, from, to);
            known++;
        }
        // A member we do not know might narrow what the notice means; guessing is no way to read a recall.
        return known == value.EnumerateObject().Count() ? new RecallNotice(id, (RecallNoticeKind)kind, gravity, reason, range, scopeEvent, query, things, district) : null;
    }

    static string Canonical(string code) =>
        Identifier.TryIdentify(code, out var identified, out var error) ? identified.Code : throw new FormatException($"{code}: expected {error}");
}
