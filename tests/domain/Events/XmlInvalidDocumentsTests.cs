using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class XmlInvalidDocumentsTests
{
    const string Folder = XmlFiles.Open2 + "/Capture/Invalid";

    /// <summary>The first problem: event | field | part of what is expected | what was found.</summary>
    static readonly Dictionary<string, string> Known = new()
    {
        ["ObjectEvent_bare_event_without_action.xml"] = " | action | ADD, OBSERVE or DELETE | ",
        ["ObjectEvent_with_invalid_action.xml"] = "0 | action | ADD, OBSERVE or DELETE | \"CREATE\"",
        ["ObjectEvent_with_invalid_eventTime_format.xml"] = "0 | eventTime | time zone | \"22-07-2026\"",
        ["ObjectEvent_with_near_miss_action.xml"] = "0 | action | ADD, OBSERVE or DELETE | \"OBSERV\"",
        ["ObjectEvent_with_unknown_element.xml"] = "0 | madeUpField | in a namespace of your own | x",
        ["ObjectEvent_with_wrong_element_order.xml"] = "0 | eventTime | eventTime before action | eventTime after it",
        ["ObjectEvent_without_eventTime.xml"] = "0 | eventTime | time zone | ",
    };

    public static TheoryData<string> Files => [.. Corpus.Files(Folder, ".xml").Select(file => Path.GetFileName(file)!)];

    [Fact]
    public void There_are_7_invalid_documents() => Assert.Equal(7, Files.Count);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_invalid_document_is_refused_with_the_field_and_what_belongs_there(string file)
    {
        var read = XmlFiles.Read(Corpus.PathOf(Folder, file));

        Assert.Empty(read.Events);
        var problem = read.Problems[0];
        var expected = Known[file].Split(" | ");
        Assert.Equal([expected[0], expected[1], expected[3]], [problem.EventIndex?.ToString() ?? "", problem.Field, problem.Found ?? ""]);
        Assert.Contains(expected[2], problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4023333.002000.L1</epcClass><quantity>many</quantity></quantityElement></quantityList>", "quantityList/quantityElement[1]/quantity", "a number")]
    [InlineData("<quantityList><quantityElement><epcClass>x</epcClass></quantityElement></quantityList>", "quantityList/quantityElement[1]/epcClass", "")]
    [InlineData("<quantityList><quantityElement><epcClass>urn:x:y</epcClass><weight>5</weight></quantityElement></quantityList>", "quantityElement/weight", "only epcClass, quantity and uom")]
    [InlineData("<sourceList><source type=\"urn:epcglobal:cbv:sdt:location\">x</source></sourceList>", "sourceList/source[1]", "")]
    [InlineData("<sourceList><source>urn:epc:id:sgln:0614141.07346.0</source></sourceList>", "sourceList/source[1]/@type", "source or destination type")]
    [InlineData("<sensorElementList><sensorElement><sensorReport type=\"gs1:Mass\" value=\"much\"/></sensorElement></sensorElementList>", "sensorElementList/sensorElement[1]/sensorReport[1]/@value", "a number")]
    [InlineData("<sensorElementList><sensorElement><sensorReport type=\"gs1:Mass\" mass=\"1\"/></sensorElement></sensorElementList>", "sensorElement/sensorReport/@mass", "namespace of your own")]
    [InlineData("<sensorElementList><sensorElement/></sensorElementList>", "sensorElementList/sensorElement[1]/sensorReport", "at least one report")]
    [InlineData("<persistentDisposition><set>nothing</set></persistentDisposition>", "persistentDisposition/set[1]", "CBV disposition")]
    [InlineData("<persistentDisposition><reset>urn:x:y</reset></persistentDisposition>", "persistentDisposition/reset", "only set and unset")]
    [InlineData("<ilmd><ex:lot>1</ex:lot></ilmd>", "ilmd", "no ilmd unless the action is ADD")]
    [InlineData("<ilmd><lot>1</lot></ilmd>", "ilmd/lot", "namespace of your own")]
    [InlineData("text<ex:a/>", "ObjectEvent", "elements")]
    [InlineData("<bizTransactionList><bizTransaction><b/></bizTransaction></bizTransactionList>", "bizTransactionList/bizTransaction", "a text")]
    [InlineData("<bizTransactionList role=\"x\"><bizTransaction>urn:x:y</bizTransaction></bizTransactionList>", "bizTransactionList/@role", "no attribute")]
    [InlineData("<inputEPCList><epc>urn:epc:id:sgtin:0614141.107346.2018</epc></inputEPCList>", "inputEPCList", "no such field in an ObjectEvent")]
    [InlineData("<quantityList/><quantityList/>", "quantityList", "each field once")]
    [InlineData("<x:recall xmlns:x=\"urn:tracegrains:voc:\">1</x:recall>", "x:recall", "reserved")]
    [InlineData("<e1:action xmlns:e1=\"urn:epcglobal:epcis:xsd:1\">ADD</e1:action>", "e1:action", "one version of EPCIS")]
    public void A_wrong_field_is_named_in_its_place(string more, string field, string expected)
    {
        var read = EpcisXml.ReadDocument(XmlSamples.Document(more));

        Assert.Empty(read.Events);
        Assert.Contains(read.Problems, problem => problem.EventIndex == 0 && problem.Field == field && problem.Expected.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""<EPCISDocument xmlns="http://example.com/"/>""", "EPCISDocument", "EPCISDocument, EPCISQueryDocument or EPCISMasterDataDocument")]
    [InlineData("<html/>", "html", "EPCISDocument, EPCISQueryDocument or EPCISMasterDataDocument")]
    [InlineData("""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"><EPCISBody><EventList/></EPCISBody></e:EPCISDocument>""", "@creationDate", "time zone")]
    [InlineData("""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="two" creationDate="2026-03-04T11:00:31Z"><EPCISBody><EventList/></EPCISBody></e:EPCISDocument>""", "@schemaVersion", "version number")]
    [InlineData("""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"/>""", "EPCISBody", "eventList")]
    [InlineData("""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"><EPCISBody/></e:EPCISDocument>""", "EPCISBody/EventList", "a list of events")]
    [InlineData("""<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"><EPCISBody><EventLst/></EPCISBody></e:EPCISDocument>""", "EventLst", "EventList")]
    [InlineData("""<e:EPCISMasterDataDocument xmlns:e="urn:epcglobal:epcis-masterdata:xsd:2" schemaVersion="2.0" creationDate="2026-03-04T11:00:31Z"><EPCISBody><VocabularyList><Vocabulary/></VocabularyList></EPCISBody></e:EPCISMasterDataDocument>""", "EPCISHeader/extension/EPCISMasterData/VocabularyList/Vocabulary[1]/@type", "absolute URI")]
    public void A_wrong_document_is_refused_naming_the_place(string document, string field, string expected)
    {
        var read = EpcisXml.ReadDocument(Encoding.UTF8.GetBytes(document));

        Assert.Empty(read.Events);
        Assert.Contains(read.Problems, problem => problem.EventIndex is null && problem.Field == field && problem.Expected.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_good_events_are_wanted_each_has_its_position_and_each_bad_one_its_problem()
    {
        var bad = XmlSamples.Event("<madeUp/>");
        var events = Enumerable.Range(0, 300).Select(at => at % 2 == 0 ? bad : XmlSamples.Event(epc: $"urn:epc:id:sgtin:0614141.107346.{at}")).ToArray();
        var text = Encoding.UTF8.GetBytes(XmlSamples.Text(events));
        var read = EpcisXml.ReadDocument(text, CaptureErrorBehaviour.Proceed);

        Assert.Equal(Enumerable.Range(0, 300).Where(at => at % 2 == 1), read.Positions!);
        Assert.Equal(Enumerable.Range(0, 300).Where(at => at % 2 == 0), read.Problems.Select(problem => problem.EventIndex!.Value));
        Assert.Equal(150, read.Events.Count);
        Assert.Empty(EpcisXml.ReadDocument(text).Events);
    }
}
