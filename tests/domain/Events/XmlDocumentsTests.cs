using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class XmlDocumentsTests
{
    [Fact]
    public void Every_official_example_of_GS1_in_XML_is_accepted()
    {
        var read = XmlFiles.OfficialDocuments().Select(file => (file, result: XmlFiles.Read(file))).ToList();

        Assert.All(read, document => Assert.True(document.result.Problems.Count == 0, $"{document.file}: {string.Join("; ", document.result.Problems)}"));
        Assert.Equal(33, read.Count);
        // Two are master data documents, one carries master data in its header: none of them brings events.
        Assert.Equal(3, read.Count(document => document.result.Events.Count == 0));
    }

    [Fact]
    public void The_other_official_XML_is_no_document_and_is_refused_as_such()
    {
        var jobs = Corpus.Files(XmlFiles.Gs1 + "/CaptureJob", ".xml");

        Assert.Equal(4, jobs.Count);
        Assert.All(jobs, file => Assert.Contains("EPCISDocument", Assert.Single(XmlFiles.Read(file).Problems).Expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Documents_of_EPCIS_1_are_accepted_and_the_others_say_why_not()
    {
        var read = Corpus.Files(XmlFiles.Open1, ".xml").ToDictionary(file => Path.GetFileNameWithoutExtension(file), XmlFiles.Read);

        Assert.Equal(19, read.Count);
        var refused = read.Where(document => document.Value.Problems.Count > 0).OrderBy(document => document.Key, StringComparer.Ordinal).ToList();
        // The first gives master data with an observation, which EPCIS 1.2, 7.4.2, forbids, and a text for a URI; the second gives a time without seconds, which is none in XML Schema.
        Assert.Equal(["ObjectEvent_all_possible_fields", "TransactionEvent_all_possible_fields"], refused.Select(document => document.Key));
        Assert.Equal(["ilmd", "certificationInfo"], refused[0].Value.Problems.Select(problem => problem.Field));
        Assert.Equal("errorDeclaration/declarationTime", Assert.Single(refused[1].Value.Problems).Field);
        Assert.Equal(38, read.Values.Sum(document => document.Events.Count));
    }

    [Fact]
    public void What_EPCIS_1_wraps_in_extensions_is_found_where_2_0_has_it()
    {
        var read = XmlFiles.Read(Corpus.PathOf(XmlFiles.Open1, "Capture/Documents/TransformationEvent_all_possible_fields.xml")).Events.Single().Event;

        Assert.Equal(EventType.TransformationEvent, read.Type);
        Assert.Equal("ni:///sha-256;0d2fdf97b264e9092990c5a107046c1f595a1f34b27ab41f095e48feb5146ea8?ver=CBV2.0", read.EventId);
        Assert.Equal(["urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"], read.ErrorDeclaration!.CorrectiveEventIds);
        Assert.Equal(new Amount("https://id.gs1.org/01/04012345111118/10/4444", 10, "KGM"), read.InputQuantities[0]);
        Assert.Equal(4, read.OutputEpcs.Count);
        Assert.Equal("ABC123", read.IlmdLotNumber);
        Assert.Equal(3, read.Sources.Count);

        var association = XmlFiles.Read(Corpus.PathOf(XmlFiles.Open1, "Capture/Documents/AssociationEvent.xml")).Events.Single().Event;
        Assert.Equal(EventType.AssociationEvent, association.Type);
        Assert.Equal("https://id.gs1.org/8003/04012345555554" + "98765", association.ParentId);
        Assert.Single(association.Quantities);
    }

    [Fact]
    public void A_business_header_with_master_data_does_not_stand_in_the_way_of_the_events()
    {
        var read = XmlFiles.Read(Corpus.PathOf(XmlFiles.Open1, "Capture/Documents/GS1_US_Pharma_Example_2_2_1_1.xml"));

        Assert.Empty(read.Problems);
        Assert.Equal(8, read.Events.Count);
        Assert.Equal(["commissioning", "packing", "shipping"], read.Events.Select(e => e.Event.BizStep!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_quantity_event_of_EPCIS_1_0_is_an_observation_of_one_quantity()
    {
        var read = EpcisXml.ReadDocument(Encoding.UTF8.GetBytes("""
            <e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-03-04T11:00:31Z"><EPCISBody><EventList><QuantityEvent>
            <eventTime>2026-03-04T11:00:30Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
            <epcClass>urn:epc:idpat:sgtin:0614141.107346.*</epcClass><quantity>20</quantity></QuantityEvent></EventList></EPCISBody></e:EPCISDocument>
            """)).Events.Single().Event;

        Assert.Equal((EventType.ObjectEvent, EventAction.Observe), (read.Type, read.Action));
        Assert.Equal([new Amount("https://id.gs1.org/01/10614141073464", 20, null)], read.Quantities);
    }

    [Theory]
    [InlineData("AggregationEvent")]
    [InlineData("AssociationEvent")]
    [InlineData("ObjectEvent")]
    [InlineData("TransactionEvent")]
    [InlineData("TransformationEvent")]
    [InlineData("Namespace_event")]
    public void A_bare_event_is_read(string name)
    {
        var bytes = File.ReadAllBytes(Corpus.PathOf(XmlFiles.Open2, "Capture/Events", name + ".xml"));
        var read = EpcisXml.ReadEvent(bytes);

        Assert.True(read.Problems.Count == 0, string.Join("; ", read.Problems));
        Assert.Equal(name == "Namespace_event" ? "ObjectEvent" : name, Assert.Single(read.Events).Event.Type.ToString());
        // A bare event stands for a document of one.
        Assert.Equal(Epcis.Hash(read.Events[0]), Epcis.Hash(EpcisXml.ReadDocument(bytes).Events.Single()));
    }

    [Fact]
    public void A_document_is_no_single_event()
    {
        var read = EpcisXml.ReadEvent(File.ReadAllBytes(Corpus.PathOf(XmlFiles.Open2, "Capture/Documents/ObjectEvent.xml")));

        Assert.Empty(read.Events);
        Assert.Equal("document: expected one event, such as ObjectEvent, found a document", Assert.Single(read.Problems).ToString());
    }

    [Fact]
    public void Query_results_are_read_as_documents_are()
    {
        var read = XmlFiles.Read(Corpus.PathOf(XmlFiles.Open2, "Query/Documents/QueryResultsDocument.xml"));

        Assert.Empty(read.Problems);
        Assert.Equal(6, read.Events.Count);
    }

    [Fact]
    public void The_event_as_stored_explains_its_names_by_its_own_context()
    {
        var read = EpcisXml.ReadDocument(XmlSamples.Document("""<x:grade xmlns:x="https://ns.example.com/" unit="%">98<x:by>lab</x:by></x:grade><under_score:n xmlns:under_score="urn:n:" a="1"/>""")).Events.Single();

        Assert.Equal("""
            {"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/ex/"},{"x":"https://ns.example.com/","ns1":"urn:n:","rdf":"http://www.w3.org/1999/02/22-rdf-syntax-ns#"}],
            """.Trim(), Encoding.UTF8.GetString(read.Json.Span)[..Encoding.UTF8.GetString(read.Json.Span).IndexOf("\"type\"", StringComparison.Ordinal)]);
        Assert.EndsWith("""
            "x:grade":{"@unit":"%","x:by":"lab","rdf:value":"98"},"ns1:n":{"@a":"1"}}
            """.Trim(), Encoding.UTF8.GetString(read.Json.Span), StringComparison.Ordinal);
    }
}
