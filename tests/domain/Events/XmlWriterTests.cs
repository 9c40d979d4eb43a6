using System.Text;
using System.Xml.Linq;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class XmlWriterTests
{
    static CanonicalEvent Sample() => Epcis.Accepted("""
        "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","bizStep":"shipping",
        "disposition":"urn:epcglobal:cbv:disp:in_transit","epcList":["urn:epc:id:sgtin:0614141.107346.2017","https://example.cn/01/09521141012345/21/2018"],
        "readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"},"ex:seen":"urn:epc:id:sgtin:0614141.107346.2017",
        "bizTransactionList":[{"type":"https://ref.gs1.org/cbv/BTT-po","bizTransaction":"urn:epc:id:gdti:0614141.00001.1618034"}],
        "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":26.0,"component":"x","deviceID":"urn:epc:id:giai:4000001.111"}]}]
        """);

    static XElement Written(Spelling spelling) => XElement.Parse(Encoding.UTF8.GetString(XmlFiles.Written([Sample()], spelling))).Descendants("ObjectEvent").Single();

    [Fact]
    public void Terms_are_written_as_they_came_and_bare_words_as_web_URIs()
    {
        var e = Written(Spelling.AsCaptured);

        Assert.Equal("https://ref.gs1.org/cbv/BizStep-shipping", e.Element("bizStep")!.Value);
        Assert.Equal("urn:epcglobal:cbv:disp:in_transit", e.Element("disposition")!.Value);
        Assert.Equal("https://ref.gs1.org/cbv/BTT-po", e.Descendants("bizTransaction").Single().Attribute("type")!.Value);
        Assert.Equal("https://gs1.org/voc/Temperature", e.Descendants("sensorReport").Single().Attribute("type")!.Value);
    }

    [Fact]
    public void Terms_are_written_as_URNs_or_web_URIs_where_the_client_says_so()
    {
        var (urn, web) = (Written(new(Cbv: CbvSpelling.Urn)), Written(new(Cbv: CbvSpelling.WebUri)));

        Assert.Equal(["urn:epcglobal:cbv:bizstep:shipping", "urn:epcglobal:cbv:disp:in_transit"], [urn.Element("bizStep")!.Value, urn.Element("disposition")!.Value]);
        Assert.Equal("urn:epcglobal:cbv:btt:po", urn.Descendants("bizTransaction").Single().Attribute("type")!.Value);
        Assert.Equal("urn:epcglobal:cbv:comp:x", urn.Descendants("sensorReport").Single().Attribute("component")!.Value);
        Assert.Equal("https://gs1.org/voc/Temperature", urn.Descendants("sensorReport").Single().Attribute("type")!.Value);
        Assert.Equal("https://ref.gs1.org/cbv/Disp-in_transit", web.Element("disposition")!.Value);
    }

    [Fact]
    public void Identifiers_become_Digital_Links_where_the_client_says_so_and_stay_URNs_where_they_were()
    {
        var (links, urns) = (Written(new(EpcSpelling.DigitalLink)), Written(new(EpcSpelling.EpcUrn)));

        Assert.Equal(["https://id.gs1.org/01/10614141073464/21/2017", "https://example.cn/01/09521141012345/21/2018"], links.Descendants("epc").Select(epc => epc.Value));
        Assert.Equal("https://id.gs1.org/414/0614141073467/254/1234", links.Element("readPoint")!.Value);
        Assert.Equal("https://id.gs1.org/8004/4000001111", links.Descendants("sensorReport").Single().Attribute("deviceID")!.Value);
        // One's own fields hold texts, whatever they look like.
        Assert.Equal("urn:epc:id:sgtin:0614141.107346.2017", links.Element(XName.Get("seen", "https://ns.example.com/"))!.Value);
        // A Digital Link does not say how long its company prefix is.
        Assert.Equal(["urn:epc:id:sgtin:0614141.107346.2017", "https://example.cn/01/09521141012345/21/2018"], urns.Descendants("epc").Select(epc => epc.Value));
    }

    [Theory]
    [InlineData(EpcSpelling.AsCaptured, CbvSpelling.Urn)]
    [InlineData(EpcSpelling.DigitalLink, CbvSpelling.WebUri)]
    [InlineData(EpcSpelling.EpcUrn, CbvSpelling.AsCaptured)]
    public void No_spelling_changes_what_is_said(EpcSpelling epc, CbvSpelling cbv) => Assert.All(Epcis.AllDocuments(), file =>
    {
        var events = EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events;

        Assert.Equal(events.Select(Epcis.Hash), EpcisXml.ReadDocument(XmlFiles.Written(events, new(epc, cbv))).Events.Select(Epcis.Hash));
    });

    [Fact]
    public void Query_results_are_a_valid_query_document_with_ids_and_record_times()
    {
        var files = Epcis.AllDocuments().SelectMany(file => EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events).ToList();
        var buffer = new MemoryStream();
        EpcisXml.WriteQueryDocument(buffer, files.Select(e => new EventToWrite(e.Json, e.Id, XmlFiles.Created)), "SimpleEventQuery", "sub-1", XmlFiles.Created, Spelling.AsCaptured);
        var again = EpcisXml.ReadDocument(buffer.ToArray());

        Assert.Empty(XmlFiles.Invalid(buffer.ToArray()));
        Assert.Empty(again.Problems);
        Assert.Equal(files.Select(e => e.Id), again.Events.Select(e => e.Event.EventId!));
        var root = XElement.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        Assert.Equal("2026-03-04T03:00:31Z", root.Descendants("recordTime").First().Value);
        Assert.Equal(["SimpleEventQuery", "sub-1"], [root.Descendants("queryName").Single().Value, root.Descendants("subscriptionID").Single().Value]);
    }

    [Fact]
    public void No_events_make_a_valid_document_too()
    {
        Assert.Empty(XmlFiles.Invalid(XmlFiles.Written([])));
        Assert.Empty(EpcisXml.ReadDocument(XmlFiles.Written([])).Problems);
    }

    [Fact]
    public void The_schemas_would_notice() => Assert.NotEmpty(XmlFiles.Invalid(File.ReadAllBytes(Corpus.PathOf(XmlFiles.Open2, "Capture/Invalid/ObjectEvent_with_wrong_element_order.xml"))));
}
