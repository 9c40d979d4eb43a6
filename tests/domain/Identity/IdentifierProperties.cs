using System.Globalization;
using CsCheck;
using TraceGrains.Domain.Identity;

namespace TraceGrains.Domain.Tests.Identity;

public class IdentifierProperties
{
    const string Cset82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    static readonly Gen<string> Serials = Gen.String[Gen.Char[Cset82], 1, 20];
    static readonly Gen<string> Thirteen = Digits(13);
    static readonly Gen<int> PrefixLengths = Gen.Int[6, 12];

    /// <summary>How a link may be dressed without changing what it names.</summary>
    static readonly Gen<(string Front, string Back)> Dresses = Gen.Select(
        Gen.OneOfConst("https://id.gs1.org", "http://id.gs1.org", "HTTPS://ID.GS1.ORG:443", "https://example.com", "http://192.0.2.1:8080", "https://重庆.cn"),
        Gen.OneOfConst("", "/a", "/some/long/stem", "/00/faux", "/%41"),
        Gen.OneOfConst("", "?", "?17=251231", "?linkType=all&99=x", "?&&=", "#top", "?a#b/01/c"),
        (host, stem, back) => (host + stem, back));

    /// <summary>Which characters a writer chose to escape though it need not, and whether in small letters.</summary>
    static readonly Gen<Func<string, string>> Escapes = Gen.Select(Gen.ULong, Gen.Bool, (which, small) =>
        (Func<string, string>)(value => string.Concat(value.Select((character, i) =>
            MustEscape(character) || (which >> i & 1) == 1 ? Escape(character, small) : character.ToString()))));

    [Fact]
    public void A_serialised_item_has_one_code_however_it_is_spelt() =>
        Gen.Select(Thirteen, PrefixLengths, Serials, Serials, Dresses, Escapes).Sample((item, prefix, serial, lot, dress, escape) =>
        {
            var gtin = CheckDigit.Append(item);
            var canonical = CodeOf($"https://id.gs1.org/01/{gtin}/21/{Uri.EscapeDataString(serial)}", CodeKind.Unit);
            var reference = item[0] + item[(prefix + 1)..];
            Assert.Equal(canonical, CodeOf($"urn:epc:id:sgtin:{item[1..(prefix + 1)]}.{reference}.{escape(serial)}", CodeKind.Unit));
            Assert.Equal(canonical, CodeOf($"{dress.Front}/01/{gtin}/21/{escape(serial)}{dress.Back}", CodeKind.Unit));
            Assert.Equal(canonical, CodeOf($"{dress.Front}/01/{gtin}/22/V1/10/{escape(lot)}/21/{escape(serial)}{dress.Back}", CodeKind.Unit));
            Assert.Equal(canonical, CodeOf(canonical, CodeKind.Unit));
        });

    [Fact]
    public void A_lot_has_one_code_however_it_is_spelt_and_its_units_name_it() =>
        Gen.Select(Thirteen, PrefixLengths, Serials, Dresses, Escapes).Sample((item, prefix, lot, dress, escape) =>
        {
            var gtin = CheckDigit.Append(item);
            var canonical = CodeOf($"https://id.gs1.org/01/{gtin}/10/{Uri.EscapeDataString(lot)}", CodeKind.Batch);
            Assert.Equal(canonical, CodeOf($"urn:epc:class:lgtin:{item[1..(prefix + 1)]}.{item[0] + item[(prefix + 1)..]}.{escape(lot)}", CodeKind.Batch));
            Assert.Equal(canonical, CodeOf($"{dress.Front}/01/{gtin}/22/V1/10/{escape(lot)}{dress.Back}", CodeKind.Batch));
            Assert.True(Identifier.TryIdentify($"{dress.Front}/01/{gtin}/10/{escape(lot)}/21/S{dress.Back}", out var unit, out _));
            Assert.Equal(canonical, unit.LotCode);
            Assert.Equal(canonical, CodeOf(canonical, CodeKind.Batch));
        });

    [Fact]
    public void A_logistic_unit_has_one_code_however_it_is_spelt() =>
        Gen.Select(Digits(17), PrefixLengths, Dresses).Sample((digits, prefix, dress) =>
        {
            var canonical = $"https://id.gs1.org/00/{CheckDigit.Append(digits)}";
            Assert.Equal(canonical, CodeOf(canonical, CodeKind.LogisticUnit));
            Assert.Equal(canonical, CodeOf($"urn:epc:id:sscc:{digits[1..(prefix + 1)]}.{digits[0] + digits[(prefix + 1)..]}", CodeKind.LogisticUnit));
            Assert.Equal(canonical, CodeOf($"{dress.Front}/00/{CheckDigit.Append(digits)}{dress.Back}", CodeKind.LogisticUnit));
        });

    [Fact]
    public void A_place_has_one_code_however_it_is_spelt() =>
        Gen.Select(Digits(12), PrefixLengths, Gen.OneOf(Gen.Const("0"), Serials), Dresses, Escapes).Sample((digits, prefix, extension, dress, escape) =>
        {
            var gln = CheckDigit.Append(digits);
            var canonical = CodeOf($"https://id.gs1.org/414/{gln}/254/{Uri.EscapeDataString(extension)}", CodeKind.Location);
            Assert.Equal(canonical, CodeOf($"urn:epc:id:sgln:{digits[..prefix]}.{digits[prefix..]}.{escape(extension)}", CodeKind.Location));
            Assert.Equal(canonical, CodeOf($"{dress.Front}/414/{gln}/254/{escape(extension)}{dress.Back}", CodeKind.Location));
            if (extension == "0")
                Assert.Equal(canonical, CodeOf($"{dress.Front}/414/{gln}{dress.Back}", CodeKind.Location));
            Assert.Equal(canonical, CodeOf(canonical, CodeKind.Location));
        });

