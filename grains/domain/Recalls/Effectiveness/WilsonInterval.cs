namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>Between which bounds a share lies with 95 % confidence, by what was seen in a random sample (Wilson's score interval; the size of the whole is not taken into account, which makes it a little too wide).</summary>
/// <param name="Lower">From 0 to 1.</param>
/// <param name="Upper">From 0 to 1.</param>
public sealed record WilsonInterval(double Lower, double Upper)
{
    // The 97.5 % point of the normal distribution.
    const double Z = 1.959963984540054;

    /// <summary>The interval of so many successes in so many trials; of no trials, anything may be.</summary>
    public static WilsonInterval Of(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0) return new(0, 1);
        double n = trials, share = successes / n, z2 = Z * Z;
        var middle = (share + z2 / (2 * n)) / (1 + z2 / n);
        var half = Z / (1 + z2 / n) * Math.Sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        // At the ends the bound is the end itself, whatever rounding makes of it.
        return new(successes == 0 ? 0 : Math.Max(0, middle - half), successes == trials ? 1 : Math.Min(1, middle + half));
    }
}
