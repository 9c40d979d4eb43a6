using System.Text.Json;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Silo.Epcis.Queries;

/// <summary>
/// In which spelling identifiers are answered (header <c>GS1-EPC-Format</c>). As they were captured unless a client asks otherwise: an event comes back as it was said. EPC URNs can be
/// rewritten as GS1 Digital Links; not the other way round, because a Digital Link does not say how long its company prefix is.
/// </summary>
sealed class EpcFormat
{
    public const string Header = "GS1-EPC-Format";

    const string AsCaptured = "Never_Translates", DigitalLink = "Always_GS1_Digital_Link", None = "No_Preference";

    public static readonly string[] Names = [None, DigitalLink, AsCaptured];

    readonly bool translates;

    EpcFormat(bool translates) => this.translates = translates;

    /// <summary>What the client asks for; null, with a problem, when that cannot be given.</summary>
    public static (EpcFormat? Format, IResult? Problem) Of(HttpRequest request) => request.Headers[Header].ToString() switch
    {
        "" or AsCaptured or None => (new(translates: false), null),
        DigitalLink => (new(translates: true), null),
        var other => (null, Problems.NotAcceptable(Header, string.Join(", ", Names) + " (an EPC URN cannot be made of a Digital Link, which does not say how long its company prefix is)", other)),
    };

    /// <summary>The format of a name that <see cref="Of"/> has accepted before.</summary>
    public static EpcFormat Named(string name) => new(translates: name == DigitalLink);

    /// <summary>Said of an answer.</summary>
    public string Name => translates ? DigitalLink : AsCaptured;

    /// <summary>Writes a member of an event.</summary>
    public void Write(JsonProperty member, Utf8JsonWriter json)
    {
        // One's own fields may hold what looks like an identifier and is a text.
        if (!translates || member.Name.Contains(':'))
            member.WriteTo(json);
        else
        {
            json.WritePropertyName(member.Name);
            Write(member.Value, json);
        }
    }

    void Write(JsonElement value, Utf8JsonWriter json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject()) Write(member, json);
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, json);
                json.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is { } text && text.StartsWith("urn:epc:", StringComparison.OrdinalIgnoreCase)
                && Identifier.TryIdentify(text, out var identified, out _):
                json.WriteStringValue(identified.Code);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
