using System.Text.Json;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>
/// Writes an event in XML as the JSON-LD event that says the same. What JSON-LD has a word for is not judged here: a missing field, a wrong term or a date that
/// is none are found where every event is checked.
/// </summary>
sealed class XmlEventTranslator(Utf8JsonWriter json, XmlProblems problems)
{
    readonly XmlOwnFields ownFields = new(json);
    readonly List<(XmlItem Item, bool IsInPlace)> fields = [];
    string space = "";

    /// <summary>Writes one event.</summary>
    /// <param name="e">Its element.</param>
    /// <param name="documentSpace">The EPCIS namespace of the document.</param>
    /// <param name="outer">The document's prefixes; null for a bare event, which then carries the whole context.</param>
    public void Write(XmlItem e, string documentSpace, XmlPrefixes? outer)
    {
        space = documentSpace;
        var prefixes = new XmlPrefixes(outer);
        prefixes.Declare(e);
        var type = IsEpcis(e) ? e.Local : prefixes.NameOf(e.Space, e.Local, e.Prefix);
        fields.Clear();
        List<XmlItem> own = [];
        Flatten(e, isInPlace: true, own);
        if (space == XmlNames.Epcis2 && XmlLayout.IsEvent(type))
            CheckOrder(type);

        json.WriteStartObject();
        json.WriteString("type"u8, type);
        List<XmlItem>? certificates = null;
        foreach (var (item, _) in fields)
        {
            prefixes.Declare(item);
            if (item.Local == "certificationInfo")
                (certificates ??= []).Add(item);
            else
                Field(item, prefixes);
        }
        if (certificates is not null)
            Certificates(certificates);
        ownFields.Members(own, outer is null ? [.. e.Marks.Where(mark => mark is not { Space: "", Local: "schemaVersion" or "creationDate" })] : e.Marks, prefixes);
        if (outer is null)
            prefixes.WriteDocumentContext(json);
        else
            prefixes.WriteEventContext(json);
        json.WriteEndObject();
    }

    // EPCIS 1.x wraps what came later in extension elements; 2.0 keeps them for what may come.
    void Flatten(XmlItem of, bool isInPlace, List<XmlItem> own)
    {
        if (of.Text.Length > 0)
            problems.Add(of.Local, "elements", of.Text);
        foreach (var item in of.Children)
            if (!IsEpcis(item))
            {
                if (XmlNames.IsEpcis(item.Space))
                    problems.Add(item.Name, $"elements of one version of EPCIS, {space} as the document", item.Space);
                else
                    own.Add(item);
            }
            else if (item.Local is "extension" or "baseExtension")
                Flatten(item, isInPlace: false, own);
            else if (XmlLayout.IsField(item.Local))
                fields.Add((item, isInPlace));
            else
                problems.Add(item.Local, "a field of EPCIS, or one of your own in a namespace of your own", item.Text.Length > 0 ? item.Text : "an element of this name");
    }

    bool IsEpcis(XmlItem item) => item.Space.Length == 0 || item.Space == space;

    void CheckOrder(string type)
    {
        var order = XmlLayout.OrderOf(type);
        var last = -1;
        var seen = 0UL;
        foreach (var (item, isInPlace) in fields)
        {
            var at = order.IndexOf(item.Local);
            if (at < 0 || item.Local == "certificationInfo" && at == last)
                continue;
            if ((seen & 1UL << at) != 0)
                problems.Add(item.Local, "each field once", "the same field again");
            else if (isInPlace && at < last && !(XmlLayout.IsLate(order, at) && XmlLayout.IsLate(order, last)))
                problems.Add(item.Local, $"{item.Local} before {order[last]}, in the order of the schema", $"{item.Local} after it");
            seen |= 1UL << at;
            if (isInPlace)
                last = Math.Max(last, at);
        }
    }