    [Fact]
    public void Different_serials_are_different_units() =>
        Gen.Select(Thirteen, Serials, Serials, Escapes).Where((_, one, other, _) => one != other).Sample((item, one, other, escape) =>
        {
            var gtin = CheckDigit.Append(item);
            Assert.NotEqual(CodeOf($"https://a.cn/01/{gtin}/21/{escape(one)}", CodeKind.Unit), CodeOf($"https://a.cn/01/{gtin}/21/{escape(other)}", CodeKind.Unit));
        });

    [Fact]
    public void Elements_survive_being_written_as_a_link_and_read_again() =>
        Gen.Select(Thirteen, Serials, Serials, Gen.OneOfConst("", "https://a.cn", "https://a.cn/stem/")).Sample((item, lot, note, stem) =>
        {
            Element[] elements = [new("01", CheckDigit.Append(item)), new("10", lot), new("99", note)];
            Assert.True(DigitalLink.TryGenerate(elements, stem, out var uri, out var error), error);
            Assert.True(DigitalLink.TryParse(uri, out var read, out error), error);
            Assert.Equal(elements, read);
        });

    [Fact]
    public void What_is_identified_identifies_to_itself_and_no_text_makes_it_throw() =>
        Gen.OneOf(Gen.String, Mangled, Gen.Select(Gen.OneOfConst(Starts), Gen.String, (start, rest) => start + rest)).Sample(text =>
        {
            if (Identifier.TryIdentify(text, out var first, out var error))
            {
                Assert.True(Identifier.TryIdentify(first.Code, out var again, out error), error);
                Assert.Equal(first with { LotCode = null }, again);
                if (first.LotCode is { } lot)
                    Assert.Equal(lot, CodeOf(lot, CodeKind.Batch));
            }
            else
            {
                Assert.False(string.IsNullOrEmpty(error));
            }
            DigitalLink.TryParse(text, out _, out _);
            ElementString.TryParseBracketed(text, out _, out _, permitUnknown: true);
            ElementString.TryParseScanned("^" + text, out _, out _);
        }, iter: 20_000);

    static readonly string[] Starts =
    [
        "urn:epc:id:sgtin:", "urn:epc:id:itip:4012345.012345.", "urn:epc:id:", "urn:epc:class:lgtin:0614141.", "urn:epc:idpat:grai:", "urn:epc:id:giai:4012345.",
        "urn:epc:id:cpi:4012345.", "https://id.gs1.org/", "https://a/01/09520123456788/", "http://", "urn:", "(01)09520123456788(", "(7258)", "(8007)", "(8013)", "(7040)",
    ];

    /// <summary>Right codes with characters replaced, cut and repeated: closer to the edges than random text ever comes.</summary>
    static readonly Gen<string> Mangled = Gen.Select(
        Gen.OneOfConst(
            "urn:epc:id:sgtin:0614141.112345.400", "urn:epc:id:itip:4012345.012345.01.02.999", "urn:epc:id:cpi:0614141.1-A%23%2F.1234",
            "urn:epc:idpat:gdti:4012345.55555.*", "urn:epc:id:giai:4012345.a.b%2Fc", "urn:epc:id:sgln:4012345.00011.987", "urn:epc:id:sscc:4012345.0111111111",
            "https://id.gs1.org/01/09520123456788/10/L%2f1/21/S1", "https://a.cn/stem/8003/04012345666663%2F87?17=2512#x", "HTTP://a@B.cn:80/414/9520123456788/254/0",
            "https://id.gs1.org/01/09520123456788/22/2A/10/L1?99=%41+&3103=000195"),
        Gen.Select(Gen.Int[0, 80], Gen.Int[0, 3], Gen.OneOf(Gen.Char["/.:%?#&=0* \u0000é\ud83d"], Gen.Char)).Array[1, 4],
        (code, changes) =>
        {
            foreach (var (place, how, character) in changes)
            {
                var at = code.Length == 0 ? 0 : place % code.Length;
                code = how switch
                {
                    0 => code.Insert(at, character.ToString()),
                    1 when code.Length > 0 => code.Remove(at, 1),
                    2 => code + code[at..],
                    _ => code[..at] + character + code[Math.Min(at + 1, code.Length)..],
                };
            }
            return code;
        });

    static Gen<string> Digits(int count) => Gen.String[Gen.Char['0', '9'], count, count];

    static string CodeOf(string text, CodeKind kind)
    {
        Assert.True(Identifier.TryIdentify(text, out var identified, out var error), error);
        Assert.Equal(kind, identified.Kind);
        return identified.Code;
    }

    static bool MustEscape(char character) => "\"%&/<>?#+".Contains(character, StringComparison.Ordinal);

    static string Escape(char character, bool small) =>
        "%" + ((int)character).ToString(small ? "x2" : "X2", CultureInfo.InvariantCulture);
}
