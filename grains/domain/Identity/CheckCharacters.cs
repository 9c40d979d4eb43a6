namespace TraceGrains.Domain.Identity;

/// <summary>The two check characters behind an alphanumeric GS1 key, the Global Model Number: weights are primes, the modulus is 1021.</summary>
static class CheckCharacters
{
    const string Answers = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The prime for the last character before the check pair comes first.</summary>
    static readonly int[] Weights = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

    public static bool IsValid(ReadOnlySpan<char> key)
    {
        if (key.Length < 3 || key.Length - 2 > Weights.Length)
            return false;
        var body = key[..^2];
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var value = Charsets.PositionIn82(body[i]);
            if (value < 0)
                return false;
            sum += value * Weights[body.Length - 1 - i];
        }
        sum %= 1021;
        return key[^2] == Answers[sum >> 5] && key[^1] == Answers[sum & 31];
    }
}
