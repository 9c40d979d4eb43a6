namespace TraceGrains.Domain.Identity;

/// <summary>The last digit of every numeric GS1 key: digits weighted 3, 1, 3, … from the right, then what is missing to the next ten.</summary>
/// <remarks>It catches every single wrong digit and most swapped neighbours; it proves nothing about where a code came from.</remarks>
public static class CheckDigit
{
    /// <summary>The check digit that belongs behind <paramref name="digits"/>, a key without its check digit.</summary>
    /// <exception cref="ArgumentException">A character is no ASCII digit.</exception>
    public static char For(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var weight = 3;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(digits[i]))
                throw new ArgumentException($"expected digits only, found '{digits[i]}' at position {i + 1}", nameof(digits));
            sum += (digits[i] - '0') * weight;
            weight = 4 - weight;
        }
        return (char)('0' + (10 - sum % 10) % 10);
    }

    /// <summary>The complete key: <paramref name="digits"/> with their check digit behind them.</summary>
    /// <exception cref="ArgumentException">A character is no ASCII digit.</exception>
    public static string Append(string digits) => digits + For(digits);

    /// <summary>Whether <paramref name="key"/> is at least two digits of which the last is the check digit of the others. Never throws.</summary>
    public static bool IsValid(ReadOnlySpan<char> key) =>
        key.Length >= 2 && !key.ContainsAnyExceptInRange('0', '9') && For(key[..^1]) == key[^1];
}
