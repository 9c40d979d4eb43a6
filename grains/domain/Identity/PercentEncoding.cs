using System.Buffers;

namespace TraceGrains.Domain.Identity;

/// <summary>Escapes in URIs, for values that are ASCII by definition.</summary>
/// <remarks>
/// One canonical spelling: letters, digits and <c>- . _ ~ '</c> stand for themselves and everything else is escaped with capital
/// hexadecimal digits. The apostrophe is literal because the published CBV event hashes have it so.
/// </remarks>
static class PercentEncoding
{
    static readonly SearchValues<char> Literal =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~'");

    public static bool IsLiteral(char character) => Literal.Contains(character);

    public static bool IsAllLiteral(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Literal);

    /// <summary>Whether every % is followed by two hexadecimal digits.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return false;
                i += 2;
            }
        return true;
    }

    /// <summary>Undoes escapes into <paramref name="decoded"/>, which is at least as long. An escaped byte above 127 stays a character above 127, which no GS1 character set holds.</summary>
    /// <returns>The number of characters, or -1 where a % is not followed by two hexadecimal digits.</returns>
    public static int Decode(ReadOnlySpan<char> text, Span<char> decoded, bool plusIsSpace = false)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return -1;
                character = (char)(HexValue(text[i + 1]) << 4 | HexValue(text[i + 2]));
                i += 2;
            }
            else if (character == '+' && plusIsSpace)
            {
                character = ' ';
            }
            decoded[length++] = character;
        }
        return length;
    }

    /// <summary>The escaped form of a value without escapes.</summary>
    public static string Encode(string value)
    {
        if (IsAllLiteral(value))
            return value;
        var writer = new CanonicalWriter(stackalloc char[value.Length * 3]);
        writer.AppendEncoded(value);
        return writer.Written.ToString();
    }

    static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
