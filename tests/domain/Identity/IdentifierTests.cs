using System.Text.RegularExpressions;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public partial class IdentifierTests
{
    [Fact]
    public void Every_GS1_code_in_the_official_examples_and_the_event_hash_examples_is_identified()
    {
        var codes = TraceGrains.Tests.Corpus.Files("gs1-epcis/JSON", ".jsonld")
            .Concat(TraceGrains.Tests.Corpus.Files("event-hash", ".jsonld"))
            .SelectMany(file => QuotedCode().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct().ToList();
        Assert.True(codes.Count > 100, $"only {codes.Count} codes found");
        Assert.All(codes, code => Assert.True(Identifier.TryIdentify(code, out _, out var error), error));
    }

    [GeneratedRegex("(?<=\")(urn:epc:(id|class|idpat):|https://id\\.gs1\\.org/)[^\"]*(?=\")")]
    private static partial Regex QuotedCode();

    [Theory]
    [InlineData("urn:epc:id:sgtin:0614141.112345.400", "/01/10614141123459/21/400", CodeKind.Unit)]
    [InlineData("urn:epc:id:sgtin:061414112345.9.A%2FB.%25c", "/01/90614141123455/21/A%2FB.%25c", CodeKind.Unit)]
    [InlineData("urn:epc:id:sgtin:952012.0345678.1", "/01/09520123456788/21/1", CodeKind.Unit)]
    [InlineData("urn:epc:class:lgtin:0614141.112345.LOT-7", "/01/10614141123459/10/LOT-7", CodeKind.Batch)]
    [InlineData("urn:epc:idpat:sgtin:0614141.112345.*", "/01/10614141123459", CodeKind.Product)]
    [InlineData("urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7'SDB", "/01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7'SDB", CodeKind.Unit)]
    [InlineData("urn:epc:idpat:upui:1234567.089456.*", "/01/01234567894560", CodeKind.Product)]
    [InlineData("urn:epc:id:itip:4012345.012345.01.02.999", "/8006/040123451234560102/21/999", CodeKind.Unit)]
    [InlineData("urn:epc:idpat:itip:4012345.012345.01.02.*", "/8006/040123451234560102", CodeKind.Product)]
    [InlineData("urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234", "/8010/061414111111111111111-A%23%2F/8011/1234", CodeKind.Unit)]
    [InlineData("urn:epc:idpat:cpi:4012345.ABC.*", "/8010/4012345ABC", CodeKind.Product)]
    [InlineData("urn:epc:id:sscc:4012345.0111111111", "/00/040123451111111110", CodeKind.LogisticUnit)]
    [InlineData("urn:epc:id:sgln:4012345.00011.0", "/414/4012345000115", CodeKind.Location)]
    [InlineData("urn:epc:id:sgln:4012345.00011.%30", "/414/4012345000115", CodeKind.Location)]
    [InlineData("urn:epc:id:sgln:4012345.00011.987", "/414/4012345000115/254/987", CodeKind.Location)]
    [InlineData("urn:epc:id:sgln:4012345.00011.00", "/414/4012345000115/254/00", CodeKind.Location)]
    [InlineData("urn:epc:id:pgln:4000001.98765", "/417/4000001987658", CodeKind.Party)]
    [InlineData("urn:epc:id:pgln:999999999999.", "/417/9999999999994", CodeKind.Party)]
    [InlineData("urn:epc:id:grai:4012345.66666.87", "/8003/0401234566666387", CodeKind.Device)]
    [InlineData("urn:epc:idpat:grai:4012345.66666.*", "/8003/04012345666663", CodeKind.Product)]
    [InlineData("urn:epc:id:giai:4012345.AAbb", "/8004/4012345AAbb", CodeKind.Device)]
    [InlineData("urn:epc:id:giai:4012345.a.b%2Fc", "/8004/4012345a.b%2Fc", CodeKind.Device)]
    [InlineData("urn:epc:id:gdti:4012345.00009.PO-4711", "/253/4012345000092PO-4711", CodeKind.Document)]
    [InlineData("urn:epc:id:gdti:987659999999..9", "/253/98765999999929", CodeKind.Document)]
    [InlineData("urn:epc:idpat:gdti:4012345.55555.*", "/253/4012345555554", CodeKind.Document)]
    [InlineData("urn:epc:id:sgcn:4012345.99999.044", "/255/4012345999990044", CodeKind.Document)]
    [InlineData("urn:epc:idpat:sgcn:4012345.99999.*", "/255/4012345999990", CodeKind.Document)]
    [InlineData("urn:epc:id:gsrn:4012345.9876540000", "/8018/401234598765400000", CodeKind.Document)]
    [InlineData("urn:epc:id:gsrnp:4012345.0000098765", "/8017/401234500000987658", CodeKind.Document)]
    [InlineData("urn:epc:id:gsin:4012345.999987654", "/402/40123459999876541", CodeKind.Document)]
    [InlineData("urn:epc:id:ginc:0614141.xyz47%2F11", "/401/0614141xyz47%2F11", CodeKind.Document)]
    [InlineData("URN:EPC:ID:SGTIN:0614141.112345.Aa", "/01/10614141123459/21/Aa", CodeKind.Unit)]
    public void An_EPC_URN_names_a_GS1_key(string urn, string path, CodeKind kind) =>
        Assert.Equal(new Identification("https://id.gs1.org" + path, kind), Identified(urn));

    [Theory]
    [InlineData("https://id.gs1.org/01/09520123456788", "/01/09520123456788", CodeKind.Product)]
    [InlineData("https://id.gs1.org/01/09520123456788/22/2A", "/01/09520123456788/22/2A", CodeKind.Product)]
    [InlineData("https://id.gs1.org/01/09520123456788/22/2A/10/L1", "/01/09520123456788/10/L1", CodeKind.Batch)]
    [InlineData("https://id.gs1.org/01/09520123456788/22/2A/21/S", "/01/09520123456788/21/S", CodeKind.Unit)]
    [InlineData("https://id.gs1.org/01/09520123456788/235/T+1", "/01/09520123456788/235/T%2B1", CodeKind.Unit)]
    [InlineData("http://example.com/some/stem/01/09520123456788/21/%41%2fb?17=251231#top", "/01/09520123456788/21/A%2Fb", CodeKind.Unit)]
    [InlineData("HTTPS://EXAMPLE.com:8443/00/006141411234567890?&=&99=", "/00/006141411234567890", CodeKind.LogisticUnit)]
    [InlineData("HtTp://a/00/006141411234567890", "/00/006141411234567890", CodeKind.LogisticUnit)]
    [InlineData("https://id.gs1.org/8006/095201234567880102/10/L", "/8006/095201234567880102/10/L", CodeKind.Batch)]
    [InlineData("https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K", "/8013/1987654Ad4X4bL5ttr2310c2K", CodeKind.Product)]
    [InlineData("https://id.gs1.org/8010/4012345A%23/8011/7", "/8010/4012345A%23/8011/7", CodeKind.Unit)]
    [InlineData("https://id.gs1.org/8003/04012345666663%2F87", "/8003/04012345666663%2F87", CodeKind.Device)]
    [InlineData("https://id.gs1.org/8003/%304012345666663", "/8003/04012345666663", CodeKind.Product)]
    [InlineData("https://id.gs1.org/8004/9520614141234567/7040/1ABC", "/8004/9520614141234567/7040/1ABC", CodeKind.Device)]
    [InlineData("https://id.gs1.org/414/9520123456788/254/0", "/414/9520123456788", CodeKind.Location)]
    [InlineData("https://id.gs1.org/414/9520123456788/254/%30", "/414/9520123456788", CodeKind.Location)]
    [InlineData("https://id.gs1.org/414/9520123456788/254/32a%2Fb", "/414/9520123456788/254/32a%2Fb", CodeKind.Location)]
    [InlineData("https://id.gs1.org/415/9520123456788", "/415/9520123456788", CodeKind.Party)]
    [InlineData("https://id.gs1.org/415/9520123456788/8020/R1", "/415/9520123456788/8020/R1", CodeKind.Document)]
    [InlineData("https://id.gs1.org/417/9520123456788/7040/1ABC", "/417/9520123456788/7040/1ABC", CodeKind.Party)]
    [InlineData("https://id.gs1.org/8018/123456789012345675/8019/123", "/8018/123456789012345675/8019/123", CodeKind.Document)]
    [InlineData("https://id.gs1.org/gtin/09520123456788/lot/L1", "/01/09520123456788/10/L1", CodeKind.Batch)]
    [InlineData("https://id.gs1.org/giai/4000001111", "/8004/4000001111", CodeKind.Device)]
    [InlineData("https://a/00/faux/00/006141411234567890", "/00/006141411234567890", CodeKind.LogisticUnit)]
    [InlineData("https://例子.cn/01/09520123456788", "/01/09520123456788", CodeKind.Product)]
    public void A_Digital_Link_names_a_GS1_key_whatever_its_host(string uri, string path, CodeKind kind) =>
        Assert.Equal(new Identification("https://id.gs1.org" + path, kind), Identified(uri));

    [Theory]
    [InlineData("https://id.gs1.org/01/09520123456788/10/L%2f1/21/S1", "/01/09520123456788/21/S1", "/01/09520123456788/10/L%2F1")]
    [InlineData("https://a.cn/01/09520123456788/22/V/10/L1/21/S1", "/01/09520123456788/21/S1", "/01/09520123456788/10/L1")]
    [InlineData("https://a.cn/8006/095201234567880102/10/L/21/S", "/8006/095201234567880102/21/S", "/8006/095201234567880102/10/L")]
    public void A_unit_whose_link_has_a_lot_says_which(string uri, string path, string lot) =>
        Assert.Equal(new Identification("https://id.gs1.org" + path, CodeKind.Unit, "https://id.gs1.org" + lot), Identified(uri));

    [Theory]
    [InlineData("urn:uuid:F81D4FAE-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("URN:EPCglobal:cbv:bt:0614141073467:A1", "urn:epcglobal:cbv:bt:0614141073467:A1")]
    [InlineData("urn:epc:id:adi:2S194..12345ABC", "urn:epc:id:adi:2S194..12345ABC")]
    [InlineData("URN:epc:ID:Gid:95100000.12345.400", "urn:epc:id:gid:95100000.12345.400")]
    [InlineData("urn:epc:id:bic:CSQU3054383", "urn:epc:id:bic:CSQU3054383")]
    [InlineData("urn:epc:raw:256.1234", "urn:epc:raw:256.1234")]
    [InlineData("example:Thing", "example:Thing")]
    [InlineData("Tag:a.cn,2026:X", "tag:a.cn,2026:X")]
    [InlineData("did:web:Example.com", "did:web:Example.com")]
    [InlineData("ni:///sha-256;abc?ver=CBV2.0", "ni:///sha-256;abc?ver=CBV2.0")]
    [InlineData("geo:29.56,106.55", "geo:29.56,106.55")]
    [InlineData("HTTP://User@Example.COM/Path?Q#F", "http://User@example.com/Path?Q#F")]
    [InlineData("https://Example.com", "https://example.com")]
    [InlineData("https://example.com/01/09520123456789", "https://example.com/01/09520123456789")]
    [InlineData("https://example.com/01/9520123456788", "https://example.com/01/9520123456788")]
    [InlineData("https://example.com/01/09520123456788/", "https://example.com/01/09520123456788/")]
    [InlineData("https://example.com/01/09520123456788/21/S/10/L", "https://example.com/01/09520123456788/21/S/10/L")]
    [InlineData("https://example.com/01/09520123456788/21/%zz", "https://example.com/01/09520123456788/21/%zz")]
    [InlineData("https://example.com/party/12", "https://example.com/party/12")]
    [InlineData("https://ref.gs1.org/cbv/BizStep-shipping", "https://ref.gs1.org/cbv/BizStep-shipping")]
    [InlineData("urn:追溯:重庆", "urn:追溯:重庆")]
    public void Any_other_absolute_URI_is_a_name_of_its_own(string uri, string canonical) =>
        Assert.Equal(new Identification(canonical, CodeKind.Other), Identified(uri));

    [Theory]
    [InlineData("urn:epc:id:sgtin:0614141.12345.400", "urn:epc:id:sgtin:0614141.12345.400: expected 13 digits in company prefix and reference together, found 7 + 5")]
    [InlineData("urn:epc:id:sgtin:06141.11234567.400", "urn:epc:id:sgtin:06141.11234567.400: expected a company prefix of 6 to 12 digits, found '06141'")]
    [InlineData("urn:epc:id:sgtin:0614141234567..400", "urn:epc:id:sgtin:0614141234567..400: expected a company prefix of 6 to 12 digits, found '0614141234567'")]
    [InlineData("urn:epc:id:sgtin:061414a.112345.400", "urn:epc:id:sgtin:061414a.112345.400: expected a company prefix of 6 to 12 digits, found '061414a'")]
    [InlineData("urn:epc:id:sgtin:0614141.11234x.400", "urn:epc:id:sgtin:0614141.11234x.400: expected digits behind the company prefix, found '11234x'")]
    [InlineData("urn:epc:id:sgtin:0614141.112345", "urn:epc:id:sgtin:0614141.112345: expected CompanyPrefix.ItemReference.SerialNumber")]
    [InlineData("urn:epc:id:sgtin:0614141", "urn:epc:id:sgtin:0614141: expected CompanyPrefix.ItemReference.SerialNumber")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.", "urn:epc:id:sgtin:0614141.112345.: a part is empty")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.a/b", "urn:epc:id:sgtin:0614141.112345.a/b: expected %2F in place of '/'")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.a%2", "urn:epc:id:sgtin:0614141.112345.a%2: expected two hexadecimal digits after every %")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.%C3%A9", "urn:epc:id:sgtin:0614141.112345.%C3%A9: (21) SERIAL has the character U+00C3 at position 1: expected letters, digits and !\"%&'()*+,-./:;<=>?_")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.123456789012345678901", "urn:epc:id:sgtin:0614141.112345.123456789012345678901: (21) SERIAL is too long: expected 1 to 20 characters, found 21")]
    [InlineData("urn:epc:id:itip:4012345.012345.1.2.999", "urn:epc:id:itip:4012345.012345.1.2.999: expected CompanyPrefix.ItemReference.Piece.Total.SerialNumber with two digits each for piece and total")]
    [InlineData("urn:epc:id:itip:4012345.012345.03.02.999", "urn:epc:id:itip:4012345.012345.03.02.999: (8006) ITIP 040123451234560302: expected a piece from 01 to the total, then the total")]
    [InlineData("urn:epc:id:cpi:4012345.abc.1", "urn:epc:id:cpi:4012345.abc.1: (8010) CPID has 'a' at position 8: expected capital letters, digits and #-/")]
    [InlineData("urn:epc:id:sgcn:4012345.99999.4a", "urn:epc:id:sgcn:4012345.99999.4a: (255) GCN has 'a' at position 15: expected digits")]
    [InlineData("urn:epc:id:grai:4012345.66666.", "urn:epc:id:grai:4012345.66666.: a part is empty")]
    [InlineData("urn:epc:id:xyz:1.2.3", "'xyz' is no EPC scheme under urn:epc:id:")]
    [InlineData("urn:epc:class:sgtin:1.2.3", "'sgtin' is no EPC scheme under urn:epc:class:")]
    [InlineData("urn:epc:id:sgtin", "urn:epc:id:sgtin: expected urn:epc:id: and then a scheme, a colon and a code, such as urn:epc:id:sgtin:0614141.112345.400")]
    [InlineData("urn:epc:idpat:sscc:0614141.*", "urn:epc:idpat:sscc names no single thing or class: expected a pattern of sgtin, grai, gdti, sgcn, cpi, itip or upui")]
    [InlineData("urn:epc:idpat:sgtin:0614141.112345.400", "urn:epc:idpat:sgtin:0614141.112345.400: expected * for the last part of CompanyPrefix.ItemReference.SerialNumber: only then a pattern names one class")]
    [InlineData("urn:epc:idpat:sgtin:0614141.*.*", "urn:epc:idpat:sgtin:0614141.*.*: expected digits behind the company prefix, found '*'")]
    [InlineData("https://id.gs1.org/01/09520123456789/21/1", "https://id.gs1.org/01/09520123456789/21/1: (01) GTIN 09520123456789: expected check digit 8, found 9")]
    [InlineData("https://ID.gs1.org/01/9520123456788", "https://ID.gs1.org/01/9520123456788: (01) GTIN is too short: expected 14 characters, found 13")]
    [InlineData("http://id.gs1.org:80/02/09520123456788", "http://id.gs1.org:80/02/09520123456788: the path has no GS1 key: expected a key and its value, such as /01/09520123456788")]
    [InlineData("https://id.gs1.org/gtins/09520123456788", "https://id.gs1.org/gtins/09520123456788: 'gtins' in the path is no GS1 Application Identifier: expected a key and its value, such as /01/09520123456788")]
    [InlineData("https://id.gs1.org/01/09520123456788/21/S/10/L", "https://id.gs1.org/01/09520123456788/21/S/10/L: (10) BATCH/LOT is out of place in the path: after (01) GTIN expected in this order 22, 10, 21 or 235")]
    [InlineData("https://id.gs1.org/00/006141411234567890/10/L", "https://id.gs1.org/00/006141411234567890/10/L: (10) BATCH/LOT is out of place in the path: after (00) SSCC expected no qualifier")]
    [InlineData("https://id.gs1.org/01/09520123456788/10/", "https://id.gs1.org/01/09520123456788/10/: (10) BATCH/LOT is too short: expected 1 to 20 characters, found 0")]
    [InlineData("https://id.gs1.org/01/09520123456788/21/%zz", "https://id.gs1.org/01/09520123456788/21/%zz: (21) SERIAL %zz: expected two hexadecimal digits after every %")]
    [InlineData("https://id.gs1.org/", "https://id.gs1.org/: the path has no GS1 key: expected a key and its value, such as /01/09520123456788")]
    [InlineData("", "empty: expected a code, such as urn:epc:id:sgtin:0614141.112345.400 or https://id.gs1.org/01/09520123456788/21/12345")]
    [InlineData("09520123456788", "09520123456788: expected an absolute URI, a scheme and a colon first, such as urn: or https:")]
    [InlineData("1a:b", "1a:b: expected an absolute URI, a scheme and a colon first, such as urn: or https:")]
    [InlineData("mailto:", "mailto:: expected an absolute URI, a scheme and a colon first, such as urn: or https:")]
    [InlineData("urn:x", "urn:x: expected urn:, a namespace, a colon and a name, such as urn:uuid:…")]
    [InlineData("http:example", "http:example: expected http://, a host and a path")]
    [InlineData("https:///01/09520123456788", "https:///01/09520123456788: expected https://, a host and a path")]
    [InlineData("urn:a b:c", "the character U+0020 at position 6: expected a URI, in which white space, control characters and <>\"{}|\\^` are escaped")]
    [InlineData("example:\u00a0x", "the character U+00A0 at position 9: expected a URI, in which white space, control characters and <>\"{}|\\^` are escaped")]
    [InlineData("https://id.gs1.org/01/09520123456788\n", "the character U+000A at position 37: expected a URI, in which white space, control characters and <>\"{}|\\^` are escaped")]
    public void A_malformed_code_says_what_is_wrong_and_what_was_expected(string text, string expected)
    {
        Assert.False(Identifier.TryIdentify(text, out var identified, out var error));
        Assert.Null(identified);
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_because_storage_would_merge_it_with_others()
    {
        Assert.False(Identifier.TryIdentify("example:" + '\ud83d' + "x", out _, out _));
        Assert.True(Identifier.TryIdentify("example:\U0001F34A", out _, out _));
    }

    [Fact]
    public void A_code_may_have_2000_characters_and_no_more()
    {
        Assert.True(Identifier.TryIdentify("x:" + new string('a', 1998), out _, out _));
        Assert.False(Identifier.TryIdentify("x:" + new string('a', 1999), out _, out var error));
        Assert.Equal("too long: expected at most 2000 characters, found 2001", error);
    }

    [Fact]
    public void Nothing_is_an_error_and_not_an_exception() => Assert.False(Identifier.TryIdentify(null!, out _, out _));

    [Fact]
    public void A_canonical_code_costs_no_new_string()
    {
        const string code = "https://id.gs1.org/01/09520123456788/21/12345";
        Assert.Same(code, Identified(code).Code);
    }

    static Identification Identified(string text)
    {
        Assert.True(Identifier.TryIdentify(text, out var identified, out var error), error);
        return identified;
    }
}
