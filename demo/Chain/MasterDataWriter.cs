using System.Text.Json;

namespace TraceGrains.Demo.Chain;

/// <summary>Who and what there is in the story, as EPCIS 2.0 master data: a document with a header and no events.</summary>
static class MasterDataWriter
{
    const string Voc = "urn:tracegrains:voc:";

    public static DemoDocument Write(DemoCast cast, DateTimeOffset created) => new("master-data.jsonld", DocumentWriter.Document("master-data", created, header: json =>
    {
        json.WriteStartObject("epcisHeader");
        json.WriteStartObject("epcisMasterData");
        json.WriteStartArray("vocabularyList");
        Vocabulary(json, "EPCClass", cast.Products, product => product.Code, product =>
        {
            Names(json, "cbvmda:functionalName", product.Zh, product.En);
            Attribute(json, Voc + "category", product.Category switch { "食用农产品" => "farm-produce", "食品" => "food", "药品" => "drug", var other => throw new InvalidOperationException(other) });
        });
        Vocabulary(json, "Party", cast.Parties, party => party.Code, party =>
        {
            Names(json, "cbvmda:name", party.Zh, party.En);
            Attribute(json, Voc + "district", party.District.Code);
        });
        var parties = cast.Parties.ToDictionary(party => party.Code);
        Vocabulary(json, "BusinessLocation", cast.Places, place => place.Code, place =>
        {
            // Its name is the enterprise's, which the public sees; which hall of it, stands beside it.
            Names(json, "cbvmda:name", parties[place.Party].Zh, parties[place.Party].En);
            Names(json, "demo:site", place.Zh, place.En);
            Attribute(json, Voc + "district", place.District.Code);
        });
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }));

    static void Vocabulary<T>(Utf8JsonWriter json, string type, IEnumerable<T> elements, Func<T, string> code, Action<T> attributes)
    {
        json.WriteStartObject();
        json.WriteString("type", "urn:epcglobal:epcis:vtype:" + type);
        json.WriteStartArray("vocabularyElementList");
        foreach (var element in elements)
        {
            json.WriteStartObject();
            json.WriteString("id", code(element));
            json.WriteStartArray("attributes");
            attributes(element);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Names(Utf8JsonWriter json, string attribute, string zh, string en)
    {
        foreach (var (language, name) in new[] { ("zh", zh), ("en", en) })
        {
            json.WriteStartObject();
            json.WriteString("id", attribute);
            json.WriteStartObject("attribute");
            json.WriteString("@value", name);
            json.WriteString("@language", language);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    static void Attribute(Utf8JsonWriter json, string attribute, string value)
    {
        json.WriteStartObject();
        json.WriteString("id", attribute);
        json.WriteString("attribute", value);
        json.WriteEndObject();
    }
}
