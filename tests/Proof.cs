using System.Globalization;

namespace TraceGrains.Tests;

/// <summary>How long the random proofs search: a budget that fits every run of the tests, and a longer one for whoever changes what they prove.</summary>
static class Proof
{
    /// <summary>The usual number of rounds, times <c>TRACEGRAINS_PROOF</c> where that is set.</summary>
    public static int Rounds(int usual) =>
        usual * (Environment.GetEnvironmentVariable("TRACEGRAINS_PROOF") is { Length: > 0 } factor ? int.Parse(factor, CultureInfo.InvariantCulture) : 1);
}
