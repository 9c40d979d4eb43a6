using TraceGrains.Contracts.Recalls;

namespace TraceGrains.Grains.Recalls;

/// <summary>
/// What a case keeps beyond the ledger. The ledger's notices say that a recall exists, its scope and whether it stands; this adds when the wave was done.
/// Replaced whole, never changed in place: storage may serialise it while another turn runs.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.RecallState")]
sealed record RecallState
{
    [Id(0)] public RecallRequest? Request { get; init; }
    [Id(1)] public DateTimeOffset IssuedAt { get; init; }
    [Id(2)] public long IssuedSequence { get; init; }
    [Id(3)] public DateTimeOffset? EffectiveAt { get; init; }
    [Id(4)] public double? WaveMilliseconds { get; init; }
    [Id(5)] public DateTimeOffset? WithdrawnAt { get; init; }
    [Id(6)] public string? WithdrawnReason { get; init; }
}
