using System.Text;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>Small documents in XML: an event that is right, with more at its end.</summary>
static class XmlSamples
{
    public const string Start = """
        <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ns.example.com/ex/" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"><EPCISBody><EventList>
        """;

    public const string End = "</EventList></EPCISBody></epcis:EPCISDocument>";

    public static string Event(string more = "", string start = "", string epc = "urn:epc:id:sgtin:0614141.107346.2017") => $"""
        <ObjectEvent>{start}<eventTime>2026-03-04T11:00:30.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
        <epcList><epc>{epc}</epc></epcList><action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
        <readPoint><id>urn:epc:id:sgln:0614141.07346.1234</id></readPoint>{more}</ObjectEvent>
        """;

    public static string Text(params string[] events) => Start + string.Concat(events) + End;

    /// <summary>A document of one event with more at its end.</summary>
    public static byte[] Document(string more = "") => Encoding.UTF8.GetBytes(Text(Event(more)));
}