    void Field(XmlItem item, XmlPrefixes prefixes)
    {
        var name = item.Local;
        json.WritePropertyName(name);
        switch (XmlLayout.ShapeOf(name))
        {
            case XmlShape.Epcs:
                List(item, name, "epc", entry => json.WriteStringValue(Text(entry, name)));
                break;
            case XmlShape.Quantities:
                List(item, name, "quantityElement", Quantity);
                break;
            case XmlShape.Place:
                Group(item, prefixes, "id");
                break;
            case XmlShape.Pairs:
                List(item, name, XmlLayout.EntryOf(name), entry => Pair(entry, name));
                break;
            case XmlShape.Persistent:
                Persistent(item);
                break;
            case XmlShape.Sensors:
                List(item, name, "sensorElement", entry => SensorElement(entry, prefixes));
                break;
            case XmlShape.Ilmd:
                Group(item, prefixes);
                break;
            case XmlShape.Declaration:
                Group(item, prefixes, "declarationTime", "reason", "correctiveEventIDs");
                break;
            default:
                json.WriteStringValue(Text(item, ""));
                break;
        }
    }

    void Certificates(List<XmlItem> certificates)
    {
        json.WritePropertyName("certificationInfo"u8);
        if (certificates.Count == 1)
            json.WriteStringValue(Text(certificates[0], ""));
        else
        {
            json.WriteStartArray();
            foreach (var item in certificates)
                json.WriteStringValue(Text(item, ""));
            json.WriteEndArray();
        }
    }

    void List(XmlItem list, string place, string entry, Action<XmlItem> write)
    {
        NoText(list, place);
        NoMarks(list, place);
        json.WriteStartArray();
        foreach (var item in list.Children)
            if (IsEpcis(item) && item.Local == entry)
                write(item);
            else if (!(IsEpcis(item) && item.Local == "extension" && item.Children.Count == 0))
                problems.Add($"{place}/{item.Name}", $"only {entry}", "another element");
        json.WriteEndArray();
    }

    void Quantity(XmlItem item)
    {
        NoText(item, "quantityElement");
        json.WriteStartObject();
        foreach (var part in item.Children)
            if (!IsEpcis(part) || part.Local is not ("epcClass" or "quantity" or "uom"))
                problems.Add($"quantityElement/{part.Name}", "only epcClass, quantity and uom", "another element");
            else if (part.Local != "quantity")
                json.WriteString(part.Local, Text(part, "quantityElement"));
            else if (!part.IsNil)
            {
                json.WritePropertyName("quantity"u8);
                Number(Text(part, "quantityElement"));
            }
        json.WriteEndObject();
    }

    void Pair(XmlItem item, string place)
    {
        json.WriteStartObject();
        if (item.Mark("type") is { } type)
            json.WriteString("type"u8, type.Trim());
        json.WriteString(item.Local, item.Text);
        json.WriteEndObject();
        if (item.Children.Count > 0)
            problems.Add($"{place}/{item.Local}", "a text", $"the element {item.Children[0].Name}");
        NoMarks(item, place + "/" + item.Local, "type");
    }

    void Persistent(XmlItem item)
    {
        NoText(item, item.Local);
        json.WriteStartObject();
        foreach (var side in (ReadOnlySpan<string>)["set", "unset"])
        {
            var terms = item.Children.Where(child => IsEpcis(child) && child.Local == side).ToList();
            if (terms.Count == 0)
                continue;
            json.WriteStartArray(side);
            foreach (var term in terms)
                json.WriteStringValue(Text(term, item.Local));
            json.WriteEndArray();
        }
        json.WriteEndObject();
        foreach (var other in item.Children.Where(child => !IsEpcis(child) || child.Local is not ("set" or "unset")))
            problems.Add($"{item.Local}/{other.Name}", "only set and unset", "another element");
    }

    // An object with some fields of the standard and others of one's own.
    void Group(XmlItem item, XmlPrefixes prefixes, params ReadOnlySpan<string> known)
    {
        json.WriteStartObject();
        List<XmlItem> own = [];
        Group(item, item.Local, known, own);
        ownFields.Members(own, item.Marks, prefixes);
        json.WriteEndObject();
    }

    void Group(XmlItem item, string place, ReadOnlySpan<string> known, List<XmlItem> own)
    {
        NoText(item, place);
        foreach (var part in item.Children)
            if (!IsEpcis(part))
                own.Add(part);
            else if (part.Local == "extension")
                Group(part, place + "/extension", known, own);
            else if (known.IndexOf(part.Local) < 0)
                problems.Add($"{place}/{part.Local}", known.IsEmpty ? "a field of your own in a namespace of your own" : $"{string.Join(", ", known!)}, or a field of your own in a namespace of your own", "an element of this name");
            else if (part.Local == "correctiveEventIDs")
            {
                json.WritePropertyName(part.Local);
                List(part, $"{place}/{part.Local}", "correctiveEventID", id => json.WriteStringValue(Text(id, part.Local)));
            }
            else
                json.WriteString(part.Local, Text(part, place));
    }

