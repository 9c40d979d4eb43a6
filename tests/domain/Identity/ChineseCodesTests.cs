using CsCheck;
using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Identity.Chinese;
using TraceGrains.Domain.Identity.Scanning;

namespace TraceGrains.Domain.Tests.Identity;

public sealed class ChineseCodesTests
{
    const string Pesticide = "11234561001123456789012345678901", Veterinary = "202401150123400000000001";

    [Theory]
    [InlineData("81234567890123456789", "cn:drug", CodeKind.Unit, "urn:tracegrains:cn:drug:81234567890123456789")]
    [InlineData("81234 56789 01234 56789", "cn:drug", CodeKind.Unit, "urn:tracegrains:cn:drug:81234567890123456789")]
    [InlineData(Pesticide, "cn:pesticide", CodeKind.Unit, "urn:tracegrains:cn:pesticide:" + Pesticide)]
    [InlineData(Veterinary, "cn:veterinary-drug", CodeKind.Unit, "urn:tracegrains:cn:veterinary-drug:" + Veterinary)]
    [InlineData("0160824A12345", "cn:detonator", CodeKind.Unit, "urn:tracegrains:cn:detonator:0160824A12345")]
    [InlineData("91350100M000100Y43", "cn:uscc", CodeKind.Party, "urn:tracegrains:cn:uscc:91350100M000100Y43")]
    [InlineData("91350100m000100y43", "cn:uscc", CodeKind.Party, "urn:tracegrains:cn:uscc:91350100M000100Y43")]
    [InlineData("21603101012006010101", "cn:equipment-registration", CodeKind.Device, "urn:tracegrains:cn:equipment-registration:21603101012006010101")]
    [InlineData("215010890201500098", "cn:equipment", CodeKind.Device, "urn:tracegrains:cn:equipment:215010890201500098")]
    [InlineData("150CQ1000001", "cn:cylinder", CodeKind.Device, "urn:tracegrains:cn:cylinder:150CQ1000001")]
    [InlineData("50CQ1000001", "cn:cylinder", CodeKind.Device, "urn:tracegrains:cn:cylinder:350CQ1000001")]
    public void A_bare_code_is_read(string text, string scheme, CodeKind kind, string code)
    {
        var best = ScannedText.Identify(text).Best;
        Assert.NotNull(best);
        Assert.Equal((scheme, kind, code), (best.Scheme, best.Kind, best.Code));
        Assert.NotEmpty(best.Parts);
    }

    [Theory]
    [InlineData("215010890201500098")]
    [InlineData("21503220162012F001")] // not of the shape of an equipment code: its letter stands elsewhere
    public void What_is_read_is_also_what_its_parts_say(string text)
    {
        foreach (var candidate in ScannedText.Identify(text).Candidates)
            Assert.Equal(text, string.Concat(candidate.Parts.Select(part => part.Value)));
    }

    // Codes published with open-source checkers of GB 32100 (the first two as right, the third as issued before the standard and not conforming to it).
    [Theory]
    [InlineData("91310110666007217T", true)]
    [InlineData("91310115591693856A", true)]
    [InlineData("91350211M00013FA1N", false)]
    [InlineData("91350203M0001QAY9B", false)]
    [InlineData("91350200MA2YJ1XR9G", true)]
    [InlineData("123502001549897397", true)]
    public void The_check_character_of_a_social_credit_code_is_verified(string text, bool right) =>
        Assert.Equal(right, ScannedText.Identify(text).Candidates.Single(candidate => candidate.Scheme == "cn:uscc").IsValid);

    [Theory]
    [InlineData("41234561001123456789012345678901", "registration class (place 1)", "1, 2 or 3", "4")]
    [InlineData("11234564001123456789012345678901", "production type (place 8)", "1, 2 or 3", "4")]
    [InlineData("202413150123400000000001", "date (places 1 to 8)", "a day YYYYMMDD from the year 2000 on", "20241315")]
    [InlineData("0161324A12345", "month (places 4 and 5)", "01 to 12", "13")]
    [InlineData("0160431A12345", "day (places 6 and 7)", "01 to 30", "31")]
    [InlineData("0160824o12345", "feature number (place 8)", "a digit, a capital letter, or a small letter other than cosuvwxz", "o")]
    [InlineData("91350100M000100Y44", "check character (place 18)", "3", "4")]
    [InlineData("91990100M000100Y43", "division code (places 3 to 8)", "a division code of GB/T 2260", "990100")]
    public void A_wrong_code_says_what_is_wrong_where(string text, string field, string expected, string found)
    {
        var reading = ScannedText.Identify(text);
        Assert.False(reading.IsValid);
        Assert.Null(reading.Best);
        Assert.Equal(new CodeProblem(field, expected, found), reading.Problem);
    }

