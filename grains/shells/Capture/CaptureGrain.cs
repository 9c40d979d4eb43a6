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
    public Task<CaptureAnswer> CaptureDocument(CaptureForm form, byte[] document) => Record(CaptureForms.ReadDocument(form, document));

    public Task<CaptureAnswer> CaptureEvent(CaptureForm form, byte[] bareEvent) => Record(CaptureForms.ReadEvent(form, bareEvent));

    async Task<CaptureAnswer> Record(ReadDocument read)
    {
        if (read.Problems.Count > 0)
            return new()
            {
                Problems = [.. read.Problems.Select(problem => new Refusal
                {
                    EventIndex = problem.EventIndex, Field = problem.Field, Expected = problem.Expected, Found = problem.Found, ExceedsLimit = problem.ExceedsCaptureLimit,
                })],
            };
        EventToRecord[] events = [.. read.Events.Concat(read.MasterData).Select(EventToRecord.Of)];
        var answer = await GrainFactory.GetGrain<ISequencerGrain>(0).Append(events);
        return read.MasterData.Count == 0 || answer.Problems.Length > 0 ? answer : new() { Receipts = answer.Receipts[..read.Events.Count] };
    }
}
