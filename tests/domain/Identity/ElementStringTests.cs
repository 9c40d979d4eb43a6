using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class ElementStringTests
{
    public static TheoryData<int, bool, string, string, string, string> BracketedVectors => Vectors.Of("ai_bracketed_parse");

    public static TheoryData<int, bool, string, string, string, string> ScannedVectors => Vectors.Of("ai_unbracketed_validate");

    public static TheoryData<int, bool, string, string, string, string> AssociationVectors => Vectors.Of("ai_association_validate");

    [Theory, MemberData(nameof(BracketedVectors))]
    public void A_printed_element_string_is_read_as_GS1_reads_it(int line, bool shouldSucceed, string input, string expected, string rule, string flags)
    {
        var succeeded = ElementString.TryParseBracketed(input, out var elements, out var error, Vectors.Options(flags).PermitUnknownIdentifiers);
        Assert.True(succeeded == shouldSucceed, $"line {line} {rule}: {input}: {error}");
        if (succeeded)
            Assert.Equal(expected, ElementString.Format(elements!));
    }

    [Theory, MemberData(nameof(ScannedVectors))]
    public void A_scanned_element_string_is_read_as_GS1_reads_it(int line, bool shouldSucceed, string input, string expected, string rule, string flags)
    {
        var succeeded = ElementString.TryParseScanned(input, out _, out var error);
        Assert.True(succeeded == shouldSucceed, $"line {line} {expected}{rule} {flags}: {input}: {error}");
    }

    [Theory, MemberData(nameof(AssociationVectors))]
    public void Elements_need_and_exclude_each_other_as_GS1_says(int line, bool shouldSucceed, string input, string expected, string rule, string flags)
    {
        Assert.True(ElementString.TryParseBracketed(input, out var elements, out var error, Vectors.Options(flags).PermitUnknownIdentifiers), $"line {line} {expected}: {error}");
        error = rule switch
        {
            "validateAIrepeats" => ElementAssociations.Repeats(elements!),
            "validateAImutex" => ElementAssociations.Exclusions(elements!),
            "validateAIrequisites" => ElementAssociations.Requirements(elements!),
            "validateDigSigRequiresSerialisedKey" => ElementAssociations.DigitalSignature(elements!),
            _ => throw new InvalidOperationException($"no rule {rule}"),
        };
        Assert.True(error is null == shouldSucceed, $"line {line}: {input}: {error}");
    }

    [Fact]
    public void A_lot_without_a_product_needs_one()
    {
        Assert.False(ElementAssociations.TryCheck([new Element("10", "A1")], out var error));
        Assert.Equal("(10) needs 01 or 02 or 03 or 8006 or 8026 beside it", error);
    }

    [Fact]
    public void A_bracket_in_a_value_survives_printing()
    {
        Element[] elements = [new("01", "09520123456788"), new("10", "A(1)")];
        var printed = ElementString.FormatBracketed(elements);
        Assert.Equal("(01)09520123456788(10)A\\(1)", printed);
        Assert.True(ElementString.TryParseBracketed(printed, out var read, out _));
        Assert.Equal(elements, read);
    }

    [Fact]
    public void A_scanner_may_send_the_control_character_for_FNC1()
    {
        Assert.True(ElementString.TryParseScanned("\u001d10A1\u001d0109520123456788", out var elements, out _));
        Assert.Equal([new Element("10", "A1"), new Element("01", "09520123456788")], elements);
    }
}
