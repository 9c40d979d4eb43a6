using System.Globalization;
using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>An enterprise with a GS1 company prefix of its own, a place and a product.</summary>
sealed record Company(string Prefix)
{
    public string Party => "https://id.gs1.org/417/" + WithCheckDigit(Prefix + "00000");
    public string Place => "https://id.gs1.org/414/" + WithCheckDigit(Prefix + "00001");
    public string Product => "https://id.gs1.org/01/" + WithCheckDigit("0" + Prefix + "00002");

    public string Lot(int number) => $"{Product}/10/L{number}";

    public string Unit(int number) => $"{Product}/21/{number}";

    public async Task<Company> Register(Guarded silo)
    {
        await silo.Data($$"""mutation { registerEnterprise(party: "{{Party}}", name: "Company {{Prefix}}", keys: ["{{Prefix}}"]) { party } }""", silo.Token(Role.Administrator));
        return this;
    }

    /// <summary>The GS1 check digit (General Specifications, 7.9.1): weights 3 and 1 from the right.</summary>
    static string WithCheckDigit(string digits) =>
        digits + ((10 - digits.Reverse().Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 3 : 1)).Sum() % 10) % 10).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Events as JSON-LD.</summary>
static class Telling
{
    static int minutes;

    /// <summary>One bare event; <paramref name="fields"/> are its members after the time.</summary>
    public static string Event(string type, string fields) => $$"""
        {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"{{type}}","eventTime":"{{DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture).AddMinutes(Interlocked.Increment(ref minutes)):yyyy-MM-dd'T'HH:mm:ss'Z'}}","eventTimeZoneOffset":"+00:00",{{fields}} }
        """;

    public static string Made(Company by, params string[] units) => Event("ObjectEvent", $$""" "action":"ADD","bizStep":"commissioning","epcList":[{{List(units)}}],"bizLocation":{"id":"{{by.Place}}" } """);

    public static string Shipped(Company from, Company to, params string[] units) => Event("ObjectEvent",
        $$""" "action":"OBSERVE","bizStep":"shipping","disposition":"in_transit","epcList":[{{List(units)}}],"readPoint":{"id":"{{from.Place}}" },"sourceList":[{"type":"possessing_party","source":"{{from.Party}}" }],"destinationList":[{"type":"possessing_party","destination":"{{to.Party}}" }] """);

    public static string Received(Company from, Company at, params string[] units) => Event("ObjectEvent",
        $$""" "action":"OBSERVE","bizStep":"receiving","disposition":"in_progress","epcList":[{{List(units)}}],"bizLocation":{"id":"{{at.Place}}" },"sourceList":[{"type":"possessing_party","source":"{{from.Party}}" }],"destinationList":[{"type":"possessing_party","destination":"{{at.Party}}" }] """);

    public static string Became(Company by, string[] inputs, string[] outputs) => Event("TransformationEvent", $$""" "bizStep":"commissioning","inputEPCList":[{{List(inputs)}}],"outputEPCList":[{{List(outputs)}}],"bizLocation":{"id":"{{by.Place}}" } """);

    public static string Document(IEnumerable<string> events) => $$"""
        {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{"eventList":[{{string.Join(',', events)}}] } }
        """;

    /// <summary>A document that tells an attribute of each of some parties or places.</summary>
    public static string Masters(params (string Code, string Attribute, string Value)[] told) => $$"""
        {"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",
        "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:epcglobal:epcis:vtype:Party","vocabularyElementList":[{{string.Join(',', told.Select(one => $$"""{"id":"{{one.Code}}","attributes":[{"id":"{{one.Attribute}}","attribute":"{{one.Value}}" }] }"""))}}] }] } },
        "epcisBody":{"eventList":[] } }
        """;

    static string List(string[] codes) => string.Join(',', codes.Select(code => $"\"{code}\""));
}
