using CsCheck;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class CheckDigitTests
{
    [Theory]
    [InlineData("0952012345678", '8')]
    [InlineData("00614141123456789", '0')]
    [InlineData("629104150021", '3')]
    [InlineData("", '0')]
    public void It_makes_the_weighted_sum_a_multiple_of_ten(string digits, char expected) => Assert.Equal(expected, CheckDigit.For(digits));

    [Fact]
    public void Anything_but_digits_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(() => CheckDigit.For("12A4"));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0952012345678X")]
    [InlineData("09520123456789")]
    public void A_wrong_key_is_not_valid(string key) => Assert.False(CheckDigit.IsValid(key));

    [Fact]
    public void Every_single_wrong_digit_shows() =>
        Gen.Select(Gen.String[Gen.Char['0', '9'], 5, 17], Gen.Int[0, 16], Gen.Int[1, 9]).Sample((digits, place, shift) =>
        {
            var key = CheckDigit.Append(digits).ToCharArray();
            var right = CheckDigit.IsValid(key);
            place %= key.Length;
            key[place] = (char)('0' + (key[place] - '0' + shift) % 10);
            return right && !CheckDigit.IsValid(key);
        });
}
