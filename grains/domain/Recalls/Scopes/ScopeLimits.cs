namespace TraceGrains.Domain.Recalls.Scopes;

/// <summary>How much one scope may be, and how much work it may make.</summary>
public static class ScopeLimits
{
    /// <summary>Leaves and branches of a scope.</summary>
    public const int NodesMax = 200;

    /// <summary>How deep scopes nest.</summary>
    public const int DepthMax = 8;

    /// <summary>Things a scope may name, before its reach is worked out.</summary>
    public const int ItemsMax = 1_000_000;

    /// <summary>Events that are read to work one scope out.</summary>
    public const int EventsMax = 200_000;

    /// <summary>Characters of a saved scope.</summary>
    public const int TextMax = 1_000_000;
}
