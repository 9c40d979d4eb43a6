using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Events;

namespace TraceGrains.Grains.Capture;

/// <summary>What a job keeps. Of its events the places alone: their ids are in the ledger.</summary>
[GenerateSerializer]
[Immutable]
[Alias("tg.CaptureJobState")]
sealed record CaptureJobState
{
    [Id(0)] public CaptureForm Form { get; init; }
    [Id(1)] public CaptureErrorBehaviour Behaviour { get; init; }
    [Id(2)] public Refusal[] Errors { get; init; } = [];
    /// <summary>Sequence numbers of the recorded events; negative those of repeats.</summary>
    [Id(3)] public long[] Places { get; init; } = [];
    /// <summary>The events' positions in the document; null where none is missing.</summary>
    [Id(4)] public int[]? Positions { get; init; }
    [Id(5)] public string? Failure { get; init; }
    /// <summary>Who sent the document; null for somebody who may report everything.</summary>
    [Id(6)] public Caller? By { get; init; }

    public CaptureJobState Finished(CaptureAnswer answer) => this with
    {
        Errors = answer.Problems,
        Places = [.. answer.Receipts.Select(receipt => receipt.IsRepeat ? -receipt.Sequence : receipt.Sequence)],
        Positions = answer.Problems.Length == 0 ? null : [.. answer.Receipts.Select(receipt => receipt.EventIndex)],
    };
}
