using System.Text;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>One event says the same in XML and in JSON-LD, whichever way it came and however often it goes back and forth.</summary>
public class XmlPairsTests
{
    const string JsonFolder = XmlFiles.OpenJson + "/Capture/Documents", XmlFolder = XmlFiles.Open2 + "/Capture/Documents";

    /// <summary>Pairs that say different things, and where.</summary>
    static readonly Dictionary<string, string> Unequal = new()
    {
        // The JSON has the text "23.0" where the XML has the number 23.
        ["AssociationEvent_all_possible_fields"] = "sensorElementList[0].ext1:array[5].ext1:object.ext2:array[1]",
        // The error was declared at 14:00Z in the JSON, at 13:00Z in the XML.
        ["Combination_of_different_event"] = "errorDeclaration.declarationTime",
        // The namespace is urn:epcglobal:cbv:mda: in the JSON, urn:epcglobal:cbv:mda in the XML; the published hashes tell the two apart.
        ["ObjectEvent_all_possible_fields"] = "ilmd.cbvmda:countryOfExport",
        ["TransformationEvent_with_userExtensions"] = "ilmd.cbvmda:lotNumber",
    };

    /// <summary>Pairs of which one is refused: fields of the problem in JSON, in XML.</summary>
    static readonly Dictionary<string, (string? Json, string? Xml)> Refused = new()
    {
        // A term in GS1's own namespace that GS1 does not define, which only the JSON schema minds.
        ["CurieString_document"] = ("destinationList[3].type", null),
        // The XML schema has an order.
        ["JumbledFieldsOrder"] = (null, "eventTimeZoneOffset"),
        // Measurement types of drafts: bare words in the JSON, in the XML terms in GS1's namespace, which its schema allows.
        ["SensorData_with_combined_events"] = ("sensorElementList[0].sensorReport[1].type", null),
        ["TransactionEvent_with_userExtensions"] = ("sensorElementList[0].sensorReport[0].type", null),
    };

