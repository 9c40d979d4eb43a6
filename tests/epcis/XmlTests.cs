using System.Text;
using System.Xml.Linq;
using TraceGrains.Tests;
using static TraceGrains.Epcis.Tests.Documents;

namespace TraceGrains.Epcis.Tests;

/// <summary>EPCIS in XML, in and out over HTTP.</summary>
public class XmlTests(SharedSilo shared)
{
    const string Xml = "application/xml", Folder = "openepcis-test-resources/core/src/main/resources";

    static string Event(string id, string epc, string more = "") => $"""
        <ObjectEvent xmlns:ex="https://ns.example.com/"><eventTime>2026-03-04T11:00:30.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><eventID>{id}</eventID>
        <epcList><epc>{epc}</epc></epcList><action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
        <readPoint><id>urn:epc:id:sgln:0614141.07346.1234</id></readPoint>{more}</ObjectEvent>
        """;

    static byte[] InXml(params string[] events) => Encoding.UTF8.GetBytes($"""
        <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"><EPCISBody><EventList>{string.Concat(events)}</EventList></EPCISBody></epcis:EPCISDocument>
        """);

    static XElement Body(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.Body);
        return XElement.Parse(answer.Body).Descendants("ObjectEvent").Single();
    }

    Task<Answer> ById(string id, params (string, string)[] headers) => shared.Silo.Send(HttpMethod.Get, "/epcis/events/" + Uri.EscapeDataString(id), headers: headers);

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("Application/XML; charset=\"UTF-8\"")]
    public async Task A_document_and_a_single_event_are_captured_and_found_in_JSON(string mediaType)
    {
        var (one, other) = (NewId(), NewId());
        Assert.Equal(one, Assert.Single((await shared.Silo.Capture(InXml(Event(one, NewUnit(), "<ex:colour>red</ex:colour>")), mediaType)).Receipts).EventId);
        var created = await shared.Silo.CaptureEvent(Encoding.UTF8.GetBytes(Event(other, NewUnit())), mediaType);

        Assert.True(created.Status == 201, created.Body);
        Assert.Equal("red", (await shared.Silo.EventById(one)).Event.GetProperty("ex:colour").GetString());
        Assert.Equal(other, (await shared.Silo.EventById(other)).Event.GetProperty("eventID").GetString());
    }

    [Fact]
    public async Task The_same_event_in_both_forms_is_one_event()
    {
        var (id, unit) = (NewId(), NewUnit());
        var inJson = Assert.Single((await shared.Silo.Capture(Document(Shipping(id, unit)))).Receipts);
        var inXml = Assert.Single((await shared.Silo.Capture(InXml(Event(id, unit)), Xml)).Receipts);

        Assert.True(inXml.IsRepeat);
        Assert.Equal(inJson.Sequence, inXml.Sequence);
    }

    [Fact]
    public async Task UTF_16_is_read_too()
    {
        var id = NewId();
        var document = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(InXml(Event(id, NewUnit(), "<ex:city>重庆</ex:city>"))))).ToArray();
        Assert.Single((await shared.Silo.Capture(document, "text/xml; charset=utf-16")).Receipts);

        Assert.Equal("重庆", (await shared.Silo.EventById(id)).Event.GetProperty("ex:city").GetString());
    }

    [Fact]
    public async Task A_wrong_event_is_refused_in_its_place_and_nothing_of_the_document_is_recorded()
    {
        var id = NewId();
        var answer = await shared.Silo.Capture(InXml(Event(id, NewUnit()), Event(NewId(), NewUnit(), "<sourceList><source type=\"urn:epcglobal:cbv:sdt:location\">x</source></sourceList>")), Xml);

        answer.IsProblem(400, "ValidationException");
        Assert.Equal((1, "sourceList/source[1]"), (Assert.Single(answer.Problems).Event, answer.Problems[0].Field));
        Assert.Equal(404, (await shared.Silo.EventById(id)).Status);
    }

    [Fact]
    public async Task An_event_is_answered_in_XML_where_the_client_prefers_it()
    {
        var (id, unit) = (NewId(), NewUnit());
        await shared.Silo.Capture(Document(Shipping(id, unit, ""","ex:colour":"red" """)));
        var answer = await ById(id, ("Accept", "application/json;q=0.5, application/xml"));
        var e = Body(answer);

        Assert.Equal(Xml, answer.MediaType);
        Assert.Equal([id, unit, "https://ref.gs1.org/cbv/BizStep-shipping", "red"],
            [e.Element("eventID")!.Value, e.Descendants("epc").Single().Value, e.Element("bizStep")!.Value, e.Element(XName.Get("colour", "https://ns.example.com/"))!.Value]);
        Assert.NotNull(e.Element("recordTime"));
        Assert.Equal("text/xml", (await ById(id, ("Accept", "text/xml"))).MediaType);
        foreach (var accept in (string[])["*/*", "application/*", "application/xml;q=0.1, application/json", "application/json, application/xml"])
            Assert.Equal("application/json", (await ById(id, ("Accept", accept))).MediaType);
        (await ById(id, ("Accept", "text/html"))).IsProblem(406, "NotAcceptableException");
        (await ById("urn:uuid:nobody", ("Accept", "application/xml"))).IsProblem(404, "NoSuchResourceException");
    }

    [Fact]
    public async Task Identifiers_and_terms_are_spelt_as_the_client_asks()
    {
        var id = NewId();
        await shared.Silo.Capture(Document(Shipping(id, "urn:epc:id:sgtin:0614141.107346.7004")));
        var e = Body(await ById(id, ("Accept", Xml), ("GS1-EPC-Format", "Always_GS1_Digital_Link"), ("GS1-CBV-XML-Format", "Always_URN")));

        Assert.Equal(["https://id.gs1.org/01/10614141073464/21/7004", "urn:epcglobal:cbv:bizstep:shipping"], [e.Descendants("epc").Single().Value, e.Element("bizStep")!.Value]);
        (await ById(id, ("Accept", Xml), ("GS1-CBV-XML-Format", "Sometimes"))).IsProblem(406, "NotAcceptableException");
    }

    [Fact]
    public async Task Documents_of_EPCIS_1_2_with_header_and_master_data_are_captured()
    {
        await using var silo = await Silo.Start();
        var document = await File.ReadAllBytesAsync(Corpus.PathOf(Folder, "1.2/EPCIS/XML/Capture/Documents/GS1_US_Pharma_Example_2_2_1_1.xml"));

        Assert.Equal(8, (await silo.Capture(document, Xml)).Receipts.Length);
        Assert.All((await silo.Capture(document, Xml)).Receipts, receipt => Assert.True(receipt.IsRepeat));
    }

    [Fact]
    public async Task Entities_from_outside_are_refused() =>
        (await shared.Silo.Capture(Encoding.UTF8.GetBytes("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Encoding.UTF8.GetString(InXml(Event(NewId(), NewUnit(), "<ex:a>&e;</ex:a>")))), Xml))
            .IsProblem(400, "ValidationException");
}
