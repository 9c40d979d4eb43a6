using System.Text;
using CsCheck;
using TraceGrains.Domain.Access.Audit;

namespace TraceGrains.Domain.Tests.Access;

public sealed class AuditTextTests
{
    static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("a\nb\r\u0000\u2028c", 100, "a\\u000ab\\u000d\\u0000\\u2028c")]
    [InlineData("a\u202eb\u200dc", 100, "a\\u202eb\\u200dc")]
    [InlineData("a\\u000ab", 100, "a\\\\u000ab")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abc\n", 4, "abc…")]
    [InlineData("李😀", 10, "李😀")]
    [InlineData("ab😀c", 4, "ab…")]
    [InlineData("", 5, "")]
    public void Texts_are_one_line(string text, int max, string written) => Assert.Equal(written, AuditText.Line(text, max));

    /// <summary>Of its own, because data of a theory is stored in UTF-8.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_is_written_out() => Assert.Equal("\\ud800x😀\\udc00", AuditText.Line("\ud800x😀\udc00", 100));

    /// <summary>Characters that make trouble, more often than chance would have them.</summary>
    static readonly Gen<string> nasty = Gen.OneOf(Gen.Char, Gen.OneOfConst('\ud83d', '\ude00', '\\', 'u', '0', 'a', '\n', '"', ',', ';', ' ', '…')).Array[0, 40].Select(letters => new string(letters));

    [Fact]
    public void Whatever_comes_a_line_can_be_stored_and_no_two_texts_make_the_same() => Gen.Select(nasty, nasty, Gen.Int[1, 60]).Sample((one, other, max) =>
    {
        var line = AuditText.Line(one, max);
        Assert.True(line.Length <= max);
        strict.GetBytes(line);
        Assert.DoesNotContain(line, letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u202e');
        if (one != other) Assert.NotEqual(AuditText.Line(one, 1_000), AuditText.Line(other, 1_000));
    });

    [Fact]
    public void A_value_cannot_pass_for_another_argument_or_field()
    {
        Assert.Equal("unit(code: urn:ex:1)", Assert.Single(AuditText.Field("unit", [AuditText.Named("code", "urn:ex:1")])));
        Assert.Equal("unit(code: \"x); issueRecall(code: y\")", Assert.Single(AuditText.Field("unit", [AuditText.Named("code", "x); issueRecall(code: y")])));
        Assert.Equal("code: \"say \"\"x\"\"\"", AuditText.Named("code", "say \"x\""));
        Assert.Equal("code: \"\"", AuditText.Named("code", ""));
    }

    [Fact]
    public void What_does_not_fit_one_entry_goes_into_the_next()
    {
        var codes = Enumerable.Range(0, 200).Select(i => $"urn:ex:thing:{i:d4}").ToList();
        var targets = AuditText.Targets(AuditText.Field("mayMoveAll", codes.Select(code => AuditText.Named("codes", code))).Append("treeHead"));
        Assert.All(targets, target => Assert.True(target.Length <= AuditEntry.TargetMax));
        Assert.All(codes, code => Assert.Single(targets, target => target.Contains(code, StringComparison.Ordinal)));
        Assert.EndsWith("; treeHead", targets[^1]);
        Assert.Equal("", Assert.Single(AuditText.Targets([])));
        var many = AuditText.Targets(Enumerable.Range(0, 100_000).Select(i => $"node(id: {i:d8})"));
        Assert.Equal(AuditText.EntriesMax, many.Count);
        Assert.Matches("^and [0-9]+ more$", many[^1]);
        Assert.Equal(100_000, many.SkipLast(1).Sum(target => target.Split("; ").Length) + int.Parse(many[^1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_long_value_is_cut_where_nothing_is_halved()
    {
        foreach (var before in new[] { "", "a" })
        {
            var named = AuditText.Named("code", before + string.Concat(Enumerable.Repeat("😀", 300)));
            strict.GetBytes(named);
            Assert.True(named.Length <= AuditText.ValueMax + 10);
            Assert.EndsWith("…\"", named);
        }
    }
}
