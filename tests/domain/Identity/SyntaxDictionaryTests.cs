using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class SyntaxDictionaryTests
{
    [Fact]
    public void Every_identifier_of_the_published_file_is_there() => Assert.Equal(541, SyntaxDictionary.All.Count);

    [Fact]
    public void A_GTIN_is_a_key_with_two_ways_of_qualifiers()
    {
        Assert.True(SyntaxDictionary.TryFind("01", out var gtin));
        Assert.Equal("GTIN", gtin.Title);
        Assert.True(gtin.IsLinkKey && gtin.IsFixedLength && gtin.IsLinkAttribute);
        Assert.Equal([["22", "10", "21"], ["235"]], gtin.Qualifiers!);
        Assert.Equal(["255", "37"], gtin.Excludes);
    }

    [Fact]
    public void No_identifier_starts_another() =>
        Assert.DoesNotContain(SyntaxDictionary.All, one => SyntaxDictionary.All.Any(other => other != one && other.Ai.StartsWith(one.Ai, StringComparison.Ordinal)));

    [Theory]
    [InlineData("00", "006141411234567890")]
    [InlineData("01", "09520123456788")]
    [InlineData("11", "240229")]
    [InlineData("11", "240200")]
    [InlineData("421", "156400010")]
    [InlineData("423", "528056")]
    [InlineData("3910", "1561250")]
    [InlineData("4307", "CN")]
    [InlineData("4309", "02790858483015297971")]
    [InlineData("4330", "000500-")]
    [InlineData("4330", "000500")]
    [InlineData("7003", "2402292359")]
    [InlineData("7011", "240229")]
    [InlineData("7030", "999PLANT7")]
    [InlineData("7040", "1ABC")]
    [InlineData("7041", "201")]
    [InlineData("7241", "80")]
    [InlineData("7250", "20000229")]
    [InlineData("7252", "9")]
    [InlineData("7253", "%E6%9D%8E")]
    [InlineData("7258", "1/3")]
    [InlineData("8001", "12341234512398")]
    [InlineData("8006", "095201234567880102")]
    [InlineData("8007", "GB82WEST12345698765432")]
    [InlineData("8008", "24022923")]
    [InlineData("8008", "240229235959")]
    [InlineData("8011", "0")]
    [InlineData("8013", "1987654Ad4X4bL5ttr2310c2K")]
    [InlineData("8030", "a-_=")]
    [InlineData("8110", "0123456789")]
    public void A_value_with_the_right_form_and_content_is_accepted(string ai, string value)
    {
        Assert.True(SyntaxDictionary.TryFind(ai, out var identifier));
        Assert.True(identifier.Accepts(value, out var error), error);
    }

    [Theory]
    [InlineData("00", "006141411234567891", "(00) SSCC 006141411234567891: expected check digit 0, found 1")]
    [InlineData("01", "0952012345678", "(01) GTIN is too short: expected 14 characters, found 13")]
    [InlineData("01", "095201234567888", "(01) GTIN is too long: expected 14 characters, found 15")]
    [InlineData("10", "ä", "(10) BATCH/LOT has the character U+00E4 at position 1: expected letters, digits and !\"%&'()*+,-./:;<=>?_")]
    [InlineData("11", "230229", "(11) PROD DATE 230229: expected a date YYMMDD, where DD may be 00")]
    [InlineData("7006", "240200", "(7006) FIRST FREEZE DATE 240200: expected a date YYMMDD")]
    [InlineData("422", "999", "(422) ORIGIN 999: expected an ISO 3166 country number")]
    [InlineData("3910", "0001", "(3910) AMOUNT 0001: expected an ISO 4217 currency number")]
    [InlineData("4307", "XX", "(4307) SHIP TO COUNTRY XX: expected an ISO 3166 country of two capital letters")]
    [InlineData("4309", "18000000010000000000", "(4309) SHIP TO GEO 18000000010000000000: expected a latitude from 0000000000 to 1800000000")]
    [InlineData("4330", "000500+", "(4330) MAX TEMP F. 000500+: expected a hyphen")]
    [InlineData("4321", "2", "(4321) DANGEROUS GOODS 2: expected 0 or 1")]
    [InlineData("7003", "2402292400", "(7003) EXPIRY TIME 2402292400: expected a time HHMM from 0000 to 2359")]
    [InlineData("7040", "1ABC+", "(7040) UIC+EXT is too long: expected 4 characters, found 5")]
    [InlineData("7040", "1AB+", "(7040) UIC+EXT 1AB+: expected a letter, a digit, - or _")]
    [InlineData("7253", "%E6%9", "(7253) FAMILY NAME %E6%9: expected two hexadecimal digits after every %")]
    [InlineData("7258", "4/3", "(7258) BIRTH SEQUENCE 4/3: expected a position and a total such as 1/3")]
    [InlineData("8001", "00001234512398", "(8001) DIMENSIONS 00001234512398: expected a number above 0")]
    [InlineData("8003", "12345678901231", "(8003) GRAI 12345678901231: expected 0")]
    [InlineData("8004", "ABC", "(8004) GIAI ABC: expected a GS1 company prefix, digits, at the start")]
    [InlineData("8006", "095201234567880302", "(8006) ITIP 095201234567880302: expected a piece from 01 to the total, then the total")]
    [InlineData("8007", "GB82WEST12345698765433", "(8007) IBAN GB82WEST12345698765433: expected an IBAN whose check digits fit")]
    [InlineData("8011", "01", "(8011) CPID SERIAL 01: expected a number without leading 0")]
    [InlineData("8013", "1987654Ad4X4bL5ttr2310c2L", "(8013) GMN 1987654Ad4X4bL5ttr2310c2L: expected two check characters that fit the rest")]
    public void A_wrong_value_says_what_was_expected(string ai, string value, string expected)
    {
        Assert.True(SyntaxDictionary.TryFind(ai, out var identifier));
        Assert.False(identifier.Accepts(value, out var error));
        Assert.Equal(expected, error);
    }
}
