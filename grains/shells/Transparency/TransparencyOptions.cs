namespace TraceGrains.Grains.Transparency;

/// <summary>What an administrator sets of the transparency log.</summary>
public sealed record TransparencyOptions
{
    /// <summary>Name of the log in every tree head; it must not change while heads are kept anywhere.</summary>
    public string Origin { get; init; } = "tracegrains";

    /// <summary>How often a head is signed while events come in.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromMinutes(1);
}
