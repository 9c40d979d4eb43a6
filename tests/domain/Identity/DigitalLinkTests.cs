using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class DigitalLinkTests
{
    public static TheoryData<int, bool, string, string, string, string> ParseVectors => Vectors.Of("dl_parse");

    public static TheoryData<int, bool, string, string, string, string> GenerateVectors => Vectors.Of("dl_generate");

    [Fact]
    public void All_vectors_of_GS1_are_there() => Assert.Equal((118, 22), (ParseVectors.Count, GenerateVectors.Count));

    [Theory, MemberData(nameof(ParseVectors))]
    public void A_link_is_read_as_GS1_reads_it(int line, bool shouldSucceed, string input, string expected, string stem, string flags)
    {
        var succeeded = DigitalLink.TryParse(input, out var elements, out var error, Vectors.Options(flags));
        Assert.True(succeeded == shouldSucceed, $"line {line} {stem}: {input}: {error}");
        if (succeeded)
            Assert.Equal(expected, ElementString.Format(elements!));
        else
            Assert.False(string.IsNullOrEmpty(error));
    }

    [Theory, MemberData(nameof(GenerateVectors))]
    public void A_link_is_written_as_GS1_writes_it(int line, bool shouldSucceed, string input, string expected, string stem, string flags)
    {
        var options = Vectors.Options(flags);
        Assert.True(ElementString.TryParseBracketed(input, out var elements, out var error, options.PermitUnknownIdentifiers), $"line {line}: {error}");
        var succeeded = DigitalLink.TryGenerate(elements!, stem, out var uri, out error, options);
        Assert.True(succeeded == shouldSucceed, $"line {line}: {input}: {uri} {error}");
        if (succeeded)
            Assert.Equal(expected, uri);
        else
            Assert.False(string.IsNullOrEmpty(error));
    }

    [Fact]
    public void An_attribute_that_belongs_in_the_path_is_named()
    {
        Assert.False(DigitalLink.TryParse("https://example.com/01/09520123456788?10=ABC123", out _, out var error));
        Assert.Equal("(10) BATCH/LOT must stand in the path behind (01) GTIN, not in the query string", error);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("https://example.com?a=b")]
    [InlineData("https://example.com#a")]
    [InlineData("https://")]
    public void A_stem_that_is_no_web_address_is_refused(string stem) =>
        Assert.False(DigitalLink.TryGenerate([new Element("01", "09520123456788")], stem, out _, out _));
}
