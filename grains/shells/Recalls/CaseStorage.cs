namespace TraceGrains.Grains.Recalls;

/// <summary>Where recall cases keep what is not in the ledger; the host registers a provider of this name.</summary>
public static class CaseStorage
{
    /// <summary>The provider's name.</summary>
    public const string Provider = "cases";
}
