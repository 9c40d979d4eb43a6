namespace TraceGrains.Domain.Labels;

/// <summary>Serial numbers for AI (21): 20 characters that nobody can guess, one for each count under a product's key. 57^20 possible serials are as many as 116 random bits.</summary>
public static class SerialNumbers
{
    /// <summary>Letters and digits without those that people mistake for each other: 0 O, 1 I l.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>As long as AI (21) allows (GS1 General Specifications, AI (21): up to 20 characters).</summary>
    public const int Length = 20;

    /// <summary>Bytes of a product's key.</summary>
    public const int KeyBytes = 32;

    /// <summary>How many serials one request may ask for.</summary>
    public const int CountMax = 100_000;

    /// <summary>The serials with the counts <paramref name="first"/>, <paramref name="first"/> + 1, …: the same for the same key, never two alike.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static string[] Of(byte[] key, long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        using var cipher = new SerialCipher(key, Alphabet.Length, Length);
        var serials = new string[count];
        Span<int> numerals = stackalloc int[Length];
        for (var i = 0; i < count; i++)
        {
            var rest = first + i;
            for (var at = Length - 1; at >= 0; at--)
                (numerals[at], rest) = ((int)(rest % Alphabet.Length), rest / Alphabet.Length);
            serials[i] = string.Create(Length, cipher.Encrypt(numerals), (text, encrypted) =>
            {
                for (var at = 0; at < text.Length; at++)
                    text[at] = Alphabet[encrypted[at]];
            });
        }
        return serials;
    }
}
