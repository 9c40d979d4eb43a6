using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Access;

/// <summary>An event as grants show it: its public form, the granted goods it names and no others, and the fields that are granted.</summary>
public static class GrantedEvent
{
    static readonly HashSet<string> instances = ["epcList", "childEPCs", "inputEPCList", "outputEPCList"], amounts = ["quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"],
        parties = ["sourceList", "destinationList"], places = ["readPoint", "bizLocation"], structural = ["parentID", "transformationID", "errorDeclaration", "persistentDisposition"];

    /// <summary>The form that some grants show together.</summary>
    /// <param name="stored">The event as stored.</param>
    /// <param name="grants">The grants that show it, at least one.</param>
    public static byte[] Of(ReadOnlyMemory<byte> stored, IReadOnlyList<Grant> grants)
    {
        var fields = grants.Aggregate(GrantedFields.None, (all, grant) => all | grant.Fields);
        bool Covers(string? code) => code is not null && Identifier.TryIdentify(code, out var identified, out _) && grants.Any(grant => grant.Covers(identified.Code) || (identified.LotCode is { } lot && grant.Covers(lot)));
        using var document = JsonDocument.Parse(stored, new JsonDocumentOptions { MaxDepth = Events.CaptureLimits.MaxJsonDepth });
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
                if (PublicEvent.Shows(member.Name)) member.WriteTo(json);
                else if (instances.Contains(member.Name)) Filtered(json, member, element => element.ValueKind == JsonValueKind.String && Covers(element.GetString()));
                else if (amounts.Contains(member.Name))
                {
                    if (fields.HasFlag(GrantedFields.Quantities)) Filtered(json, member, element => element.ValueKind == JsonValueKind.Object && element.TryGetProperty("epcClass", out var code) && Covers(code.GetString()));
                }
                else if (member.Name == "parentID")
                {
                    if (Covers(member.Value.GetString())) member.WriteTo(json);
                }
                else if (parties.Contains(member.Name) ? fields.HasFlag(GrantedFields.Parties)
                    : places.Contains(member.Name) ? fields.HasFlag(GrantedFields.Places)
                    : !structural.Contains(member.Name) && fields.HasFlag(GrantedFields.Details))
                    member.WriteTo(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void Filtered(Utf8JsonWriter json, JsonProperty list, Func<JsonElement, bool> keeps)
    {
        if (list.Value.ValueKind != JsonValueKind.Array) return;
        json.WriteStartArray(list.Name);
        foreach (var element in list.Value.EnumerateArray())
            if (keeps(element)) element.WriteTo(json);
        json.WriteEndArray();
    }
}