    [Theory]
    [InlineData("urn:tracegrains:cn:drug:8123456", CodeKind.Product)]
    [InlineData("urn:tracegrains:cn:drug:8123456:lot:%E6%B8%9DA-1", CodeKind.Batch)]
    [InlineData("urn:tracegrains:cn:pesticide:1123456:lot:7", CodeKind.Batch)]
    [InlineData("urn:tracegrains:cn:seed:%E6%9F%90%E7%A7%8D%E4%B8%9A:AB12", CodeKind.Unit)]
    public void Classes_and_seed_have_URNs_too(string urn, CodeKind kind)
    {
        Assert.True(Identifier.TryIdentify(urn, out var identified, out var error), error);
        Assert.Equal(new Identification(urn, kind), identified);
        Assert.NotEmpty(ChineseCodes.Describe(urn)!.Parts);
    }

    [Theory]
    [InlineData("URN:TraceGrains:CN:Drug:81234567890123456789", "urn:tracegrains:cn:drug:81234567890123456789")]
    [InlineData("urn:tracegrains:cn:uscc:91350100m000100y43", "urn:tracegrains:cn:uscc:91350100M000100Y43")]
    [InlineData("urn:tracegrains:cn:cylinder:50CQ1000001", "urn:tracegrains:cn:cylinder:350CQ1000001")]
    [InlineData("urn:tracegrains:cn:drug:8123456:lot:%41%2d1", "urn:tracegrains:cn:drug:8123456:lot:A-1")]
    [InlineData("urn:tracegrains:cn:seed:某种业:AB12", "urn:tracegrains:cn:seed:%E6%9F%90%E7%A7%8D%E4%B8%9A:AB12")]
    public void Spellings_of_one_code_are_one_identity(string spelling, string canonical)
    {
        Assert.True(Identifier.TryIdentify(spelling, out var identified, out var error), error);
        Assert.Equal(canonical, identified.Code);
    }

    [Theory]
    [InlineData("urn:tracegrains:cn:drug:8123456789012345678", "20 digits")]
    [InlineData("urn:tracegrains:cn:drug:8123456:lot:", "lot number")]
    [InlineData("urn:tracegrains:cn:drug:8123456:lot:%0A", "lot number")]
    [InlineData("urn:tracegrains:cn:drug:8123456:lot:%FF", "lot number")]
    [InlineData("urn:tracegrains:cn:uscc:91350100M000100Y44", "expected 3, found 4")]
    [InlineData("urn:tracegrains:cn:medicine:1", "drug")]
    [InlineData("urn:tracegrains:cn:seed:AB12", "producer")]
    [InlineData("urn:tracegrains:cn:pesticide:4123456", "registration class")]
    public void A_URN_that_claims_to_be_such_a_code_must_be_right(string urn, string says)
    {
        Assert.False(Identifier.TryIdentify(urn, out _, out var error));
        Assert.Contains("expected", error);
        Assert.Contains(says, error);
    }

    [Fact]
    public void Every_scheme_cites_its_source_and_survives_the_round_trip()
    {
        string[] texts = ["81234567890123456789", Pesticide, Veterinary, "0160824A12345", "91350100M000100Y43", "21603101012006010101", "215010890201500098", "150CQ1000001", SeedTexts.Right];
        foreach (var text in texts)
        {
            var read = ScannedText.Identify(text).Best!;
            Assert.NotEmpty(read.Source);
            var again = ScannedText.Identify(read.Code).Best!;
            Assert.Equal((read.Scheme, read.Kind, read.Code, CodeCandidate.Declared), (again.Scheme, again.Kind, again.Code, again.OneIn));
        }
    }

    [Fact]
    public void Any_single_wrong_character_of_a_social_credit_code_shows()
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        Gen.Select(Gen.Int[0, 17], Gen.Int[0, 30], Gen.OneOfConst("91310110666007217T", "91350100M000100Y43", "123502001549897397")).Sample((place, index, right) =>
        {
            if (right[place] == alphabet[index])
                return;
            var wrong = right[..place] + alphabet[index] + right[(place + 1)..];
            Assert.DoesNotContain(ScannedText.Identify(wrong).Candidates, candidate => candidate is { Scheme: "cn:uscc", IsValid: true });
        });
    }

    [Fact]
    public void A_URN_of_random_text_never_throws_and_is_canonical_when_it_is_right() =>
        Gen.Select(Gen.OneOfConst("drug", "pesticide", "veterinary-drug", "detonator", "uscc", "equipment-registration", "equipment", "cylinder", "seed", "x"), Gen.String[Gen.Char["0123456789ABZ%:lot某\ud800 "], 0, 34]).Sample((word, body) =>
        {
            if (!Identifier.TryIdentify($"urn:tracegrains:cn:{word}:{body}", out var identified, out _))
                return;
            Assert.True(Identifier.TryIdentify(identified.Code, out var again, out _));
            Assert.Equal(identified, again);
        });
}
