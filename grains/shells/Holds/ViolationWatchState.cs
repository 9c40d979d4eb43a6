namespace TraceGrains.Grains.Holds;

/// <summary>How far the watch has come. It is stored now and then: what it looks at twice it records once.</summary>
[GenerateSerializer]
[Alias("tg.ViolationWatchState")]
public sealed class ViolationWatchState
{
    /// <summary>Everything up to this place in the ledger has been looked at, and its violations are on record.</summary>
    [Id(0)] public long Cursor { get; set; }
}
