namespace TraceGrains.Domain.Identity;

/// <summary>Writes a canonical code into a buffer on the stack, so that a code that is canonical already costs no new string.</summary>
/// <remarks>The caller gives a buffer that fits the longest value the syntax allows; values are checked before they are written.</remarks>
ref struct CanonicalWriter(Span<char> buffer)
{
    readonly Span<char> buffer = buffer;
    int length;

    /// <summary>Fits every canonical code: host and AIs, a key of 30 characters and a qualifier of 30, each escaped.</summary>
    public const int LengthMax = 256;

    public readonly ReadOnlySpan<char> Written => buffer[..length];

    public void Append(char character) => buffer[length++] = character;

    public void Append(scoped ReadOnlySpan<char> text)
    {
        text.CopyTo(buffer[length..]);
        length += text.Length;
    }

    /// <summary>Appends the check digit of the last <paramref name="count"/> characters.</summary>
    public void AppendCheckDigit(int count) => Append(CheckDigit.For(buffer[(length - count)..length]));

    /// <summary>Appends a value without escapes, escaping it.</summary>
    public void AppendEncoded(scoped ReadOnlySpan<char> value)
    {
        if (PercentEncoding.IsAllLiteral(value))
        {
            Append(value);
            return;
        }
        foreach (var character in value)
            if (PercentEncoding.IsLiteral(character))
            {
                Append(character);
            }
            else
            {
                Append('%');
                Append(HexDigit(character >> 4 & 15));
                Append(HexDigit(character & 15));
            }
    }

    /// <summary>Appends a value that may have escapes already: each escape is undone and made again in the canonical way.</summary>
    public void AppendReencoded(scoped ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('%'))
        {
            AppendEncoded(raw);
            return;
        }
        Span<char> decoded = stackalloc char[raw.Length];
        AppendEncoded(decoded[..PercentEncoding.Decode(raw, decoded)]);
    }

    /// <summary>What was written, as a string: <paramref name="spelling"/> itself where it is the same.</summary>
    public readonly string ToCode(string spelling) => Written.SequenceEqual(spelling) ? spelling : Written.ToString();

    static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
