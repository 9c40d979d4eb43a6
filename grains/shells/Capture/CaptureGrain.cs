using Orleans.Concurrency;
using TraceGrains.Contracts.Capture;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Lineage;

namespace TraceGrains.Grains.Capture;

/// <summary>Reads, checks and hashes documents off the sequencer's thread; whatever does not need the order is done here.</summary>
[StatelessWorker]
[Reentrant]
sealed class CaptureGrain : Grain, ICaptureGrain
{
    public Task<CaptureAnswer> CaptureDocument(CaptureForm form, byte[] document, CaptureErrorBehaviour behaviour) =>
        Record(CaptureForms.ReadDocument(form, document, behaviour), behaviour);

    public Task<CaptureAnswer> CaptureEvent(CaptureForm form, byte[] bareEvent) => Record(CaptureForms.ReadEvent(form, bareEvent), CaptureErrorBehaviour.Rollback);

    async Task<CaptureAnswer> Record(ReadDocument read, CaptureErrorBehaviour behaviour)
    {
        var refused = read.Problems.Select(Refused).ToArray();
        if (read.Events.Count + read.MasterData.Count == 0) return new() { Problems = refused };
        // Master data goes with the events of its document, behind them: their positions stay what they are, and nobody is told of its records.
        EventToRecord[] events = [.. read.Events.Concat(read.MasterData).Select(EventToRecord.Of)];
        var sequencer = GrainFactory.GetGrain<ISequencerGrain>(0);
        if (behaviour == CaptureErrorBehaviour.Rollback) return OfEvents(await Again.Ask(() => sequencer.Append(events)), read.Events.Count);
        var answer = OfEvents(await Again.Ask(() => sequencer.AppendEach(events)), read.Events.Count);
        return read.Positions is { } positions ? Placed(answer, positions, refused) : answer;
    }

    static CaptureAnswer OfEvents(CaptureAnswer answer, int count) => answer.Receipts.Length + answer.Problems.Length <= count ? answer : new()
    {
        Receipts = [.. answer.Receipts.Where(receipt => receipt.EventIndex < count)],
        Problems = [.. answer.Problems.Where(problem => problem.EventIndex is not { } at || at < count)],
    };

    /// <summary>The sequencer was given only the events that could be read: each goes back to its position in the document.</summary>
    static CaptureAnswer Placed(CaptureAnswer answer, IReadOnlyList<int> positions, Refusal[] refused) => new()
    {
        Receipts = [.. answer.Receipts.Select(receipt => new Receipt
        {
            EventIndex = positions[receipt.EventIndex], EventId = receipt.EventId, Sequence = receipt.Sequence, IsRepeat = receipt.IsRepeat,
        })],
        Problems = [.. answer.Problems.Select(problem => new Refusal
        {
            EventIndex = positions[problem.EventIndex!.Value], Field = problem.Field, Expected = problem.Expected, Found = problem.Found, IsConflict = problem.IsConflict,
        }).Concat(refused).OrderBy(problem => problem.EventIndex)],
    };

    static Refusal Refused(CaptureProblem problem) => new()
    {
        EventIndex = problem.EventIndex, Field = problem.Field, Expected = problem.Expected, Found = problem.Found, ExceedsLimit = problem.ExceedsCaptureLimit,
    };
}
