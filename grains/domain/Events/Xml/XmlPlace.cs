using System.Text;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Says where in an XML document that is which the checks name as in JSON-LD: <c>epcList[0]</c> is <c>epcList/epc[1]</c>.</summary>
static class XmlPlace
{
    public static string Of(string field)
    {
        var steps = field.Split('.');
        var path = new StringBuilder();
        var parent = "";
        for (var at = 0; at < steps.Length; at++)
        {
            var (name, index) = Split(steps[at]);
            // Names of one's own may have dots in them: behind the first such name the rest stays as it is.
            if (name.Contains(':'))
            {
                Append(path, string.Join('.', steps.AsSpan(at)!));
                break;
            }
            Step(path, parent, name, index);
            parent = name;
        }
        return path.ToString();
    }

    static void Step(StringBuilder path, string parent, string name, int index)
    {
        var entry = parent switch
        {
            "bizTransactionList" or "sourceList" or "destinationList" when name == XmlLayout.EntryOf(parent) => "",
            "bizTransactionList" or "sourceList" or "destinationList" or "vocabularyList" => "@" + name,
            "sensorMetadata" or "sensorReport" => "@" + name,
            "" when name is "schemaVersion" or "creationDate" => "@" + name,
            "" when name == "@context" => "namespace declarations",
            "" when name == "epcisHeader" => "EPCISHeader/extension",
            "" when name == "epcisBody" => "EPCISBody",
            "epcisBody" when name == "queryResults" => "QueryResults",
            "attributes" or "vocabularyElementList" when name == "id" => "@id",
            "attributes" when name == "attribute" => "",
            _ => name switch
            {
                "epcisMasterData" => "EPCISMasterData",
                "vocabularyList" => "VocabularyList",
                "vocabularyElementList" => "VocabularyElementList",
                "attributes" => "attribute",
                "eventList" => "EventList",
                "@context" => "namespace declarations",
                _ => name,
            },
        };
        if (name == "attributes" && index >= 0)
            entry = "attribute" + Number(index);
        Append(path, entry);
        if (index < 0 || name == "attributes")
            return;
        switch (name)
        {
            case "vocabularyList":
                Append(path, "Vocabulary");
                break;
            case "vocabularyElementList":
                Append(path, "VocabularyElement");
                break;
            case "children":
                Append(path, "id");
                break;
            case "correctiveEventIDs":
                Append(path, "correctiveEventID");
                break;
            default:
                if (XmlLayout.IsField(name) && XmlLayout.ShapeOf(name) is XmlShape.Epcs or XmlShape.Quantities or XmlShape.Pairs or XmlShape.Sensors)
                    Append(path, XmlLayout.EntryOf(name));
                break;
        }
        path.Append(Number(index));
    }

    static string Number(int index) => $"[{index + 1}]";

    static void Append(StringBuilder path, string step)
    {
        if (step.Length > 0)
            path.Append(path.Length > 0 ? "/" : "").Append(step);
    }

    static (string Name, int Index) Split(string step)
    {
        var open = step.IndexOf('[');
        return open > 0 && step.EndsWith(']') && int.TryParse(step.AsSpan(open + 1, step.Length - open - 2), out var index) ? (step[..open], index) : (step, -1);
    }
}
