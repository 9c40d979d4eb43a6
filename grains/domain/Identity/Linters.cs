using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace TraceGrains.Domain.Identity;

/// <summary>One content rule for one component of a value: null if it holds, else what was expected.</summary>
delegate string? Linter(ReadOnlySpan<char> component);

/// <summary>The content rules that the GS1 Syntax Dictionary names. Each sees a component whose length and characters are already right.</summary>
static class Linters
{
    /// <summary>GS1 has handed out company prefixes as short as four digits.</summary>
    const int CompanyPrefixDigitsMin = 4;

    static readonly SearchValues<char> CapitalsAndDigits = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    static readonly FrozenDictionary<string, Linter> ByName = new Dictionary<string, Linter>
    {
        ["csum"] = CheckDigitHolds,
        ["csumalpha"] = c => CheckCharacters.IsValid(c) ? null : "two check characters that fit the rest",
        // Whether GS1 ever allocated the prefix is in no published list: only the shape is checked.
        ["gcppos1"] = c => StartsWithDigits(c, CompanyPrefixDigitsMin) ? null : "a GS1 company prefix, digits, at the start",
        ["gcppos2"] = c => StartsWithDigits(c[1..], CompanyPrefixDigitsMin) ? null : "a GS1 company prefix, digits, from the second place",
        ["yymmd0"] = c => IsDay(Number(c[..2]), Number(c[2..4]), Number(c[4..6]), dayZero: true) ? null : "a date YYMMDD, where DD may be 00",
        ["yymmdd"] = c => IsDay(Number(c[..2]), Number(c[2..4]), Number(c[4..6]), dayZero: false) ? null : "a date YYMMDD",
        ["yyyymmdd"] = c => IsDay(Number(c[..4]), Number(c[4..6]), Number(c[6..8]), dayZero: false) ? null : "a date YYYYMMDD",
        ["hhmi"] = c => Number(c[..2]) < 24 && Number(c[2..4]) < 60 ? null : "a time HHMM from 0000 to 2359",
        ["hh"] = c => Number(c) < 24 ? null : "hours 00 to 23",
        ["mi"] = c => Number(c) < 60 ? null : "minutes 00 to 59",
        ["ss"] = c => Number(c) < 60 ? null : "seconds 00 to 59",
        ["iso3166"] = c => IsoCodes.IsCountryNumber(c) ? null : "an ISO 3166 country number",
        ["iso3166999"] = c => c is "999" || IsoCodes.IsCountryNumber(c) ? null : "an ISO 3166 country number or 999",
        ["iso3166alpha2"] = c => IsoCodes.IsCountryLetters(c) ? null : "an ISO 3166 country of two capital letters",
        ["iso4217"] = c => IsoCodes.IsCurrencyNumber(c) ? null : "an ISO 4217 currency number",
        ["iso5218"] = c => c is "0" or "1" or "2" or "9" ? null : "0, 1, 2 or 9",
        ["zero"] = c => c.ContainsAnyExcept('0') ? "0" : null,
        ["nonzero"] = c => c.ContainsAnyExcept('0') ? null : "a number above 0",
        ["nozeroprefix"] = c => c.Length > 1 && c[0] == '0' ? "a number without leading 0" : null,
        ["hasnondigit"] = c => c.ContainsAnyExceptInRange('0', '9') ? null : "at least one character that is no digit",
        ["pieceoftotal"] = c => Number(c[..2]) is var piece && piece >= 1 && piece <= Number(c[2..4]) ? null : "a piece from 01 to the total, then the total",
        ["posinseqslash"] = c => IsPositionInSequence(c) ? null : "a position and a total such as 1/3",
        ["pcenc"] = c => PercentEncoding.IsWellFormed(c) ? null : "two hexadecimal digits after every %",
        ["iban"] = c => IsIban(c) ? null : "an IBAN whose check digits fit",
        ["importeridx"] = c => char.IsAsciiLetterOrDigit(c[0]) || c[0] is '-' or '_' ? null : "a letter, a digit, - or _",
        ["yesno"] = c => c is "0" or "1" ? null : "0 or 1",
        ["winding"] = c => c is "0" or "1" or "9" ? null : "0, 1 or 9",
        ["latitude"] = c => Number(c) <= 1_800_000_000 ? null : "a latitude from 0000000000 to 1800000000",
        ["longitude"] = c => Number(c) <= 3_600_000_000 ? null : "a longitude from 0000000000 to 3600000000",
        ["hyphen"] = c => c.ContainsAnyExcept('-') ? "a hyphen" : null,
        ["mediatype"] = c => Number(c) is (>= 1 and <= 10) or (>= 80 and <= 99) ? null : "a media type 01 to 10 or 80 to 99",
        // UN/CEFACT recommendation 21 lists package types and grows; any code of capitals and digits is taken.
        ["packagetype"] = c => c.ContainsAnyExcept(CapitalsAndDigits) ? "a package type of capital letters and digits" : null,
        // North American coupons are not traced here: their inner grammar is not checked, only that they are digits.
        ["couponcode"] = c => StartsWithDigits(c, c.Length) ? null : "digits",
        ["couponposoffer"] = c => StartsWithDigits(c, c.Length) ? null : "digits",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rule of that name. A name we do not know is a newer dictionary than this code: better to stop than to skip a rule.</summary>
    public static Linter Named(string name) =>
        ByName.TryGetValue(name, out var linter) ? linter : throw new InvalidDataException($"the GS1 syntax dictionary names the linter '{name}', which TraceGrains lacks");

    static string? CheckDigitHolds(ReadOnlySpan<char> digits) =>
        CheckDigit.For(digits[..^1]) is var expected && expected == digits[^1] ? null : $"check digit {expected}, found {digits[^1]}";

    static bool StartsWithDigits(ReadOnlySpan<char> text, int count) =>
        text.Length >= count && !text[..count].ContainsAnyExceptInRange('0', '9');

    static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <remarks>Two-digit years lie between 1950 and 2050, where every fourth is a leap year, so the century does not matter.</remarks>
    static bool IsDay(long year, long month, long day, bool dayZero)
    {
        if (month is < 1 or > 12)
            return false;
        var leap = year % 4 == 0 && (year < 100 || year % 100 != 0 || year % 400 == 0);
        var last = month switch { 2 => leap ? 29 : 28, 4 or 6 or 9 or 11 => 30, _ => 31 };
        return day <= last && (day >= 1 || dayZero);
    }

    static bool IsPositionInSequence(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 1 || slash == text.Length - 1)
            return false;
        var position = text[..slash];
        var total = text[(slash + 1)..];
        return StartsWithDigits(position, position.Length) && StartsWithDigits(total, total.Length)
            && position[0] != '0' && total[0] != '0' && Number(position) <= Number(total);
    }

    static bool IsIban(ReadOnlySpan<char> text)
    {
        if (text.Length < 5 || !IsoCodes.IsCountryLetters(text[..2]) || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3]))
            return false;
        var remainder = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[(i + 4) % text.Length];
            if (char.IsAsciiDigit(character))
                remainder = (remainder * 10 + character - '0') % 97;
            else if (char.IsAsciiLetterUpper(character))
                remainder = (remainder * 100 + character - 'A' + 10) % 97;
            else
                return false;
        }
        return remainder == 1;
    }
}
