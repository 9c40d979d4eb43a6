using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceGrains.Stories.Tests.Designs;

/// <summary>When, where and why of a designed event, and whatever else the design says of it. What is not known here is an error, so that nothing of a design is lost.</summary>
static class EventDetails
{
    /// <summary>What the boxes and lines say elsewhere, what concerns the editor alone, and what makes no difference to an event.</summary>
    static readonly HashSet<string> elsewhere =
    [
        "objectIdentifierSyntax", "locationPartyIdentifierSyntax", "dlURL", "eventCount", "eventType", "ordinaryEvent", "eventID", "recordTimeOption", "name", "description",
        "parentIdentifier", "instanceIdentifier", "classIdentifier", "outputInstanceIdentifier", "outputClassIdentifier", "referencedIdentifier", "parentReferencedIdentifier", "outputReferencedIdentifier",
    ];

    public static void Fill(JsonObject e, EventBox box, int i)
    {
        var zone = (string)box.Info["eventTime"]!["timeZoneOffset"]!;
        foreach (var (field, value) in box.Info)
            if (value is not null && !elsewhere.Contains(field) && value is not JsonObject { Count: 0 } and not JsonArray { Count: 0 } && value.ToString().Length > 0)
                Fill(e, box, field, value, zone, i);
    }

    static void Fill(JsonObject e, EventBox box, string field, JsonNode value, string zone, int i)
    {
        switch (field)
        {
            case "eventTime":
                e["eventTime"] = (string)value["timeSelector"]! == "SpecificTime" ? At(value["specificTime"], zone) : Between(value, zone, i, box.Count);
                e["eventTimeZoneOffset"] = zone;
                break;
            case "action":
                e["action"] = (string)value!;
                break;
            case "businessStep":
                e["bizStep"] = Word(value);
                break;
            case "disposition":
                e["disposition"] = Word(value);
                break;
            case "transformationID":
                e["transformationID"] = (string)value!;
                break;
            case "readPoint" or "bizLocation":
                e[field] = new JsonObject { ["id"] = Numbering.Place(value.AsObject()) };
                break;
            case "bizTransactions":
                e["bizTransactionList"] = Each(value, one => new JsonObject { ["type"] = (string)one["type"]!, ["bizTransaction"] = (string)one["bizTransaction"]! });
                break;
            case "sources":
                e["sourceList"] = Each(value, one => new JsonObject { ["type"] = Word(one["type"]!), ["source"] = Numbering.Place(one) });
                break;
            case "destinations":
                e["destinationList"] = Each(value, one => new JsonObject { ["type"] = Word(one["type"]!), ["destination"] = Numbering.Place(one) });
                break;
            case "sensorElementList":
                e["sensorElementList"] = Each(value, one => Sensor(one, zone));
                break;
            case "ilmd":
                e["ilmd"] = new JsonObject();
                foreach (var extension in value.AsArray()) Extend(e["ilmd"]!.AsObject(), extension!["children"]!);
                break;
            case "userExtensions":
                foreach (var extension in value.AsArray()) Extend(e, extension!["children"]!);
                break;
            case "errorDeclaration" when box.DeclaresError:
                e["errorDeclaration"] = new JsonObject { ["declarationTime"] = At(value["declarationTime"]!["specificTime"], zone), ["reason"] = Word(value["declarationReason"]!) };
                if (value["correctiveIds"]!.AsArray() is { Count: > 0 } ids) e["errorDeclaration"]!["correctiveEventIDs"] = new JsonArray([.. ids.Select(id => (JsonNode)(string)id!["value"]!)]);
                break;
            case "errorDeclaration":
                // The editor keeps an empty form of it in every event.
                break;
            default:
                throw new StoryException($"{box.Name}: designs with {field} are not known here");
        }
    }

    /// <summary>Vocabularies of extensions beyond GS1's own, by prefix.</summary>
    public static IReadOnlyDictionary<string, string> Prefixes { get; } = new Dictionary<string, string> { ["loyalty-card"] = "https://loyalty-card.example.com/", ["myvoc"] = "http://myvoc.example.org/" };

    static void Extend(JsonObject e, JsonNode children)
    {
        foreach (var child in children.AsArray().Select(node => node!.AsObject()))
        {
            var property = (string)child["property"]!;
            var name = property.Contains(':', StringComparison.Ordinal) ? property : $"{child["prefix"]}:{property}";
            if (child["children"] is JsonArray { Count: > 0 } more) Extend((e[name] = new JsonObject()).AsObject(), more);
            else e[name] = (string)(child["stringData"] ?? child["data"])!;
        }
    }

    static JsonObject Sensor(JsonObject element, string zone)
    {
        var told = new JsonObject();
        if (element["sensorMetadata"] is JsonObject { Count: > 0 } metadata) told["sensorMetadata"] = Fields(metadata, zone);
        told["sensorReport"] = Each(element["sensorReport"]!, report => Fields(report, zone));
        return told;
    }

    static JsonObject Fields(JsonObject fields, string zone)
    {
        var told = new JsonObject();
        foreach (var (field, value) in fields)
            if (value is JsonObject { Count: 0 } || value?.ToString() is null or "") continue;
            else if (value is JsonObject stated) told[field] = (string)stated["type"]! == "static" ? stated["staticValue"]!.DeepClone() : throw new StoryException($"designs with {stated["type"]} values are not known here");
            else told[field] = field is "time" or "startTime" or "endTime" ? At(value, zone) : value.DeepClone();
        return told;
    }

    static JsonArray Each(JsonNode list, Func<JsonObject, JsonObject> told) => new([.. list.AsArray().Select(one => (JsonNode)told(one!.AsObject()))]);

    static string Word(JsonNode word) => ((string)word!).ToLowerInvariant();

    static string At(JsonNode? time, string zone) => DateTime.Parse((string)time!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + zone;

    /// <summary>A span of time is shared out evenly among the events of a box.</summary>
    static string Between(JsonNode span, string zone, int i, int of)
    {
        DateTime Time(string name) => DateTime.Parse((string)span[name]!, CultureInfo.InvariantCulture);
        return (Time("fromTime") + (Time("toTime") - Time("fromTime")) * i / of).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + zone;
    }
}
