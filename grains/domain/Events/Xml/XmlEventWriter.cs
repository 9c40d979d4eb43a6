using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Writes a stored event as XML of EPCIS 2.0, its fields in the order of the schema and each of its namespaces declared on its element.</summary>
sealed class XmlEventWriter
{
    readonly XmlWriter xml;
    readonly Spelling spelling;
    readonly JsonElement e;
    readonly JsonLdContext context;
    readonly XmlSpaces spaces;
    readonly XmlOwnWriter own;

    XmlEventWriter(XmlWriter xml, JsonElement e, Spelling spelling)
    {
        (this.xml, this.e, this.spelling) = (xml, e, spelling);
        context = e.TryGetProperty("@context"u8, out var given) ? JsonLdContext.Read(given) : JsonLdContext.Empty;
        spaces = new XmlSpaces(context);
        own = new XmlOwnWriter(xml, spaces);
    }

    public static void Write(XmlWriter xml, EventToWrite stored, Spelling spelling)
    {
        using var json = JsonDocument.Parse(stored.Json, new JsonDocumentOptions { MaxDepth = CaptureLimits.MaxJsonDepth });
        new XmlEventWriter(xml, json.RootElement, spelling).Write(stored);
    }

    void Write(EventToWrite stored)
    {
        var type = e.GetProperty("type"u8).GetString()!;
        var isStandard = XmlLayout.IsEvent(type);
        spaces.Collect(e);
        if (isStandard)
            xml.WriteStartElement(type);
        else
        {
            // The schema has room for other types of event inside an extension of the list.
            xml.WriteStartElement("extension");
            var (prefix, local, space) = spaces.Name(type);
            xml.WriteStartElement(prefix, local, space);
        }
        foreach (var (space, prefix) in spaces.PrefixOf.OrderBy(pair => pair.Value, StringComparer.Ordinal))
            xml.WriteAttributeString("xmlns", prefix, null, space);
        foreach (var field in XmlLayout.OrderOf(type))
            if (field == "recordTime" && stored.RecordTime is { } recorded)
                xml.WriteElementString(field, recorded.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            else if (e.TryGetProperty(field, out var value))
                Field(field, value);
            else if (field == "eventID" && stored.EventId is { } id)
                xml.WriteElementString(field, id);
        foreach (var member in e.EnumerateObject())
            if (!member.NameEquals("@context"u8) && !EventFields.TryFind(member.Name, out _))
                own.Field(member.Name, member.Value);
        xml.WriteEndElement();
        if (!isStandard)
            xml.WriteEndElement();
    }

    void Field(string name, JsonElement value)
    {
        if (XmlLayout.ShapeOf(name) == XmlShape.Uris)
        {
            // The schema has room for one; none is left out for that.
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value])
                xml.WriteElementString(name, Expanded(item));
            return;
        }
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0 && XmlLayout.ShapeOf(name) is XmlShape.Pairs or XmlShape.Sensors)
            return; // The schema wants at least one, and none says the same as no list.
        xml.WriteStartElement(name);
        switch (XmlLayout.ShapeOf(name))
        {
            case XmlShape.Epcs:
                foreach (var item in value.EnumerateArray())
                    xml.WriteElementString("epc", Identifier(item));
                break;
            case XmlShape.Quantities:
                foreach (var item in value.EnumerateArray())
                    Quantity(item);
                break;
            case XmlShape.Place:
                Parts(value, "id");
                break;
            case XmlShape.Pairs:
                foreach (var item in value.EnumerateArray())
                    Pair(item, XmlLayout.EntryOf(name));
                break;
            case XmlShape.Persistent:
                foreach (var side in (ReadOnlySpan<string>)["unset", "set"])
                    if (value.TryGetProperty(side, out var terms))
                        foreach (var term in terms.EnumerateArray())
                            xml.WriteElementString(side, Term(term, CbvVocabulary.Disposition));
                break;
            case XmlShape.Sensors:
                foreach (var item in value.EnumerateArray())
                    SensorElement(item);
                break;
            case XmlShape.Ilmd:
                Parts(value);
                break;
            case XmlShape.Declaration:
                Parts(value, "declarationTime", "reason", "correctiveEventIDs");
                break;
            default:
                xml.WriteString(name switch
                {
                    "eventTime" or "recordTime" => value.GetString()!.ToUpperInvariant(),
                    "bizStep" => Term(value, CbvVocabulary.BizStep),
                    "disposition" => Term(value, CbvVocabulary.Disposition),
                    "parentID" or "transformationID" => Identifier(value),
                    _ => XmlText.Of(value.GetString()!),
                });
                break;
        }
        xml.WriteEndElement();
    }

    void Quantity(JsonElement item)
    {
        xml.WriteStartElement("quantityElement");
        xml.WriteElementString("epcClass", Identifier(item.GetProperty("epcClass"u8)));
        var hasUnit = item.TryGetProperty("uom"u8, out var uom);
        if (item.TryGetProperty("quantity"u8, out var quantity))
            xml.WriteElementString("quantity", XmlNumber.ToDecimal(quantity));
        else if (hasUnit)
        {
            xml.WriteStartElement("quantity");
            xml.WriteAttributeString("xsi", "nil", XmlNames.Instance, "true");
            xml.WriteEndElement();
        }
        if (hasUnit)
            xml.WriteElementString("uom", uom.GetString());
        xml.WriteEndElement();
    }

    void Pair(JsonElement item, string name)
    {
        xml.WriteStartElement(name);
        if (item.TryGetProperty("type"u8, out var type))
            xml.WriteAttributeString("type", Term(type, name == "bizTransaction" ? CbvVocabulary.BizTransactionType : CbvVocabulary.SourceDestinationType));
        xml.WriteString(Identifier(item.GetProperty(name)));
        xml.WriteEndElement();
    }

    // Fields of the standard first, in their order, then those of one's own.
    void Parts(JsonElement value, params ReadOnlySpan<string> known)
    {
        foreach (var name in known)
        {
            if (!value.TryGetProperty(name, out var part))
                continue;
            xml.WriteStartElement(name);
            switch (name)
            {
                case "id":
                    xml.WriteString(Identifier(part));
                    break;
                case "reason":
                    xml.WriteString(Term(part, CbvVocabulary.ErrorReason));
                    break;
                case "correctiveEventIDs":
                    foreach (var id in part.EnumerateArray())
                        xml.WriteElementString("correctiveEventID", XmlText.Of(id.GetString()!));
                    break;
                default:
                    xml.WriteString(part.GetString()!.ToUpperInvariant());
                    break;
            }
            xml.WriteEndElement();
        }
        foreach (var member in value.EnumerateObject())
            if (known.IndexOf(member.Name) < 0)
                own.Field(member.Name, member.Value);
    }

    void SensorElement(JsonElement item)
    {
        xml.WriteStartElement("sensorElement");
        if (item.TryGetProperty("sensorMetadata"u8, out var metadata))
            Sensor("sensorMetadata", metadata, SensorFields.Metadata);
        foreach (var report in item.GetProperty("sensorReport"u8).EnumerateArray())
            Sensor("sensorReport", report, SensorFields.Report);
        foreach (var member in item.EnumerateObject())
            if (!member.NameEquals("sensorMetadata"u8) && !member.NameEquals("sensorReport"u8))
                own.Field(member.Name, member.Value);
        xml.WriteEndElement();
    }

    void Sensor(string name, JsonElement value, SensorFields known)
    {
        xml.WriteStartElement(name);
        List<JsonProperty>? structured = null;
        foreach (var member in value.EnumerateObject())
            if (known.Find(member.Name) is var place and >= 0)
                xml.WriteAttributeString(member.Name, known.ShapeOf(place) switch
                {
                    SensorShape.Number => XmlNumber.Raw(member.Value),
                    SensorShape.Boolean => member.Value.GetBoolean() ? "true" : "false",
                    SensorShape.Time => member.Value.GetString()!.ToUpperInvariant(),
                    SensorShape.Measurement => Term(member.Value, CbvVocabulary.Measurement),
                    SensorShape.Alert => Term(member.Value, CbvVocabulary.Alert),
                    SensorShape.Component => Term(member.Value, CbvVocabulary.Component),
                    SensorShape.Device => Identifier(member.Value),
                    SensorShape.Uri => Expanded(member.Value),
                    _ => XmlText.Of(member.Value.GetString()!),
                });
            else if (XmlOwnWriter.IsSimple(member.Value))
                own.Attribute(member.Name, member.Value);
            else
                (structured ??= []).Add(member);
        if (structured is not null)
            foreach (var member in structured)
                own.Field(member.Name, member.Value);
        xml.WriteEndElement();
    }

    string Identifier(JsonElement value) => XmlText.Of(spelling.Identifier(context.Expand(value.GetString()!)));

    // In XML a prefix explains names, not values.
    string Expanded(JsonElement value) => XmlText.Of(context.Expand(value.GetString()!));

    string Term(JsonElement value, CbvVocabulary vocabulary)
    {
        var text = value.GetString()!;
        if (!vocabulary.TryRead(text, context, out var term))
            return XmlText.Of(context.Expand(text));
        return XmlText.Of(spelling.Cbv switch
        {
            CbvSpelling.WebUri => vocabulary.WebUri(term),
            CbvSpelling.Urn => vocabulary.Urn(term),
            _ => text == term ? vocabulary.WebUri(term) : context.Expand(text),
        });
    }
}
