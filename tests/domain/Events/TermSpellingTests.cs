using TraceGrains.Domain.Events;

namespace TraceGrains.Domain.Tests.Events;

public class TermSpellingTests
{
    [Theory]
    [InlineData("shipping")]
    [InlineData("urn:epcglobal:cbv:bizstep:shipping")]
    [InlineData("https://ns.gs1.org/cbv/BizStep-shipping")]
    [InlineData("http://ns.gs1.org/cbv/BizStep-shipping")]
    [InlineData("https://ref.gs1.org/cbv/BizStep-shipping")]
    [InlineData("cbv:BizStep-shipping")]
    public void However_a_CBV_term_is_spelled_it_is_the_bare_word(string spelling)
    {
        var read = Epcis.Accepted(Epcis.Shipping.Replace("\"shipping\"", $"\"{spelling}\"", StringComparison.Ordinal));

        Assert.Equal("shipping", read.Event.BizStep);
        Assert.Equal(Epcis.Hash(Epcis.Accepted(Epcis.Shipping)), Epcis.Hash(read));
        Assert.Null(EpcisJson.FirstDifference(Epcis.Accepted(Epcis.Shipping).Json, read.Json));
    }

    [Theory]
    [InlineData("https://ns.example.com/harvest")]
    [InlineData("ex:harvest")]
    public void A_term_of_ones_own_is_its_URI(string spelling) =>
        Assert.Equal("https://ns.example.com/harvest", Epcis.Accepted(Epcis.Shipping.Replace("\"shipping\"", $"\"{spelling}\"", StringComparison.Ordinal)).Event.BizStep);

    [Fact]
    public void Every_vocabulary_knows_its_spellings()
    {
        var read = Epcis.Accepted("""
            "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":[],
            "disposition":"urn:epcglobal:cbv:disp:in_transit","persistentDisposition":{"set":["cbv:Disp-recalled"],"unset":["https://ref.gs1.org/cbv/Disp-available"]},
            "bizTransactionList":[{"type":"urn:epcglobal:cbv:btt:po","bizTransaction":"urn:x:1"}],
            "sourceList":[{"type":"cbv:SDT-owning_party","source":"urn:epc:id:pgln:4012345.00000"}],
            "errorDeclaration":{"declarationTime":"2026-03-04T11:00:30Z","reason":"urn:epcglobal:cbv:er:did_not_occur"},
            "sensorElementList":[{"sensorReport":[{"type":"gs1:Temperature","exception":"https://gs1.org/voc/ALARM_CONDITION","component":"cbv:Comp-x"}]}]
            """).Event;

        Assert.Equal("in_transit", read.Disposition);
        Assert.Equal(["recalled"], read.PersistentSet);
        Assert.Equal(["available"], read.PersistentUnset);
        Assert.Equal("owning_party", Assert.Single(read.Sources).Type);
        Assert.Equal("did_not_occur", read.ErrorDeclaration?.Reason);
    }
}
