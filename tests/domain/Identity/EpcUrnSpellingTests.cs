using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class EpcUrnSpellingTests
{
    [Theory]
    [InlineData("urn:epc:id:sgtin:0614141.107346.2017")]
    [InlineData("urn:epc:id:sgtin:952005468.0123.a%2Fb%25")]
    [InlineData("urn:epc:idpat:sgtin:4012345.066666.*")]
    [InlineData("urn:epc:class:lgtin:4012345.012345.998877")]
    [InlineData("urn:epc:id:sscc:4012345.0000000333")]
    [InlineData("urn:epc:id:sgln:0614141.07346.1234")]
    [InlineData("urn:epc:id:sgln:4012345.00225.0")]
    [InlineData("urn:epc:id:pgln:4012345.00225")]
    [InlineData("urn:epc:id:grai:4012345.55555.98765")]
    [InlineData("urn:epc:id:giai:4000001.12345")]
    [InlineData("urn:epc:id:gdti:0614141.00001.1618034")]
    [InlineData("urn:epc:id:gsrn:0614141.0000010253")]
    [InlineData("urn:epc:id:gsrnp:0614141.0000010253")]
    [InlineData("urn:epc:id:cpi:0614141.123ABC.123456789")]
    [InlineData("urn:epc:id:itip:4012345.012345.01.02.987")]
    [InlineData("urn:epc:id:upui:1234567.089456.51qIgY%25")]
    [InlineData("urn:epc:id:sgcn:4012345.67890.04711")]
    [InlineData("urn:epc:id:ginc:0614141.xyz3311cba")]
    [InlineData("urn:epc:id:gsin:0614141.123456789")]
    public void A_URN_comes_back_from_its_code_and_the_length_of_its_company_prefix(string urn)
    {
        Assert.True(Identifier.TryIdentify(urn, out var identified, out var error), error);
        var prefix = urn.Split(':')[4].IndexOf('.');

        Assert.True(EpcUrnSpelling.TrySpell(identified.Code, prefix, out var spelt));
        Assert.Equal(urn, spelt);
    }

    [Theory]
    [InlineData("https://ns.example.com/thing", 7)]
    [InlineData("urn:uuid:1", 7)]
    [InlineData("https://id.gs1.org/01/10614141073464/21/2017", 5)]
    [InlineData("https://id.gs1.org/01/10614141073464/21/2017", 13)]
    [InlineData("https://id.gs1.org/8004/40000", 7)]
    public void What_has_no_URN_of_that_length_is_not_spelt(string code, int prefix) => Assert.False(EpcUrnSpelling.TrySpell(code, prefix, out _));
}
