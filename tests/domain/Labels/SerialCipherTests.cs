using TraceGrains.Domain.Identity;
using TraceGrains.Domain.Labels;

namespace TraceGrains.Domain.Tests.Labels;

public sealed class SerialCipherTests
{
    const string Key128 = "2B7E151628AED2A6ABF7158809CF4F3C", Key192 = Key128 + "EF4359D8D580AA4F", Key256 = Key192 + "7F036D6F04FC6A94";
    const string Numerals = "0123456789abcdefghijklmnopqrstuvwxyz";

    // NIST SP 800-38G, FF1 samples 1 to 9.
    [Theory]
    [InlineData(Key128, 10, "", "0123456789", "2433477484")]
    [InlineData(Key128, 10, "39383736353433323130", "0123456789", "6124200773")]
    [InlineData(Key128, 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum")]
    [InlineData(Key192, 10, "", "0123456789", "2830668132")]
    [InlineData(Key192, 10, "39383736353433323130", "0123456789", "2496655549")]
    [InlineData(Key192, 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr")]
    [InlineData(Key256, 10, "", "0123456789", "6657667009")]
    [InlineData(Key256, 10, "39383736353433323130", "0123456789", "1001623463")]
    [InlineData(Key256, 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd")]
    public void The_cipher_is_FF1(string key, int radix, string tweak, string plain, string expected)
    {
        using var cipher = new SerialCipher(Convert.FromHexString(key), radix, plain.Length, Convert.FromHexString(tweak));
        var encrypted = cipher.Encrypt([.. plain.Select(character => Numerals.IndexOf(character, StringComparison.Ordinal))]);
        Assert.Equal(expected, string.Concat(encrypted.Select(numeral => Numerals[numeral])));
    }

    [Fact]
    public void Small_spaces_are_mapped_onto_themselves_whole()
    {
        using var cipher = new SerialCipher(new byte[16], 5, 5);
        var images = Enumerable.Range(0, 3125).Select(n => string.Concat(cipher.Encrypt([n / 625, n / 125 % 5, n / 25 % 5, n / 5 % 5, n % 5]))).ToHashSet();
        Assert.Equal(3125, images.Count);
    }

    [Fact]
    public void Serials_are_right_for_AI_21_and_do_not_depend_on_how_they_are_asked_for()
    {
        var key = Enumerable.Range(0, SerialNumbers.KeyBytes).Select(i => (byte)i).ToArray();
        var serials = SerialNumbers.Of(key, 0, 5_000);
        Assert.Equal(serials.Length, serials.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(serials[4_000..], SerialNumbers.Of(key, 4_000, 1_000));
        Assert.NotEqual(serials[0], SerialNumbers.Of(new byte[32], 0, 1)[0]);
        foreach (var serial in serials)
        {
            Assert.Equal(SerialNumbers.Length, serial.Length);
            Assert.True(SyntaxDictionary.TryFind("21", out var ai) && ai.Accepts(serial, out _));
            Assert.DoesNotContain(serial, character => !SerialNumbers.Alphabet.Contains(character));
        }
    }

    [Fact]
    public void Neighbouring_counts_share_no_more_than_chance()
    {
        var serials = SerialNumbers.Of(new byte[32], 1_000_000, 2_000);
        var alike = serials.Zip(serials.Skip(1)).Sum(pair => pair.First.Zip(pair.Second).Count(characters => characters.First == characters.Second));
        // 40,000 places, one in 57 alike by chance: 702 on average, 26 the standard deviation.
        Assert.InRange(alike, 702 - 6 * 26, 702 + 6 * 26);
    }
}