    public static TheoryData<string> Pairs =>
    [
        .. Corpus.Files(JsonFolder, ".json").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => File.Exists(Corpus.PathOf(XmlFolder, name + ".xml"))),
    ];

    [Fact]
    public void There_are_35_pairs() => Assert.Equal(35, Pairs.Count);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_two_documents_of_a_pair_say_the_same(string name)
    {
        var json = EpcisJson.ReadDocument(File.ReadAllBytes(Corpus.PathOf(JsonFolder, name + ".json")));
        var xml = XmlFiles.Read(Corpus.PathOf(XmlFolder, name + ".xml"));

        var (inJson, inXml) = Refused.GetValueOrDefault(name);
        Assert.Equal(inJson, json.Problems.FirstOrDefault()?.Field);
        Assert.Equal(inXml, xml.Problems.FirstOrDefault()?.Field);
        if (inJson is not null || inXml is not null)
            return;
        Assert.Equal(json.Events.Count, xml.Events.Count);
        var differences = json.Events.Zip(xml.Events, XmlFiles.Difference).OfType<string>().ToList();
        if (Unequal.TryGetValue(name, out var where))
            Assert.StartsWith(where, Assert.Single(differences), StringComparison.Ordinal);
        else
            Assert.Empty(differences);
    }

    [Fact]
    public void Every_document_in_JSON_comes_back_the_same_from_XML_that_is_valid() => Assert.All(JsonDocuments(), file =>
    {
        var events = EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events;
        var xml = XmlFiles.Written(events);

        // The schema has room for one certificate; no other is left out for that.
        if (!events.Any(e => Encoding.UTF8.GetString(e.Json.Span).Contains("\"certificationInfo\":[", StringComparison.Ordinal)))
            Assert.Empty(XmlFiles.Invalid(xml));
        Same(events, EpcisXml.ReadDocument(xml));
    });

    [Fact]
    public void Every_document_in_XML_comes_back_the_same_and_its_second_writing_is_the_first()
    {
        var files = XmlDocuments().ToList();

        Assert.True(files.Count > 100);
        Assert.All(files, file =>
        {
            var events = XmlFiles.Read(file).Events;
            var xml = XmlFiles.Written(events);

            Assert.Empty(XmlFiles.Invalid(xml));
            var again = EpcisXml.ReadDocument(xml);
            Same(events, again);
            Assert.Equal(Encoding.UTF8.GetString(xml), Encoding.UTF8.GetString(XmlFiles.Written(again.Events)));
        });
    }

    [Theory]
    [InlineData(""" "ex:a":null """)]
    [InlineData(""" "ex:a":[1,2.50,-3e2,true,false,null,"x",{"ex:b":[{"c":"d"},{"c":7}]}] """)]
    [InlineData(""" "ex:a":"  kept but for its ends  " """)]
    [InlineData(""" "ex:a":"<&>\"' ]]> \r\n 重庆 😀" """)]
    [InlineData(""" "ex:a":{"@unit":"KGM","rdf:value":"3.5"} """)]
    [InlineData(""" "ex:a":{"@xml:lang":"zh","rdf:value":"重庆"} """)]
    [InlineData(""" "ex:a":{"@1":"no name in XML","@xmlns":"nor this","@x:y":"z"} """)]
    [InlineData(""" "ex:a/b":"no name in XML","ex:_x0041_":"nor need this be one" """)]
    [InlineData(""" "https://other.example.com/v#field":"a full name","urn:thing:name":"another" """)]
    [InlineData(""" "http://www.w3.org/2000/xmlns/x":"a namespace that is none","urn:epcglobal:epcis:xsd:2:x":"and that of EPCIS" """)]
    [InlineData(""" "ex:a":{"http://www.w3.org/2001/XMLSchema-instance/nil":"true"} """)]
    [InlineData(""" "ex:ignoreFields":["ex:a","ex:b"],"ex:a":"not said" """)]
    [InlineData(""" "xsi:a":"an undeclared prefix of the schema's own","xml:b":"c","epcis:d":"e" """)]
    [InlineData(""" "persistentDisposition":{"set":["recalled"],"unset":["https://ns.example.com/d"]} """)]
    [InlineData(""" "quantityList":[{"epcClass":"urn:epc:class:lgtin:4023333.002000.L1","uom":"KGM"}],"certificationInfo":["https://a.example.com/1","https://a.example.com/2"] """)]
    [InlineData(""" "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":1e3,"booleanValue":false,"stringValue":"a\nb","ex:o":{"ex:p":"q"},"ex:l":["a","b"],"ex:s":5}],"ex:t":"u"}] """)]
    [InlineData(""" "sourceList":[],"bizTransactionList":[{"bizTransaction":"ex:17"}] """)]
    public void What_an_event_may_say_in_JSON_survives_XML(string member)
    {
        var read = Epcis.Accepted(Epcis.Shipping + "," + member);

        Same([read], EpcisXml.ReadDocument(XmlFiles.Written([read])));
    }

    [Fact]
    public void A_character_that_XML_cannot_hold_is_shown_as_such_and_spoils_nothing()
    {
        var read = Epcis.Accepted(Epcis.Shipping + """,  "ex:a":"x\u0000y\uFFFE" """);

        Assert.Contains("x\uFFFDy\uFFFD", Encoding.UTF8.GetString(EpcisXml.ReadDocument(XmlFiles.Written([read])).Events.Single().Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_type_of_ones_own_has_its_place_in_the_schema_too()
    {
        var read = Epcis.Accepted("""
            "type":"ex:Blasting","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","epcList":["urn:epc:id:sgtin:0614141.107346.2017"],"ex:depth":4
            """);
        var xml = XmlFiles.Written([read]);

        Assert.Empty(XmlFiles.Invalid(xml));
        Same([read], EpcisXml.ReadDocument(xml));
    }

    static IEnumerable<string> JsonDocuments() => Epcis.AllDocuments().Concat(Corpus.Files(JsonFolder, ".json")).Concat(Corpus.Files("event-hash/tests/expected_equal", ".json"));

    static IEnumerable<string> XmlDocuments() =>
        XmlFiles.OfficialDocuments().Concat(Corpus.Files(XmlFiles.Open1, ".xml")).Concat(Corpus.Files(XmlFiles.Open2, ".xml")).Concat(Corpus.Files("event-hash", ".xml"));

    static void Same(IReadOnlyList<CanonicalEvent> events, ReadDocument again)
    {
        Assert.Empty(again.Problems);
        Assert.Equal(events.Count, again.Events.Count);
        Assert.Empty(events.Zip(again.Events, XmlFiles.Difference).OfType<string>());
        Assert.Equal(events.Select(e => Epcis.Whole(e.Event)), again.Events.Select(e => Epcis.Whole(e.Event)));
    }
}
