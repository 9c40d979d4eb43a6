namespace TraceGrains.Ledger.Index;

/// <summary>Which events there are for whoever asks.</summary>
/// <param name="Keys">Keys under one of which each of them is filed; null where the index cannot say.</param>
/// <param name="Sees">Whether it is one of them: this decides.</param>
public sealed record QueryView(IReadOnlyCollection<long>? Keys, Func<LedgerEvent, ValueTask<bool>> Sees)
{
    /// <summary>All.</summary>
    public static QueryView Everything { get; } = new(null, _ => new(true));

    /// <summary>Whether nothing is left out.</summary>
    public bool IsEverything => ReferenceEquals(this, Everything);
}
