using CsCheck;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Tests.Identity;

public sealed class ScannedTextTests
{
    [Theory]
    [InlineData("96385074", "gs1:gtin-8", CodeKind.Product, "/01/00000096385074")]
    [InlineData("614141123452", "gs1:gtin-12", CodeKind.Product, "/01/00614141123452")]
    [InlineData("9520123456788", "gs1:gtin-13", CodeKind.Product, "/01/09520123456788")]
    [InlineData("952-0123-456788", "gs1:gtin-13", CodeKind.Product, "/01/09520123456788")]
    [InlineData("09520123456788", "gs1:gtin-14", CodeKind.Product, "/01/09520123456788")]
    [InlineData("006141411234567890", "gs1:sscc", CodeKind.LogisticUnit, "/00/006141411234567890")]
    [InlineData("(01)09520123456788(10)L(1(21)A1", "gs1:element-string", CodeKind.Unit, "/01/09520123456788/21/A1")]
    [InlineData("(01)09520123456788(17)261231(10)L1", "gs1:element-string", CodeKind.Batch, "/01/09520123456788/10/L1")]
    [InlineData("(17)261231(01)09520123456788", "gs1:element-string", CodeKind.Product, "/01/09520123456788")]
    [InlineData("\u001d0109520123456788\u001d21A1", "gs1:element-string", CodeKind.Unit, "/01/09520123456788/21/A1")]
    [InlineData("]d20109520123456788\u001d21A1", "gs1:element-string", CodeKind.Unit, "/01/09520123456788/21/A1")]
    [InlineData("0109520123456788 ", "gs1:element-string", CodeKind.Product, "/01/09520123456788")]
    [InlineData("010952012345678810L1\u001d21A1", "gs1:element-string", CodeKind.Unit, "/01/09520123456788/21/A1")]
    [InlineData("00006141411234567890", "gs1:element-string", CodeKind.LogisticUnit, "/00/006141411234567890")]
    [InlineData("]E09520123456788", "gs1:gtin-13", CodeKind.Product, "/01/09520123456788")]
    [InlineData("urn:epc:id:sgtin:0614141.112345.400", "epc:urn", CodeKind.Unit, "/01/10614141123459/21/400")]
    [InlineData("https://shop.example/x/01/09520123456788/21/A1?17=261231\r\n", "gs1:digital-link", CodeKind.Unit, "/01/09520123456788/21/A1")]
    [InlineData("(8004)9520123CYL-1", "gs1:element-string", CodeKind.Device, "/8004/9520123CYL-1")]
    public void GS1_forms_are_read(string text, string scheme, CodeKind kind, string path)
    {
        var reading = ScannedText.Identify(text.Replace("L(1", "L1", StringComparison.Ordinal));
        Assert.NotNull(reading.Best);
        Assert.Equal((scheme, kind, "https://id.gs1.org" + path), (reading.Best.Scheme, reading.Best.Kind, reading.Best.Code));
        Assert.NotEmpty(reading.Best.Source);
    }

    [Fact]
    public void A_lot_beside_a_serial_is_kept() =>
        Assert.Equal("https://id.gs1.org/01/09520123456788/10/L1", ScannedText.Identify("(01)09520123456788(10)L1(21)A1").Best!.LotCode);

    [Theory]
    [InlineData("6901234567890", "check digit", "2", "0")]
    [InlineData("(01)09520123456789(21)1", "(01) GTIN 09520123456789", "check digit 8", "9")]
    [InlineData("https://id.gs1.org/01/09520123456789", "https://id.gs1.org/01/09520123456789: (01) GTIN 09520123456789", "check digit 8", "9")]
    [InlineData("(17)261331", "(17) USE BY or EXPIRY 261331", "a date YYMMDD, where DD may be 00", null)]
    [InlineData("(10)L1", "elements", "elements that may stand together", "(10) needs 01 or 02 or 03 or 8006 or 8026 beside it")]
    [InlineData("hello", "text", null, "5 letters and digits")]
    [InlineData("  ", "text", null, "nothing")]
    [InlineData("12345", "text", null, "5 digits")]
    public void A_wrong_text_names_field_expectation_and_finding(string text, string field, string? expected, string? found)
    {
        var reading = ScannedText.Identify(text);
        Assert.False(reading.IsValid);
        Assert.NotNull(reading.Problem);
        Assert.Equal((field, found), (reading.Problem.Field, reading.Problem.Found));
        if (expected is not null)
            Assert.Equal(expected, reading.Problem.Expected);
        Assert.All(reading.Candidates, candidate => Assert.Null(candidate.Code));
    }

