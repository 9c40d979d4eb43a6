using CsCheck;
using TraceGrains.Domain.Access;

namespace TraceGrains.Domain.Tests.Access;

public sealed class RegistrationTests
{
    static readonly Registration own = new("urn:ex:party:own", ["6901234", "urn:ex:drug:8690001"]);

    [Theory]
    [InlineData("urn:ex:party:own", true)]
    [InlineData("urn:ex:party:own2", false)]
    [InlineData("https://id.gs1.org/01/06901234567892", true)]              // behind the indicator digit
    [InlineData("https://id.gs1.org/01/16901234567899/10/L1", true)]
    [InlineData("https://id.gs1.org/01/66901234567894/21/7", true)]
    [InlineData("https://id.gs1.org/01/69012345678901", false)]             // the digits stand one place too far left
    [InlineData("https://id.gs1.org/00/369012345678901234", true)]
    [InlineData("https://id.gs1.org/414/6901234000016", true)]
    [InlineData("https://id.gs1.org/414/6901235000015", false)]
    [InlineData("https://id.gs1.org/417/6901234000016/x", true)]
    [InlineData("https://id.gs1.org/8003/06901234567892/s", true)]
    [InlineData("https://id.gs1.org/8004/6901234ASSET", true)]
    [InlineData("https://id.gs1.org/8004/690123", false)]
    [InlineData("urn:ex:drug:8690001123", true)]
    [InlineData("urn:ex:drug:8690002123", false)]
    public void A_code_is_own_under_a_registered_key(string code, bool isOwn) => Assert.Equal(isOwn, own.Owns(code));

    /// <summary>Where to look for an enterprise's codes never leaves one of them out.</summary>
    [Fact]
    public void Every_own_code_is_in_a_family_of_the_enterprise() => Gen.Select(
        Gen.Char["0123456789"].Array[4, 12].Select(digits => new string(digits)).Array[0, 3], Gen.OneOfConst("urn:ex:party:own", "https://id.gs1.org/417/6901234000016", "urn:x", "https://id.gs1.org/8004/69"),
        Gen.OneOfConst("01/0", "00/3", "414/", "417/", "8004/", "8003/0", "253/", "8018/", "99/"), Gen.Char["0123456789A/"].Array[0, 14].Select(rest => new string(rest)), Gen.Int[0, 3], Gen.Bool)
        .Sample((keys, party, start, rest, which, isOther) =>
        {
            var all = isOther ? keys.Append("urn:ex:drug:8690001").ToArray() : keys;
            var registration = new Registration(party, all);
            var code = which < keys.Length ? $"https://id.gs1.org/{start}{keys[which]}{rest}" : isOther ? "urn:ex:drug:8690001" + rest : party;
            if (registration.Owns(code) && registration.Families() is { } families) Assert.Contains(Registration.FamilyOf(code), families);
            // A short key names no family, and whoever has one is looked for everywhere.
            Assert.Equal(all.Any(key => key.Length < 6), registration.Families() is null);
        }, iter: Proof.Rounds(2_000));

    [Theory]
    [InlineData("6901", true)]
    [InlineData("690123456789", true)]
    [InlineData("690", false)]
    [InlineData("6901234567890", false)]
    [InlineData("urn:ex:drug:8690001", true)]
    [InlineData("urn:", false)]
    [InlineData("https://id.gs1.org/01/0690", false)]                       // would be under no check of digits
    [InlineData("https://id.gs1.o", false)]                                 // and a beginning of that would be everybody's
    [InlineData("https://id.gs1", false)]                                   // every GS1 code begins so
    [InlineData("not a key at all", false)]
    public void Keys_are_prefixes_or_beginnings_of_other_issuers_codes(string text, bool isKey) => Assert.Equal(isKey, Registration.IsKey(text));

    [Theory]
    [InlineData("500103", "500103", true)]
    [InlineData("500103", "500104", false)]
    [InlineData("500100", "500103", true)]
    [InlineData("500000", "500243", true)]
    [InlineData("500000", "510104", false)]
    [InlineData("500103", null, false)]
    public void A_territory_is_a_county_or_what_lies_in_a_wider_division(string territory, string? district, bool isIn) => Assert.Equal(isIn, Territory.Contains(territory, district));
}
