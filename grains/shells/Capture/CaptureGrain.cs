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

    Task<CaptureAnswer> Record(ReadDocument read)
    {
        if (read.Problems.Count > 0)
            return Task.FromResult(new CaptureAnswer
            {
                Problems = [.. read.Problems.Select(problem => new Refusal
                {
                    EventIndex = problem.EventIndex, Field = problem.Field, Expected = problem.Expected, Found = problem.Found, ExceedsLimit = problem.ExceedsCaptureLimit,
                })],
            });
        var events = new EventToRecord[read.Events.Count];
        for (var i = 0; i < events.Length; i++) events[i] = EventToRecord.Of(read.Events[i]);
        return GrainFactory.GetGrain<ISequencerGrain>(0).Append(events);
    }
}
