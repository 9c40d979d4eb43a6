using System.Text;
using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Events;

public class FirstDifferenceTests
{
    const string Whole = """
        "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30+08:00","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"commissioning",
        "epcList":["urn:epc:id:sgtin:0614141.107346.1","urn:epc:id:sgtin:0614141.107346.2"],
        "quantityList":[{"epcClass":"urn:epc:class:lgtin:4023333.002000.L1","quantity":150,"uom":"KGM"},{"epcClass":"urn:epc:class:lgtin:4023333.002000.L2","quantity":7}],
        "readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"},"bizTransactionList":[{"type":"po","bizTransaction":"urn:x:1"}],
        "sensorElementList":[{"sensorReport":[{"type":"Temperature","value":26,"uom":"CEL"}]}],"ilmd":{"ex:grade":"A"},"ex:a":{"ex:b":["1","2"]}
        """;

    [Theory]
    [InlineData("\"commissioning\"", "\"receiving\"", """bizStep: "https://ref.gs1.org/cbv/BizStep-commissioning" against "https://ref.gs1.org/cbv/BizStep-receiving" """)]
    [InlineData("11:00:30+", "11:00:31+", """eventTime: "2026-03-04T03:00:30.000Z" against "2026-03-04T03:00:31.000Z" """)]
    [InlineData("107346.2\"", "107346.3\"", """epcList[1]: "https://id.gs1.org/01/10614141073464/21/2" against "https://id.gs1.org/01/10614141073464/21/3" """)]
    [InlineData(",\"urn:epc:id:sgtin:0614141.107346.2\"", "", """epcList[1]: "https://id.gs1.org/01/10614141073464/21/2" against nothing """)]
    [InlineData("150", "151", """quantityList[0].quantity: "150" against "151" """)]
    [InlineData("07346.1234", "07346.1235", """readPoint.id: "https://id.gs1.org/414/0614141073467/254/1234" against "https://id.gs1.org/414/0614141073467/254/1235" """)]
    [InlineData("urn:x:1", "urn:x:2", """bizTransactionList[0].bizTransaction: "urn:x:1" against "urn:x:2" """)]
    [InlineData("\"value\":26", "\"value\":27", """sensorElementList[0].sensorReport[0].value: "26" against "27" """)]
    [InlineData("\"A\"", "\"B\"", """ilmd.ex:grade: "A" against "B" """)]
    [InlineData("\"2\"", "\"3\"", """ex:a.ex:b[1]: "2" against "3" """)]
    public void The_first_field_that_differs_is_named_with_both_values(string old, string changed, string said) =>
        Assert.Equal(said.TrimEnd(), EpcisJson.FirstDifference(Epcis.Accepted(Whole).Json, Epcis.Accepted(Whole.Replace(old, changed, StringComparison.Ordinal)).Json));

    [Fact]
    public void Spelling_order_id_and_record_time_are_no_difference()
    {
        var other = Epcis.Accepted("""
            "ex:a":{"ex:b":["2","1"]},"eventID":"urn:uuid:1","recordTime":"2026-03-05T00:00:00Z",
            "ilmd":{"https://ns.example.com/grade":"A"},"sensorElementList":[{"sensorReport":[{"uom":"CEL","type":"gs1:Temperature","value":26.0}]}],
            "bizTransactionList":[{"bizTransaction":"urn:x:1","type":"cbv:BTT-po"}],"readPoint":{"id":"https://id.gs1.org/414/0614141073467/254/1234"},
            "quantityList":[{"epcClass":"https://id.gs1.org/01/04023333020008/10/L2","quantity":7.0},{"uom":"KGM","quantity":1.5e2,"epcClass":"https://id.gs1.org/01/04023333020008/10/L1"}],
            "epcList":["https://id.gs1.org/01/10614141073464/21/2","https://id.gs1.org/01/10614141073464/21/1"],"bizStep":"urn:epcglobal:cbv:bizstep:commissioning",
            "action":"ADD","eventTimeZoneOffset":"+08:00","eventTime":"2026-03-04T03:00:30Z","type":"ObjectEvent"
            """);

        Assert.Null(EpcisJson.FirstDifference(Epcis.Accepted(Whole).Json, other.Json));
        Assert.Equal(Epcis.Hash(Epcis.Accepted(Whole)), Epcis.Hash(other));
    }

    [Fact]
    public void An_error_declaration_is_a_difference_although_the_hash_is_the_same()
    {
        var declared = Epcis.Accepted(Whole + ""","errorDeclaration":{"declarationTime":"2026-03-04T11:00:31Z","reason":"did_not_occur"} """);

        Assert.Equal(Epcis.Hash(Epcis.Accepted(Whole)), Epcis.Hash(declared));
        Assert.StartsWith("errorDeclaration: nothing against ", EpcisJson.FirstDifference(Epcis.Accepted(Whole).Json, declared.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_events_differ_exactly_when_their_hashes_do()
    {
        var events = Epcis.AllDocuments().SelectMany(file => EpcisJson.ReadDocument(File.ReadAllBytes(file)).Events)
            .Where(read => read.Event.ErrorDeclaration is null).Take(60).ToList();

        foreach (var one in events)
            foreach (var other in events)
                Assert.Equal(one.CbvHash.Span.SequenceEqual(other.CbvHash.Span), EpcisJson.FirstDifference(one.Json, other.Json) is null);
    }
}
