using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
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
    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

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
        var buffer = new ArrayBufferWriter<byte>(1024);
        // Nothing of this is put into a page as it is, so letters beyond ASCII may stay letters.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("@context");
            json.WriteStringValue(EpcisContext);
            json.WriteStartObject();
            json.WriteString("tg", JsonLdContext.ReservedVocabulary);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("type", "ObjectEvent");
            if (eventId is not null)
                json.WriteString("eventID", eventId);
            json.WriteString("eventTime", eventTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventTimeZoneOffset", "+00:00");
            json.WriteString("action", "OBSERVE");
            json.WriteString("bizStep", begins ? "holding" : "other");
            json.WriteStartObject("persistentDisposition");
            json.WriteStartArray(begins ? "set" : "unset");
            json.WriteStringValue("recalled");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("epcList");
            foreach (var code in epcs.Select(Canonical).Distinct(StringComparer.Ordinal))
                json.WriteStringValue(code);
            json.WriteEndArray();
            if (quantities.Count > 0)
            {
                json.WriteStartArray("quantityList");
                foreach (var amount in quantities)
                {
                    json.WriteStartObject();
                    json.WriteString("epcClass", Canonical(amount.Code));
                    if (amount.Quantity is { } quantity)
                        json.WriteNumber("quantity", quantity);
                    if (amount.Uom is not null)
                        json.WriteString("uom", amount.Uom);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            if (holder is not null)
            {
                json.WriteStartArray("destinationList");
                json.WriteStartObject();
                json.WriteString("type", "possessing_party");
                json.WriteString("destination", Canonical(holder));
                json.WriteEndObject();
                json.WriteEndArray();
            }
            Write(notice, json);
            json.WriteEndObject();
        }
        var written = EpcisJson.ReadStored(buffer.WrittenMemory);
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

        var (id, kindWord, reason, scopeEvent, query) = (Text("id"), Text("kind"), Text("reason"), Text("scopeEvent"), Text("query"));
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
        return known == value.EnumerateObject().Count() ? new RecallNotice(id, (RecallNoticeKind)kind, gravity, reason, range, scopeEvent, query, things) : null;
    }

    static string Canonical(string code) =>
        Identifier.TryIdentify(code, out var identified, out var error) ? identified.Code : throw new FormatException($"{code}: expected {error}");
}
