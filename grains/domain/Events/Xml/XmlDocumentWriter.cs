using System.Globalization;
using System.Text;
using System.Xml;

namespace TraceGrains.Domain.Events.Xml;

/// <summary>Writes documents of EPCIS 2.0 XML around events.</summary>
static class XmlDocumentWriter
{
    static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, CloseOutput = false };

    public static void Capture(Stream to, IEnumerable<EventToWrite> events, DateTimeOffset created, Spelling spelling)
    {
        using var xml = XmlWriter.Create(to, Settings);
        Root(xml, "epcis", "EPCISDocument", XmlNames.Epcis2, created);
        xml.WriteStartElement("EPCISBody");
        EventList(xml, events, spelling);
        xml.WriteEndDocument();
    }

    public static void Query(Stream to, IEnumerable<EventToWrite> events, string queryName, string? subscriptionId, DateTimeOffset created, Spelling spelling)
    {
        using var xml = XmlWriter.Create(to, Settings);
        Root(xml, "epcisq", "EPCISQueryDocument", XmlNames.Query2, created);
        xml.WriteStartElement("EPCISBody");
        xml.WriteStartElement("epcisq", "QueryResults", XmlNames.Query2);
        xml.WriteElementString("queryName", XmlText.Of(queryName));
        if (subscriptionId is not null)
            xml.WriteElementString("subscriptionID", XmlText.Of(subscriptionId));
        xml.WriteStartElement("resultsBody");
        EventList(xml, events, spelling);
        xml.WriteEndDocument();
    }

    static void Root(XmlWriter xml, string prefix, string name, string space, DateTimeOffset created)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement(prefix, name, space);
        xml.WriteAttributeString("xmlns", "xsi", null, XmlNames.Instance);
        xml.WriteAttributeString("xmlns", "xsd", null, XmlNames.Schema);
        xml.WriteAttributeString("schemaVersion", "2.0");
        xml.WriteAttributeString("creationDate", created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    static void EventList(XmlWriter xml, IEnumerable<EventToWrite> events, Spelling spelling)
    {
        xml.WriteStartElement("EventList");
        foreach (var e in events)
            XmlEventWriter.Write(xml, e, spelling);
        xml.WriteEndElement();
    }
}