    [Theory]
    // Thirteen digits: goods, a company or a place by one and the same key; and the shell of a detonator.
    [InlineData("6901234567892", "gs1:gtin-13 gs1:gln-party gs1:gln")]
    [InlineData("9520123456788", "gs1:gtin-13 gs1:gln-party gs1:gln cn:detonator")]
    [InlineData("0160824112347", "cn:detonator")]
    [InlineData("0160824A12347", "cn:detonator")]
    // Eighteen digits: a company registered with the bodies office, a pallet, a service relation.
    [InlineData("123502001549897397", "cn:uscc")]
    [InlineData("006141411234567890", "gs1:sscc gs1:gsrn")]
    // Twenty digits: a lift registered in Shanghai in 2006 rather than a drug.
    [InlineData("21603101012006010101", "cn:equipment-registration cn:drug")]
    [InlineData("81234567890123456789", "cn:drug")]
    [InlineData("00006141411234567890", "gs1:element-string cn:drug")]
    public void Where_several_schemes_fit_the_likeliest_comes_first(string text, string schemes)
    {
        var reading = ScannedText.Identify(text);
        var right = reading.Candidates.Where(candidate => candidate.IsValid).ToList();
        Assert.Equal(schemes.Split(' '), right.Select(candidate => candidate.Scheme));
        Assert.Equal(right.Count > 1, reading.IsAmbiguous);
        Assert.All(right, candidate => Assert.NotEmpty(candidate.Why));
    }

    [Fact]
    public void The_four_lines_of_a_seed_label_are_one_identity_with_its_parts()
    {
        var best = ScannedText.Identify(SeedTexts.Right.Replace("\n", "\r\n", StringComparison.Ordinal)).Best!;
        Assert.Equal(("cn:seed", "urn:tracegrains:cn:seed:" + Uri.EscapeDataString("重庆某种业有限公司") + ":CQ2024A00000017"), (best.Scheme, best.Code));
        Assert.Equal(SeedTexts.Right.Split('\n'), best.Parts.Select(part => part.Value));
    }

    [Fact]
    public void A_seed_label_with_a_wrong_unit_code_says_so() =>
        Assert.Equal("unit code (line 3)", ScannedText.Identify("渝优1号\n某种业\nCQ2024-A\nhttp://seed.example/t").Problem!.Field);

    [Theory]
    [InlineData("https://pest.example/q/11234561001123456789012345678901", "cn:pesticide")]
    [InlineData("https://vet.example/?c=202401150123400000000001", "cn:veterinary-drug")]
    [InlineData("https://drug.example/81234567890123456789", "uri")]
    [InlineData("https://example.com/page", "uri")]
    [InlineData("weixin://dl/business", "uri")]
    [InlineData("农药名称:某某 登记证持有人:某公司 追溯码：11234561001123456789012345678901 http://pest.example", "cn:pesticide")]
    [InlineData("追溯码:81234567890123456789\n生产批号:A1", "cn:drug")]
    public void A_code_inside_an_address_or_a_label_text_is_found(string text, string scheme) => Assert.Equal(scheme, ScannedText.Identify(text).Best!.Scheme);

    [Fact]
    public void A_drug_code_inside_an_address_is_offered_behind_the_address() =>
        Assert.Equal("urn:tracegrains:cn:drug:81234567890123456789", ScannedText.Identify("https://drug.example/81234567890123456789").Candidates[1].Code);

    [Fact]
    public void Whatever_is_scanned_nothing_throws_and_every_right_reading_is_canonical() =>
        Gen.OneOf(
            Gen.String[0, 60],
            Gen.String[Gen.Char["0123456789"], 7, 33],
            Gen.String[Gen.Char["0123456789ABY"], 18, 18],
            Gen.String[Gen.Char["(01)25^\u001d]CdQ/:h"], 0, 50],
            Gen.String[Gen.Char["0123456789\n:. /htp某"], 0, 80]).Sample(text =>
        {
            var reading = ScannedText.Identify(text);
            Assert.Equal(reading.IsValid, reading.Problem is null);
            foreach (var candidate in reading.Candidates)
            {
                Assert.Equal(candidate.IsValid, candidate.Code is not null);
                if (candidate.Code is null)
                    continue;
                Assert.True(Identifier.TryIdentify(candidate.Code, out var identified, out var error), error);
                Assert.Equal((candidate.Code, candidate.Kind), (identified.Code, identified.Kind));
            }
        }, iter: 5_000);
}
