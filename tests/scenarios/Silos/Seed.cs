using System.Globalization;

namespace TraceGrains.Scenarios.Silos;

/// <summary>Where a scenario's chances come from: a new seed each run, or <c>TRACEGRAINS_SEED</c>. It is part of every failure's message.</summary>
static class Seed
{
    public static int Value { get; } = Environment.GetEnvironmentVariable("TRACEGRAINS_SEED") is { Length: > 0 } set ? int.Parse(set, CultureInfo.InvariantCulture) : Random.Shared.Next();

    public static string Hint => $"TRACEGRAINS_SEED={Value}";
}
