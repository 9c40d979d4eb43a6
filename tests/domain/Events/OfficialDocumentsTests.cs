using TraceGrains.Domain.Events;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

public class OfficialDocumentsTests
{
    [Fact]
    public void Every_official_example_of_GS1_is_accepted()
    {
        var files = Corpus.Files("gs1-epcis/JSON", ".jsonld");
        var read = files.Select(file => (file, result: EpcisJson.ReadDocument(File.ReadAllBytes(file)))).ToList();

        Assert.All(read, document => Assert.True(document.result.Problems.Count == 0, $"{document.file}: {string.Join("; ", document.result.Problems)}"));
        Assert.Equal(47, files.Count);
        Assert.Equal(56, read.Sum(document => document.result.Events.Count));
    }

    [Fact]
    public void The_open_documents_that_satisfy_the_standard_are_accepted_and_the_others_say_why_not()
    {
        var refused = Corpus.Files("openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture/Documents", ".json")
            .Select(file => (name: Path.GetFileName(file), problems: EpcisJson.ReadDocument(File.ReadAllBytes(file)).Problems))
            .Where(document => document.problems.Count > 0)
            .ToDictionary(document => document.name, document => document.problems);

        // The first uses a term in GS1's own namespace that GS1 does not define; the others use measurement types of drafts.
        Assert.Equal(["CurieString_document.json", "SensorData_with_combined_events.json", "TransactionEvent_with_userExtensions.json"], refused.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("destinationList[3].type", Assert.Single(refused["CurieString_document.json"]).Field);
    }

    [Theory]
    [InlineData("AggregationEvent")]
    [InlineData("AssociationEvent")]
    [InlineData("ObjectEvent")]
    [InlineData("TransactionEvent")]
    [InlineData("TransformationEvent")]
    public void A_bare_event_is_read_with_its_own_context_and_not_without(string type)
    {
        var bytes = File.ReadAllBytes(Corpus.PathOf("openepcis-test-resources/core/src/main/resources/2.0/EPCIS/JSON/Capture/Events", type + ".json"));
        var read = EpcisJson.ReadEvent(bytes);

        Assert.True(read.Problems.Count == 0, string.Join("; ", read.Problems));
        Assert.Equal(type, Assert.Single(read.Events).Event.Type.ToString());
        Assert.Contains(EpcisJson.ReadEvent(System.Text.Encoding.UTF8.GetBytes("{" + Epcis.Shipping + "}")).Problems, problem => problem.Field == "@context");
    }

    [Fact]
    public void Identifiers_come_out_canonical_and_the_lot_in_a_spelling_is_kept()
    {
        var read = Epcis.Accepted("""
            "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30+08:00","eventTimeZoneOffset":"+08:00","action":"ADD",
            "epcList":["https://example.cn/01/09521141012345/10/L7/21/2017","urn:epc:id:sscc:4012345.0000000333","https://id.gs1.org/00/040123450000003338"],
            "quantityList":[{"epcClass":"urn:epc:class:lgtin:4023333.002000.L1","quantity":1.50,"uom":"KGM"}],
            "bizLocation":{"id":"urn:epc:id:sgln:0614141.07346.0"},
            "sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00000"}],
            "ilmd":{"cbvmda:lotNumber":"L7"}
            """).Event;

        // Two spellings of one thing are one thing.
        Assert.Equal(["https://id.gs1.org/01/09521141012345/21/2017", "https://id.gs1.org/00/040123450000003338"], read.Epcs);
        Assert.Equal("https://id.gs1.org/01/09521141012345/10/L7", read.LotOfInstance["https://id.gs1.org/01/09521141012345/21/2017"]);
        Assert.Equal([new Amount("https://id.gs1.org/01/04023333020008/10/L1", 1.5m, "KGM")], read.Quantities);
        Assert.Equal("https://id.gs1.org/414/0614141073467", read.BizLocation);
        Assert.Equal([new Endpoint("owning_party", "https://id.gs1.org/417/4012345000009")], read.Sources);
        Assert.Equal("L7", read.IlmdLotNumber);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 3, 0, 30, TimeSpan.Zero), read.EventTime);
    }

    [Fact]
    public void An_event_type_of_ones_own_is_accepted_with_the_common_fields()
    {
        var read = Epcis.Accepted("""
            "type":"ex:Blasting","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","epcList":["urn:epc:id:sgtin:0614141.107346.2017"],"ex:depth":4
            """);

        Assert.Equal(EventType.Extended, read.Event.Type);
        Assert.Single(read.Event.Epcs);
    }

    [Fact]
    public void In_an_event_type_of_ones_own_every_field_of_the_standard_is_checked_wherever_it_belongs() =>
        Assert.Equal("quantityList[0].epcClass", Assert.Single(Epcis.Refused("""
            "type":"ex:Blasting","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","childQuantityList":[],"quantityList":[{}]
            """)).Field);
}
