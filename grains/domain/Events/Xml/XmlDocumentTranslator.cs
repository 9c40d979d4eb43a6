using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>
/// Writes a document in XML as the JSON-LD document that says the same, element by element as it is read: EPCIS 2.0 and 1.x, with or without header,
/// query results, master data.
/// </summary>
sealed class XmlDocumentTranslator
{
    /// <summary>Where the problems of a bare event are kept: it has no place in a list.</summary>
    public const int BareEventIndex = -1;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);
    readonly Utf8JsonWriter json;
    readonly XmlReader xml;
    readonly XmlItemReader items;
    readonly XmlEventTranslator events;
    readonly XmlMasterDataTranslator masterData;
    readonly XmlPrefixes prefixes = new(null);
    string space = "";
    readonly XmlProblems problems;
    int count;
    bool isInResults;

    XmlDocumentTranslator(XmlReader xml, XmlProblems problems)
    {
        (this.xml, this.problems) = (xml, problems);
        json = new Utf8JsonWriter(buffer, Options);
        items = new XmlItemReader(xml);
        events = new XmlEventTranslator(json, problems);
        masterData = new XmlMasterDataTranslator(json, problems);
    }

    bool IsBareEvent { get; set; }

    /// <summary>The document in JSON-LD, unless there are problems of the document itself.</summary>
    public static (ReadOnlyMemory<byte> Json, bool IsBareEvent) Translate(XmlReader xml, XmlProblems problems)
    {
        var translator = new XmlDocumentTranslator(xml, problems);
        try
        {
            translator.Document();
            translator.json.Flush();
        }
        catch (XmlException malformed)
        {
            // What else was found before counts for nothing: who knows what the rest would have said.
            problems.EventIndex = null;
            problems.Add("document", $"well-formed XML (line {malformed.LineNumber}, column {malformed.LinePosition})", malformed.Message);
        }
        catch (XmlLimitException limit)
        {
            var place = problems.EventIndex is >= 0 and var index ? $"event {index}, {limit.Place}" : limit.Place;
            problems.EventIndex = null;
            problems.Add(place, limit.Expected, limit.Found);
        }
        return (translator.buffer.WrittenMemory, translator.IsBareEvent);
    }

    void Document()
    {
        xml.MoveToContent();
        var root = items.Tag();
        (space, var name) = (root.Space, root.Local);
        if (space is "" or XmlNames.Epcis2 or XmlNames.Epcis1 && (XmlLayout.IsEvent(name) || name == "QuantityEvent"))
        {
            IsBareEvent = true;
            BareEvent();
        }
        else if (name == "EPCISQueryDocument" && space is XmlNames.Query2 or XmlNames.Query1)
            Root(root, name, () => Children(child => QueryDocument(child)));
        else if (name == "EPCISDocument" && space is XmlNames.Epcis2 or XmlNames.Epcis1)
            Root(root, name, () => Children(child => CaptureDocument(child, isMasterData: false)));
        else if (name == "EPCISMasterDataDocument" && space is XmlNames.MasterData2 or XmlNames.MasterData1)
            Root(root, "EPCISDocument", () => Children(child => CaptureDocument(child, isMasterData: true)));
        else
            problems.Add(root.Name, "EPCISDocument, EPCISQueryDocument or EPCISMasterDataDocument of EPCIS 2.0 or 1.x, or one event", space.Length == 0 ? name : $"{name} in {space}");
        while (xml.Read())
        {
            // Whatever is wrong behind the root is wrong with the document.
        }
    }

    void Root(XmlItem root, string type, Action content)
    {
        space = space.EndsWith('2') ? XmlNames.Epcis2 : XmlNames.Epcis1;
        prefixes.Declare(root);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        foreach (var attribute in (ReadOnlySpan<string>)["schemaVersion", "creationDate"])
            if (root.Mark(attribute) is { } value)
                json.WriteString(attribute, value.Trim());
        content();
        if (isInResults)
        {
            json.WriteEndObject();
            json.WriteEndObject();
        }
        // Names of the document's own may have needed prefixes, so the context comes last.
        prefixes.WriteDocumentContext(json);
        json.WriteEndObject();
    }

    void BareEvent()
    {
        problems.EventIndex = BareEventIndex;
        events.Write(Converted(items.Read()), space, null);
        problems.EventIndex = null;
    }

    bool CaptureDocument(XmlItem child, bool isMasterData)
    {
        if (IsForeign(child))
            return DocumentField(child);
        switch (child.Local)
        {
            case "EPCISHeader" when isMasterData:
                return false;
            case "EPCISHeader":
                json.WriteStartObject("epcisHeader"u8);
                Children(Header);
                json.WriteEndObject();
                return true;
            case "EPCISBody" when isMasterData:
                json.WriteStartObject("epcisHeader"u8);
                json.WriteStartObject("epcisMasterData"u8);
                Children(VocabularyList);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteStartObject("epcisBody"u8);
                NoEvents();
                json.WriteEndObject();
                return true;
            case "EPCISBody":
                json.WriteStartObject("epcisBody"u8);
                Children(EventList);
                json.WriteEndObject();
                return true;
            default:
                return Unknown(child, "EPCISHeader or EPCISBody");
        }
    }

    // The business header says who sends what to whom, which the request says too; the master data beside it is taken.
    bool Header(XmlItem child)
    {
        if (IsForeign(child))
            return false;
        if (child.Local != "extension")
            return Unknown(child, "StandardBusinessDocumentHeader or extension");
        Children(inner =>
        {
            if (IsForeign(inner))
                return false;
            if (inner.Local != "EPCISMasterData")
                return Unknown(inner, "EPCISMasterData");
            json.WriteStartObject("epcisMasterData"u8);
            Children(VocabularyList);
            json.WriteEndObject();
            return true;
        });
        return true;
    }

    bool VocabularyList(XmlItem child)
    {
        if (IsForeign(child))
            return false;
        if (child.Local != "VocabularyList")
            return Unknown(child, "VocabularyList");
        json.WritePropertyName("vocabularyList"u8);
        masterData.Write(items.Read(), prefixes);
        return true;
    }

    // Query results are found with and without the body around them, and with and without the element QueryResults.
    bool QueryDocument(XmlItem child)
    {
        switch (child.Local)
        {
            case "EPCISHeader" when !IsForeign(child):
                return false;
            case "EPCISBody" or "QueryResults" when !IsForeign(child):
                Children(child => QueryDocument(child));
                return true;
            case "queryName" or "subscriptionID" or "resultsBody" when !IsForeign(child):
                if (!isInResults)
                {
                    json.WriteStartObject("epcisBody"u8);
                    json.WriteStartObject("queryResults"u8);
                    isInResults = true;
                }
                if (child.Local != "resultsBody")
                {
                    json.WriteString(child.Local, items.Read().Text);
                    return true;
                }
                json.WriteStartObject("resultsBody"u8);
                var hasList = false;
                Children(inner =>
                {
                    hasList |= inner.Local == "EventList";
                    return inner.Local == "VocabularyList" ? VocabularyList(inner) : EventList(inner);
                });
                if (!hasList)
                    NoEvents();
                json.WriteEndObject();
                return true;
            default:
                return IsForeign(child) ? !isInResults && DocumentField(child) : Unknown(child, "QueryResults with queryName and resultsBody");
        }
    }

    bool EventList(XmlItem child)
    {
        if (IsForeign(child))
            return false;
        if (child.Local != "EventList")
            return Unknown(child, "EventList");
        json.WriteStartArray("eventList"u8);
        Children(Event);
        json.WriteEndArray();
        problems.EventIndex = null;
        if (count > CaptureLimits.MaxEvents)
            problems.Add("EPCISBody/EventList", $"at most {CaptureLimits.MaxEvents} events in one document", $"{count}", exceedsLimit: true);
        return true;
    }

    bool Event(XmlItem tag)
    {
        if (tag.Local == "extension" && !IsForeign(tag))
        {
            Children(Event);
            return true;
        }
        problems.EventIndex = count++;
        if (count > CaptureLimits.MaxEvents || problems.Full)
            return false;
        events.Write(Converted(items.Read()), space, prefixes);
        return true;
    }

    XmlItem Converted(XmlItem item) =>
        item.Local == "QuantityEvent" && (item.Space.Length == 0 || item.Space == XmlNames.Epcis1) && space != XmlNames.Epcis2 ? XmlQuantityEvent.AsObjectEvent(item) : item;

    // Of the document's own fields one kind speaks about its events; the others are none of theirs.
    bool DocumentField(XmlItem tag)
    {
        prefixes.Declare(tag);
        var name = prefixes.NameOf(tag.Space, tag.Local, tag.Prefix);
        if (!EventContent.IsIgnoreList(name))
            return false;
        json.WritePropertyName(name);
        new XmlOwnFields(json).Names([items.Read()], prefixes);
        return true;
    }

    void NoEvents()
    {
        json.WriteStartArray("eventList"u8);
        json.WriteEndArray();
    }

    bool Unknown(XmlItem child, string expected)
    {
        if (child.Local != "extension")
            problems.Add(child.Name, expected, "an element of this name");
        return false;
    }

    bool IsForeign(XmlItem item) => item.Space.Length > 0 && !XmlNames.IsEpcis(item.Space);

    // Each child is either read by whoever knows it, or passed over.
    void Children(Func<XmlItem, bool> read)
    {
        if (xml.Depth > CaptureLimits.MaxXmlDepth)
            throw new XmlLimitException(xml.Name, $"elements nested at most {CaptureLimits.MaxXmlDepth} deep", "deeper nesting");
        var parent = xml.LocalName;
        if (!xml.IsEmptyElement)
        {
            xml.Read();
            while (xml.NodeType != XmlNodeType.EndElement)
                if (xml.NodeType == XmlNodeType.Element)
                {
                    if (!read(items.Tag()))
                        xml.Skip();
                }
                else
                {
                    if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && !string.IsNullOrWhiteSpace(xml.Value))
                        problems.Add(parent, "elements", xml.Value.Trim());
                    xml.Read();
                }
        }
        xml.Read();
    }
}