    void SensorElement(XmlItem item, XmlPrefixes prefixes)
    {
        prefixes.Declare(item);
        List<XmlItem> own = [], reports = [];
        json.WriteStartObject();
        Sort(item, item.Local);
        if (reports.Count > 0)
        {
            json.WriteStartArray("sensorReport"u8);
            foreach (var report in reports)
                Sensor(report, SensorFields.Report, prefixes);
            json.WriteEndArray();
        }
        ownFields.Members(own, item.Marks, prefixes);
        json.WriteEndObject();

        void Sort(XmlItem of, string place)
        {
            NoText(of, place);
            foreach (var part in of.Children)
                if (!IsEpcis(part))
                    own.Add(part);
                else if (part.Local == "extension")
                    Sort(part, place + "/extension");
                else if (part.Local == "sensorReport")
                    reports.Add(part);
                else if (part.Local == "sensorMetadata")
                {
                    json.WritePropertyName("sensorMetadata"u8);
                    Sensor(part, SensorFields.Metadata, prefixes);
                }
                else
                    problems.Add($"{place}/{part.Local}", "sensorMetadata, sensorReport, or a field of your own in a namespace of your own", "an element of this name");
        }
    }

    void Sensor(XmlItem item, SensorFields known, XmlPrefixes prefixes)
    {
        prefixes.Declare(item);
        NoText(item, "sensorElement/" + item.Local);
        json.WriteStartObject();
        List<XmlMark> own = [];
        foreach (var mark in item.Marks)
        {
            if (mark.Space.Length > 0)
            {
                own.Add(mark);
                continue;
            }
            var place = known.Find(mark.Local);
            if (place < 0)
            {
                problems.Add($"sensorElement/{item.Local}/@{mark.Local}", "a field of EPCIS 2.0 sensor data, or one of your own in a namespace of your own", mark.Value);
                continue;
            }
            json.WritePropertyName(mark.Local);
            switch (known.ShapeOf(place))
            {
                case SensorShape.Number:
                    Number(mark.Value);
                    break;
                case SensorShape.Boolean when mark.Value.Trim() is "true" or "1" or "false" or "0":
                    json.WriteBooleanValue(mark.Value.Trim() is "true" or "1");
                    break;
                case SensorShape.Text:
                    json.WriteStringValue(mark.Value);
                    break;
                default:
                    json.WriteStringValue(mark.Value.Trim());
                    break;
            }
        }
        // The schema has no elements here. What a field of one's own says in JSON-LD with an object or a list is written as elements all the same.
        var foreign = item.Children.Where(part => part.Space.Length > 0 && !IsEpcis(part)).ToList();
        if (foreign.Count < item.Children.Count)
            problems.Add($"sensorElement/{item.Local}", "attributes", $"the element {item.Children.First(part => part.Space.Length == 0 || IsEpcis(part)).Name}");
        ownFields.Members(foreign, own, prefixes);
        json.WriteEndObject();
    }

    // A text where a number belongs stays one, and is refused as such.
    void Number(string text)
    {
        if (XmlNumber.ToJson(text) is { } number)
            json.WriteRawValue(number, skipInputValidation: true);
        else
            json.WriteStringValue(text);
    }

    string Text(XmlItem item, string place)
    {
        if (item.Children.Count > 0)
            problems.Add(place.Length == 0 ? item.Local : $"{place}/{item.Local}", "a text", $"the element {item.Children[0].Name}");
        NoMarks(item, place.Length == 0 ? item.Local : $"{place}/{item.Local}");
        return item.Text;
    }

    void NoText(XmlItem item, string place)
    {
        if (item.Text.Length > 0)
            problems.Add(place, "elements", item.Text);
    }

    // An attribute that JSON-LD has no place for would be lost.
    void NoMarks(XmlItem item, string place, string? but = null)
    {
        foreach (var mark in item.Marks)
            if (mark.Space is not (XmlNames.Instance or XmlNames.Xml) && !(mark.Space.Length == 0 && mark.Local == but))
                problems.Add($"{place}/@{mark.Name}", but is null ? "no attribute" : $"no attribute but {but}", mark.Value);
    }
}
