using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Domain.Recalls.Answers;

namespace TraceGrains.Domain.Events;

/// <summary>
/// What a holder says of recalled goods as an ordinary EPCIS event about them, so that it counts like any other: in their chains, in where they stand, in what is left. The member <c>tg:case</c> says to
/// which entry of which case it belongs.
/// </summary>
public static class AnswerEvent
{
    const string EpcisContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

    /// <summary>The event of one line of an answer.</summary>
    public static CanonicalEvent OfLine(CaseReference entry, int index, string party, AnswerLine line, DateTimeOffset time)
    {
        var words = OutcomeWords.Of(line.Outcome);
        return Build(entry, index, time, words.Action, words.BizStep, words.Disposition, line.Codes, line.Amounts, words.LeavesTheHolder ? party : null, words.LeavesTheHolder ? line.To : party, line.Place);
    }

    /// <summary>The event of goods passed on.</summary>
    public static CanonicalEvent OfPassing(CaseReference entry, int index, string party, PassedOnTo to, DateTimeOffset time) =>
        Build(entry, index, time, EventAction.Observe, "shipping", "in_transit", to.Codes, to.Amounts, party, AnswerRules.CodeOf(to), null);

    static CanonicalEvent Build(
        CaseReference entry, int index, DateTimeOffset time, EventAction action, string step, string disposition, string[] codes, AnsweredAmount[] amounts, string? from, string? to, string? place)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
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
            json.WriteString("eventID", string.Create(CultureInfo.InvariantCulture, $"{CaseEntryEvent.IdOf(entry.RecallId, entry.Number)}:{index}"));
            json.WriteString("eventTime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventTimeZoneOffset", "+00:00");
            json.WriteString("action", action == EventAction.Delete ? "DELETE" : "OBSERVE");
            json.WriteString("bizStep", step);
            json.WriteString("disposition", disposition);
            json.WriteStartArray("epcList");
            foreach (var code in codes)
                json.WriteStringValue(code);
            json.WriteEndArray();
            if (amounts.Length > 0)
            {
                json.WriteStartArray("quantityList");
                foreach (var amount in amounts)
                {
                    json.WriteStartObject();
                    json.WriteString("epcClass", amount.Lot);
                    json.WriteNumber("quantity", amount.Quantity);
                    if (amount.Uom is not null)
                        json.WriteString("uom", amount.Uom);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            if (place is not null)
            {
                json.WriteStartObject("bizLocation");
                json.WriteString("id", place);
                json.WriteEndObject();
            }
            End(json, "sourceList", "source", from);
            End(json, "destinationList", "destination", to);
            json.WriteStartObject("tg:case");
            json.WriteString("recall", entry.RecallId);
            json.WriteNumber("number", entry.Number);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return EpcisJson.ReadStored(buffer.WrittenMemory);
    }

    static void End(Utf8JsonWriter json, string list, string name, string? party)
    {
        if (party is null)
            return;
        json.WriteStartArray(list);
        json.WriteStartObject();
        json.WriteString("type", "possessing_party");
        json.WriteString(name, party);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
